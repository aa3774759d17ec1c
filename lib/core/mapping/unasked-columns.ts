import { peopleField } from '#core/standard/fields.ts'
import { answersOf, fieldsOfAnswer, NOT_USED } from './answers/column-choices.ts'
import { isForShape } from './field-claims.ts'
import type { Mapping, Suggestion } from './mapping.ts'
import { saysNothing } from './says-nothing.ts'

/** A column that may hold a field of the standard, and that nobody was asked about. */
export interface UnaskedColumn {
  /** Its place in the header. */
  readonly column: number
  /** Empty where its heading says nothing of what it holds. */
  readonly field: string
}

/** A file that is matched by what is certain of its suggestions alone. */
interface MatchedByItself {
  readonly header: readonly string[]
  readonly mapping: Mapping
  readonly suggestions: readonly Suggestion[]
  /** Headings that somebody was asked about in an earlier file. */
  readonly isKnown?: (heading: string) => boolean
}

/**
 * Columns of a file that nobody matched which are suggested for something, not for certain, and are
 * not used: what is in them would be lost without a word. Not those that only come second to a column
 * which gives the field, nor the contacts of people, which are asked about where no column gives them.
 * A column without a heading may hold anything.
 */
export function unaskedColumns({
  header,
  mapping,
  suggestions,
  isKnown = () => false,
}: MatchedByItself): UnaskedColumn[] {
  const answers = answersOf(mapping, header)
  const given = new Set([
    ...answers.flatMap(fieldsOfAnswer),
    ...Object.keys(mapping.constants ?? {}),
  ])
  const isOfPeople = mapping.kind === undefined
  return header.flatMap((heading, column) => {
    if (answers[column] !== NOT_USED || isKnown(heading)) return []
    const open = suggestions.find(({ field, column: named }) => {
      const known = peopleField(field)
      if (named !== heading) return false
      if (known === undefined) return true
      if (given.has(field)) return false
      return !isOfPeople || (field !== 'contacts' && isForShape(known, mapping.shape ?? 'person'))
    })
    if (open !== undefined) return [{ column, field: open.field }]
    return saysNothing(heading) ? [{ column, field: '' }] : []
  })
}
