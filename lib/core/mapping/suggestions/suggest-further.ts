import { FrameworkNames, type Framework } from '#core/framework/framework.ts'
import { codeWords, wordKey } from '#core/standard/code-list.ts'
import { headerWords } from '#core/standard/code-key.ts'
import { TIME_POINT } from '#core/standard/further-codes.ts'
import { fieldOfKind, type FieldName, type FurtherKind } from '#core/standard/further-fields.ts'
import { furtherHeading } from '#core/standard/further-headers.ts'
import type { Mapping, Suggestion, TimePoint, WideScore } from '#core/mapping/mapping.ts'
import { suggestMapping, type SuggestedMapping, type SuggestionSource } from './suggest.ts'

/**
 * Suggests how the columns of a file of activities or outcomes become the standard: who the person
 * is as in any other file, the rest by known headings, and columns of scores by the names of the
 * framework's instruments. Reasons never hold a value.
 */
export function suggestFurther(
  kind: FurtherKind,
  source: SuggestionSource,
  framework?: Framework,
): SuggestedMapping {
  const { header } = source
  const own = ownSuggestions(kind, header)
  const isLong = own.some(({ field }) => field === 'score')
  const wide = framework === undefined || isLong ? [] : wideScores(header, framework)
  const taken = new Set([
    ...own.map(({ column }) => column),
    ...wide.flatMap(({ column, date }) => [column, date]),
  ])
  const person = suggestMapping(source)
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
  const { sheet, split, join, values } = person.mapping
  const kept = Object.entries(values ?? {}).filter(([field]) => columns[field] !== undefined)
  const mapping: Mapping = {
    kind,
    ...(sheet === undefined ? {} : { sheet }),
    columns,
    ...(kept.length === 0 ? {} : { values: Object.fromEntries(kept) }),
    ...(split === undefined ? {} : { split }),
    ...(join === undefined ? {} : { join }),
    ...(wide.length === 0 ? {} : { scores: wide }),
  }
  const isLeft = ({ field, column }: Suggestion) => isOfPerson(field, column)
  return {
    mapping,
    suggestions: [...person.suggestions.filter(isLeft), ...own, ...wide.map(wideSuggestion)],
  }
}

function ownSuggestions(kind: FurtherKind, header: readonly string[]): Suggestion[] {
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
    return {
      ...{ field, column },
      certainty: isOnly ? ('certain' as const) : ('likely' as const),
      reason: isOnly ? 'the heading is known' : 'another column could be it as well',
    }
  })
}

function wideSuggestion({ column, timePoint }: WideScore): Suggestion {
  return {
    ...{ field: 'score', column, certainty: 'certain' },
    reason: `the heading names an instrument of the framework and a time point (${timePoint})`,
  }
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
