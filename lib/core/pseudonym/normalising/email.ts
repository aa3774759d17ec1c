/**
 * An email address as a component. Source: docs/pseudonymisation.md, "Email".
 */
import { isDigit } from './digits.ts'
import { foldEmail, trimSpaces } from './fold.ts'
import { blank, kept, type NormalisedValue } from './normalised-value.ts'

const CHARACTER = blank('email-character')
const MISSING = blank('email-missing')
const NOT_ASCII = blank('email-not-ascii')
const NOT_ONE_AT = blank('email-not-one-at')
const LOCAL_PART = blank('email-local-part')
const DOMAIN = blank('email-domain')
const PLACEHOLDER = blank('email-placeholder')

const LONGEST_LOCAL_PART = 64
const LONGEST_DOMAIN = 253
const LONGEST_LABEL = 63
const HYPHEN = 0x2d
const APOSTROPHE = 0x27
const AT = 0x40

const NOBODY = new Set(
  'noreply donotreply noemail none na nil null unknown test nobody xxx'.split(' '),
)
const EXAMPLES = /(?:^|\.)example\.(?:com|org|net)$/

/** Which ASCII characters a local part may hold. */
const IN_LOCAL_PART = new Uint8Array(128)
for (const character of "abcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+/=?^_{|}~-") {
  IN_LOCAL_PART[character.charCodeAt(0)] = 1
}

/** An address in lower case; `live` refuses those of example.com and its like. */
export function normaliseEmail(cell: string, live: boolean): NormalisedValue {
  if (cell === '') return MISSING
  const lower = isPlain(cell) ? cell : inLowerCase(foldEmail(cell))
  if (lower === null) return CHARACTER
  if (lower === '') return MISSING
  const address = withoutMailto(fromBrackets(lower))
  if (!isAscii(address)) return NOT_ASCII
  const at = address.indexOf('@')
  if (at < 0 || address.includes('@', at + 1)) return NOT_ONE_AT
  const local = address.slice(0, at)
  if (!isLocalPart(local)) return LOCAL_PART
  const domain = address.endsWith('.') ? address.slice(at + 1, -1) : address.slice(at + 1)
  if (!isDomain(domain)) return DOMAIN
  if (isNobody(local) || (live && EXAMPLES.test(domain))) return PLACEHOLDER
  return kept(address.endsWith('.') ? `${local}@${domain}` : address)
}

/** Whether folding and small letters leave a cell as it is, as they do nearly every address. */
function isPlain(cell: string): boolean {
  for (let i = 0; i < cell.length; i++) {
    const code = cell.charCodeAt(i)
    if (code !== AT && (code > 0x7f || IN_LOCAL_PART[code] !== 1 || code === APOSTROPHE))
      return false
  }
  return true
}

function inLowerCase(folded: string | null): string | null {
  if (folded === null) return null
  // Only A–Z: letters beyond ASCII may shrink to ASCII (the Kelvin sign to k), and they are refused
  // just below.
  return isAscii(folded)
    ? folded.toLowerCase()
    : folded.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7e) return false
  return true
}

/**
 * `Jane <jane@leap.test>` → `jane@leap.test`, when that is the one pair of brackets and the end.
 */
function fromBrackets(text: string): string {
  const open = text.indexOf('<')
  const close = text.length - 1
  const isPair =
    open >= 0 &&
    text.indexOf('<', open + 1) < 0 &&
    text.indexOf('>') === close &&
    text.charCodeAt(close) === 0x3e
  return isPair ? trimSpaces(text.slice(open + 1, close)) : text
}

function withoutMailto(text: string): string {
  if (!text.startsWith('mailto:')) return text
  const query = text.indexOf('?')
  return trimSpaces(text.slice('mailto:'.length, query < 0 ? text.length : query))
}

function isLocalPart(local: string): boolean {
  if (local.length === 0 || local.length > LONGEST_LOCAL_PART) return false
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return false
  for (let i = 0; i < local.length; i++) {
    if (IN_LOCAL_PART[local.charCodeAt(i)] !== 1) return false
  }
  return true
}

function isDomain(domain: string): boolean {
  if (domain.length > LONGEST_DOMAIN) return false
  const lastDot = domain.lastIndexOf('.')
  if (lastDot < 0) return false
  for (let from = 0; from <= domain.length;) {
    const dot = domain.indexOf('.', from)
    const to = dot < 0 ? domain.length : dot
    if (!isLabel(domain, from, to)) return false
    from = to + 1
  }
  return domain.startsWith('xn--', lastDot + 1) || isTopLevel(domain, lastDot + 1)
}

/** `[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?` */
function isLabel(domain: string, from: number, to: number): boolean {
  if (to === from || to - from > LONGEST_LABEL) return false
  if (domain.charCodeAt(from) === HYPHEN || domain.charCodeAt(to - 1) === HYPHEN) return false
  for (let i = from; i < to; i++) {
    const code = domain.charCodeAt(i)
    if (!isLetter(code) && !isDigit(code) && code !== HYPHEN) return false
  }
  return true
}

/** `[a-z]{2,63}`, of what is a label already. */
function isTopLevel(domain: string, from: number): boolean {
  for (let i = from; i < domain.length; i++) if (!isLetter(domain.charCodeAt(i))) return false
  return domain.length - from >= 2
}

function isLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a
}

/** Whether the mailbox is one that is typed when there is none. */
function isNobody(local: string): boolean {
  return NOBODY.has(/[._/-]/.test(local) ? local.replace(/[._/-]/g, '') : local)
}
