import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import type { CopiedReach } from '#core/estimate/copied-reach.ts'
import { ReachCopier } from '#core/estimate/reach-copier.ts'
import { decidePart } from '#core/linkage/decide-part.ts'
import type { LinkOptions } from '#core/linkage/evidence.ts'
import type { LinkRecord, RuleName } from '#core/linkage/part.ts'
import { readPolicy } from '#server/linkage/links/linkage-policy.ts'
import { readLinkedParts } from '#server/linkage/links/read-records.ts'
import { readSharedContacts, readStandingDecisions } from '#server/linkage/links/standing.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withSnapshot, withTransaction } from '#server/platform/db/pool.ts'
import { run, runForRow } from '#server/platform/db/run.ts'

/** What became of the making: `later` where links wait to be changed, or changed meanwhile. */
export type EstimateEnd = 'made' | 'there' | 'later'

/** Any number serves; that it is always this one makes estimates repeat. */
const SEED = 20_240_401
const COPIES = 100
/** Of more records than this a share of the parts is copied: their rates are the same. */
const MOST_COPIED = 120_000
/** After so many copies it is asked whether links have changed. */
const ASK_EVERY = 5

/** A numbered cell in which somebody is reached. */
export interface EstimateCell {
  readonly service: string
  readonly quarter: string
  readonly ward: string
  readonly role: string
}

/**
 * Makes the estimate of production reach for the links as they are, and takes that of earlier links
 * away. It takes a processor for seconds to minutes, so a worker has a thread do it. Nothing is
 * kept of an estimate whose links have changed meanwhile: their change asks again.
 */
export async function makeEstimate(
  database: Database,
  { copies = COPIES, mostCopied = MOST_COPIED } = {},
): Promise<EstimateEnd> {
  const begun = await withSnapshot(database, async (client) => {
    const state = await runForRow(client, 'reach/begin-estimating', [])
    if (state.made) return 'there'
    if (state.busy) return 'later'
    const options: LinkOptions = {
      policy: await readPolicy(client, 'production'),
      decisions: await readStandingDecisions(client, 'production'),
      sharedContacts: await readSharedContacts(client, 'production'),
    }
    const sampled = Math.min(1, mostCopied / Math.max(1, state.records))
    const checked = await run(client, 'reviewing/count-checked-joins', [])
    const copier = new ReachCopier({
      ...{ ...options, seed: SEED, copies, sampled },
      checked: checked.map(({ rule, ...counts }) => ({ ...counts, rule: rule as RuleName })),
    })
    const cells = new CellNumbers()
    for await (const { records, reached } of readLinkedParts(client)) {
      const numbers = records.map((record, place) =>
        reached[place] === true ? cells.numberOf(record) : -1,
      )
      copier.add(records, numbers, decidePart(records, options))
    }
    return { version: state.version, verdicts: state.verdicts, copier, cells: cells.list }
  })
  if (typeof begun === 'string') return begun
  const { version, verdicts, copier, cells } = begun
  const making = copier.copy()
  let made = making.next()
  while (made.done !== true) {
    if (made.value % ASK_EVERY === 0) {
      const state = await runForRow(database, 'reach/begin-estimating', [])
      if (state.version !== version) return 'later'
    }
    made = making.next()
  }
  return (await keepEstimate(database, { version, verdicts }, made.value, cells)) ? 'made' : 'later'
}

async function keepEstimate(
  database: Database,
  { version, verdicts }: { readonly version: string; readonly verdicts: number },
  { copies, sampled, pairs, services, mistakes, families }: CopiedReach,
  cells: readonly EstimateCell[],
): Promise<boolean> {
  const deflated = await pack(mistakes)
  const familiesDeflated = await pack(families.mistakes)
  return withTransaction(database, async (client) => {
    await inPrisma(client, ({ reachEstimate }) => reachEstimate.deleteMany())
    const written = await run(client, 'reach/insert-estimate', [
      ...([version, copies, sampled, pairs] as const),
      ...([JSON.stringify(cells), JSON.stringify(services), deflated] as const),
      ...([JSON.stringify(families.evidence), families.copies, familiesDeflated] as const),
      verdicts,
    ])
    return written === 1
  })
}

async function pack({ buffer, byteOffset, byteLength }: Int32Array): Promise<Buffer> {
  return promisify(deflate)(Buffer.from(buffer, byteOffset, byteLength))
}

/** Numbers for cells, from 0 in order of first appearance. */
class CellNumbers {
  readonly list: EstimateCell[] = []
  readonly #numbers = new Map<string, number>()

  numberOf({ service, quarter, ward, role }: LinkRecord): number {
    const key = JSON.stringify([service, quarter, ward, role])
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.list.length)
    this.list.push({ service, quarter, ward, role })
    return this.list.length - 1
  }
}
