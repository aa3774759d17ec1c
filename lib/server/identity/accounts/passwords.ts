import { hash, verify } from '@node-rs/argon2'
import { EXPECTED, isCommonPassword, loadCommonPasswords } from './common-passwords.ts'

/**
 * Hashing of passwords, as the rest of the room sees it: each call is one computation of argon2id.
 */
export interface Passwords {
  hash(password: string): Promise<string>
  /**
   * Whether a password is the one hashed; without a hash it computes one all the same, and answers
   * no.
   */
  verify(hashed: string | null, password: string): Promise<boolean>
}

/**
 * OWASP Password Storage: 19 MiB, two passes, one lane, or more. argon2id is the package's default.
 */
const COST: ArgonCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** In KiB, passes and lanes. */
interface ArgonCost {
  readonly memoryCost: number
  readonly timeCost: number
  readonly parallelism: number
}

/** Longer than any passphrase; a bound, so that nobody sends a megabyte to be hashed. */
const LONGEST = 1_024

/**
 * argon2id, with the costs of OWASP unless told. Passwords are compared in NFC, so that keyboards agree; none is
 * cut off.
 */
export function argonPasswords(cost: ArgonCost = COST): Passwords {
  // Made with the first try, of the same cost: an unknown user costs what a known one costs, the first as well.
  let nobodys: Promise<string> | undefined
  return {
    hash: (password) => hash(password.normalize('NFC'), cost),
    async verify(hashed, password) {
      const typed = password.slice(0, LONGEST + 1).normalize('NFC')
      const unknown = await (nobodys ??= hash('nobody has this password', cost))
      const right = await verify(hashed ?? unknown, typed)
      return hashed !== null && right && typed.length <= LONGEST
    },
  }
}

/** Why a password is refused. */
export type PasswordProblem = 'password-short' | 'password-long' | 'password-common'

const SHORTEST = 12
/** How much of a password must remain when what everybody tries first is taken out of it. */
const OWN = 6

/**
 * Why a password may not be used, or undefined when it may: too short, too long, one or two of the
 * passwords that leak most, or little more than common words, `context` (the programme's name and
 * code, the user's name and address), years, runs and repeats. Nothing is asked of its composition.
 * Source: OWASP ASVS 5.0 V6.2, NIST SP 800-63B 5.1.1.2.
 */
export async function passwordProblem(
  password: string,
  context: readonly string[],
): Promise<PasswordProblem | undefined> {
  const typed = password.normalize('NFC')
  if (Array.from(typed).length < SHORTEST) return 'password-short'
  if (typed.length > LONGEST) return 'password-long'
  if (ownPart(typed, context) < OWN) return 'password-common'
  const list = await loadCommonPasswords()
  const small = typed.toLowerCase()
  const isCommon = [small, plainLetters(small)].some((text) => isCommonPassword(text, list))
  return isCommon ? 'password-common' : undefined
}

/**
 * How many characters are left, no two alike beside each other, when everything expected is taken
 * out.
 */
function ownPart(password: string, context: readonly string[]): number {
  const words = [...EXPECTED.split(' '), ...context.flatMap(wordsOf)]
  words.sort((left, right) => right.length - left.length)
  let rest = password.toLowerCase()
  for (const spelling of [rest, plainLetters(rest)]) {
    let left = spelling
    for (const word of words) left = left.replaceAll(word, ' ')
    left = left.replace(/(19|20)[0-9]{2}/g, ' ').replace(/[^\p{L}\p{N}]+/gu, ' ')
    if (left.length < rest.length) rest = left
  }
  const kept = new Set<string>()
  let before = ''
  for (const character of rest) {
    if (character !== ' ' && !follows(before, character)) kept.add(character)
    before = character
  }
  return kept.size
}

/** Whether a character is the one before, or its neighbour in a run: aaaa, 1234, 7890, dcba. */
function follows(before: string, character: string): boolean {
  if (before === '') return false
  if (before === '9' && character === '0') return true
  return Math.abs((character.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)) <= 1
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2)
}

/** Digits and signs that stand for letters, as letters. */
function plainLetters(text: string): string {
  const letters: Readonly<Record<string, string>> = {
    '0': 'o',
    '1': 'i',
    '3': 'e',
    '4': 'a',
    '5': 's',
    '7': 't',
    '@': 'a',
    $: 's',
    '!': 'i',
  }
  return Array.from(text, (character) => letters[character] ?? character).join('')
}
