import type pg from 'pg'
import type { AnswerPerson, AnswerRow, LookUpAnswer } from '#core/look-up/asking/answer.ts'
import type { Compared, LookUpCode, LookUpPurpose } from '#core/messages/look-up/look-up-words.ts'
import { decideShown, type Involvement } from '#core/look-up/rules/decide-shown.ts'
import type { SourceRules } from '#core/look-up/rules/source-rules.ts'
import type { Certainty } from '#core/rights/agreement.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { openMarks, type Mark } from '#server/intake/stops/sealed-marks.ts'
import { openStopKey } from '#server/keys/stop-key.ts'
import { findInvolvement } from '#server/look-up/finding/find-involvement.ts'
import { SHOWN_FOR } from '#server/look-up/limits/look-up-limits.ts'
import type { Source } from '#server/programme/sources/read-sources.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { openCase } from './case-reference.ts'
import { heldOf, personKey } from './look-up-person.ts'
import { permittedSources } from './permitted-sources.ts'

type NotShown = Refusal<'not-found' | Extract<LookUpCode, `look-up-${string}`>>

/** Shows what a look-up came to that the actor has just made, with which it was audited as presented. */
export function showLookedUp(
  store: ProgrammeStore,
  actor: Actor,
  reference: string,
  now: Date,
): Promise<LookUpAnswer | NotShown> {
  return withTransaction(store.database, (client) => viewOf(client, store, actor, reference, now))
}

/** Shows an answer again to who asked, as long as it is shown; every look is audited. */
export async function readAnswer(
  store: ProgrammeStore,
  actor: Actor,
  reference: string,
  now: Date,
): Promise<LookUpAnswer | NotShown> {
  if (!(await holdsRight(store.database, actor, 'look-up.ask'))) return NOT_HELD
  return withTransaction(store.database, async (client) => {
    const view = await viewOf(client, store, actor, reference, now)
    if (!view.ok) return view
    const opened = view.people.flatMap(({ rows }) => rows).filter((row) => row.opened !== null)
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'look-up.presented', subject: reference },
      detail: {
        people: view.people.filter(({ compared }) => compared !== null).length,
        again: true,
        opened: opened.length,
      },
    })
    return view
  })
}

/** Which source of whom is opened. */
export interface OpenedSource {
  readonly reference: string
  readonly person: number
  readonly source: string
}

/**
 * Opens what one source says of one person, for who asked: audited apart, as details (and whether flags are among
 * them) and as the source. Refused where the source shows nothing, or may not be opened any more.
 */
export async function openSource(
  store: ProgrammeStore,
  actor: Actor,
  { reference, person, source }: OpenedSource,
  now: Date,
): Promise<LookUpAnswer | NotShown> {
  if (!(await holdsRight(store.database, actor, 'look-up.ask'))) return NOT_HELD
  return withTransaction(store.database, async (client) => {
    const view = await viewOf(client, store, actor, reference, now, { person, source })
    if (!view.ok) return view
    const shown = view.people
      .find(({ number }) => number === person)
      ?.rows.find((row) => row.source.code === source)?.opened
    if (shown == null) return refuse('not-found')
    if (shown.length === 0) return refuse('look-up-changed')
    const { count } = await inPrisma(client, ({ lookUpSeen }) =>
      lookUpSeen.updateMany({
        where: { lookUp: { reference }, ...{ person, source, openedAt: null } },
        data: { openedAt: now },
      }),
    )
    // Pressed twice, it was opened once.
    if (count === 0) return view
    const entry = { actor: actor.userId, subject: reference }
    await appendAudit(client, {
      ...{ ...entry, event: 'look-up.details-seen' as const },
      detail: { person, records: shown.length, flags: shown.some(hasFlag) },
    })
    await appendAudit(client, {
      ...{ ...entry, event: 'look-up.source-seen' as const },
      detail: { person, source },
    })
    return view
  })
}

/** Whether an involvement says yes to anything of the kind of an offence, eviction or arrears. */
function hasFlag({ details }: Involvement): boolean {
  return Object.values(details).some((value) => value === 'yes' || value === 'open')
}

/** Nothing is decided by age any more: it was decided when the look-up was made, and what was typed is gone. */
const ANY_AGE = { ageFrom: null, ageTo: null } as const satisfies Partial<SourceRules>

async function viewOf(
  client: pg.ClientBase,
  store: ProgrammeStore,
  actor: Actor,
  reference: string,
  now: Date,
  opening?: Pick<OpenedSource, 'person' | 'source'>,
): Promise<LookUpAnswer | NotShown> {
  const kept = await inPrisma(client, ({ lookUp }) =>
    lookUp.findFirst({
      where: { reference, askedBy: actor.userId },
      include: {
        seen: { orderBy: { person: 'asc' } },
        persons: { orderBy: { person: 'asc' } },
        marks: true,
      },
    }),
  )
  if (kept === null) return refuse('not-found')
  const until = new Date(kept.askedAt.getTime() + SHOWN_FOR)
  if (now >= until) return refuse('look-up-over')
  const permitted = await permittedSources(client, { programme: store.programme, actor }, now)
  if (!permitted.ok) return permitted
  const isOpen = (seen: (typeof kept.seen)[number]): boolean =>
    seen.shown === 'records' &&
    (seen.openedAt !== null || (seen.person === opening?.person && seen.source === opening.source))
  const stopKey = await openStopKey(store)
  const found = kept.seen.some(isOpen)
    ? await findInvolvement(client, marksOf(stopKey, store, kept.marks), permitted.covered)
    : []
  const today = dayInLondon(now)
  const numbers = [...new Set(kept.seen.map(({ person }) => person))]
  const people = numbers.map((number): AnswerPerson => {
    const compared = kept.persons.find(({ person }) => person === number)
    const records =
      found.find((each) => personKey(stopKey, reference, each) === compared?.personKey)?.records ??
      []
    const rows = permitted.sources.flatMap((source): AnswerRow[] => {
      const seen = kept.seen.find((each) => each.person === number && each.source === source.code)
      if (seen === undefined) return []
      const rules = { ...source.rules, ...ANY_AGE }
      const shown = isOpen(seen)
        ? decideShown({ ...source, rules }, '', heldOf(records, source.code), today)
        : undefined
      return [
        {
          source: placeOf(source),
          // Of which the column's check allows no other.
          ...{ shown: seen.shown as AnswerRow['shown'], isStale: seen.isStale },
          opened: shown === undefined ? null : shown.what === 'records' ? shown.involvements : [],
        },
      ]
    })
    return { number, compared: compared === undefined ? null : comparedOf(compared), rows }
  })
  return {
    ...{ ok: true, reference, purpose: kept.purpose as LookUpPurpose },
    caseReference: openCase(store.keys.portal.portalKey, reference, kept.caseSealed),
    ...{ askedAt: kept.askedAt.toISOString(), until: until.toISOString() },
    ...{ contact: kept.contact, people },
  }
}

function marksOf(
  stopKey: Uint8Array,
  store: ProgrammeStore,
  kept: readonly {
    readonly field: string
    readonly sealed: string
    readonly platformKeys: number
  }[],
): readonly Mark[] {
  const opened = openMarks(
    stopKey,
    store.keys.platform,
    kept.map(({ field, sealed, platformKeys }) => ({ field, sealed, platform_keys: platformKeys })),
  )
  return [...opened].flatMap(([field, values]) =>
    [...values].map((value) => ({ field, value, epoch: store.keys.currentSource.epoch })),
  )
}

function placeOf(source: Source): AnswerRow['source'] {
  const { code, name, provider, area, noRecord, asOf, kind, coverage } = source
  return { code, name, provider, area, noRecord, asOf, kind, coverage }
}

function comparedOf({
  certainty,
  birth,
  gender,
  address,
}: {
  readonly certainty: string
  readonly birth: string
  readonly gender: string
  readonly address: string
}): NonNullable<AnswerPerson['compared']> {
  // Of which the columns' checks allow no other.
  return {
    certainty: certainty as Certainty,
    ...{ birth: birth as Compared, gender: gender as Compared, address: address as Compared },
  }
}
