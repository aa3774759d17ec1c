/**
 * The specification a second time, as literally as its text allows and with no eye to speed:
 * patterns as they are written there, tables read from the published files. What the core answers
 * is compared with it.
 */
import { readFileSync } from 'node:fs'

export interface Literal {
  readonly value: string
  readonly code: string
}

interface FoldRow {
  readonly first: number
  readonly last: number
  readonly to: string
}

const tables = new URL('../../../lib/core/pseudonym/tables/', import.meta.url)

function tableRows(name: string): string[][] {
  const lines = readFileSync(new URL(name, tables), 'utf8').split('\n')
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .slice(1)
    .map((line) => line.split(','))
}

const rowsByPoint = new Map<number, FoldRow>()
for (const [first = '', last = '', to = ''] of tableRows('fold-v1.csv')) {
  const row = { first: parseInt(first, 16), last: parseInt(last, 16), to }
  for (let point = row.first; point <= row.last; point++) rowsByPoint.set(point, row)
}

/** Every code point the fold table lists. */
export const listedPoints: readonly number[] = [...rowsByPoint.keys()]

/** What one code point gives way to; null when it is not listed. */
function literalReplacement(point: number): string | null {
  const row = rowsByPoint.get(point)
  if (row === undefined) return null
  if (row.to === '=') return String.fromCodePoint(point)
  if (row.to === '') return ''
  const points = row.to.replace('+', '').split(' ')
  const numbers = points.map((hex) => parseInt(hex, 16))
  if (row.to.endsWith('+')) return String.fromCodePoint((numbers[0] ?? 0) + point - row.first)
  return String.fromCodePoint(...numbers)
}

export function literalFold(cell: string, mode: 'name' | 'value' | 'email'): string | null {
  const text = cell.toWellFormed()
  if (text.includes('\uFFFD')) return null
  const characters = Array.from(text)
  const kept = characters.filter((c) => literalReplacement(c.codePointAt(0) ?? 0) !== null)
  if (mode !== 'name' && kept.length !== characters.length) return null
  const composed = mode === 'email' ? kept.join('') : kept.join('').normalize('NFC')
  let folded = ''
  for (const character of composed) {
    const point = character.codePointAt(0) ?? 0
    const to = literalReplacement(point) ?? ''
    const stays =
      mode === 'email' &&
      ((point >= 0x300 && point <= 0x36f) || (point > 0x7f && /[A-Z]|[^\0-\x7f]/u.test(to)))
    folded += stays ? character : to
  }
  const trim = (value: string): string => value.replace(/^ +/, '').replace(/ +$/, '')
  return trim(trim(folded.replace(/ +/g, ' ')).replace(/^'/, ''))
}

function begin(cell: string, field: string): string | Literal {
  const folded = literalFold(cell, 'value')
  if (folded === null) return { value: '', code: `${field}-character` }
  if (folded === '') return { value: '', code: `${field}-missing` }
  return folded
}

function number(folded: string): string | null {
  const text = folded.replace(/ /g, '')
  if (/^[+-]?[0-9]+([.,][0-9]+)?E[+-]?[0-9]+$/.test(text)) return null
  return /^[+]?[0-9]+[.]0$/.test(text) ? text.slice(0, -2) : text
}

export function literalNhsNumber(cell: string, live: boolean): Literal {
  const blank = (reason: string): Literal => ({ value: '', code: `nhs-${reason}` })
  const folded = begin(cell, 'nhs')
  if (typeof folded !== 'string') return folded
  const text = number(folded)
  if (text === null) return blank('exponent')
  const digits = text.replace(/[-.]/g, '')
  if (!/^[0-9]{10}$/.test(digits)) return blank('not-10-digits')
  if (/^(.)\1{9}$/.test(digits) || digits === '9876543210') return blank('placeholder')
  const sum = [10, 9, 8, 7, 6, 5, 4, 3, 2].reduce((s, w, i) => s + w * Number(digits[i]), 0)
  const check = 11 - (sum % 11)
  if ((check === 11 ? 0 : check) !== Number(digits[9])) return blank('check-digit')
  if (live && digits.startsWith('999')) return blank('test')
  return { value: digits, code: '' }
}

export function literalEmail(cell: string, live: boolean): Literal {
  const blank = (reason: string): Literal => ({ value: '', code: `email-${reason}` })
  const folded = literalFold(cell, 'email')
  if (folded === null) return blank('character')
  if (folded === '') return blank('missing')
  const trim = (value: string): string => value.replace(/^ +| +$/g, '')
  let text = folded.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  if (/^[^<>]*<[^<>]*>$/.test(text)) text = trim(text.replace(/^[^<]*</, '').replace(/>$/, ''))
  if (text.startsWith('mailto:')) text = trim(text.slice(7).replace(/\?.*$/, ''))
  if (/[^\0-~]/u.test(text)) return blank('not-ascii')
  if (text.split('@').length !== 2) return blank('not-one-at')
  const [local = '', rest = ''] = text.split('@')
  if (!/^[a-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}$/.test(local) || /^\.|\.$|\.\./.test(local)) {
    return blank('local-part')
  }
  const domain = rest.replace(/\.$/, '')
  const labels = domain.split('.')
  const last = labels.at(-1) ?? ''
  if (
    domain.length > 253 ||
    labels.length < 2 ||
    labels.some((label) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) ||
    !(/^[a-z]{2,63}$/.test(last) || last.startsWith('xn--'))
  ) {
    return blank('domain')
  }
  const nobody = /^(noreply|donotreply|noemail|none|na|nil|null|unknown|test|nobody|xxx)$/
  if (nobody.test(local.replace(/[-._/]/g, ''))) return blank('placeholder')
  if (live && /^(.*\.)?example\.(com|org|net)$/.test(domain)) return blank('placeholder')
  return { value: `${local}@${domain}`, code: '' }
}

export function literalMobile(cell: string): Literal {
  const blank = (reason: string): Literal => ({ value: '', code: `mobile-${reason}` })
  const folded = begin(cell, 'mobile')
  if (typeof folded !== 'string') return folded
  const text = number(folded)
  if (text === null) return blank('exponent')
  const found = /^([^0-9]*)([0-9](?:.*[0-9])?)[^0-9]*$/su.exec(text)
  const before = found?.[1] ?? ''
  let part = found?.[2] ?? ''
  if (!/^[0-9().-]+$/.test(part)) return blank('unreadable')
  let plus = before.includes('+')
  if (plus || part.startsWith('00')) part = part.replace('(0)', '')
  let digits = part.replace(/[^0-9]/g, '')
  if (digits.startsWith('0')) plus = false
  if (!plus) {
    if (digits.startsWith('00')) digits = digits.slice(2)
    else if (digits.startsWith('0')) digits = `44${digits.slice(1)}`
    else if (/^7[0-9]{9}$/.test(digits)) digits = `44${digits}`
    else if (!digits.startsWith('44')) return blank('unreadable')
  }
  if (digits.startsWith('44')) {
    const rest = digits.slice(2).replace(/^0/, '')
    const odd = /^70/.test(rest) || (/^76/.test(rest) && !/^7624/.test(rest))
    if (!/^7[0-9]{9}$/.test(rest) || odd) {
      return blank(/^[1238]/.test(rest) || odd ? 'landline' : 'unreadable')
    }
    digits = `44${rest}`
  } else if (!/^[1-9][0-9]{7,14}$/.test(digits)) {
    return blank('unreadable')
  }
  if (/(.)\1{7}$/.test(digits)) return blank('placeholder')
  return { value: `+${digits}`, code: '' }
}

export function literalPostcode(cell: string): Literal {
  const blank = (reason: string): Literal => ({ value: '', code: `postcode-${reason}` })
  const folded = begin(cell, 'postcode')
  if (typeof folded !== 'string') return folded
  const text = folded.replace(/[^A-Z0-9]/gu, '')
  if (text === '') return blank('missing')
  if (/^(ZZ99|BX|GIR)/.test(text)) return blank('placeholder')
  const pattern =
    /^[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[A-HK-Y][0-9][ABEHMNPRVWXY]|[0-9][A-HJKPSTUW])[0-9][ABD-HJLNP-UW-Z]{2}$/
  const fits = (postcode: string): boolean => /^.{5,7}$/.test(postcode) && pattern.test(postcode)
  if (fits(text)) return { value: text, code: '' }
  if (text.length > 7) return blank('pattern')
  const swap: Record<string, string> = { O: '0', '0': 'O', I: '1', '1': 'I' }
  const results = new Set<string>()
  for (let mask = 0; mask < 1 << text.length; mask++) {
    const result = Array.from(text, (c, i) => (mask & (1 << i) ? (swap[c] ?? c) : c)).join('')
    if (fits(result)) results.add(result)
  }
  return results.size === 1 ? { value: [...results][0] ?? '', code: '' } : blank('pattern')
}

export function literalReference(cell: string): Literal {
  const folded = begin(cell, 'ref')
  if (typeof folded !== 'string') return folded
  const value = folded.replace(/ /g, '')
  return /[A-Z0-9]|[^\0-\x7f]/u.test(value)
    ? { value, code: '' }
    : { value: '', code: 'ref-missing' }
}

function isPlaceholderName(folded: string): boolean {
  if (['N/A', 'N/A.', 'N.A', 'N.A.'].includes(folded.replace(/ /g, ''))) return true
  const bare = Array.from(folded)
    .filter((c) => /[A-Z0-9]|[^\0-\x7f]/u.test(c))
    .join('')
  const words =
    /^(ANON|ANONYMOUS|BABY|BABYBOY|BABYGIRL|FEMALE|FIRSTNAME|FORENAME|INFANT|LASTNAME|MALE|NONAME|NONE|NOTGIVEN|NOTKNOWN|NOTNAMED|SURNAME|TBC|TEST|TESTER|UNKNOWN|XX+|BABY[0-9A-C]|(BABY|INFANT|BOY|GIRL)?(TWIN|TRIPLET)([123ABC]|I|II|III|ONE|TWO|THREE)?)$/
  if (words.test(bare)) return true
  const spaced = folded.replace(/(?:(?![A-Z0-9])[\0-\x7f])+/g, ' ').trim()
  return /^(BABY OF |BABY BOY OF |BABY GIRL OF |INFANT OF )/.test(spaced)
}

function literalWords(spaced: string): string[] {
  const letters = spaced.replace(/[.,]/g, ' ').replace(/(?![A-Z ])[\0-\x7f]/g, '')
  const words = letters.split(' ').filter((word) => word.length > 0)
  const titles = /^(MR|MRS|MS|MISS|MX|MASTER|DR|PROF|REV|SIR|LADY|DAME|LORD)$/
  while (words.length > 1 && titles.test(words[0] ?? '')) words.shift()
  while (words.length > 1 && /^(JR|SR|II|III|IV)$/.test(words.at(-1) ?? '')) words.pop()
  return words
}

export function literalName(cell: string, field: 'first' | 'last'): Literal {
  const blank = (reason: string): Literal => ({ value: '', code: `${field}-${reason}` })
  const folded = literalFold(cell, 'name')
  if (folded === null) return blank('character')
  if (folded === '') return blank('missing')
  if (isPlaceholderName(folded)) return blank('placeholder')
  const words = literalWords(folded)
  if (words.length === 0) return blank('no-letters')
  if (isPlaceholderName(words.join(' '))) return blank('placeholder')
  const value = words.join('')
  return /^[A-Z]$/.test(value) ? blank('one-letter') : { value, code: '' }
}

const ALTERNATE_NONE: Literal = { value: '', code: 'alternate-none' }

/** The first and the last part of the last name in a cell, each as its alternate has it. */
export function literalSurnameParts(cell: string): readonly [Literal, Literal] {
  const last = literalName(cell, 'last')
  if (last.code !== '') return [last, last]
  const words = literalWords((literalFold(cell, 'name') ?? '').replace(/-/g, ' '))
  const particle =
    /^([A-Z]|AL|EL|UL|UR|BIN|BINT|IBN|BEN|ABU|ABDUL|DE|DA|DO|DOS|DAS|DEL|DELLA|DI|DU|LA|LE|VAN|VON|DER|DEN|TER|MC|MAC|ST|SAN|SANTA|AP)$/
  const parts = isPlaceholderName(words.join(' ')) ? [] : words.filter((w) => !particle.test(w))
  const made = (part: string | undefined): Literal =>
    part === undefined || part === last.value ? ALTERNATE_NONE : { value: part, code: '' }
  const [first, end] = [parts[0], parts.at(-1)]
  return [made(first), end === first ? ALTERNATE_NONE : made(end)]
}

const REPLACED = 'PH>F GH>G KH>K TH>T SH>S DH>D CK>K Q>K C>K X>H Y>I J>I W>V Z>S'.split(' ')

/** The sound of a normalised name, one replacement after another. */
export function literalSound(name: string): string {
  let text = name
  for (const pair of REPLACED) {
    const [what = '', by = ''] = pair.split('>')
    text = text.split(what).join(by)
  }
  const [first = '', ...rest] = Array.from(text)
  const heard = [first, ...rest.filter((character) => !'AEIOUH'.includes(character))]
  return heard.filter((character, place) => character !== heard[place - 1]).join('')
}

/** The sounds of two names together, each as its message has it. */
export function literalSounds(first: string, last: string): readonly [string, string] | null {
  const sounds = [literalSound(first), literalSound(last)] as const
  return Array.from(sounds.join('')).length < 4 ? null : sounds
}

/** A birth date, yyyy-mm-dd, with day and month in each other's place. */
export function literalSwapped(birth: string): Literal {
  const [year = '', month = '', day = ''] = birth.split('-')
  if (Number(day) > 12 || day === month) return ALTERNATE_NONE
  return { value: [year, day, month].join('-'), code: '' }
}
