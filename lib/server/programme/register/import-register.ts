import { createHash } from 'node:crypto'
import type pg from 'pg'
import { DEFAULT_RULES, rulesInWords } from '#core/look-up/rules/source-rules.ts'
import type { RegisterKind } from '#core/messages/register/register-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import {
  changeableQuarters,
  putEntry,
  type ChangeRefusal,
  type RegisterChange,
  type RegisterContext,
} from './change-register.ts'
import {
  differencesOf,
  isFixed,
  readWardCodes,
  writeWardCodes,
  type Difference,
  type Entry,
  type Facts,
} from './entries.ts'
import type { Programme } from './read-programme.ts'
import { parseRegister, type Register } from './register.ts'
import { SHELVES } from './shelves.ts'
import { readSourcesSaid, type SourceSaid } from './sources-of-register.ts'

/** The whole register out of the store and into it, as one file: the form of a programme file. */

const KINDS = ['provider', 'strand', 'ward', 'list-value', 'service', 'quarter'] as const

/** Writes the register as a programme file, for administrators. */
export async function exportRegister(
  database: Database,
  actor: Actor,
  programme: Programme,
): Promise<{ readonly ok: true; readonly json: string } | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'register.see'))) return NOT_HELD
  const entries = await readAll(database)
  const sources = await readSourcesSaid(database)
  const of = (wanted: RegisterKind): Entry[] => entries.filter(({ kind }) => kind === wanted)
  const { code, name, live, purpose, from, to, policy } = programme
  const register: Register = {
    programme: { code, name, live, purpose, years: { from, to }, policy },
    wards: of('ward').map((entry) => ({
      ...named(entry),
      ...codesOf(entry),
      ...filled(entry, ['splitFrom', 'tile']),
    })),
    strands: of('strand').map(named),
    providers: of('provider').map(named),
    services: of('service').map((entry) => ({
      ...named(entry),
      strand: entry.facts.strand ?? '',
      provider: entry.facts.provider ?? '',
      reachedBy: entry.facts.reachedBy === 'active-enrolment' ? 'active-enrolment' : 'contacts',
      acceptsClear: entry.facts.acceptsClear === 'yes',
      ...filled(entry, ['mergedInto', 'reminder']),
      ...sourceIn(sources, entry),
    })),
    values: of('list-value').map((entry) => ({
      ...named(entry),
      list: entry.facts.list as 'purpose' | 'lawful-basis' | 'gateway',
    })),
    quarters: of('quarter').map(({ code: quarter, facts }) => ({
      quarter: quarter as NonNullable<Register['quarters']>[number]['quarter'],
      deadline: facts.deadline ?? '',
      ...(facts.closed === 'yes' ? { closed: true } : {}),
    })),
  }
  return { ok: true, json: `${JSON.stringify(register, null, 1)}\n` }
}

function sourceIn(
  sources: ReadonlyMap<string, SourceSaid>,
  { code }: Entry,
): { readonly source?: SourceSaid } {
  const source = sources.get(code)
  return source === undefined ? {} : { source }
}

type Named = Register['strands'][number]

function named({ code, validFrom, facts }: Entry): Named {
  const closedAfter = facts.closedAfter ?? ''
  return {
    ...{ code, name: facts.name ?? '' },
    ...(validFrom === null ? {} : { validFrom }),
    // The column's check allows no other.
    ...(closedAfter === ''
      ? {}
      : { closedAfter: closedAfter as NonNullable<Named['closedAfter']> }),
  }
}

function filled<Name extends keyof Facts>(
  { facts }: Entry,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  return Object.fromEntries(
    names.flatMap((name) => ((facts[name] ?? '') === '' ? [] : [[name, facts[name]]])),
  ) as Partial<Record<Name, string>>
}

function codesOf({ facts }: Entry): { gss?: string[]; gssYears?: Record<string, string> } {
  const { codes = [], years = {} } = readWardCodes(facts.gss ?? '') ?? {}
  return {
    ...(codes.length === 0 ? {} : { gss: codes }),
    ...(Object.keys(years).length === 0 ? {} : { gssYears: years }),
  }
}

/** What an import would do to one entry. */
export interface PlannedChange {
  readonly kind: RegisterKind
  readonly code: string
  readonly name: string
  readonly isNew: boolean
  readonly differences: readonly Difference[]
}

/** What a file would change, and which state of the register it was compared with. */
export interface ImportPlan {
  readonly ok: true
  readonly changes: readonly PlannedChange[]
  /** Facts that stay as they are, whatever the file says of them. */
  readonly kept: readonly PlannedChange[]
  readonly seen: string
}

/** A file that is no register, with what is wrong a line each. */
export interface RegisterUnreadable {
  readonly ok: false
  readonly code: 'register-order'
  readonly problems: readonly string[]
}

/** Tells what a file would change; what it does not name stays as it is. */
export async function planImport(
  { database, programme }: RegisterContext,
  actor: Actor,
  text: string,
): Promise<ImportPlan | RegisterUnreadable | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'register.change'))) return NOT_HELD
  const wanted = readWanted(text, programme)
  if (!wanted.ok) return wanted
  const plan = planAgainst(wanted.entries, await readAll(database))
  const sources = await readSourcesSaid(database)
  return { ...plan, kept: [...plan.kept, ...keptOfSources(wanted.entries, sources)] }
}

/**
 * Takes a file in as it was planned, all of it or nothing; refused where the register changed since
 * the plan was shown.
 */
export async function importRegister(
  context: RegisterContext,
  actor: Actor,
  { text, seen, from }: { readonly text: string; readonly seen: string; readonly from: string },
): Promise<{ readonly ok: true; readonly changes: number } | RegisterUnreadable | ChangeRefusal> {
  const { database, programme, now } = context
  if (!(await holdsRight(database, actor, 'register.change'))) return NOT_HELD
  const wanted = readWanted(text, programme)
  if (!wanted.ok) return wanted
  const quarters = await changeableQuarters(context)
  type Imported = { readonly ok: true; readonly changes: number } | ChangeRefusal
  return withTransaction(database, async (client, giveUp): Promise<Imported> => {
    await run(client, 'programme/lock-register', [])
    const standing = await readAll(client)
    const plan = planAgainst(wanted.entries, standing)
    if (plan.seen !== seen) return refuse('register-from')
    for (const { kind, code } of plan.changes) {
      const entry = wanted.entries.find((one) => one.kind === kind && one.code === code)
      const before = standing.find((one) => one.kind === kind && one.code === code)
      const done = await putEntry(
        client,
        actor,
        {
          ...{ kind, code, from, reason: 'imported' },
          version: before?.version ?? 0,
          facts: { ...before?.facts, ...entry?.facts },
          source: entry?.source,
        },
        quarters,
        now,
      )
      if (!done.ok) return giveUp(done)
    }
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'register.imported', subject: programme.code },
      detail: { changes: plan.changes.length },
    })
    return { ok: true, changes: plan.changes.length }
  })
}

type Wanted = Pick<Entry, 'kind' | 'code' | 'facts'> & Pick<RegisterChange, 'source'>

/** The entries that a file names, those that others refer to first. */
function readWanted(
  text: string,
  programme: Programme,
): { readonly ok: true; readonly entries: readonly Wanted[] } | RegisterUnreadable {
  const read = parseRegister(text)
  if (!read.ok) return { ok: false, code: 'register-order', problems: read.problems }
  const { register } = read
  if (register.programme.code !== programme.code) {
    return { ok: false, code: 'register-order', problems: ['it is another programme’s'] }
  }
  if ((register.programme.purpose ?? 'reach') !== programme.purpose) {
    return { ok: false, code: 'register-order', problems: ['it is of another purpose'] }
  }
  const of = (kind: RegisterKind, entry: Named, facts: Facts = {}): Wanted => ({
    ...{ kind, code: entry.code },
    facts: { name: entry.name, ...facts, closedAfter: entry.closedAfter ?? '' },
  })
  const lastOnes = <Given>(
    entries: readonly Given[],
    refers: (entry: Given) => boolean,
  ): Given[] => [...entries.filter((entry) => !refers(entry)), ...entries.filter(refers)]
  return {
    ok: true,
    entries: [
      ...register.providers.map((entry) => of('provider', entry)),
      ...register.strands.map((entry) => of('strand', entry)),
      ...lastOnes(register.wards, ({ splitFrom }) => splitFrom !== undefined).map((entry) =>
        of('ward', entry, {
          ...(entry.gss === undefined
            ? {}
            : { gss: writeWardCodes(entry.gss, entry.gssYears ?? {}) }),
          splitFrom: entry.splitFrom ?? '',
          ...(entry.tile === undefined ? {} : { tile: entry.tile }),
        }),
      ),
      ...(register.values ?? []).map((entry) => of('list-value', entry, { list: entry.list })),
      ...lastOnes(register.services, ({ mergedInto }) => mergedInto !== undefined).map((entry) => ({
        ...of('service', entry, {
          ...{ strand: entry.strand, provider: entry.provider },
          reachedBy: entry.reachedBy ?? 'contacts',
          acceptsClear: entry.acceptsClear === true ? 'yes' : '',
          ...(entry.reminder === undefined ? {} : { reminder: entry.reminder }),
          mergedInto: entry.mergedInto ?? '',
          ...factsOfSource(entry.source),
        }),
        source: entry.source,
      })),
      ...(register.quarters ?? []).map(({ quarter, deadline, closed }): Wanted => ({
        ...{ kind: 'quarter', code: quarter },
        facts: { deadline, closed: closed === true ? 'yes' : '' },
      })),
    ],
  }
}

function factsOfSource(source: Wanted['source']): Facts {
  if (source === undefined) return {}
  const { kind: sourceKind, area, noRecord } = source
  return { sourceKind, area, noRecord }
}

/** What a file says of sources that takes two people to change: the days that they cover, and their rules. */
function keptOfSources(
  wanted: readonly Wanted[],
  sources: ReadonlyMap<string, SourceSaid>,
): PlannedChange[] {
  return wanted.flatMap(({ kind, code, facts, source }): PlannedChange[] => {
    const standing = sources.get(code)
    if (source === undefined || standing === undefined) return []
    const [before, after] = [wordsOf(standing), wordsOf({ rules: standing.rules, ...source })]
    if (before === after) return []
    const difference = { fact: 'rules' as const, before, after }
    return [{ kind, code, name: facts.name ?? code, isNew: false, differences: [difference] }]
  })
}

function wordsOf({ kind, rules, coveredFrom, coveredTo }: SourceSaid): string {
  const coverage = { from: coveredFrom, to: coveredTo ?? null }
  return rulesInWords(rules ?? DEFAULT_RULES[kind], coverage).join(' ')
}

function planAgainst(wanted: readonly Wanted[], standing: readonly Entry[]): ImportPlan {
  const planned = wanted.map(({ kind, code, facts }): PlannedChange => {
    const before = standing.find((one) => one.kind === kind && one.code === code)
    const after = { ...before?.facts, ...facts }
    return {
      ...{ kind, code, name: facts.name ?? code, isNew: before === undefined },
      differences: differencesOf(kind, before?.facts ?? {}, after),
    }
  })
  const part = (fixed: boolean) =>
    planned.flatMap((change) => {
      const differences = change.differences.filter(
        ({ fact }) => (!change.isNew && isFixed(fact)) === fixed,
      )
      return differences.length === 0 ? [] : [{ ...change, differences }]
    })
  return { ok: true, changes: part(false), kept: part(true), seen: stateOf(standing) }
}

/** Tells one state of the register from another. */
function stateOf(standing: readonly Entry[]): string {
  const versions = standing.map(({ kind, code, version }) => `${kind} ${code} ${String(version)}`)
  return createHash('sha256').update(versions.sort().join('\n')).digest('hex').slice(0, 32)
}

async function readAll(on: Database | pg.ClientBase): Promise<Entry[]> {
  return inPrisma(on, async (prisma) => {
    const all: Entry[] = []
    for (const kind of KINDS) all.push(...(await SHELVES[kind].read(prisma)))
    return all
  })
}
