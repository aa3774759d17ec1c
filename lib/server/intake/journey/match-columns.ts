import type { Instrument } from '#core/framework/framework.ts'
import { answersOf, NOT_USED, preselected } from '#core/mapping/answers/column-choices.ts'
import type { Mapping, RowShape, Suggestion } from '#core/mapping/mapping.ts'
import { matchColumns, type ColumnProblem } from '#core/mapping/answers/matched-columns.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'
import { whyNotCovered } from '#server/programme/register/agreement-cover.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { requestCheck } from '#server/intake/checking/request-check.ts'
import { changeState } from '#server/intake/submissions/change-state.ts'
import { readAdded, withAdded, type Added, type MatchGiven } from './add-columns.ts'
import { describeReading } from './describe-reading.ts'
import { lastRules } from './fill-gaps.ts'
import { listHeldWords, openProfile, withChoices } from './held-profile.ts'
import {
  findJourney,
  keepWords,
  lockStep,
  type Journey,
  type StepTaken,
  type StepForm,
} from './read-journey.ts'

/** One column of a file on the page that matches columns. */
export interface ColumnView {
  readonly heading: string
  /** What is chosen or preselected; empty when a person has to decide. */
  readonly answer: string
  /** Why it is suggested, and how sure that is. */
  readonly suggestion: Suggestion | undefined
  /** A few of its values, masked where they are or may be identifiers. */
  readonly samples: readonly string[]
  /** Whether this service left a column of this heading unused last time. */
  readonly isUnusedBefore: boolean
  /** Whether it came after the others were matched. */
  readonly isNew: boolean
}

/** The columns of a file, to be matched. */
export interface MatchView {
  readonly ok: true
  readonly journey: Journey
  readonly columns: readonly ColumnView[]
  readonly shape: RowShape
  /** What everybody in the file is, when no column says it; empty when age decides. */
  readonly role: string
  /** What client references are made of, where no column has them; else empty. */
  readonly reference: '' | 'name-and-birth'
  /** Whether the service's last file had rules that fill gaps, and this one has none. */
  readonly hasRulesBefore: boolean
  /** Of a file of outcomes, what its service takes scores with. */
  readonly instruments: readonly Instrument[]
}

/** Reads a held file's columns with what is suggested or was chosen for each. */
export async function readMatching(
  store: PortalStore,
  actor: Actor,
  reference: string,
): Promise<MatchView | Refusal<'not-found' | 'file-erased' | 'file-waits'>> {
  const view = await describeReading(store, actor, reference)
  if (!view.ok) return view
  const { journey, reading } = view
  // It was read before with the same choices.
  if (!reading.ok) return refuse('file-erased')
  const { header, suggestions, overview } = reading
  // What was matched in a file that this one takes the place of is there to be confirmed.
  const isCarried = journey.mapping !== null && !journey.isMatched
  const mapping = journey.mapping ?? reading.mapping
  const answers = answersOf(mapping, header)
  const unusedBefore = isCarried
    ? new Set(
        header.filter(
          (heading, index) =>
            answers[index] === NOT_USED && journey.unasked?.includes(heading) !== true,
        ),
      )
    : new Set(reading.last?.unused)
  const unasked = new Set(journey.mapping === null ? header : journey.unasked)
  const columns = header.map((heading, index) => ({
    heading,
    answer:
      !unasked.has(heading) || unusedBefore.has(heading)
        ? (answers[index] ?? NOT_USED)
        : preselected(heading, answers[index] ?? NOT_USED, suggestions),
    isUnusedBefore: unusedBefore.has(heading),
    isNew: journey.mapping !== null && unasked.has(heading),
    suggestion: suggestions.find(({ column }) => column === heading),
    samples: overview.samples[index] ?? [],
  }))
  return {
    ok: true,
    journey,
    columns,
    shape: mapping.shape ?? 'person',
    role: mapping.constants?.['role'] ?? '',
    reference: mapping.reference ?? '',
    hasRulesBefore:
      journey.reading.preparation?.filling === undefined && lastRules(reading) !== undefined,
    instruments: await listInstruments(store, journey),
  }
}

/** What a service takes scores with, as the framework says. */
async function listInstruments(
  { database }: PortalStore,
  { kind, service }: Journey,
): Promise<readonly Instrument[]> {
  if (kind !== 'outcomes') return []
  const kept = await readFramework(database)
  return (kept?.framework.instruments ?? []).filter(({ services }) => services.includes(service))
}

/** Columns that are matched, and what comes next. */
export interface Matched {
  readonly ok: true
  readonly journey: Journey
  readonly next: 'values' | 'check'
}

/** Columns that were not answered or cannot be used so. `columns` count from 0. */
export interface MatchRefused {
  readonly ok: false
  readonly code: 'columns-refused'
  readonly problems: readonly ColumnProblem[]
}

/**
 * Keeps how the columns of a file are matched, with those that are added to it. Where words of code
 * fields are still unknown, those are asked for next; else the file is checked.
 */
export async function saveMatching(
  store: PortalStore,
  actor: Actor,
  form: StepForm,
  given: MatchGiven,
): Promise<
  | Matched
  | Exclude<StepTaken, { ok: true }>
  | MatchRefused
  | Refusal<'file-waits' | 'agreement-missing' | 'field-not-covered'>
> {
  const before = await findJourney(store, actor, form.reference)
  if (before === undefined) return refuse('not-found')
  if (before.fileId === null) return refuse('file-erased')
  const profile = await openProfile(store, before, before.reading, before.mapping)
  // What words mean is remembered of the service's last file, until something is said of this one's.
  const known = before.mapping ?? (profile.ok ? (profile.last?.mapping ?? null) : null)
  const wanted = withAdded(before, profile.ok ? profile : {}, given)
  if (wanted === undefined) return columnsRefused(before, [TOO_MANY])
  const matched = matchedAs(before, known, given, wanted)
  if (!matched.ok) return columnsRefused(before, matched.problems)
  const added = await settleAdded(store, before, wanted)
  if (added === undefined) return refuse('file-waits')
  const settled = matchedAs(before, known, given, added)
  if (!settled.ok) return columnsRefused(before, settled.problems)
  const { mapping } = settled
  const { service, quarter } = before
  const processed = { service, quarter, mapping }
  const uncovered = await whyNotCovered(store.database, store.programme, processed, new Date())
  if (uncovered !== undefined) return uncovered
  const words = await listHeldWords(store, before, added.reading, mapping)
  if ('code' in words) return refuse('file-waits')
  const taken = await withTransaction(store.database, async (client) => {
    const locked = await lockStep(store, client, actor, form, 'match')
    if (!locked.ok) return locked
    const { id, state } = locked.journey
    const { reading, header } = added
    const kept = { mapping, reading, header, unasked: [] }
    const at = { matchedAt: new Date(), valuedAt: words.length === 0 ? new Date() : null }
    await keepWords(client, store, locked.journey, kept, at)
    // What was found under another mapping counts for nothing.
    if (state === 'checked') await changeState(client, id, { to: 'mapped', actor: actor.userId })
    await appendAudit(client, {
      actor: actor.userId,
      event: 'submission.columns-matched',
      subject: form.reference,
      detail: {
        columns: added.answers.filter((answer) => answer !== NOT_USED).length,
        added: wanted.header.length - before.header.length,
      },
    })
    return { ...locked, journey: { ...locked.journey, ...kept } }
  })
  if (!taken.ok) return taken
  if (words.length > 0) return { ...taken, next: 'values' }
  await startCheck(store, actor, taken.journey, mapping)
  return { ...taken, next: 'check' }
}

/** What is wrong where more columns would be added than a file may have. */
const TOO_MANY: ColumnProblem = { code: 'added-too-many', field: '', columns: [], headings: [] }

/** What is wrong, beside the columns that the page shows. */
function columnsRefused({ header }: Journey, problems: readonly ColumnProblem[]): MatchRefused {
  return {
    ok: false,
    code: 'columns-refused',
    problems: problems.map((problem) => {
      const columns = problem.headings.flatMap((heading) => {
        const at = header.indexOf(heading)
        return at < 0 ? [] : [at]
      })
      return { ...problem, columns, headings: columns.map((at) => header[at] ?? '') }
    }),
  }
}

/** The mapping that answers amount to, with a column for each field that is added. */
function matchedAs(
  { kind }: Journey,
  known: Mapping | null,
  given: MatchGiven,
  { reading, header, answers }: Added,
): ReturnType<typeof matchColumns> {
  return matchColumns(header, known, { ...given, answers, kind }, reading.preparation)
}

/** Where columns stand once the file is read with those that are added; undefined while it waits. */
async function settleAdded(
  store: PortalStore,
  before: Journey,
  wanted: Added,
): Promise<Added | undefined> {
  if (wanted.header.length === before.header.length) return wanted
  const { profile, added } = await readAdded(store, before, wanted)
  return profile.ok ? added : undefined
}

/** Has a worker check the file with a mapping that is complete. */
export async function startCheck(
  store: PortalStore,
  actor: Actor,
  { id, reading }: Pick<Journey, 'id' | 'reading'>,
  mapping: Mapping,
): Promise<void> {
  await requestCheck(store, id, { actor: actor.userId, mapping: withChoices(reading, mapping) })
}
