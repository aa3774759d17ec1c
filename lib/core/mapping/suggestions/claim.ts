import type { PeopleFieldName } from '#core/standard/fields.ts'
import type { HeaderReading } from '#core/standard/header-reading.ts'
import type { ColumnProfile, Verdict } from './column-profile.ts'
import type { Mapping, Suggestion } from '#core/mapping/mapping.ts'

/**
 * What each column could be: a claim a column and field, with its certainty before columns are
 * weighed against each other.
 */
export interface Claim {
  readonly column: number
  readonly field: PeopleFieldName
  readonly certainty: Suggestion['certainty']
  readonly reason: string
  /** Higher is better; equal ranks cannot be told apart. */
  readonly rank: number
  readonly origin: 'previous' | 'header' | 'other' | 'data'
  readonly verdict: Verdict
  /** `split`: one half of a whole name. */
  readonly party: 'own' | 'child' | 'carer' | 'split'
  /** 0 day, 1 month, 2 year of a birth date over three columns. */
  readonly part?: number
}

/** What claims are made from. */
export interface ClaimSource {
  readonly header: readonly string[]
  readonly readings: readonly HeaderReading[]
  readonly profiles: readonly ColumnProfile[]
  /** Whether most births say that the file is about children. */
  readonly childrenFile: boolean
  readonly previous?: Mapping
  readonly others: readonly Mapping[]
}

/** How good a claim is by where it comes from. */
export const RANK = {
  previous: 100,
  exact: 80,
  synonym: 60,
  'if-confirmed': 50,
  other: 40,
  weak: 20,
  fuzzy: 10,
  data: 5,
} as const
/** What the values below a header say of a claim, in words. */
export function dataReason(verdict: Verdict): string {
  if (verdict === 'confirmed') return 'its values agree'
  return verdict === 'silent'
    ? 'its values say nothing against it'
    : 'but its values look like something else'
}
