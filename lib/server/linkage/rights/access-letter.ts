import type { RightsCode } from '#core/messages/rights/rights-words.ts'
import type { Involvement } from '#core/look-up/rules/decide-shown.ts'
import {
  heldEvents,
  heldLines,
  heldPseudonyms,
  COUNTED_BEYOND,
  LINKAGE_LOGIC,
  USED_FOR,
  type CountedWith,
  type HeldAttendance,
  type HeldColumns,
  type HeldLine,
  type HeldScore,
} from '#core/messages/rights/held-words.ts'
import { heldInvolvements } from '#core/messages/rights/held-involvements.ts'
import type { Purpose } from '#core/purpose/purposes.ts'
import { isFeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { quarterWords, type Quarter } from '#core/standard/quarter.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { DATASETS } from '#server/intake/stops/apply-stops.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { findRightsRequest } from './rights-request.ts'

/** What one service holds of a person for one quarter. */
export interface HeldRecord {
  readonly service: string
  readonly provider: string
  /** Whose the data is by the agreement; empty where it does not say. */
  readonly controller: string
  readonly quarter: string
  readonly isTrial: boolean
  readonly isRestricted: boolean
  readonly holds: readonly HeldLine[]
  /** What pseudonyms stand in the place of. */
  readonly pseudonyms: readonly string[]
  /** How many records, of how many services, are counted as one person with it; it is one of them. */
  readonly countedWith: CountedWith
  /** How many are counted as its family, the person among them; null where it has none. */
  readonly family: { readonly children: number; readonly adults: number } | null
}

/** A letter's worth of what is held about a person. It names nobody: who sends it does. */
export interface AccessLetter {
  readonly ok: true
  readonly reference: string
  readonly programme: string
  readonly purpose: Purpose
  readonly receivedOn: string
  readonly madeAt: string
  readonly records: readonly HeldRecord[]
  /** How many records that were picked are held no more as they were: their file was replaced or withdrawn since. */
  readonly gone: number
  /** As how many people they are counted; more than one where what ties them is not sure. */
  readonly countedAs: number
  readonly logic: readonly string[]
}

/**
 * Makes the letter of a request for access that two officers have agreed about, from the records that
 * are held now. It is kept nowhere: each making is audited. Refused as
 * `rights-forgotten` where what was found has had its time.
 */
export async function writeAccessLetter(
  store: ProgrammeStore,
  actor: Actor,
  reference: string,
  now: Date,
): Promise<AccessLetter | Refusal<'not-found' | RightsCode>> {
  if (!(await holdsRight(store.database, actor, 'rights.handle'))) return NOT_HELD
  return withTransaction(store.database, async (client) => {
    const request = await findRightsRequest(client, reference)
    if (request === undefined) return refuse('not-found')
    if (request.kind !== 'access' || request.state !== 'done') return refuse('rights-no-letter')
    const found = await inPrisma(client, ({ rightsRecord }) =>
      rightsRecord.count({ where: { requestId: BigInt(request.id), picked: true } }),
    )
    // What was found has had its time: a letter would say that nothing is held.
    if (found < (request.records ?? 0)) return refuse('rights-forgotten')
    const records: HeldRecord[] = []
    let people = 0
    for (const dataset of DATASETS) {
      const rows = await run(client, 'rights/read-held', [request.id, dataset], { dataset })
      const ofPerson = countBy(rows)
      records.push(...rows.map((row) => heldRecord(row, ofPerson, dataset === 'staging')))
      if (dataset === 'production') people = ofPerson.size
    }
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'rights.letter-read', subject: request.reference },
      detail: { records: records.length },
    })
    return {
      ok: true as const,
      reference: request.reference,
      ...{ programme: store.programme.name, purpose: store.programme.purpose },
      receivedOn: request.receivedOn.toISOString().slice(0, 10),
      madeAt: now.toISOString(),
      records,
      gone: found - records.length,
      countedAs: people,
      logic: [
        ...[...LINKAGE_LOGIC, USED_FOR[store.programme.purpose]],
        ...(records.some(({ countedWith }) => countedWith.notShown > 0) ? [COUNTED_BEYOND] : []),
      ],
    }
  })
}

/** A letter as a document of its own, for who wants to take their data elsewhere. */
export function letterDocument({
  reference,
  programme,
  receivedOn,
  madeAt,
  records,
  gone,
  countedAs,
  logic,
}: AccessLetter): Omit<AccessLetter, 'ok' | 'purpose'> {
  return { reference, programme, receivedOn, madeAt, records, gone, countedAs, logic }
}

type HeldRow = Awaited<ReturnType<typeof run<'rights/read-held'>>>[number]

/** How many of the rows are of each person, by whom they are counted as. */
function countBy(rows: readonly HeldRow[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { beneficiary_id: person } of rows)
    if (person !== null) counts.set(person, (counts.get(person) ?? 0) + 1)
  return counts
}

function heldRecord(
  row: HeldRow,
  shown: ReadonlyMap<string, number>,
  isTrial: boolean,
): HeldRecord {
  // As the database wrote a record of ours.
  const columns = row.columns as HeldColumns
  const { family_children: children, family_adults: adults } = row
  const ward = row.ward === null ? [] : [{ name: 'Ward', value: row.ward }]
  return {
    ...{ service: row.service, provider: row.provider, controller: row.controller ?? '' },
    ...{ quarter: quarterWords(row.quarter as Quarter), isTrial, isRestricted: row.restricted },
    holds: [
      ...heldLines(columns),
      ...ward,
      ...heldEvents(
        (row.attended ?? []) as readonly HeldAttendance[],
        (row.scores ?? []) as readonly HeldScore[],
      ),
      ...(row.kind !== null && isFeedKind(row.kind)
        ? heldInvolvements(row.kind, (row.involvements ?? []) as readonly Involvement[])
        : []),
    ],
    pseudonyms: heldPseudonyms(columns),
    countedWith: {
      ...{ records: row.counted_records, services: row.counted_services },
      notShown: row.counted_records - (shown.get(row.beneficiary_id ?? '') ?? 0),
    },
    family: children + adults === 0 ? null : { children, adults },
  }
}
