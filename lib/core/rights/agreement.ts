/**
 * Whose a record is, told by pseudonyms alone: of somebody who asks about their own data, or who asked
 * to be left out of what comes later. As linkage does, it goes by what agrees and what does not; unlike
 * linkage it shows nobody a record that is plainly somebody else's.
 */
import {
  ALTERNATES,
  PSEUDONYM_COLUMNS,
  type PseudonymField,
  type Pseudonyms,
} from '#core/pseudonym/kinds.ts'

/** Pseudonyms of one person by field: every spelling, address and epoch that was thought of. */
export type PersonMarks = ReadonlyMap<PseudonymField, ReadonlySet<string>>

/** Whether a record is the person's for certain, or may be. */
export type Certainty = 'certain' | 'doubtful'

/** Why: codes whose words are in lib/core/messages/rights. */
export type BecauseCode =
  | 'nhs'
  | 'client'
  | 'name-and-more'
  | 'name-alone'
  | 'given-birth-postcode'
  | 'child'
  | 'child-other-name'
  | 'nhs-other-name'
  | 'other-nhs'
  | 'name-moved'
  | 'name-postcode'
  | 'alternate'
  | 'contact'
  | 'linked'

/** What is thought of one record. */
export interface Agreement {
  readonly certainty: Certainty
  readonly because: BecauseCode
  /** The fields that agree, in the order of the columns. */
  readonly agreed: readonly PseudonymField[]
}

const CONTACTS: readonly PseudonymField[] = ['email', 'mobile', 'carerEmail', 'carerMobile']
const CHILD: readonly PseudonymField[] = ['child', 'childMobile']
const WITH_POSTCODE: readonly PseudonymField[] = [
  'birthPostcode',
  'namePostcode',
  'givenBirthPostcode',
]

/** What is looked at of a record. */
interface Looked {
  readonly has: (...fields: readonly PseudonymField[]) => boolean
  readonly differs: (...fields: readonly PseudonymField[]) => boolean
  readonly isAlternate: boolean
}

/** One rule: the first that holds tells. */
interface Rule {
  readonly because: BecauseCode
  readonly certainty: Certainty
  readonly holds: (looked: Looked) => boolean
}

/**
 * The rules, strongest first. Another name with only a birth date, postcode or contact in common is a
 * twin, brother or parent: it is nobody's to see. Source: docs/linkage.md, "Rules".
 */
const RULES: readonly Rule[] = [
  {
    because: 'nhs-other-name',
    certainty: 'doubtful',
    // A mother's number on her baby.
    holds: ({ has, differs, isAlternate }) =>
      has('nhsNumber') &&
      differs('nameBirth') &&
      !isAlternate &&
      !has('client', 'namePostcode', 'givenBirthPostcode', 'birthPostcode', ...CHILD),
  },
  { because: 'nhs', certainty: 'certain', holds: ({ has }) => has('nhsNumber') },
  {
    because: 'other-nhs',
    certainty: 'doubtful',
    holds: ({ has, differs }) => differs('nhsNumber') && has('nameBirth', 'client'),
  },
  {
    because: 'client',
    certainty: 'certain',
    holds: ({ has, differs, isAlternate }) =>
      has('client') && (!differs('nameBirth') || isAlternate || has('givenBirthPostcode')),
  },
  {
    because: 'name-and-more',
    certainty: 'certain',
    holds: ({ has }) => has('nameBirth') && has(...CONTACTS, ...WITH_POSTCODE, ...CHILD),
  },
  {
    because: 'given-birth-postcode',
    certainty: 'certain',
    holds: ({ has, differs }) => has('givenBirthPostcode') && !differs('nhsNumber'),
  },
  {
    because: 'child',
    certainty: 'certain',
    holds: ({ has, differs }) => has(...CHILD) && !differs('nameBirth', 'nhsNumber'),
  },
  {
    because: 'child-other-name',
    certainty: 'doubtful',
    // Another surname, or a twin whose name begins alike.
    holds: ({ has, differs }) => has(...CHILD) && !has('nameBirth') && !differs('nhsNumber'),
  },
  {
    because: 'name-alone',
    certainty: 'certain',
    holds: ({ has, differs }) => has('nameBirth') && !differs(...WITH_POSTCODE),
  },
  { because: 'name-moved', certainty: 'doubtful', holds: ({ has }) => has('nameBirth') },
  {
    because: 'name-postcode',
    certainty: 'doubtful',
    holds: ({ has, differs }) => has('namePostcode') && !differs('nhsNumber'),
  },
  {
    because: 'alternate',
    certainty: 'doubtful',
    holds: ({ isAlternate, differs }) => isAlternate && !differs('nhsNumber'),
  },
  {
    because: 'contact',
    certainty: 'doubtful',
    holds: ({ has, differs }) =>
      (has('soundBirth') && has(...CONTACTS) && !differs('nhsNumber')) ||
      (has('email', 'mobile') && !differs('nameBirth', 'nhsNumber')),
  },
]

/** What a record's pseudonyms tell of a person's; undefined when it is nobody's but another's. */
export function judgeRecord(marks: PersonMarks, record: Pseudonyms): Agreement | undefined {
  const agreed = PSEUDONYM_COLUMNS.map(({ field }) => field).filter((field) => {
    const value = record[field]
    return value !== null && marks.get(field)?.has(value) === true
  })
  const has = (...fields: readonly PseudonymField[]): boolean =>
    fields.some((field) => agreed.includes(field))
  const differs = (...fields: readonly PseudonymField[]): boolean =>
    fields.some(
      (field) =>
        record[field] !== null && (marks.get(field)?.size ?? 0) > 0 && !agreed.includes(field),
    )
  const looked: Looked = { has, differs, isAlternate: meetsAlternate(marks, record) }
  const rule = RULES.find(({ holds }) => holds(looked))
  return rule && { certainty: rule.certainty, because: rule.because, agreed }
}

/** One's own name and birth is what the other could be written as; never alternate with alternate. */
function meetsAlternate(marks: PersonMarks, record: Pseudonyms): boolean {
  return ALTERNATES.some(({ field, alternateOf }) => {
    const own = record[alternateOf]
    const other = record[field]
    return (
      (own !== null && marks.get(field)?.has(own) === true) ||
      (other !== null && marks.get(alternateOf)?.has(other) === true)
    )
  })
}
