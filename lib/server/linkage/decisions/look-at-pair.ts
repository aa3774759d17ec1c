import type pg from 'pg'
import { compareSides, type ComparedKind } from '#core/linkage/compare-sides.ts'
import type { DecisionKind } from '#core/messages/review/decision-refusals.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import type { LookRight, Looks } from '#server/identity/audit/looks.ts'
import { openParts, type PartRecords } from '#server/linkage/links/read-records.ts'
import { readSharedContacts } from '#server/linkage/links/standing.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { placesOf } from './explain-beneficiary.ts'
import type { ListedDoubt, RecordPlace } from './list-doubts.ts'

type Place = Pick<RecordPlace, 'submission' | 'row' | 'role'>

/** One of two people: what is known of it here, which is not who it is. */
export interface ComparedSide {
  readonly places: readonly RecordPlace[]
  /** Months of children and years of adults, as they are kept. */
  readonly births: readonly string[]
  readonly genders: readonly string[]
  readonly hasNhsNumber: boolean
}

/** An answer that was given about the two, also one that was undone. */
export interface PairAnswer {
  readonly id: number
  readonly kind: DecisionKind
  readonly reason: string
  readonly at: Date
  /** A user's name. */
  readonly by: string
  readonly undoneAt: Date | null
  readonly undoneBy: string | null
}

/** Two people side by side. */
export interface ComparedPair {
  /** What they are in doubt for; undefined where the doubt was settled or is gone. */
  readonly doubt: Omit<ListedDoubt, 'sides'> | undefined
  /** Whether the two count as one person now. */
  readonly isOnePerson: boolean
  readonly left: ComparedSide
  readonly right: ComparedSide
  /** Kinds of evidence: which agree, which differ, which one side alone has. */
  readonly kinds: readonly ComparedKind[]
  /** The latest first. */
  readonly answers: readonly PairAnswer[]
}

/**
 * Compares the people that two rows of production are counted as: what agrees and what differs, never
 * what it is. The look is audited. Refused when one of the rows is not in the figures. `pool` is the
 * portal's own, which knows the names of users.
 */
export async function lookAtPair(
  { looks, pool }: { readonly looks: Looks; readonly pool: Database },
  actor: Actor,
  [left, right]: readonly [Place, Place],
  of: LookRight = 'doubt.decide',
): Promise<{ readonly ok: true; readonly pair: ComparedPair } | Refusal<'not-found'>> {
  const looked = await looks.take(actor, of, async (client) => {
    const pair = await comparePair(client, left, right)
    if (pair === undefined) return refuse('not-found')
    const rows = [left, right].map(
      ({ submission, row, role }) => `${submission} ${role} row ${row}`,
    )
    return {
      ok: true,
      shown: { pair },
      entry: { event: 'rows.compared', subject: 'production', detail: { rows: rows.join(', ') } },
    }
  })
  if (!looked.ok) return looked
  const { pair } = looked
  const people = pair.answers.flatMap(({ by, undoneBy }) => [by, undoneBy ?? ''])
  const names = await readUserNames(pool, people)
  const answers = pair.answers.map((answer) => ({
    ...answer,
    by: names.get(answer.by) ?? answer.by,
    undoneBy: answer.undoneBy === null ? null : (names.get(answer.undoneBy) ?? answer.undoneBy),
  }))
  return { ok: true, pair: { ...pair, answers } }
}

const DATASET = 'production'

async function comparePair(
  client: pg.PoolClient,
  left: Place,
  right: Place,
): Promise<ComparedPair | undefined> {
  const [one, other] = [await findRow(client, left), await findRow(client, right)]
  if (one === undefined || other === undefined) return undefined
  await run(client, 'linkage/create-change', [])
  await run(client, 'decisions/scope-pair', [DATASET, [one.id, other.id]])
  const [ofOne, ofOther] = await readSides(client)
  if (ofOne === undefined || ofOther === undefined) return undefined
  const clients = [one.client, other.client] as const
  const answers =
    clients[0] === null || clients[1] === null
      ? []
      : await run(client, 'decisions/list-between', [DATASET, clients[0], clients[1]])
  return {
    doubt: one.part === other.part ? await findDoubt(client, one, other) : undefined,
    isOnePerson: one.beneficiary === other.beneficiary,
    left: await tellSide(client, ofOne, left),
    right: await tellSide(client, ofOther, right),
    kinds: compareSides(ofOne.records, ofOther.records, await readSharedContacts(client, DATASET)),
    answers: answers.map(({ kind, undone_at: undoneAt, undone_by: undoneBy, ...answer }) => ({
      ...answer,
      kind: kind,
      undoneAt,
      undoneBy,
    })),
  }
}

interface FoundRow {
  readonly id: string
  readonly part: string
  readonly beneficiary: string
  readonly client: string | null
}

async function findRow(
  client: pg.ClientBase,
  { submission, row, role }: Place,
): Promise<FoundRow | undefined> {
  const [found] = await run(client, 'decisions/find-decision-side', [
    DATASET,
    submission,
    row,
    role,
  ])
  return found
}

async function findDoubt(
  client: pg.ClientBase,
  one: FoundRow,
  other: FoundRow,
): Promise<ComparedPair['doubt']> {
  const [found] = await run(client, 'decisions/find-doubt', [DATASET, one.part, one.id, other.id])
  if (found === undefined) return undefined
  const { put_off: putOff, ...doubt } = found
  return {
    ...{ code: doubt.code, rule: doubt.rule, people: doubt.people, quarters: doubt.quarters },
    kind: doubt.kind,
    putOff: putOff,
  }
}

async function readSides(client: pg.PoolClient): Promise<PartRecords[]> {
  const sides: PartRecords[] = []
  const readParts = await openParts(client, DATASET)
  for await (const side of readParts(0, MOST_RECORDS)) sides.push(side)
  return sides
}

/** More than two people have. */
const MOST_RECORDS = 1_000_000

async function tellSide(
  client: pg.ClientBase,
  side: PartRecords,
  asked: Place,
): Promise<ComparedSide> {
  const places = await placesOf(client, DATASET, side)
  const isAsked = ({ submission, row, role }: RecordPlace): boolean =>
    submission === asked.submission && row === asked.row && role === asked.role
  const told = side.records.flatMap(({ id }) => places.get(id) ?? [])
  const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort()
  return {
    // The row that the answer is kept about comes first.
    places: [...told.filter(isAsked), ...told.filter((place) => !isAsked(place))],
    births: distinct(side.records.flatMap(({ birth }) => (birth === '' ? [] : [birth]))),
    genders: distinct(side.records.map(({ gender }) => gender)),
    hasNhsNumber: side.records.some(({ nhsNumber }) => nhsNumber !== null),
  }
}
