import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'

/**
 * The people of the look-up’s demonstration, all invented: two referrals of the guide’s kind, each
 * with complete records, with pieces missing and with none, and some of whom it is hard to tell who
 * they are. NHS numbers begin with 999, which nobody has.
 */

/** Somebody as their sources write them. */
export interface InventedPerson {
  readonly first: string
  readonly last: string
  /** Their age, and the month and day of their birthday, `mm-dd`. */
  readonly age: number
  readonly birthday: string
  readonly gender: 'F' | 'M'
  readonly postcode: string
  readonly nhs?: string
  /** Who they are to the child of the referral. */
  readonly who: string
  /** Which sources are involved with them, and how. */
  readonly with: Readonly<Partial<Record<FeedKind, 'current' | 'historic' | 'none'>>>
  /** What one source has otherwise than the person says. */
  readonly slips?: Readonly<Partial<Record<FeedKind, Slip>>>
}

/** What a source has of somebody in place of what is so. */
export type Slip = Readonly<
  Partial<Pick<InventedPerson, 'first' | 'last' | 'birthday' | 'postcode' | 'nhs'>>
>

/** A family that a social worker is asked to look at. */
export interface Referral {
  readonly code: string
  readonly what: string
  readonly people: readonly InventedPerson[]
}

const CURRENT = 'current' as const

/** The referrals of the guide’s kind. */
export const REFERRALS: readonly Referral[] = [
  {
    code: 'grandfather-complete',
    what: 'A child with her mother and grandfather; every service that helps has a record.',
    people: [
      {
        ...{ first: 'Mia', last: 'Lindqvist', age: 9, birthday: '03-14', gender: 'F' },
        ...{ postcode: 'NB1 1AA', nhs: '9990010110', who: 'the child' },
        with: { school: CURRENT, 'childrens-social-care': CURRENT, 'primary-care': CURRENT },
      },
      {
        ...{ first: 'Sara', last: 'Lindqvist', age: 34, birthday: '08-02', gender: 'F' },
        ...{ postcode: 'NB1 1AA', nhs: '9990010129', who: 'her mother' },
        with: { housing: CURRENT, 'mental-health': CURRENT, 'primary-care': CURRENT },
      },
      {
        ...{ first: 'Olof', last: 'Lindqvist', age: 66, birthday: '11-21', gender: 'M' },
        ...{ postcode: 'NB1 2BB', nhs: '9990010137', who: 'her grandfather' },
        with: {
          ...{ 'adult-social-care': CURRENT, housing: CURRENT, 'acute-care': CURRENT },
          'community-health': CURRENT,
        },
      },
    ],
  },
  {
    code: 'grandfather-missing',
    what: 'The same, with pieces missing: one service has ended, one has another postcode.',
    people: [
      {
        ...{ first: 'Tariq', last: 'Mahmood', age: 7, birthday: '01-30', gender: 'M' },
        ...{ postcode: 'NB2 1DD', nhs: '9990010145', who: 'the child' },
        with: { school: CURRENT, 'community-health': 'historic' },
      },
      {
        ...{ first: 'Ayesha', last: 'Mahmood', age: 29, birthday: '05-05', gender: 'F' },
        ...{ postcode: 'NB2 1DD', who: 'his mother' },
        with: { housing: CURRENT },
        slips: { housing: { postcode: 'NB9 9ZZ' } },
      },
      {
        ...{ first: 'Imran', last: 'Mahmood', age: 71, birthday: '10-12', gender: 'M' },
        ...{ postcode: 'NB2 1DD', nhs: '9990010153', who: 'his grandfather' },
        with: { 'adult-social-care': 'historic', 'acute-care': 'none' },
      },
    ],
  },
  {
    code: 'grandfather-none',
    what: 'The same, and no service has a record of any of them.',
    people: [
      {
        ...{ first: 'Poppy', last: 'Trelawney', age: 5, birthday: '06-18', gender: 'F' },
        ...{ postcode: 'NB3 1DD', nhs: '9990010161', who: 'the child' },
        with: {},
      },
      {
        ...{ first: 'Rose', last: 'Trelawney', age: 31, birthday: '02-09', gender: 'F' },
        ...{ postcode: 'NB3 1DD', who: 'her mother', with: {} },
      },
      {
        ...{ first: 'Arthur', last: 'Trelawney', age: 62, birthday: '12-01', gender: 'M' },
        ...{ postcode: 'NB3 1DD', who: 'her grandfather', with: {} },
      },
    ],
  },
  {
    code: 'partner-complete',
    what: 'A child with his mother and her partner; every service that helps has a record.',
    people: [
      {
        ...{ first: 'Noah', last: 'Adeyemi', age: 12, birthday: '09-27', gender: 'M' },
        ...{ postcode: 'NB4 1EE', nhs: '9990010285', who: 'the child' },
        with: { school: CURRENT, 'childrens-social-care': CURRENT, 'mental-health': CURRENT },
      },
      {
        ...{ first: 'Joy', last: 'Adeyemi', age: 36, birthday: '04-16', gender: 'F' },
        ...{ postcode: 'NB4 1EE', nhs: '9990010188', who: 'his mother' },
        with: { housing: CURRENT, police: CURRENT, 'primary-care': CURRENT },
      },
      {
        ...{ first: 'Daniel', last: 'Price', age: 39, birthday: '07-07', gender: 'M' },
        ...{ postcode: 'NB4 1EE', nhs: '9990010196', who: 'her partner' },
        with: { police: CURRENT, 'mental-health': CURRENT, 'primary-care': CURRENT },
      },
    ],
  },
  {
    code: 'partner-missing',
    what: 'The same, with pieces missing: the partner is known to nobody, the mother to one.',
    people: [
      {
        ...{ first: 'Ella', last: 'Nowak', age: 15, birthday: '03-03', gender: 'F' },
        ...{ postcode: 'NB5 1FF', who: 'the child' },
        with: { school: CURRENT, 'adult-social-care': CURRENT },
      },
      {
        ...{ first: 'Ewa', last: 'Nowak', age: 41, birthday: '11-11', gender: 'F' },
        ...{ postcode: 'NB5 1FF', nhs: '9990010218', who: 'her mother' },
        with: { 'primary-care': CURRENT, housing: 'historic' },
      },
      {
        ...{ first: 'Piotr', last: 'Zielinski', age: 44, birthday: '01-19', gender: 'M' },
        ...{ postcode: 'NB5 1FF', who: 'her partner', with: {} },
      },
    ],
  },
  {
    code: 'partner-none',
    what: 'The same, and no service has a record of any of them.',
    people: [
      {
        ...{ first: 'Leo', last: 'Castellano', age: 10, birthday: '08-08', gender: 'M' },
        ...{ postcode: 'NB6 1GG', who: 'the child', with: {} },
      },
      {
        ...{ first: 'Gina', last: 'Castellano', age: 33, birthday: '05-23', gender: 'F' },
        ...{ postcode: 'NB6 1GG', who: 'his mother', with: {} },
      },
      {
        ...{ first: 'Marco', last: 'Bianchi', age: 35, birthday: '02-28', gender: 'M' },
        ...{ postcode: 'NB6 1GG', who: 'her partner', with: {} },
      },
    ],
  },
]

/** Who asks to be left out; in the demonstration two officers have agreed. */
export const OBJECTOR: InventedPerson = {
  ...{ first: 'Samuel', last: 'Kirk', age: 47, birthday: '09-09', gender: 'M' },
  ...{ postcode: 'NB8 3NN', nhs: '9990010277', who: 'who objected: he asks to be left out' },
  with: { housing: CURRENT, 'mental-health': CURRENT },
}

/** People of whom it is hard to tell who they are. */
const HARD_TO_TELL: readonly InventedPerson[] = [
  {
    ...{ first: 'Lucy', last: 'Ferreira', age: 8, birthday: '04-02', gender: 'F' },
    ...{ postcode: 'NB7 1HH', nhs: '9990010226', who: 'a twin' },
    with: { school: CURRENT, 'primary-care': CURRENT },
  },
  {
    ...{ first: 'Luca', last: 'Ferreira', age: 8, birthday: '04-02', gender: 'M' },
    ...{ postcode: 'NB7 1HH', nhs: '9990010234', who: 'the other twin' },
    with: { school: CURRENT, 'childrens-social-care': CURRENT },
  },
  {
    ...{ first: 'Helen', last: 'Marsh', age: 38, birthday: '10-30', gender: 'F' },
    ...{ postcode: 'NB8 1JJ', nhs: '9990010242', who: 'a mother whose number is on her son’s row' },
    with: { 'primary-care': CURRENT },
  },
  {
    ...{ first: 'Oliver', last: 'Marsh', age: 6, birthday: '12-12', gender: 'M' },
    ...{ postcode: 'NB8 1JJ', who: 'her son' },
    with: { school: CURRENT, 'acute-care': CURRENT },
    slips: { 'acute-care': { nhs: '9990010242' } },
  },
  {
    ...{ first: 'Grace', last: 'Owusu', age: 52, birthday: '06-06', gender: 'F' },
    ...{ postcode: 'NB8 2LL', nhs: '9990010250', who: 'who moved: two sources differ' },
    with: { housing: CURRENT, 'adult-social-care': CURRENT },
    slips: { 'adult-social-care': { postcode: 'NB9 1LL', nhs: '9990010269' } },
  },
  OBJECTOR,
]

/** Everybody who is invented by hand. */
export const INVENTED_PEOPLE: readonly InventedPerson[] = [
  ...REFERRALS.flatMap(({ people }) => people),
  ...HARD_TO_TELL,
]
