import type { PseudonymField } from '#core/pseudonym/kinds.ts'
import type { RuleName } from './part.ts'

/**
 * Linkage policies as data: which rules join, in which order, what holds each back, and what is
 * queued. How open sentences are read: docs/decisions/linkage-readings.md.
 */

/**
 * What two records must share for an edge beside the first value; `home`: a third person to whom
 * both are tied, by a row or an email.
 */
export type EdgePart = PseudonymField | 'ward' | 'home'

/**
 * Where a rule's edges come from: one or two values that must agree, a reviewer's "same person", or
 * one row under two source keys. An alternate of one record agrees with what the other carries as
 * its own.
 */
export type Edge = readonly [PseudonymField, EdgePart?] | 'decision' | 'bridged-row'

/** What keeps two sets apart whatever agrees. */
export type Veto = 'nhs' | 'birth' | 'gender' | 'twins' | 'decided'

/**
 * What a rule asks beside its edge. `twins`: where the component holds a party to a twin veto,
 * name-birth must agree. `all-agree`: no two sets of the component may differ in gender, postcode
 * kinds or ward. `twins-all-agree`: both. `other-names-agree`: the same, where a postcode kind speaks only for names written
 * the same, and two parts of one name need a contact or a place in common. `own-mailbox`: no person
 * kind agrees and gender, birth year or own mobile differs is a shared mailbox; under 16, name-birth
 * must agree. `grown`: nobody under 16, for twins share all that it asks.
 */
export type Guard =
  | 'none'
  | 'twins'
  | 'all-agree'
  | 'twins-all-agree'
  | 'other-names-agree'
  | 'own-mailbox'
  | 'grown'

export interface Rule {
  readonly name: RuleName
  readonly edges: readonly Edge[]
  readonly vetoes: readonly Veto[]
  readonly guard: Guard
  /** Whether its joins count for the upper bound. */
  readonly certain: boolean
  /** Of a rule that joins a whole component or nothing: what is queued where it joins nothing. */
  readonly nearMatch?: string
}

/** A value that is queued when two people share it, and never joins. */
export interface NearMatchRule {
  readonly code: string
  readonly column: PseudonymField
  /** Only between births that are so near; one that is not known is near to all. */
  readonly within?: 'twelve-years'
}

/** By how many different people a contact may be carried before it is no evidence. */
export interface ContactLimits {
  readonly own: number
  readonly carer: number
}

/** What ties two people to one family. A contact ties whoever carries it, as their own or a carer's. */
export type FamilyTie = 'row' | 'email' | 'mobile' | 'birth-postcode' | 'name-postcode'

/** How families are found: docs/decisions/families.md. */
export interface FamilyRules {
  readonly ties: readonly FamilyTie[]
  /** Contacts that tie within one ward alone; who is of no known ward is of the only one there is. */
  readonly sameWard: readonly FamilyTie[]
  /** A contact of so many homes that have nothing else in common is an organisation's; null: none is. */
  readonly homes: number | null
}

export interface Policy {
  readonly name: PolicyName
  /** Strongest first: what a row or a reviewer says, then the certain rules, then all others. */
  readonly rules: readonly Rule[]
  readonly nearMatches: readonly NearMatchRule[]
  /**
   * Records alike in all but the quarter and the row that carry one of these are one from the
   * start.
   */
  readonly alike: readonly PseudonymField[]
  /** Null: no contact is shared, however many carry it. */
  readonly contactLimits: ContactLimits | null
  readonly families: FamilyRules
  /** Whether reviewers' decisions are heard. */
  readonly hearsDecisions: boolean
}

export type PolicyName = 'cautious' | 'leap-2020'

const ALL_VETOES: readonly Veto[] = ['nhs', 'birth', 'gender', 'twins', 'decided']

/** What two records of one person may have in common that two people of one household have too. */
const CONTACTS = ['email', 'mobile', 'carerEmail', 'carerMobile'] as const

/** Edges by a value and one more that agrees. */
function withAny(value: PseudonymField, support: readonly EdgePart[]): Edge[] {
  return support.map((part) => [value, part])
}

/** The default: evidence joins, vetoes and guards hold back, what is doubtful is queued. */
const cautious: Policy = {
  name: 'cautious',
  rules: [
    { name: 'bridge', edges: ['bridged-row'], vetoes: ALL_VETOES, guard: 'none', certain: true },
    // Past conflicts, but never past two NHS numbers; a later "different people" is heard too.
    {
      name: 'decided',
      edges: ['decision'],
      vetoes: ['nhs', 'decided'],
      guard: 'none',
      certain: true,
    },
    { name: 'nhs', edges: [['nhsNumber']], vetoes: ALL_VETOES, guard: 'none', certain: true },
    { name: 'client', edges: [['client']], vetoes: ALL_VETOES, guard: 'none', certain: true },
    {
      name: 'child',
      edges: [['child'], ['childMobile']],
      vetoes: ALL_VETOES,
      guard: 'twins',
      certain: true,
    },
    {
      name: 'person',
      edges: [['givenBirthPostcode']],
      vetoes: ALL_VETOES,
      guard: 'twins',
      certain: false,
    },
    {
      name: 'name-and-support',
      edges: [
        ...withAny('nameBirth', [...CONTACTS, 'ward', 'home']),
        ...withAny('namePostcode', CONTACTS),
      ],
      vetoes: ALL_VETOES,
      guard: 'none',
      certain: false,
    },
    {
      name: 'birth-postcode-and-contact',
      edges: withAny('birthPostcode', CONTACTS),
      vetoes: ALL_VETOES,
      guard: 'grown',
      certain: false,
    },
    {
      name: 'name-and-home',
      edges: [
        ['namePostcode', 'home'],
        ['birthPostcode', 'home'],
      ],
      vetoes: ALL_VETOES,
      guard: 'grown',
      certain: false,
    },
    {
      name: 'birth-swapped',
      edges: withAny('nameBirthSwapped', [...CONTACTS, 'ward', 'client']),
      vetoes: ALL_VETOES,
      guard: 'none',
      certain: false,
    },
    {
      name: 'name-otherwise',
      edges: [['nameBirthReversed'], ['nameBirthSurnameFirst'], ['nameBirthSurnameLast']],
      vetoes: ALL_VETOES,
      guard: 'other-names-agree',
      certain: false,
      nearMatch: 'name-otherwise-elsewhere',
    },
    {
      name: 'sound',
      edges: withAny('soundBirth', [...CONTACTS, 'ward', 'home']),
      vetoes: ALL_VETOES,
      guard: 'twins',
      certain: false,
    },
    {
      name: 'name',
      edges: [['nameBirth']],
      vetoes: ALL_VETOES,
      guard: 'all-agree',
      certain: false,
      nearMatch: 'name-birth-elsewhere',
    },
    {
      name: 'sound-alone',
      edges: [['soundBirth']],
      vetoes: ALL_VETOES,
      guard: 'twins-all-agree',
      certain: false,
      nearMatch: 'sound-birth',
    },
    { name: 'email', edges: [['email']], vetoes: ALL_VETOES, guard: 'own-mailbox', certain: false },
  ],
  nearMatches: [
    { code: 'birth-postcode', column: 'birthPostcode' },
    { code: 'name-postcode-other-birth', column: 'namePostcode', within: 'twelve-years' },
    { code: 'birth-swapped', column: 'nameBirthSwapped' },
    { code: 'sound-birth', column: 'soundBirth' },
  ],
  alike: ['client', 'nhsNumber'],
  contactLimits: { own: 4, carer: 12 },
  families: {
    ties: ['row', 'email', 'mobile', 'birth-postcode', 'name-postcode'],
    sameWard: ['mobile'],
    homes: 3,
  },
  hearsDecisions: true,
}

/**
 * The programme's slides of 2020 read literally: any one identifier joins; only two NHS numbers
 * keep apart. For comparison.
 */
const leap2020: Policy = {
  name: 'leap-2020',
  rules: [
    { name: 'nhs', edges: [['nhsNumber']], vetoes: ['nhs'], guard: 'none', certain: true },
    { name: 'child', edges: [['child']], vetoes: ['nhs'], guard: 'none', certain: true },
    { name: 'email', edges: [['email']], vetoes: ['nhs'], guard: 'none', certain: false },
    { name: 'mobile', edges: [['mobile']], vetoes: ['nhs'], guard: 'none', certain: false },
  ],
  nearMatches: [],
  alike: ['nhsNumber', 'child', 'email', 'mobile'],
  contactLimits: null,
  families: { ties: ['row', 'email', 'mobile'], sameWard: ['mobile'], homes: null },
  hearsDecisions: false,
}

/** The policies by name. */
export const POLICIES: Readonly<Record<PolicyName, Policy>> = { cautious, 'leap-2020': leap2020 }
