import type { PseudonymField } from '#core/pseudonym/kinds.ts'

/**
 * What somebody types of a person, with slips or without: values of pseudonyms as text, which are the
 * same where the same is typed.
 */

/** What tells twins, couples and carers: as it is in the records. */
export const SHARED_FIELDS = [
  ...(['child', 'childMobile', 'email', 'carerEmail', 'mobile', 'carerMobile'] as const),
  'birthPostcode',
] as const
/** One of them. */
export type SharedField = (typeof SHARED_FIELDS)[number]

/** What one description of a person slips in; empty text is no slip. */
export interface Typed {
  readonly first: string
  readonly firstSounds: boolean
  readonly firstThree: boolean
  readonly last: string
  readonly lastSounds: boolean
  readonly part: '' | 'surnameFirst' | 'surnameLast'
  readonly birth: string
  readonly isSwapped: boolean
  readonly keptBirth: boolean
  readonly isReversed: boolean
  readonly isOtherGender: boolean
  readonly postcode: string
  readonly isOtherWard: boolean
  readonly email: string
  readonly mobile: string
  readonly carerEmail: string
  readonly carerMobile: string
}

/** What is typed of the home. */
export type PlaceTyped = Pick<Typed, 'postcode' | 'isOtherWard'>
/** What is typed of addresses and numbers. */
export type ContactsTyped = Pick<Typed, 'email' | 'mobile' | 'carerEmail' | 'carerMobile'>
/** What is typed of names, birth and gender. */
export type NamesTyped = Omit<Typed, keyof PlaceTyped | keyof ContactsTyped>

/** All that a description can say, each as text; a null is never said. */
export type Said = Readonly<Record<Exclude<PseudonymField, 'client'>, string | null>>

/** A description without a slip. */
export const NO_SLIP: Typed = {
  ...{ first: '', firstSounds: false, firstThree: false, last: '', lastSounds: false, part: '' },
  ...{ birth: '', isSwapped: false, keptBirth: false, isReversed: false, isOtherGender: false },
  ...{ postcode: '', isOtherWard: false, email: '', mobile: '', carerEmail: '', carerMobile: '' },
}

/** Whether a description has no slip that changes a value. */
export function isClean(typed: Typed): boolean {
  const { first, last, part, birth, isReversed, isOtherGender } = typed
  const { postcode, email, mobile, carerEmail, carerMobile } = typed
  return (
    first + last + part + birth + postcode + email + mobile + carerEmail + carerMobile === '' &&
    !isReversed &&
    !isOtherGender
  )
}

/** What is said of a person with some slips; where there are none it is what everybody would say. */
export function sayOf(
  own: string,
  shared: Readonly<Record<SharedField, string>>,
  typed: Typed,
): Said {
  const { first, last, birth, postcode, part } = typed
  const reversed = typed.isReversed ? '~r' : ''
  const lastSaid = part === '' ? last : `~${part}`
  const otherGender = typed.isOtherGender ? '~g' : ''
  const child = (contact: string): string =>
    contact + birth + (typed.firstThree ? '' : first) + otherGender + reversed
  return {
    ...nameBirths(own, typed),
    nhsNumber: `${own}.nhs`,
    child: shared.child + child(typed.carerEmail),
    childMobile: shared.childMobile + child(typed.carerMobile),
    email: shared.email + typed.email,
    carerEmail: shared.carerEmail + typed.carerEmail,
    mobile: shared.mobile + typed.mobile,
    carerMobile: shared.carerMobile + typed.carerMobile,
    birthPostcode: shared.birthPostcode + lastSaid + birth + postcode + reversed,
    namePostcode: `${own}.np${first}${lastSaid}${postcode}${reversed}`,
    givenBirthPostcode: `${own}.gbp${first}${birth}${postcode}${reversed}`,
    soundBirth: soundOf(own, typed, lastSaid, reversed),
  }
}

function soundOf(own: string, typed: Typed, lastSaid: string, reversed: string): string {
  const first = typed.firstSounds ? '' : typed.first
  return `${own}.sb${first}${typed.lastSounds ? '' : lastSaid}${typed.birth}${reversed}`
}

type NameBirths = Pick<
  Said,
  | 'nameBirth'
  | 'nameBirthSwapped'
  | 'nameBirthReversed'
  | 'nameBirthSurnameFirst'
  | 'nameBirthSurnameLast'
>

/**
 * The name-birth of a description and its alternates. What is typed in one known way is the
 * alternate of who is typed without a slip; an unknown slip meets nothing.
 */
function nameBirths(own: string, typed: Typed): NameBirths {
  const { first, last, birth, part, isSwapped, isReversed } = typed
  const clean = `${own}.nb`
  const alternate = (kind: string): string => `${clean} ${kind}`
  const slip = first + last + (isSwapped ? '' : birth)
  const ways = [
    ...(isSwapped ? ['swapped'] : []),
    ...(isReversed ? ['reversed'] : []),
    ...(part === '' ? [] : [part]),
  ]
  if (slip !== '' || ways.length > 1) {
    return {
      nameBirth: clean + slip + ways.join(),
      nameBirthSwapped: null,
      nameBirthReversed: null,
      nameBirthSurnameFirst: null,
      nameBirthSurnameLast: null,
    }
  }
  const [way] = ways
  const isPlain = way === undefined
  const crossed = (kind: string): string | null =>
    isPlain ? alternate(kind) : way === kind ? clean : null
  return {
    nameBirth: isPlain ? clean : alternate(way),
    nameBirthSwapped: crossed('swapped'),
    nameBirthReversed: crossed('reversed'),
    nameBirthSurnameFirst: isPlain ? alternate('surnameFirst') : null,
    nameBirthSurnameLast: isPlain ? alternate('surnameLast') : null,
  }
}
