/** How what was typed about somebody compares with what records hold of them: codes, and nothing typed or held. */
import type { Compared } from '#core/messages/look-up/look-up-words.ts'
import type { Certainty } from '#core/rights/agreement.ts'

/** What is compared of a record. */
export interface HeldParticulars {
  /** `yyyy-mm-dd`, `yyyy-mm`, `yyyy`, or empty. */
  readonly birth: string
  readonly gender: string
  readonly address: Compared
}

/** A person of an answer, compared. */
export interface ComparedPerson {
  readonly certainty: Certainty
  readonly birth: Compared
  readonly gender: Compared
  readonly address: Compared
}

/**
 * Compares the birth (yyyy-mm-dd) and gender that were typed, empty where they were not, with records: as exactly as
 * a record holds them. One record that agrees is enough; a carer's, with another birth, makes nobody another.
 */
export function comparePerson(
  typed: { readonly birth: string; readonly gender: '' | 'F' | 'M' },
  certainty: Certainty,
  records: readonly HeldParticulars[],
): ComparedPerson {
  const births = records.map(({ birth }) => birth).filter((birth) => birth !== '')
  const genders = records.map(({ gender }) => gender).filter((gender) => /^[FM]$/.test(gender))
  return {
    certainty,
    birth: compared(typed.birth, births, (held) => typed.birth.startsWith(held)),
    gender: compared(typed.gender, genders, (held) => held === typed.gender),
    address: ofRecords(records.map(({ address }) => address)),
  }
}

function compared(
  typed: string,
  held: readonly string[],
  agrees: (held: string) => boolean,
): Compared {
  if (typed === '') return 'not-asked'
  if (held.length === 0) return 'not-held'
  return held.some(agrees) ? 'agrees' : 'differs'
}

const STRONGEST: readonly Compared[] = ['agrees', 'differs', 'cannot-tell', 'not-held', 'not-asked']

function ofRecords(compared: readonly Compared[]): Compared {
  return STRONGEST.find((each) => compared.includes(each)) ?? 'not-held'
}
