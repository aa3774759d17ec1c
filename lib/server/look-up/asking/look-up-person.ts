import { createHmac } from 'node:crypto'
import type pg from 'pg'
import {
  decideShown,
  NOTHING_HELD,
  type HeldOfPerson,
  type Shown,
} from '#core/look-up/rules/decide-shown.ts'
import type {
  LookUpAlarm,
  LookUpCode,
  LookUpPurpose,
} from '#core/messages/look-up/look-up-words.ts'
import { comparePerson, type ComparedPerson } from '#core/look-up/asking/compare-person.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { enterRefusal, holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { sealPseudonym, uuidOf, type Mark } from '#server/intake/stops/sealed-marks.ts'
import { openStopKey } from '#server/keys/stop-key.ts'
import { pseudonymsOfTyped } from '#server/linkage/rights/typed-pseudonyms.ts'
import { findInvolvement, type FoundPerson } from '#server/look-up/finding/find-involvement.ts'
import type { Source } from '#server/programme/sources/read-sources.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { newReference } from '#server/platform/machine/new-reference.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { Unread } from '#server/store/unread.ts'
import { countLookUp } from '#server/look-up/limits/count-look-up.ts'
import { digestCase, sealCase } from './case-reference.ts'
import { permittedSources } from './permitted-sources.ts'

/** Whom to look up, for what. */
export interface LookUpAsked {
  readonly purpose: LookUpPurpose
  readonly caseReference: string
  /** The look-up with which this act began; null for the first. */
  readonly act: string | null
  /** What is compared and decided by: the birth (yyyy-mm-dd) and the gender; empty where they were not typed. */
  readonly birth: string
  readonly gender: '' | 'F' | 'M'
  /** What the portal saw in what was typed that somebody should look at. */
  readonly alarms: readonly LookUpAlarm[]
  /** Who it is, as lists (typed-person.ts), which are not read here. */
  readonly typed: Unread
}

/** What a look-up came to, by reference; `readAnswer` shows it. */
export type LookedUp =
  | { readonly ok: true; readonly reference: string }
  | Refusal<'not-found' | LookUpCode>

/** One person of an answer, or nobody. */
interface Answered {
  readonly found: (ComparedPerson & { readonly personKey: string }) | undefined
  readonly shown: readonly {
    readonly source: Source
    readonly shown: Exclude<Shown, { what: 'not-for-age' }>
  }[]
}

/**
 * Looks somebody up in the sources that the actor may open. What was typed becomes pseudonyms and is gone; kept are
 * who asked, when, for what, sealed marks by which the look-up is found again, and what each source showed. Nobody,
 * nobody current and somebody who objected are one and the same answer. It is audited twice: searched, and presented.
 */
export async function lookUpPerson(
  store: ProgrammeStore,
  actor: Actor,
  { typed, ...asked }: LookUpAsked,
  now: Date,
): Promise<LookedUp> {
  if (!(await holdsRight(store.database, actor, 'look-up.ask'))) return NOT_HELD
  const today = dayInLondon(now)
  const marks = await pseudonymsOfTyped(store.keys, typed, {
    day: { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: now.getUTCDate() },
    ...{ live: store.programme.live, codes: undefined },
  })
  if (marks === undefined || marks.length === 0) return refuse('look-up-too-little')
  const key = await openStopKey(store)
  const looked = await withTransaction(store.database, async (client): Promise<LookedUp> => {
    const permitted = await permittedSources(client, { programme: store.programme, actor }, now)
    if (!permitted.ok) return permitted
    const act = await actOf(client, actor, asked.act)
    if (act === null) return refuse('not-found')
    const caseDigest = digestCase(store.keys.portal.portalKey, asked.caseReference)
    const counted = await countLookUp(client, { by: actor.userId, caseDigest }, now)
    if (!counted.ok) return counted
    const { sources } = permitted
    const found = await findInvolvement(client, marks, permitted.covered)
    const reference = newReference('look-up')
    const keyOf = (person: FoundPerson): string => personKey(key, reference, person)
    const answered = answer(found, sources, asked, { today, keyOf })
    const caseSealed = sealCase(store.keys.portal.portalKey, reference, asked.caseReference)
    const id = await keep(client, answered, {
      ...{ reference, caseSealed, caseDigest, askedBy: actor.userId, askedAt: now },
      ...{ purpose: asked.purpose, actId: act, sources: sources.length },
      alarms: [...asked.alarms, ...counted.alarms],
    })
    await run(client, 'look-up/keep-marks', [
      id,
      marks.map(({ field }) => field),
      marks.map(({ value }) => sealPseudonym(key, value)),
      marks.map(({ epoch }) => epoch),
      store.keys.platform.length,
    ])
    faultPoint('before-look-up-commit')
    const entry = { actor: actor.userId, subject: reference }
    const detail = { purpose: asked.purpose, sources: sources.length, given: kindsOf(marks) }
    await appendAudit(client, { ...entry, event: 'look-up.searched', detail })
    await appendAudit(client, {
      ...{ ...entry, event: 'look-up.presented' as const },
      detail: { people: peopleIn(answered), available: availableIn(answered) },
    })
    return { ok: true, reference }
  })
  const isRefused = !looked.ok && looked.code === 'look-ups-many'
  return isRefused ? enterRefusal(store.database, actor, looked, 'look-up.ask') : looked
}

/** The first look-up of an act, which is the actor's own; undefined for none, null where it is not theirs. */
async function actOf(
  client: pg.ClientBase,
  { userId }: Actor,
  reference: string | null,
): Promise<bigint | undefined | null> {
  if (reference === null) return undefined
  const first = await inPrisma(client, ({ lookUp }) =>
    lookUp.findFirst({ where: { reference, askedBy: userId }, select: { id: true, actId: true } }),
  )
  return first === null ? null : (first.actId ?? first.id)
}

/** Whoever is found with something to show, each apart; without anybody one answer of nobody. */
function answer(
  found: readonly FoundPerson[],
  sources: readonly Source[],
  { birth, gender }: Pick<LookUpAsked, 'birth' | 'gender'>,
  { today, keyOf }: { readonly today: string; readonly keyOf: (person: FoundPerson) => string },
): readonly Answered[] {
  const people = found
    .map((person) => ({
      found: {
        ...comparePerson({ birth, gender }, person.certainty, person.records),
        personKey: keyOf(person),
      },
      shown: shownOf(sources, birth, today, (source) => heldOf(person.records, source.code)),
    }))
    .filter(({ shown }) => shown.some((each) => each.shown.what === 'records'))
  if (people.length > 0) return people
  return [{ found: undefined, shown: shownOf(sources, birth, today, () => NOTHING_HELD) }]
}

function shownOf(
  sources: readonly Source[],
  birth: string,
  today: string,
  held: (source: Source) => HeldOfPerson,
): Answered['shown'] {
  return sources.flatMap((source) => {
    const shown = decideShown(source, birth, held(source), today)
    return shown.what === 'not-for-age' ? [] : [{ source, shown }]
  })
}

/** Which of those found somebody is, told to nobody who lacks the key of the stop-list. */
export function personKey(stopKey: Uint8Array, reference: string, { key }: FoundPerson): string {
  return uuidOf(
    createHmac('sha256', stopKey).update(`${reference} ${key}`).digest().subarray(0, 16),
  )
}

/** What one source holds of a person. */
export function heldOf(records: FoundPerson['records'], source: string): HeldOfPerson {
  const own = records.filter((record) => record.source === source)
  return {
    involvements: own.flatMap(({ involvements }) => involvements),
    births: own.map(({ birth }) => birth).filter((birth) => birth !== ''),
  }
}

type NewLookUp = Readonly<{
  reference: string
  caseSealed: Uint8Array<ArrayBuffer>
  caseDigest: Uint8Array<ArrayBuffer>
  askedBy: string
  askedAt: Date
  purpose: LookUpPurpose
  actId: bigint | undefined
  sources: number
  alarms: LookUpAlarm[]
}>

async function keep(
  client: pg.ClientBase,
  answered: readonly Answered[],
  { actId, ...given }: NewLookUp,
): Promise<string> {
  return inPrisma(client, async (prisma) => {
    const { id } = await prisma.lookUp.create({
      data: {
        ...given,
        ...(actId === undefined ? {} : { actId }),
        ...{ people: peopleIn(answered), available: availableIn(answered) },
      },
      select: { id: true },
    })
    const numbered = answered.map((each, index) => ({ ...each, person: index + 1 }))
    await prisma.lookUpSeen.createMany({
      data: numbered.flatMap(({ person, shown }) =>
        shown.map(({ source, shown: { what, ...rest } }) => ({
          ...{ lookUpId: id, person, source: source.code, shown: what },
          isStale: 'isStale' in rest && rest.isStale,
        })),
      ),
    })
    await prisma.lookUpPerson.createMany({
      data: numbered.flatMap(({ person, found }) =>
        found === undefined ? [] : [{ lookUpId: id, person, ...found }],
      ),
    })
    return String(id)
  })
}

function peopleIn(answered: readonly Answered[]): number {
  return answered.filter(({ found }) => found !== undefined).length
}

function availableIn(answered: readonly Answered[]): number {
  return answered.flatMap(({ shown }) => shown).filter(({ shown }) => shown.what === 'records')
    .length
}

/** Of how many kinds of pseudonym the look-up was. */
function kindsOf(marks: readonly Mark[]): number {
  return new Set(marks.map(({ field }) => field)).size
}
