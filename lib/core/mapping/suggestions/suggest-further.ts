import { FrameworkNames, type Framework } from '#core/framework/framework.ts'
import { codeWords, wordKey } from '#core/standard/code-list.ts'
import { headerWords } from '#core/standard/code-key.ts'
import { TIME_POINT } from '#core/standard/further-codes.ts'
import {
  anyField,
  fieldOfKind,
  isOwnField,
  type FieldName,
  type FurtherKind,
} from '#core/standard/further-fields.ts'
import { columnOf } from './mapped-claims.ts'
import { countsHeads, furtherHeading } from '#core/standard/further-headers.ts'
import type { Mapping, Suggestion, TimePoint, WideScore } from '#core/mapping/mapping.ts'
import { suggestMapping, type SuggestedMapping, type SuggestionSource } from './suggest.ts'

/**
 * Suggests how the columns of a file of a further kind become the standard: who the person is as in
 * any other file, the rest as in the service's last file of the kind, then by known headings,
 * and columns of scores by the names of the framework's instruments. Reasons never hold a value.
 */
export function suggestFurther(
  kind: FurtherKind,
  source: SuggestionSource,
  framework?: Framework,
): SuggestedMapping {
  const { header, previous } = source
  const last = previous?.kind === kind ? previous : undefined
  const lastScores = scoresIn(header, last)
  const own = lastScores.length > 0 ? [] : ownSuggestions(kind, header, last)
  const isLong = own.some(({ field }) => field === 'score')
  const wide =
    lastScores.length > 0 || framework === undefined || isLong
      ? lastScores
      : wideScores(header, framework)
  const taken = new Set([
    ...own.map(({ column }) => column),
    ...wide.flatMap(({ column, date }) => [column, date]),
  ])
  const person = suggestMapping(withoutOwn(source, last))
  const isOfPerson = (field: string, column: string) =>
    fieldOfKind(kind, field) !== undefined && field !== 'attended' && !taken.has(column)
  const columns = Object.fromEntries([
    ...Object.entries(person.mapping.columns).filter(([field, column]) =>
      isOfPerson(field, column),
    ),
    ...own
      .filter(({ certainty }) => certainty === 'certain')
      .map(({ field, column }) => [field, column] as const),
  ])
  const { constants, reference, sheet, split, join } = person.mapping
  const kept = Object.entries({ ...last?.values, ...person.mapping.values }).filter(
    ([field]) => columns[field] !== undefined,
  )
  const mapping: Mapping = {
    kind,
    ...(sheet === undefined ? {} : { sheet }),
    columns,
    ...(reference === undefined ? {} : { reference }),
    ...(constants === undefined ? {} : { constants }),
    ...(kept.length === 0 ? {} : { values: Object.fromEntries(kept) }),
    ...(split === undefined ? {} : { split }),
    ...(join === undefined ? {} : { join }),
    ...(wide.length === 0 ? {} : { scores: wide }),
  }
  const heads = kind === 'activities' ? openHeads(header, columns) : []
  const isLeft = ({ field, column }: Suggestion) =>
    isOfPerson(field, column) && !heads.some((other) => other.column === column)
  const ofScores = wide.flatMap((score) => wideSuggestions(score, wide === lastScores))
  const asked = new Set([...taken, ...person.suggestions.map(({ column }) => column)])
  const open = framework === undefined ? [] : openScores(source, { framework, asked, isLong })
  return {
    mapping,
    suggestions: [...person.suggestions.filter(isLeft), ...own, ...heads, ...ofScores, ...open],
  }
}

const STAFF_REASON =
  'the heading may be of your staff, or of a relative; what is matched to this is kept as it is and shown'

const AS_LAST = 'as in this service’s last mapping'

/** What is suggested from, for who the person is alone. */
function withoutOwn(source: SuggestionSource, last: Mapping | undefined): SuggestionSource {
  const { previous, ...given } = source
  if (previous === undefined || last === undefined) return given
  const columns = Object.entries(last.columns).filter(([field]) => !isOwn(field))
  return { ...given, previous: { ...last, columns: Object.fromEntries(columns) } }
}

/** Whether a field is no matter of who the person is. */
function isOwn(field: string): boolean {
  return isOwnField(field) || field === 'attended'
}

/** The columns of scores of the last file that this one has too, each with its days. */
function scoresIn(header: readonly string[], last: Mapping | undefined): readonly WideScore[] {
  const named = (heading: string): string | undefined => header[columnOf(header, heading)]
  return (last?.scores ?? []).flatMap((score) => {
    const [column, date] = [named(score.column), named(score.date)]
    return column === undefined || date === undefined ? [] : [{ ...score, column, date }]
  })
}

/** As in the last file where this one has its columns; what that one did not name is to be looked at. */
function ownSuggestions(
  kind: FurtherKind,
  header: readonly string[],
  last: Mapping | undefined,
): Suggestion[] {
  const known = Object.entries(last?.columns ?? {}).flatMap(([field, heading]): Suggestion[] => {
    const column = header[columnOf(header, heading)]
    if (!isOwn(field) || column === undefined || fieldOfKind(kind, field) === undefined) return []
    return [{ field, column, certainty: 'certain', reason: AS_LAST }]
  })
  const isOpen = ({ field, column }: Suggestion): boolean =>
    !known.some((other) => other.field === field || other.column === column)
  const found = knownHeadings(kind, header).filter(isOpen)
  if (last === undefined) return found
  return [
    ...known,
    ...found.map((suggestion): Suggestion => {
      const isLost = last.columns[suggestion.field] !== undefined
      if (isLost || suggestion.certainty !== 'certain') return suggestion
      const reason = `${suggestion.reason}; the last mapping does not name this column`
      return { ...suggestion, certainty: 'likely', reason }
    }),
  ]
}

function knownHeadings(kind: FurtherKind, header: readonly string[]): Suggestion[] {
  const found = header.flatMap((column) => {
    const field = furtherHeading(kind, column)
    return field === undefined ? [] : [{ field, column }]
  })
  const columnsOf = (field: FieldName) => found.filter((other) => other.field === field)
  return found.map(({ field, column }) => {
    // A column that is headed as the standard has it means that.
    const exact = columnsOf(field).filter((other) => headerWords(other.column).join('_') === field)
    const isOnly =
      columnsOf(field).length === 1 || (exact.length === 1 && exact[0]?.column === column)
    // What is kept as it is may be a parent's by such a heading: somebody says that it is staff.
    if (anyField(field)?.kind === 'staff' && exact[0]?.column !== column)
      return { field, column, certainty: 'guess', reason: STAFF_REASON }
    return {
      ...{ field, column },
      certainty: isOnly ? ('certain' as const) : ('likely' as const),
      reason: isOnly ? 'the heading is known' : 'another column could be it as well',
    }
  })
}

function wideSuggestions({ column, date, timePoint }: WideScore, isAsLast: boolean): Suggestion[] {
  const when = timeWords(timePoint)
  return [
    {
      ...{ field: 'score', column, certainty: 'certain' },
      reason: isAsLast ? AS_LAST : namesScore(when),
    },
    {
      ...{ field: 'score_date', column: date, certainty: 'certain' },
      reason: isAsLast ? AS_LAST : `the heading names a day and a time point (${when})`,
    },
  ]
}

/**
 * Columns that may be scores and are not taken as such: they name an instrument of the framework, or,
 * where no column is the score of every row, a time point above numbers. Nobody leaves one out who was
 * not asked: the framework may lack the instrument, or the words for when it was taken.
 */
function openScores(
  { header, sampleRows }: SuggestionSource,
  told: {
    readonly framework: Framework
    readonly asked: ReadonlySet<string>
    readonly isLong: boolean
  },
): Suggestion[] {
  const names = new FrameworkNames(told.framework)
  return header.flatMap((column, at): Suggestion[] => {
    const words = headerWords(column)
    if (told.asked.has(column) || words.some((word) => DATE_WORDS.has(word))) return []
    const timed = readTimed(column)
    const when = timed === undefined ? undefined : timeWords(timed.timePoint)
    const isOfTime = !told.isLong && when !== undefined && holdsNumbers(sampleRows, at)
    const reason = namesInstrument(words, names)
      ? namesScore(when)
      : isOfTime
        ? `the heading names a time point (${when}), and the column holds numbers`
        : undefined
    if (reason === undefined) return []
    const asks = `${reason}; say which score it is`
    return [{ field: 'score', column, certainty: 'guess', reason: asks }]
  })
}

/** Columns that count people of every age, where the file does not count adults and children apart. */
function openHeads(
  header: readonly string[],
  { adults, children }: Readonly<Record<string, string>>,
): Suggestion[] {
  if (adults !== undefined && children !== undefined) return []
  const counted: FieldName = adults === undefined ? 'adults' : 'children'
  const reason = 'the heading counts people, and does not say whether they are adults or children'
  return header
    .filter(countsHeads)
    .map((column) => ({ field: counted, column, certainty: 'guess', reason }))
}

/** Whether some words of a heading, one behind the other, are a name of an instrument. */
function namesInstrument(words: readonly string[], names: FrameworkNames): boolean {
  return words.some((_, from) =>
    words.some(
      (__, to) => to >= from && names.instrument(words.slice(from, to + 1).join(' ')) !== undefined,
    ),
  )
}

const NUMBER = /^-?[0-9]{1,5}(?:[.][0-9]+)?$/

function holdsNumbers(rows: readonly (readonly string[])[], at: number): boolean {
  const cells = rows.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '')
  return cells.filter((cell) => NUMBER.test(cell)).length * 2 > cells.length
}

function namesScore(when: string | undefined): string {
  const named = 'the heading names an instrument of the framework'
  return when === undefined ? named : `${named} and a time point (${when})`
}

function timeWords(timePoint: TimePoint): string {
  const known = TIME_POINT.codes.find(({ code }) => code === timePoint)
  return (known?.label ?? timePoint).toLowerCase()
}

const TIMES = codeWords(TIME_POINT)
const DATE_WORDS: ReadonlySet<string> = new Set(['date', 'day'])
const FILL_WORDS: ReadonlySet<string> = new Set(['score', 'total', 'of', 'at', 'result', 'the'])

/** A heading that names a time point, with what is left of it. */
interface TimedHeading {
  readonly column: string
  readonly timePoint: TimePoint
  readonly isDate: boolean
  readonly rest: readonly string[]
}

/** Columns of scores that have a column of days too: of the same instrument, or of the time point. */
function wideScores(header: readonly string[], framework: Framework): WideScore[] {
  const names = new FrameworkNames(framework)
  const timed = header.flatMap((column) => readTimed(column) ?? [])
  const dates = timed.filter(({ isDate }) => isDate)
  return timed.flatMap(({ column, timePoint, isDate, rest }) => {
    const named = isDate ? undefined : nameOf(rest, names)
    if (named === undefined) return []
    const ofTime = dates.filter((other) => other.timePoint === timePoint)
    const own = ofTime.find((other) => nameOf(other.rest, names)?.measure === named.measure)
    const date = own ?? ofTime.find((other) => other.rest.length === 0)
    return date === undefined ? [] : [{ column, date: date.column, ...named, timePoint }]
  })
}

function readTimed(column: string): TimedHeading | undefined {
  const all = headerWords(column)
  for (let from = 0; from < all.length; from++) {
    for (const length of [2, 1]) {
      const code = TIMES.get(wordKey(all.slice(from, from + length).join('')))
      if (code !== 'baseline' && code !== 'follow_up' && code !== 'exit') continue
      const others = [...all.slice(0, from), ...all.slice(from + length)]
      return {
        ...{ column, timePoint: code },
        isDate: others.some((word) => DATE_WORDS.has(word)),
        rest: others.filter((word) => !DATE_WORDS.has(word) && !FILL_WORDS.has(word)),
      }
    }
  }
  return undefined
}

/** The instrument that words name, alone or with one of its sub-scales behind. */
function nameOf(
  words: readonly string[],
  names: FrameworkNames,
): Pick<WideScore, 'measure' | 'subScale'> | undefined {
  for (let length = words.length; length > 0; length--) {
    const instrument = names.instrument(words.slice(0, length).join(' '))
    if (instrument === undefined) continue
    const scale = names.scale(instrument, words.slice(length).join(' '))
    if (scale === undefined) continue
    const { code: measure } = instrument
    return scale.code === '' ? { measure } : { measure, subScale: scale.code }
  }
  return undefined
}
