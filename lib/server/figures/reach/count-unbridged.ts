import { run, type Answer } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import type { ProgrammeStore } from '#server/store/store.ts'

/**
 * Counts the people whom no bridge quarter has carried into the present epoch, by service; whoever
 * of them returns counts as new.
 */
export async function countUnbridged(
  { database, keys }: Pick<ProgrammeStore, 'database' | 'keys'>,
  dataset: Dataset,
): Promise<Answer<'reach/count-unbridged'>> {
  return run(database, 'reach/count-unbridged', [dataset, keys.currentSource.epoch])
}
