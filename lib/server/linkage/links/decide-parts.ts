import type pg from 'pg'
import { decidePart } from '#core/linkage/decide-part.ts'
import type { LinkOptions } from '#core/linkage/evidence.ts'
import type { Policy } from '#core/linkage/policy.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { BeneficiaryBook, type DecidedPart } from './beneficiary-book.ts'
import type { LinkProgress } from './link-progress.ts'
import type { Parts } from './group-parts.ts'
import { LinkWriter } from './link-writer.ts'
import { openParts } from './read-records.ts'
import { readSharedContacts, readStandingDecisions } from './standing.ts'

/**
 * Decides each part and writes what changed: links, doubts, beneficiaries. A few tens of thousands
 * of records are in memory at a time. Answers how many links changed.
 */
export async function decideParts(
  client: pg.PoolClient,
  dataset: Dataset,
  policy: Policy,
  parts: Parts,
  onProgress: LinkProgress,
): Promise<number> {
  const options: LinkOptions = {
    policy,
    decisions: await readStandingDecisions(client, dataset),
    sharedContacts: await readSharedContacts(client, dataset),
  }
  const book = await BeneficiaryBook.open(client, dataset)
  const writer = await LinkWriter.open(client, dataset)
  const readParts = await openParts(client, dataset)
  const acrossParts: DecidedPart[] = []
  const settle = async (undecided: readonly DecidedPart[]): Promise<void> => {
    if (undecided.length === 0) return
    const carried = await book.carryByOverlap(undecided)
    undecided.forEach((decided, index) => {
      writer.write(decided, carried[index] ?? [])
    })
  }
  for (let chunk = 0; chunk + 1 < parts.chunks.length; chunk++) {
    const first = parts.chunks[chunk] ?? 0
    const last = parts.chunks[chunk + 1] ?? 0
    const toCompare: DecidedPart[] = []
    for await (const part of readParts(first, last)) {
      const decided = { part, decision: decidePart(part.records, options) }
      if (book.needsOtherParts(part)) {
        acrossParts.push(decided)
        continue
      }
      const beneficiaries = book.carry(decided)
      if (beneficiaries === undefined) toCompare.push(decided)
      else writer.write(decided, beneficiaries)
    }
    await settle(toCompare)
    await book.flush()
    await writer.flush()
    faultPoint('during-links')
    onProgress(last, parts.records)
  }
  await settle(acrossParts)
  await book.finish()
  await writer.finish()
  return writer.changed
}
