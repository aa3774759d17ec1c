import type { FileKind } from '#core/standard/further-fields.ts'
import type { Preparation } from '#core/preparation/preparation.ts'
import {
  answersOf,
  doubledFields,
  fieldsOfAnswer,
  isAnswer,
  mappingOfAnswers,
} from './column-choices.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { MappingRefusal } from '#core/mapping/field-claims.ts'
import { readMapping } from '#core/mapping/mapping-file.ts'
import type { Mapping, RowShape } from '#core/mapping/mapping.ts'
import { scoresOfAnswers } from './score-answers.ts'

/** What a person said of each column, in the order of the file's headings. */
export interface MatchAnswers {
  readonly answers: readonly string[]
  readonly shape: RowShape
  readonly role: 'child' | 'parent' | 'adult' | ''
  /** What client references are made of, where no column has them. */
  readonly reference?: 'name-and-birth' | ''
  /** What the file is about; people and service use where it is not said. */
  readonly kind?: FileKind
}

/** What is wrong with the answers about some columns, which count from 0. */
export interface ColumnProblem {
  readonly code:
    | MappingRefusal['code']
    | 'column-unmatched'
    | 'score-without-day'
    | 'added-too-many'
  readonly field: string
  readonly columns: readonly number[]
  /** Their headings. */
  readonly headings: readonly string[]
}

type Problem = Omit<ColumnProblem, 'headings'>

/**
 * The mapping that answers about a file's columns amount to, or every reason why it cannot be used.
 * What words mean, and constants other than the role, are kept of `before`; rules
 * of the preparation may not give every field.
 */
export function matchColumns(
  header: readonly string[],
  before: Mapping | null,
  given: MatchAnswers,
  preparation?: Preparation,
):
  | { readonly ok: true; readonly mapping: Mapping }
  | { readonly ok: false; readonly problems: readonly ColumnProblem[] } {
  const problems = problemsOf(header, given)
  const { answers, shape, role, reference = '', kind = 'people' } = given
  const kept = {
    values: before?.values ?? {},
    constants: { ...withoutRole(before), ...(role === '' ? {} : { role }) },
  }
  const matched = mappingOfAnswers(header, answers, shape, kept, kind)
  const mapping = reference === '' ? matched : { ...matched, reference }
  const whole = preparation === undefined ? mapping : { ...mapping, preparation }
  const unusable = unusableColumns(whole, header)
  // What is missing is said with what is not answered, so that nobody is sent round twice.
  if (problems.length > 0)
    return refuse(header, [...problems, ...unusable.filter(({ code }) => SAID_AT_ONCE.has(code))])
  return unusable.length > 0 ? refuse(header, unusable) : { ok: true, mapping }
}

/** What answers that are still to come do not change, or are given because of. */
const SAID_AT_ONCE: ReadonlySet<string> = new Set([
  'mapping-field-missing',
  'mapping-field-not-for-shape',
])

function refuse(
  header: readonly string[],
  problems: readonly Problem[],
): { readonly ok: false; readonly problems: readonly ColumnProblem[] } {
  return {
    ok: false,
    problems: problems.map((problem) => ({
      ...problem,
      headings: problem.columns.map((column) => header[column] ?? ''),
    })),
  }
}

function withoutRole(mapping: Mapping | null): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mapping?.constants ?? {}).filter(([field]) => field !== 'role'),
  )
}

function problemsOf(header: readonly string[], { answers, kind }: MatchAnswers): Problem[] {
  const unanswered = header.flatMap((_, index) =>
    isAnswer(answers[index] ?? '', kind) ? [] : [index],
  )
  const { withoutDay } = scoresOfAnswers(header, answers)
  return [
    ...(withoutDay.length === 0
      ? []
      : [{ code: 'score-without-day' as const, field: 'score_date', columns: withoutDay }]),
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

function unusableColumns(mapping: Mapping, header: readonly string[]): Problem[] {
  const read = readMapping(mapping)
  if (!read.ok) return [{ code: 'mapping-join-unusable', field: '', columns: [] }]
  const compiled = compileMapping(mapping, header, undefined, mapping.kind)
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
