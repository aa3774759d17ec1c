import { postcodeOfAddress } from '../mapping/name-split.ts'
import type { Derivation } from './rules.ts'

/** What stands within a text and is meant: the one there is, or nothing. */
export function findInText(text: string, what: Derivation): string {
  return FINDERS[what](text)
}

const FINDERS: Readonly<Record<Derivation, (text: string) => string>> = {
  'postcode-in-address': postcodeOfAddress,
  'email-in-text': (text) => onlyOne(text.split(/[\s,;<>()[\]"|/]/).flatMap(emailOf)),
  'mobile-in-text': (text) => onlyOne(mobilesIn(text)),
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
