import type pg from 'pg'
import { run } from '#server/platform/db/run.ts'
import { sealPseudonym, type Mark } from './sealed-marks.ts'

/** Keeps marks with a request, sealed; those that are there stay. */
export async function keepMarks(
  client: pg.ClientBase,
  { request, key, platformKeys }: { request: string; key: Uint8Array; platformKeys: number },
  marks: readonly Mark[],
): Promise<void> {
  await run(client, 'rights/keep-marks', [
    request,
    marks.map(({ field }) => field),
    marks.map(({ value }) => sealPseudonym(key, value)),
    marks.map(({ epoch }) => epoch),
    platformKeys,
  ])
}
