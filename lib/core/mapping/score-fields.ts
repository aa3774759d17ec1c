import { fieldLabel } from '#core/standard/further-fields.ts'
import type { Mapping, WideScore } from './mapping.ts'

/**
 * Fields of findings where a row holds several scores. A finding holds no heading: `score-2` is the
 * score, and `score_date-2` its day, in the second of the columns of scores that its mapping names.
 */

/** The field of a finding about a column of scores, from 1; 0 is where a row holds one score. */
export function scoreField(field: string, place: number): string {
  return place === 0 ? field : `${field}-${String(place)}`
}

/** Which field a finding is about, and which of several columns of scores; 0 is none of them. */
export function readScoreField(field: string): { readonly name: string; readonly place: number } {
  const [, name = field, place = '0'] = /^([a-z_]+)-([1-9][0-9]{0,3})$/.exec(field) ?? []
  return { name, place: Number(place) }
}

/** The heading of the column of scores or days that a finding is about; undefined of any other. */
export function scoreHeading(
  mapping: Pick<Mapping, 'scores'> | null,
  field: string,
): string | undefined {
  const { name, place } = readScoreField(field)
  const score: WideScore | undefined = mapping?.scores?.[place - 1]
  return name === 'score_date' ? score?.date : score?.column
}

/** What people call the field of a finding, where its column is not known; any other word as it is. */
export function findingLabel(field: string): string {
  const { name, place } = readScoreField(field)
  return place === 0 ? fieldLabel(name) : `${fieldLabel(name)}, ${String(place)} of the columns`
}
