import { codeWords, wordKey, type CodeListName } from '#core/standard/code-list.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import { peopleField, type PeopleFieldName } from '#core/standard/fields.ts'
import { NameOrder, type FirstIs } from '#core/mapping/name-order.ts'
import { RunningNumbers } from './running-numbers.ts'

/**
 * What the values of a column look like, from a sample; it holds counts only, never a value.
 */
export interface ColumnProfile {
  /** Cells that are not blank. */
  readonly filled: number
  readonly distinct: number
  /** Ten digits that pass the NHS check, spaces and hyphens aside. */
  readonly nhsNumber: number
  /** Digits in exponent form: a long number that a spreadsheet has rounded. */
  readonly exponent: number
  /** Nine to ten digits, valid or not. */
  readonly tenDigits: number
  readonly email: number
  readonly mobile: number
  /** Telephone numbers of any kind. */
  readonly phone: number
  /** Written dates, and serials of a spreadsheet. */
  readonly date: number
  readonly postcode: number
  /** Ends in a postcode, with more before it. */
  readonly address: number
  /** One word of letters. */
  readonly word: number
  /** Two or more words of letters, or two parted by a comma. */
  readonly words: number
  /** A whole number of at most five digits. */
  readonly integer: number
  /** The values count the rows: 1, 2, 3 and so on. */
  readonly countsRows: boolean
  /** Which of the two names stands first, as the surnames in capitals say. */
  readonly firstIs: FirstIs
  /** The same, as first names say that are known: enough to doubt a heading. */
  readonly firstSeems: FirstIs
  /** Values that a code list knows, by list. */
  readonly codes: Readonly<Record<CodeListName, number>>
}

const LISTS = Object.values(CODE_LISTS).map((list) => ({ name: list.name, words: codeWords(list) }))

const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,100}$/
const DATE =
  /^(?:[0-9]{1,2}(?:st|nd|rd|th)?[/. -](?:[0-9]{1,2}|[a-z]{3,9})[/. -](?:[0-9]{4}|[0-9]{2})|[0-9]{4}[/-][0-9]{1,2}[/-][0-9]{1,2})(?:[t ][0-9:. apm+z-]{1,20})?$/i
const SERIAL = /^[1-5][0-9]{4}(?:[.][0-9]{1,12})?$/
const POSTCODE = /^[a-z]{1,2}[0-9][a-z0-9]?[0-9][a-z]{2}$/i
const EXPONENT = /^[0-9](?:[.,][0-9]{1,16})?e[+]?[0-9]{1,2}$/i
/** "OKAFOR, Amara (Miss)": a title, an age or a former name in brackets. */
const AFTER_NAME = / \([^()]{1,40}\)$/
const NAME_WORD = /^[\p{L}\p{M}.'’‘`-]{1,40}$/u

/** Profiles the sample cells of one column. */
export function profileColumn(cells: Iterable<string>): ColumnProfile {
  const count = {
    filled: 0,
    nhsNumber: 0,
    exponent: 0,
    tenDigits: 0,
    email: 0,
    mobile: 0,
    phone: 0,
  }
  const shape = { date: 0, postcode: 0, address: 0, word: 0, words: 0, integer: 0 }
  const codes = Object.fromEntries(LISTS.map(({ name }) => [name, 0])) as Record<
    CodeListName,
    number
  >
  const distinct = new Set<string>()
  const order = new NameOrder()
  const running = new RunningNumbers()
  for (const cell of cells) {
    const value = cell.slice(0, 200).trim().replace(/^'/, '')
    if (value === '') continue
    count.filled++
    distinct.add(value.toLowerCase())
    order.add(value)
    running.add(value)
    const compact = value.replace(/[\s-]/g, '')
    const digits = compact.replace(/[().+]/g, '')
    if (/^[0-9]{9,10}$/.test(compact)) count.tenDigits++
    if (passesNhsCheck(compact)) count.nhsNumber++
    if (EXPONENT.test(compact)) count.exponent++
    if (EMAIL.test(value)) count.email++
    if (/^[0-9]{9,15}$/.test(digits) || /^[+(0-9][0-9() .+-]{8,20}$/.test(value)) count.phone++
    if (/^(?:0?7[0-9]{9}|(?:00)?44(?:0)?7[0-9]{9})$/.test(digits)) count.mobile++
    if (DATE.test(value) || SERIAL.test(value) || isCompactDate(compact)) shape.date++
    if (POSTCODE.test(compact)) shape.postcode++
    else if (
      POSTCODE.test(
        value
          .split(/[\s,]+/)
          .slice(-2)
          .join(''),
      )
    )
      shape.address++
    // "Bob & Jane Marlow" is a name in the wrong place, not something else.
    const parts = value
      .replace(AFTER_NAME, '')
      .split(/[\s,&+]+/)
      .filter((part) => part !== '')
    if (parts.length <= 8 && parts.every((part) => NAME_WORD.test(part))) {
      if (parts.length === 1) shape.word++
      else shape.words++
    }
    if (/^[0-9]{1,5}(?:[.]0)?$/.test(value)) shape.integer++
    const key = wordKey(value)
    for (const list of LISTS) if (list.words.has(key)) codes[list.name]++
  }
  return {
    ...count,
    ...shape,
    distinct: distinct.size,
    countsRows: running.countRows,
    firstIs: order.byCapitals,
    firstSeems: order.byKnownNames,
    codes,
  }
}

/** Whether ten digits carry the right check digit (NHS Data Dictionary: modulus 11). */
function passesNhsCheck(text: string): boolean {
  if (!/^[0-9]{10}$/.test(text) || /^([0-9])\1{9}$/.test(text)) return false
  let sum = 0
  for (let index = 0; index < 9; index++) sum += Number(text.charAt(index)) * (10 - index)
  return (11 - (sum % 11)) % 11 === Number(text.charAt(9))
}

function isCompactDate(text: string): boolean {
  return /^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$/.test(text)
}

/** Whether the data below a header agree that it is this field; `silent` when they say nothing either way. */
export type Verdict = 'confirmed' | 'silent' | 'contradicted'

/** One reference in a hundred may be written twice by mistake. */
const FEW_REPEATS = 100

/** Compares a column's values with what a field holds. */
export function judge(name: PeopleFieldName, profile: ColumnProfile): Verdict {
  if (profile.filled === 0) return 'silent'
  const share = (count: number) => count / profile.filled
  switch (name) {
    case 'nhs_number':
    case 'carer_nhs_number':
      if (share(profile.nhsNumber) >= 0.5) return 'confirmed'
      return share(profile.email + profile.word + profile.words + profile.postcode) > 0.5 ||
        (profile.tenDigits + profile.exponent === 0 &&
          share(Math.max(profile.date, profile.integer)) > 0.5) ||
        share(profile.mobile) > 0.5
        ? 'contradicted'
        : 'silent'
    case 'email':
    case 'carer_email':
      if (share(profile.email) >= 0.5) return 'confirmed'
      return share(profile.phone + profile.date + profile.integer + profile.postcode) > 0.5 ||
        share(profile.words) > 0.5
        ? 'contradicted'
        : 'silent'
    case 'mobile':
    case 'carer_mobile':
      if (share(profile.mobile) >= 0.5) return 'confirmed'
      return share(
        profile.email + profile.words + profile.word + profile.postcode + profile.integer,
      ) > 0.5
        ? 'contradicted'
        : 'silent'
    case 'postcode':
      if (share(profile.postcode) >= 0.5) return 'confirmed'
      return share(profile.email + profile.date + profile.phone) > 0.5 ||
        share(profile.integer) > 0.5
        ? 'contradicted'
        : 'silent'
    case 'first_name':
    case 'last_name':
    case 'carer_first_name':
    case 'carer_last_name':
      if (share(profile.word + profile.words) >= 0.5) return 'confirmed'
      return share(profile.email + profile.phone + profile.date + profile.integer) > 0.5
        ? 'contradicted'
        : 'silent'
    case 'date_of_birth':
    case 'carer_date_of_birth':
    case 'referral_date':
    case 'start_date':
    case 'end_date':
    case 'last_contact_date':
    case 'contact_date':
      if (share(profile.date) >= 0.5) return 'confirmed'
      return share(
        profile.email + profile.word + profile.words + profile.tenDigits + profile.mobile,
      ) > 0.5 ||
        (profile.date === 0 && share(profile.integer) > 0.5)
        ? 'contradicted'
        : 'silent'
    case 'contacts':
      if (share(profile.integer) >= 0.8 && !isSerials(profile)) return 'confirmed'
      return share(profile.integer) < 0.5 && profile.filled >= 2 ? 'contradicted' : 'silent'
    case 'client_ref':
      return share(profile.email + profile.postcode + (profile.date - profile.integer)) > 0.5
        ? 'contradicted'
        : profile.filled - profile.distinct <= profile.filled / FEW_REPEATS
          ? 'confirmed'
          : 'silent'
    case 'role':
    case 'gender':
    case 'carer_gender':
    case 'ethnicity':
    case 'main_language':
    case 'send_or_disability':
    case 'referral_source':
    case 'status':
    case 'attended':
      return judgeCodes(name, profile, share)
  }
}

function isSerials(profile: ColumnProfile): boolean {
  return profile.date > profile.filled / 2
}

/** A code column has few distinct values, and most of them in its list. */
function judgeCodes(
  name: PeopleFieldName,
  profile: ColumnProfile,
  share: (count: number) => number,
): Verdict {
  const list = peopleField(name)?.codes
  if (list === undefined) return 'silent'
  if (share(profile.codes[list]) >= 0.5) return 'confirmed'
  const varied = profile.distinct > 20 && profile.distinct > profile.filled / 2
  return share(profile.email + profile.phone) > 0.5 ||
    share(profile.date - profile.integer) > 0.5 ||
    (varied && share(profile.codes[list]) < 0.2)
    ? 'contradicted'
    : 'silent'
}
