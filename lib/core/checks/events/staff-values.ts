import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { StaffForm } from '#core/standard/fields.ts'
import { NOT_KNOWN, wordKey } from '#core/standard/code-list.ts'
import { holdsIdentifier } from '#core/mapping/overview/identifier-like.ts'
import type { NormalisedIdentifiers } from '#core/pseudonym/identifiers.ts'
import { normaliseEmail } from '#core/pseudonym/normalising/email.ts'
import { normaliseMobile } from '#core/pseudonym/normalising/mobile.ts'
import { nameWords } from '#core/pseudonym/normalising/name-words.ts'
import { isPrivateDomain } from '#core/standard/private-domains.ts'

/**
 * What is kept as it is: staff and organisations of a source, so that practitioners know whom to
 * phone. It has to look like what its field is; and what is the person's own is never kept, whatever
 * column it was matched to.
 */

/** A value of a staff field as it is kept, empty for none, and what was found of it. */
export interface StaffValue {
  readonly value: string
  readonly code: '' | Extract<FindingCode, 'staff-unusable' | 'staff-email-private'>
}

/** Longer texts are no names of anybody. */
const LONGEST = 80
/** Letters, with what stands in names, titles and initials; at least two letters. */
const NAME = /^(?=.*\p{L}.*\p{L})[\p{L}\p{M}'’.,()/& -]+$/u
/** The same with figures: “Team 4”, “Year 6”. */
const ORGANISATION = /^(?=.*\p{L})[\p{L}\p{M}0-9'’.,()/&+: -]+$/u
/** A number of the United Kingdom or with +; an extension behind it, or alone. */
const PHONE =
  /^(?:(?:\+|0)[0-9 ().-]{6,22}[0-9])?(?: ?(?:ext|extn|extension|x)[. ]{0,2}[0-9]{2,6})?$/i
const FEWEST_DIGITS = 7
const MOST_DIGITS = 15

const NOTHING: StaffValue = { value: '', code: '' }
const UNUSABLE: StaffValue = { value: '', code: 'staff-unusable' }
const NOT_GIVEN: ReadonlySet<string> = new Set([...NOT_KNOWN, 'none', 'vacant'].map(wordKey))

/** Reads a cell of a staff field; what does not look like one is not kept. */
export function readStaff(form: StaffForm, cell: string): StaffValue {
  const text = cell.normalize('NFC').replace(/\s+/gu, ' ').trim()
  if (text === '' || NOT_GIVEN.has(wordKey(text))) return NOTHING
  if (text.length > LONGEST || /[\p{C}\uFFFD]/u.test(text)) return UNUSABLE
  return READ[form](text)
}

const READ: Readonly<Record<StaffForm, (text: string) => StaffValue>> = {
  name: (text) => (NAME.test(text) ? plain(text) : UNUSABLE),
  organisation: (text) =>
    ORGANISATION.test(text) && !holdsIdentifier(text) ? plain(text) : UNUSABLE,
  phone: (text) => {
    const [number = ''] = text.split(/e?x/i)
    const digits = number.replace(/[^0-9]/g, '').length
    const isNumber = digits === 0 || (digits >= FEWEST_DIGITS && digits <= MOST_DIGITS)
    return PHONE.test(text) && isNumber ? plain(text) : UNUSABLE
  },
  email: (text) => {
    const { value } = normaliseEmail(text, false)
    if (value === '') return UNUSABLE
    const domain = value.slice(value.indexOf('@') + 1)
    return { value, code: isPrivateDomain(domain) ? 'staff-email-private' : '' }
  },
}

function plain(value: string): StaffValue {
  return { value, code: '' }
}

/** What tells the person of a row, as staff values are held against it. */
export interface OwnOfPerson {
  readonly identifiers: NormalisedIdentifiers
  readonly names: { readonly first: string; readonly last: string }
}

/**
 * Whether a staff value is the person's own: their address or number, or that of a child's carer, or
 * a name that holds their first and last name in whatever order.
 */
export function isOfThePerson(form: StaffForm, value: string, person: OwnOfPerson): boolean {
  if (value === '') return false
  const { email, mobile, carerEmail, carerMobile } = person.identifiers.components
  if (form === 'email') return value === email.value || value === carerEmail.value
  if (form === 'phone') {
    const number = normaliseMobile(value).value
    return number !== '' && (number === mobile.value || number === carerMobile.value)
  }
  return holdsBothNames(value, person.names)
}

function holdsBothNames(value: string, { first, last }: OwnOfPerson['names']): boolean {
  const [firsts, lasts] = [nameWords(first), nameWords(last)]
  if (firsts.length === 0 || lasts.length === 0) return false
  const words = new Set(nameWords(value))
  return words.has(firsts[0] ?? '') && lasts.every((word) => words.has(word))
}
