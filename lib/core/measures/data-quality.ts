import type { Linkability } from '#core/checks/record-tally.ts'
import { quarterDays, type Quarter } from '#core/standard/quarter.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import { spreadOf } from './use-measures.ts'

/**
 * How good the file of a service and quarter was, by the definitions of docs/measures.md: what SQL
 * counts must equal these.
 */

/** A part of a whole, both counted. */
export interface Part {
  readonly part: number
  readonly whole: number
}

/** The quality of one file. */
export interface DataQuality {
  /** Facts that say something, of the five that every record may hold. */
  readonly complete: Part
  /** Rows that were used, of those that were not blank and are people. */
  readonly usable: Part
  /** Records with strong evidence of who they are, of all whose evidence was counted. */
  readonly matchable: Part
  /** Days from the last day of the quarter to that on which the file came; below 0 before it. */
  readonly daysAfter: number
}

/** The measures of a file's quality, by the codes of docs/measures.md. */
export const QUALITY_CODES = ['complete', 'usable', 'matchable', 'daysAfter'] as const
export type QualityCode = (typeof QUALITY_CODES)[number]

/** A measure of a file's quality as one number: a share in per cent, null of nothing, or days. */
export function qualityFigure(code: QualityCode, quality: DataQuality): number | null {
  return code === 'daysAfter' ? quality.daysAfter : shareOf(quality[code])
}

/** A part of a whole in per cent; null of nothing. */
export function shareOf({ part, whole }: Part): number | null {
  return whole === 0 ? null : (100 * part) / whole
}

/** Several files as one: all their facts, rows and records, and the median of their days; null of none. */
export function joinQualities(qualities: readonly DataQuality[]): DataQuality | null {
  const days = spreadOf(qualities.map(({ daysAfter }) => daysAfter))
  if (days === null) return null
  const joined = (code: Exclude<QualityCode, 'daysAfter'>): Part => ({
    part: qualities.reduce((sum, quality) => sum + quality[code].part, 0),
    whole: qualities.reduce((sum, quality) => sum + quality[code].whole, 0),
  })
  return {
    ...{ complete: joined('complete'), usable: joined('usable'), matchable: joined('matchable') },
    daysAfter: days.median,
  }
}

/** What is described of a person. */
export type Described = Pick<
  RecordFacts,
  'birth' | 'gender' | 'inArea' | 'ethnicity' | 'mainLanguage'
>

/** What is known of a file beside its records. */
export interface FileFacts {
  readonly quarter: Quarter
  readonly rowsAccepted: number
  readonly rowsRejected: number
  readonly linkability: Linkability
  /** The day on which it came in London, `yyyy-mm-dd`. */
  readonly receivedOn: string
}

const DAY = 86_400_000
/** How many facts a record may hold of a person. */
export const FACTS = 5
/** Ethnicity that somebody did not state. */
const NOT_STATED = 'Z'

/** The quality of a file with these records. */
export function measureQuality(file: FileFacts, records: readonly Described[]): DataQuality {
  const { rowsAccepted, rowsRejected, linkability, receivedOn } = file
  const { last } = quarterDays(file.quarter)
  return {
    complete: {
      part: records.reduce((sum, record) => sum + factsGiven(record), 0),
      whole: records.length * FACTS,
    },
    usable: { part: rowsAccepted, whole: rowsAccepted + rowsRejected },
    matchable: {
      part: linkability.strong,
      whole: linkability.strong + linkability.weak + linkability.none,
    },
    daysAfter: Math.round((Date.parse(receivedOn) - Date.parse(last)) / DAY),
  }
}

/** How many of the five facts say something. */
export function factsGiven({ birth, gender, inArea, ethnicity, mainLanguage }: Described): number {
  const said = [
    birth !== '',
    gender !== 'unknown',
    inArea !== 'unknown',
    ethnicity !== '' && ethnicity !== NOT_STATED,
    mainLanguage !== '',
  ]
  return said.filter(Boolean).length
}
