import { namedQuery } from '#server/platform/db/queries.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type { ProgrammeStore } from '#server/store/store.ts'

/** How many people of a service are known under older source keys alone. */
export interface Unbridged {
  readonly service: string
  readonly name: string
  readonly people: number
}

/** Counts the people whom no bridge quarter has carried into the present epoch, by service; whoever of them returns counts as new. */
export async function countUnbridged(
  { pool, keys }: Pick<ProgrammeStore, 'pool' | 'keys'>,
  dataset: Dataset,
): Promise<Unbridged[]> {
  const { rows } = await pool.query<Unbridged>(namedQuery('linkage', 'count-unbridged'), [
    dataset,
    keys.currentSource.epoch,
  ])
  return rows
}
