import { postcodeOfAddress } from '#core/mapping/name-split.ts'
import { quarterDays, type Quarter } from '#core/standard/quarter.ts'
import type { Derivation } from './rules.ts'

/**
 * What stands within a text and is meant: the one there is, or nothing. A month without a year is
 * the one nearest to the quarter.
 */
export function findInText(text: string, what: Derivation, quarter?: Quarter): string {
  return FINDERS[what](text, quarter)
}

const FINDERS: Readonly<Record<Derivation, (text: string, quarter?: Quarter) => string>> = {
  'postcode-in-address': postcodeOfAddress,
  'email-in-text': (text) => onlyOne(text.split(/[\s,;<>()[\]"|/]/).flatMap(emailOf)),
  'mobile-in-text': (text) => onlyOne(mobilesIn(text)),
  'month-in-text': (text, quarter) => onlyOne(monthsIn(text, quarter)),
}

/** Two different ones leave open which is meant. */
function onlyOne(found: readonly string[]): string {
  const different = new Set(found)
  return different.size === 1 ? (found[0] ?? '') : ''
}

function emailOf(word: string): string[] {
  const plain = word.replace(/^mailto:/i, '').replace(/[.:]$/, '')
  const [local = '', domain = '', ...more] = plain.split('@')
  return local !== '' && domain.includes('.') && more.length === 0 ? [plain] : []
}

/** Mobile numbers of the United Kingdom, as they are written, with their spaces. */
function mobilesIn(text: string): string[] {
  const runs = text.split(/[^0-9+ ()-]/)
  return runs.flatMap((run) => {
    const digits = run.replace(/[^0-9+]/g, '')
    return /^(?:07|\+447|00447|\+4407)[0-9]{9}$/.test(digits) ? [digits] : []
  })
}

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
]

/** The first day of each month that a text names, such as the name of a sheet: “Oct 24”. */
function monthsIn(text: string, quarter: Quarter | undefined): string[] {
  const words = text.toLowerCase().match(/[a-z]+|[0-9]+/g) ?? []
  return words.flatMap((word, at) => {
    const month = word.length < 3 ? -1 : MONTHS.findIndex((name) => name.startsWith(word))
    if (month < 0 && word !== 'sept') return []
    const number = month < 0 ? 8 : month
    const year = yearIn(words[at + 1]) ?? nearestYear(number, quarter)
    return year === undefined ? [] : [`${year}-${String(number + 1).padStart(2, '0')}-01`]
  })
}

function yearIn(word = ''): number | undefined {
  if (/^20[0-9]{2}$/.test(word)) return Number(word)
  return /^[1-9][0-9]$/.test(word) ? 2000 + Number(word) : undefined
}

function nearestYear(month: number, quarter: Quarter | undefined): number | undefined {
  if (quarter === undefined) return undefined
  const first = new Date(quarterDays(quarter).first)
  const from = (at: number): number =>
    Math.abs(at * 12 + month - (first.getUTCFullYear() * 12 + first.getUTCMonth() + 1))
  const year = first.getUTCFullYear()
  return [year - 1, year, year + 1].sort((one, other) => from(one) - from(other))[0]
}
