import {
  answersOf,
  doubledFields,
  fieldsOfAnswer,
  isAnswer,
  mappingOfAnswers,
  NOT_USED,
  preselected,
} from '#core/mapping/column-choices.ts'
import { compileMapping, type MappingRefusal } from '#core/mapping/compile-mapping.ts'
import { readMapping } from '#core/mapping/mapping-file.ts'
import type { Mapping, RowShape, Suggestion } from '#core/mapping/mapping.ts'
import { appendAudit } from '#server/audit/append-audit.ts'
import { withTransaction } from '#server/db/pool.ts'
import { refuse, type Refusal } from '#server/faults/fault.ts'
import type { Actor } from '#server/sessions/actor.ts'
import type { ProgrammeStore } from '#server/store.ts'
import { requestCheck } from '#server/submissions/request-check.ts'
import { changeState } from '#server/submissions/change-state.ts'
import { describeReading, type StepForm } from './describe-reading.ts'
import { listHeldWords, withChoices } from './read-held-file.ts'
import {
  findJourney,
  lockStep,
  raiseVersion,
  type Journey,
  type StepTaken,
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
}

/** The columns of a file, to be matched. */
export interface MatchView {
  readonly ok: true
  readonly journey: Journey
  readonly columns: readonly ColumnView[]
  readonly shape: RowShape
  /** What everybody in the file is, when no column says it; empty when age decides. */
  readonly role: string
}

/** Reads a held file's columns with what is suggested or was chosen for each. */
export async function readMatching(
  store: ProgrammeStore,
  actor: Actor,
  reference: string,
): Promise<MatchView | Refusal<'not-found' | 'file-gone'>> {
  const view = await describeReading(store, actor, reference)
  if (!view.ok) return view
  const { journey, reading } = view
  // It was read before with the same choices.
  if (!reading.ok) return refuse('file-gone')
  const { header, suggestions, overview } = reading
  const mapping = journey.isMatched && journey.mapping !== null ? journey.mapping : reading.mapping
  const answers = answersOf(mapping, header)
  const unusedBefore = await readUnused(store, journey.service)
  const columns = header.map((heading, index) => ({
    heading,
    answer:
      journey.isMatched || unusedBefore.has(heading)
        ? (answers[index] ?? NOT_USED)
        : preselected(heading, answers[index] ?? NOT_USED, suggestions),
    isUnusedBefore: unusedBefore.has(heading),
    suggestion: suggestions.find(({ column }) => column === heading),
    samples: overview.samples[index] ?? [],
  }))
  return {
    ok: true,
    journey,
    columns,
    shape: mapping.shape ?? 'person',
    role: mapping.constants?.['role'] ?? '',
  }
}

/** Headings of the service's last file that were not used. */
async function readUnused(store: ProgrammeStore, service: string): Promise<Set<string>> {
  const { rows } = await store.pool.query<{ mapping: Mapping; header: readonly string[] }>(
    'select mapping, header from service_mapping where service_code = $1',
    [service],
  )
  const [last] = rows
  if (last === undefined) return new Set()
  const answers = answersOf(last.mapping, last.header)
  return new Set(last.header.filter((_, index) => answers[index] === NOT_USED))
}

/** What a person said of each column, in the order of the file's headings. */
export interface MatchAnswers {
  readonly answers: readonly string[]
  readonly shape: RowShape
  readonly role: 'child' | 'parent' | 'adult' | ''
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

/** What is wrong with the answers about some columns. */
export interface ColumnProblem {
  readonly code: MappingRefusal['code'] | 'column-unmatched'
  readonly field: string
  readonly columns: readonly number[]
  /** Their headings. */
  readonly headings: readonly string[]
}

/**
 * Keeps how the columns of a file are matched. Where words of code fields are still unknown, those are asked for next; else the
 * file is checked.
 */
export async function saveMatching(
  store: ProgrammeStore,
  actor: Actor,
  form: StepForm,
  given: MatchAnswers,
): Promise<Matched | Exclude<StepTaken, { ok: true }> | MatchRefused> {
  const before = await findJourney(store.pool, actor, form.reference)
  if (before === undefined) return refuse('not-found')
  const problems = problemsOf(before.header, given)
  if (problems.length > 0) return refuseColumns(before, problems)
  const mapping = mappingOf(before, given)
  const unusable = unusableColumns(mapping, before.header)
  if (unusable.length > 0) return refuseColumns(before, unusable)
  if (before.fileId === null) return refuse('file-gone')
  const words = await listHeldWords(store, before, withChoices(before.reading, mapping))
  const taken = await withTransaction(store.pool, async (client) => {
    const locked = await lockStep(client, actor, form, 'match')
    if (!locked.ok) return locked
    const { id, state } = locked.journey
    await client.query(
      `update journey set mapping = $2, matched_at = now(), valued_at = case when $3 then now() end
        where submission_id = $1`,
      [id, JSON.stringify(mapping), words.length === 0],
    )
    // What was found under another mapping counts for nothing.
    if (state === 'checked') await changeState(client, id, { to: 'mapped', actor: actor.userId })
    await raiseVersion(client, id)
    await appendAudit(client, {
      actor: actor.userId,
      event: 'submission.columns-matched',
      subject: form.reference,
      detail: { columns: given.answers.filter((answer) => answer !== NOT_USED).length },
    })
    return locked
  })
  if (!taken.ok) return taken
  if (words.length > 0) return { ...taken, next: 'values' }
  await startCheck(store, actor, taken.journey, mapping)
  return { ...taken, next: 'check' }
}

function refuseColumns(
  { header }: Journey,
  problems: readonly Omit<ColumnProblem, 'headings'>[],
): MatchRefused {
  return {
    ok: false,
    code: 'columns-refused',
    problems: problems.map((problem) => ({
      ...problem,
      headings: problem.columns.map((column) => header[column] ?? ''),
    })),
  }
}

/** Has a worker check the file with a mapping that is complete. */
export async function startCheck(
  store: ProgrammeStore,
  actor: Actor,
  { id, reading }: Pick<Journey, 'id' | 'reading'>,
  mapping: Mapping,
): Promise<void> {
  await requestCheck(store, id, { actor: actor.userId, mapping: withChoices(reading, mapping) })
}

function mappingOf(journey: Journey, { answers, shape, role }: MatchAnswers): Mapping {
  return mappingOfAnswers(journey.header, answers, shape, {
    values: journey.mapping?.values ?? {},
    constants: { ...withoutRole(journey.mapping), ...(role === '' ? {} : { role }) },
  })
}

function withoutRole(mapping: Mapping | null): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mapping?.constants ?? {}).filter(([field]) => field !== 'role'),
  )
}

function problemsOf(
  header: readonly string[],
  { answers }: MatchAnswers,
): Omit<ColumnProblem, 'headings'>[] {
  const unanswered = header.flatMap((_, index) => (isAnswer(answers[index] ?? '') ? [] : [index]))
  return [
    ...(unanswered.length === 0
      ? []
      : [{ code: 'column-unmatched' as const, field: '', columns: unanswered }]),
    ...doubledFields(header, answers).map(({ field, columns }) => ({
      code: 'mapping-field-mapped-twice' as const,
      field,
      columns,
    })),
  ]
}

function unusableColumns(
  mapping: Mapping,
  header: readonly string[],
): Omit<ColumnProblem, 'headings'>[] {
  const read = readMapping(mapping)
  if (!read.ok) return [{ code: 'mapping-join-unusable', field: '', columns: [] }]
  const compiled = compileMapping(mapping, header)
  if (compiled.ok) return []
  const answers = answersOf(mapping, header)
  return compiled.refusals.map(({ code, field, columns }) => {
    const named = columns.map((column) => header.indexOf(column)).filter((at) => at >= 0)
    const giving = answers.flatMap((answer, index) =>
      fieldsOfAnswer(answer).includes(field) ? [index] : [],
    )
    return { code, field, columns: named.length > 0 ? named : giving }
  })
}
