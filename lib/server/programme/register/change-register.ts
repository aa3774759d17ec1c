import type pg from 'pg'
import { readTilePlace } from '#core/charts/tile-map.ts'
import type { RegisterKind, RegisterReason } from '#core/messages/register/register-words.ts'
import {
  isQuarter,
  quarterDays,
  quarterOf,
  quartersBetween,
  type Quarter,
} from '#core/standard/quarter.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { tidyName } from '#server/identity/actors/user.ts'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import {
  differencesOf,
  FACTS_OF,
  isFixed,
  readWardCodes,
  SOURCE_FACTS,
  type Difference,
  type Entry,
  type Facts,
} from './entries.ts'
import { insertSources, type SourceSaid } from './sources-of-register.ts'
import type { Programme } from './read-programme.ts'
import { dayInLondon } from './quarters.ts'
import { SHELVES } from './shelves.ts'

/**
 * Changes of the register: dated by the quarter from which they hold, with a reason of the list, and
 * audited. What an entry was before is kept, so that the quarters before stay as they were.
 */

/** What an entry is to be, from a quarter on. */
export interface RegisterChange {
  readonly kind: RegisterKind
  readonly code: string
  /** The version that was looked at. */
  readonly version: number
  readonly from: string
  readonly reason: RegisterReason
  readonly facts: Facts
  /** Of a new service of a look-up, as the programme file has it: what the source begins with. */
  readonly source?: SourceSaid | undefined
}

/** What somebody else changed since a form was made. */
export interface ChangedMeanwhile {
  readonly ok: false
  readonly code: 'changed-meanwhile'
  readonly entry: Entry
  readonly by: string
  readonly differences: readonly Difference[]
}

export type ChangeRefusal =
  | ChangedMeanwhile
  | Refusal<
      | 'not-found'
      | 'register-code'
      | 'register-name'
      | 'register-from'
      | 'register-unknown'
      | 'register-source'
      | 'ward-codes'
      | 'ward-tile'
      | 'merge-target'
      | 'quarter-deadline'
      | 'programme-days'
      | 'programme-years'
    >

/** What changes are made with. */
export interface RegisterContext {
  readonly database: Database
  readonly programme: Programme
  readonly now: Date
}

/** The quarters of the programme that have begun, in order. */
export function begunQuarters({ from, to }: Programme, now: Date): Quarter[] {
  const today = dayInLondon(now)
  return quartersBetween(quarterOf(from), quarterOf(today < to ? today : to))
}

/**
 * The quarters from which a change may hold: of the last four begun those that are not closed, and
 * the last in any case. No closed quarter is rewritten.
 */
export async function changeableQuarters({
  database,
  programme,
  now,
}: RegisterContext): Promise<Quarter[]> {
  return inPrisma(database, async ({ reportingQuarter }) => {
    const begun = begunQuarters(programme, now).slice(-CHANGEABLE)
    // Before it begins, its register is made for its first quarter.
    if (begun.length === 0) return [quarterOf(programme.from)]
    const closed = await reportingQuarter.findMany({
      where: { quarter: { in: begun }, closed: true },
    })
    const last =
      closed
        .map(({ quarter }) => quarter)
        .sort()
        .at(-1) ?? ''
    return begun.filter((quarter, index) => index === begun.length - 1 || quarter > last)
  })
}

const CHANGEABLE = 4

/** Adds an entry to the register. */
export async function addEntry(
  context: RegisterContext,
  actor: Actor,
  change: Omit<RegisterChange, 'version'>,
): Promise<{ readonly ok: true } | ChangeRefusal> {
  if (!(await holdsRight(context.database, actor, 'register.change'))) return NOT_HELD
  const from = await changeableQuarters(context)
  return withTransaction(context.database, (client) =>
    putEntry(client, actor, { ...change, version: 0 }, from, context.now),
  )
}

/**
 * Changes an entry, if it is still what was looked at; else tells what somebody else made of it.
 * Nothing changes where nothing differs.
 */
export async function changeEntry(
  context: RegisterContext,
  actor: Actor,
  change: RegisterChange,
): Promise<{ readonly ok: true } | ChangeRefusal> {
  if (!(await holdsRight(context.database, actor, 'register.change'))) return NOT_HELD
  const from = await changeableQuarters(context)
  return withTransaction(context.database, (client) =>
    putEntry(client, actor, change, from, context.now),
  )
}

/** Adds or changes an entry in the transaction of `client`; version 0 is one that is to be new. */
export async function putEntry(
  client: pg.PoolClient,
  actor: Pick<Actor, 'userId'>,
  change: RegisterChange,
  quarters: readonly Quarter[],
  now: Date,
): Promise<{ readonly ok: true } | ChangeRefusal> {
  const { kind, code, version, reason } = change
  await run(client, 'programme/lock-register', [])
  const before = await readEntry(client, kind, code)
  if (version > 0 && before === undefined) return refuse('not-found')
  if (before !== undefined && before.version !== version) {
    // The code of a quarter is nobody's choice: somebody else set its deadline first.
    const isTaken = version === 0 && kind !== 'quarter'
    return isTaken ? refuse('register-code') : whatChanged(client, change, before)
  }
  const wanted = tidy(kind, change.facts, before)
  if (kind === 'programme' && before === undefined) return refuse('not-found')
  const isDated = kind !== 'quarter' && kind !== 'programme'
  if (isDated && !quarters.some((quarter) => quarter === change.from))
    return refuse('register-from')
  if (isDated && before?.validFrom != null && change.from < before.validFrom)
    return refuse('register-from')
  const problem =
    (await findProblem(client, { ...change, facts: wanted })) ??
    (await findSourceProblem(client, change, before))
  if (problem !== undefined) return problem
  if (before !== undefined && differencesOf(kind, before.facts, wanted).length === 0)
    return { ok: true }
  const after: Entry = {
    ...{ kind, code, version: version + 1, facts: wanted },
    validFrom: isDated && isQuarter(change.from) ? change.from : null,
  }
  const shelf = SHELVES[kind]
  await inPrisma(client, async (prisma) => {
    await (before === undefined ? shelf.add(prisma, after) : shelf.change(prisma, after))
    const kept = { changedBy: actor.userId, changedAt: now }
    const known = await prisma.registerVersion.count({ where: { kind, code } })
    const rows = [...(before === undefined || known > 0 ? [] : [before]), after]
    await prisma.registerVersion.createMany({
      data: rows.map((entry) => ({
        ...kept,
        ...{ kind, code, version: entry.version, validFrom: entry.validFrom },
        entry: jsonValue(entry.facts),
        reason: entry === after ? reason : 'new',
      })),
    })
  })
  if (before === undefined) await insertSources(client, actor.userId, [change], now)
  await appendAudit(client, {
    actor: actor.userId,
    event: before === undefined ? 'register.added' : 'register.changed',
    subject: code,
    detail: {
      ...{ kind, reason, version: after.version },
      ...(after.validFrom === null ? {} : { from: after.validFrom }),
      // Names of facts, not what they say.
      changed: differencesOf(kind, before?.facts ?? {}, wanted)
        .map(({ fact }) => fact)
        .join(', '),
    },
  })
  return { ok: true }
}

/** One entry of the register. */
async function readEntry(
  on: Database | pg.ClientBase,
  kind: RegisterKind,
  code: string,
): Promise<Entry | undefined> {
  const [entry] = await inPrisma(on, (prisma) => SHELVES[kind].read(prisma, code))
  return entry
}

/** Only what the kind has, tidied; what is fixed stays. */
function tidy(kind: RegisterKind, facts: Facts, before: Entry | undefined): Facts {
  // Only a source has what a source has.
  const has = (fact: keyof Facts): boolean =>
    !SOURCE_FACTS.includes(fact) || (before ?? { facts }).facts[fact] !== undefined
  return Object.fromEntries(
    FACTS_OF[kind]
      .filter(has)
      .map((fact) => [
        fact,
        before !== undefined && isFixed(fact)
          ? (before.facts[fact] ?? '')
          : tidyFact(fact, facts[fact] ?? unasked(fact, before)),
      ]),
  )
}

/** What a fact is that no form asked for: how people of a source of a look-up would be counted stays as it was. */
function unasked(fact: keyof Facts, before: Entry | undefined): string {
  return fact === 'reachedBy' ? (before?.facts.reachedBy ?? 'contacts') : ''
}

/** On one line, but where several lines are asked for; without what hides or turns a part of it. */
function tidyFact(fact: keyof Facts, text: string): string {
  const lines = fact === 'gss' ? text.split(/\r?\n/) : [text]
  return lines.map(tidyName).join('\n').trim()
}

/** Whether years are years, and hold every quarter of which there is a file or a release. */
async function findYearsProblem(
  client: pg.ClientBase,
  { begins, ends }: Facts,
): Promise<ChangeRefusal | undefined> {
  if (!isDay(begins) || !isDay(ends) || begins >= ends) return refuse('programme-days')
  const { first, last } = await runForRow(client, 'programme/used-quarters', [])
  const isInside =
    (first === null || first >= quarterOf(begins)) && (last === null || last <= quarterOf(ends))
  return !isInside ? refuse('programme-years') : undefined
}

/** Whether files of a quarter can be due on a day: after it, and no more than a year after it. */
function isDeadline(text: string | undefined, quarter: Quarter): boolean {
  if (!isDay(text)) return false
  const { last } = quarterDays(quarter)
  return text > last && Date.parse(text) - Date.parse(last) <= LONGEST_DEADLINE
}

/** The most milliseconds between a quarter's last day and its deadline. */
const LONGEST_DEADLINE = 366 * 86_400_000

function isDay(text: string | undefined): text is string {
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text ?? '')
}

/** What is wrong with facts, beside what else the register has. */
async function findProblem(
  client: pg.ClientBase,
  { kind, code, facts }: Pick<RegisterChange, 'kind' | 'code' | 'facts'>,
): Promise<ChangeRefusal | undefined> {
  if (kind === 'quarter') {
    if (!isQuarter(code)) return refuse('not-found')
    return isDeadline(facts.deadline, code) ? undefined : refuse('quarter-deadline')
  }
  if (kind !== 'programme' && !/^[a-z0-9-]{1,64}$/.test(code)) return refuse('register-code')
  const name = facts.name ?? ''
  if (name === '' || name.length > 200 || (facts.reminder ?? '').length > 300)
    return refuse('register-name')
  if (kind === 'programme') return findYearsProblem(client, facts)
  const { closedAfter = '', mergedInto = '', splitFrom = '', strand, provider } = facts
  if (closedAfter !== '' && !isQuarter(closedAfter)) return refuse('register-from')
  if (readWardCodes(facts.gss ?? '') === undefined) return refuse('ward-codes')
  const { tile = '' } = facts
  if (tile !== '' && readTilePlace(tile) === undefined) return refuse('ward-tile')
  for (const [other, at] of [
    ['strand', strand],
    ['provider', provider],
    ['ward', splitFrom === '' ? undefined : splitFrom],
  ] as const) {
    if (at === undefined) continue
    // Of another kind an entry may have the same code: an organisation that is called like its service.
    const isItself = other === kind && at === code
    if (isItself || (await readEntry(client, other, at)) === undefined)
      return refuse('register-unknown')
  }
  if (mergedInto !== '') {
    const into = await readEntry(client, 'service', mergedInto)
    const isOpen = into !== undefined && (into.facts.closedAfter ?? '') === ''
    if (mergedInto === code || !isOpen || closedAfter === '') return refuse('merge-target')
  }
  return undefined
}

/** Every service of a look-up is a source, which says what its data cover; no other service is one. */
async function findSourceProblem(
  client: pg.ClientBase,
  { kind, facts, source }: RegisterChange,
  before: Entry | undefined,
): Promise<ChangeRefusal | undefined> {
  if (kind !== 'service') return undefined
  const [programme] = await inPrisma(client, (prisma) => prisma.programme.findMany())
  const isLookUp = programme?.purpose === 'look-up'
  if (before === undefined)
    return (source !== undefined) === isLookUp ? undefined : refuse('register-source')
  const isSaid = SOURCE_FACTS.every((fact) => {
    const { length } = (facts[fact] ?? before.facts[fact] ?? '').trim()
    return length > 0 && length <= LONGEST_SAID
  })
  return isLookUp && !isSaid ? refuse('register-source') : undefined
}

/** The most characters of what no record means, as in the programme file. */
const LONGEST_SAID = 500

/** What somebody else made of an entry since `version` was looked at. */
async function whatChanged(
  client: pg.ClientBase,
  { kind, code, version }: RegisterChange,
  entry: Entry,
): Promise<ChangedMeanwhile> {
  const versions = await inPrisma(client, ({ registerVersion }) =>
    registerVersion.findMany({ where: { kind, code }, orderBy: { version: 'asc' } }),
  )
  // Facts that we wrote ourselves.
  const looked = versions.find((one) => one.version === version)?.entry as Facts | undefined
  const changedBy = versions.at(-1)?.changedBy ?? ''
  const names = await readUserNames(client, [changedBy])
  return {
    ...({ ok: false, code: 'changed-meanwhile' } as const),
    entry,
    by: names.get(changedBy) ?? 'Somebody',
    differences: differencesOf(kind, looked ?? {}, entry.facts),
  }
}

/** A version of an entry, as its history lists it. */
export interface EntryVersion {
  readonly version: number
  readonly from: Quarter | null
  readonly reason: RegisterReason
  readonly by: string
  readonly at: Date
  readonly differences: readonly Difference[]
}

/** An entry with what it was before, the latest first, for administrators. */
export async function readEntryHistory(
  database: Database,
  actor: Actor,
  kind: RegisterKind,
  code: string,
): Promise<
  | { readonly ok: true; readonly entry: Entry; readonly versions: readonly EntryVersion[] }
  | Refusal<'not-found'>
> {
  if (!(await holdsRight(database, actor, 'register.see'))) return NOT_HELD
  const entry = await readEntry(database, kind, code)
  if (entry === undefined) return refuse('not-found')
  const rows = await inPrisma(database, ({ registerVersion }) =>
    registerVersion.findMany({ where: { kind, code }, orderBy: { version: 'asc' } }),
  )
  const names = await readUserNames(
    database,
    rows.map(({ changedBy }) => changedBy),
  )
  const versions = rows.map((row, index): EntryVersion => ({
    ...{ version: row.version, at: row.changedAt, by: names.get(row.changedBy) ?? row.changedBy },
    // What we wrote ourselves.
    ...{ from: row.validFrom as Quarter | null, reason: row.reason as RegisterReason },
    differences: differencesOf(kind, (rows[index - 1]?.entry ?? {}) as Facts, row.entry as Facts),
  }))
  return { ok: true, entry, versions: versions.reverse() }
}

/** Every entry of a kind, for administrators. */
export async function listEntries(
  database: Database,
  actor: Actor,
  kind: RegisterKind,
): Promise<{ readonly ok: true; readonly entries: readonly Entry[] } | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'register.see'))) return NOT_HELD
  return { ok: true, entries: await inPrisma(database, (prisma) => SHELVES[kind].read(prisma)) }
}
