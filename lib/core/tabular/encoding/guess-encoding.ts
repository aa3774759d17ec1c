import { ACCENTED_NAMES, OTHER_LETTERS } from './accented-names.ts'
import type { ByteContext } from './byte-contexts.ts'
import { openDecoder } from './text-decoder.ts'
import type { Encoding, EncodingReading } from '#core/tabular/table.ts'

/**
 * Which encoding of one byte a character a file is in, by which of them makes plausible names of
 * it: letters stand beside letters of their own script and case, signs do not stand inside words,
 * and a letter beyond A to Z has neighbours that it has in some language. The sum over all such
 * bytes of the file decides.
 */

/** The encodings tried, and what each is worth before a byte is looked at. */
const CANDIDATES: readonly { readonly encoding: Encoding; readonly prior: number }[] = [
  { encoding: 'windows-1252', prior: 3 },
  { encoding: 'macintosh', prior: 0 },
  { encoding: 'ibm850', prior: 0 },
  { encoding: 'ibm437', prior: -0.1 },
  { encoding: 'windows-1250', prior: 0 },
  { encoding: 'iso-8859-2', prior: -0.5 },
  { encoding: 'iso-8859-15', prior: -0.5 },
  { encoding: 'windows-1254', prior: 0 },
  { encoding: 'iso-8859-14', prior: -0.5 },
  { encoding: 'windows-1257', prior: -0.5 },
  { encoding: 'windows-1258', prior: -1 },
  { encoding: 'windows-1251', prior: -0.5 },
  { encoding: 'windows-1253', prior: -0.5 },
  { encoding: 'ibm852', prior: -0.5 },
  { encoding: 'ibm857', prior: -0.5 },
  { encoding: 'ibm775', prior: -1 },
  { encoding: 'ibm860', prior: -1 },
  { encoding: 'ibm861', prior: -1 },
  { encoding: 'ibm863', prior: -1 },
  { encoding: 'ibm865', prior: -1 },
  { encoding: 'ibm737', prior: -1 },
  { encoding: 'ibm866', prior: -1 },
  { encoding: 'mac-turkish', prior: -0.5 },
  { encoding: 'mac-ce', prior: -0.5 },
  { encoding: 'iso-8859-3', prior: -1 },
  { encoding: 'iso-8859-4', prior: -1 },
  { encoding: 'iso-8859-10', prior: -1 },
  { encoding: 'koi8-r', prior: -0.5 },
  { encoding: 'iso-8859-5', prior: -1 },
  { encoding: 'x-mac-cyrillic', prior: -1 },
]

/** By how much the best has to lead, or a person is asked. */
const SURE_LEAD = 3
/** What its letters have to be worth, each: those of names in the right encoding are worth 4 and more. */
const SURE_WORTH = 2.5
/** Readings further behind are not worth offering. */
const OFFERED_WITHIN = 12
const MOST_OFFERED = 4
const LETTERS_SHOWN = 8
const LETTERS_WEIGHED = 40

/** The reading that makes the most plausible names, and those that come after it. */
export interface EncodingGuess {
  readonly encoding: Encoding
  /** Whether another reading is nearly as plausible and gives other letters. */
  readonly isUnsure: boolean
  /** Whether it makes names of another script than ours. */
  readonly isOtherScript: boolean
  /**
   * The best first, `encoding` among them; of those that give the same letters one, and none where
   * nothing comes near the best.
   */
  readonly readings: readonly EncodingReading[]
}

/** The likeliest encoding of bytes that are not UTF-8. */
export function guessEncoding(contexts: readonly ByteContext[]): EncodingGuess {
  const bytes = commonestBytes(contexts)
  const seen = new Set<string>()
  const scored: { encoding: Encoding; letters: string; score: number; likely: boolean }[] = []
  for (const { encoding, prior } of CANDIDATES) {
    const characters = charactersOf(encoding)
    const letters = bytes.map((byte) => characters[byte] ?? '').join('')
    if (seen.has(letters)) continue
    seen.add(letters)
    const score = scoreReading(contexts, characters)
    const likely = score.sum >= 0 && score.ofLetter >= SURE_WORTH
    scored.push({ encoding, letters, score: prior + score.sum, likely })
  }
  scored.sort((a, b) => b.score - a.score)
  const [best, second] = scored
  if (best === undefined) throw new Error('there is always an encoding to try')
  const near = scored.filter(({ score }) => best.score - score < OFFERED_WITHIN)
  return {
    encoding: best.encoding,
    isOtherScript: best.likely && isOfOtherScript(best.letters),
    isUnsure:
      second !== undefined &&
      (!best.likely || best.score - second.score < SURE_LEAD || isOfOtherScript(best.letters)),
    readings:
      near.length < 2
        ? []
        : near
            .slice(0, MOST_OFFERED)
            .map(({ encoding, letters }) => ({ encoding, letters: shownOf(letters) })),
  }
}

/**
 * Whether most letters are of another script than ours: bytes of Arabic or Chinese look like it, and
 * what is common in it is known less well, so that a person looks.
 */
function isOfOtherScript(letters: string): boolean {
  const all = Array.from(letters.slice(0, LETTERS_WEIGHED)).filter((each) => /\p{L}/u.test(each))
  return all.filter((each) => scriptOf(each) !== 'Latin').length * 2 > all.length
}

/** A few letters without what is no sign on a page. */
function shownOf(letters: string): string {
  return letters.replace(/[\p{C}\p{Z}]/gu, '').slice(0, LETTERS_SHOWN)
}

function commonestBytes(contexts: readonly ByteContext[]): number[] {
  const times = new Map<number, number>()
  for (const context of contexts)
    times.set(context.byte, (times.get(context.byte) ?? 0) + context.times)
  return [...times].toSorted((a, b) => b[1] - a[1]).map(([byte]) => byte)
}

/** What a character is to its neighbours. */
type Kind =
  | 'lower'
  | 'upper'
  | 'mark'
  | 'digit'
  | 'apostrophe'
  | 'money'
  | 'print'
  | 'beside digits'
  | 'gap'
  | 'sign'
  | 'none'

function kindOf(character: string): Kind {
  if (/^\p{Ll}$/u.test(character)) return 'lower'
  if (/^\p{Lu}$/u.test(character)) return 'upper'
  if (/^\p{Mn}$/u.test(character)) return 'mark'
  if (/^[0-9]$/.test(character)) return 'digit'
  if (/^[’‘'´`]$/.test(character)) return 'apostrophe'
  if (/^[£€$]$/.test(character)) return 'money'
  if (/^[–—“”„…•·«»®™©]$/.test(character)) return 'print'
  if (/^[°º½¼¾²³×±%]$/.test(character)) return 'beside digits'
  if (/^[\s!-~]$/u.test(character)) return 'gap'
  return /^[\p{Cc}\ufffd]$/u.test(character) ? 'none' : 'sign'
}

/**
 * How plausible a reading is. A place counts more the oftener it comes, but a name that stands in a
 * hundred rows is little more evidence than one that stands in ten. `ofLetter` is what its letters
 * come to, each: signs such as £ and – tell little.
 */
function scoreReading(
  contexts: readonly ByteContext[],
  characters: readonly string[],
): { readonly sum: number; readonly ofLetter: number } {
  const kinds = characters.map(kindOf)
  let sum = 0
  let sumOfLetters = 0
  let letters = 0
  for (const { before, byte, after, goesOn, times } of contexts) {
    const at = (where: number): Character => ({
      text: characters[where] ?? '',
      kind: kinds[where] ?? 'none',
    })
    const weight = 1 + Math.log2(times)
    const worth = scorePlace(at(before), at(byte), at(after), goesOn) * weight
    sum += worth
    if (!isLetter(at(byte))) continue
    sumOfLetters += worth
    letters += weight
  }
  return { sum, ofLetter: letters === 0 ? SURE_WORTH : sumOfLetters / letters }
}

interface Character {
  readonly text: string
  readonly kind: Kind
}

function scorePlace(before: Character, here: Character, after: Character, goesOn: boolean): number {
  const inWord = isLetter(before) && isLetter(after)
  switch (here.kind) {
    case 'none':
      return -8
    case 'lower':
    case 'upper':
      return scoreLetter(before, here, after)
    case 'mark':
      return isLetter(before) && /[aeiouyăâêôơư]/iu.test(before.text) ? 2 : -5
    case 'apostrophe':
      if (inWord) return here.text === '’' ? scoreApostrophe(before, after, goesOn) : 2
      return isLetter(before) || isLetter(after) ? 0 : -1
    case 'money':
      if (after.kind === 'digit') return 2
      return isLetter(before) || isLetter(after) ? -4 : 0
    case 'print':
      if (inWord) return /[–—·]/.test(here.text) ? -1 : -4
      return here.text === '…' && isLetter(before) ? 5 : 1.5
    case 'beside digits':
      if (isLetter(before)) return -4
      return before.kind === 'digit' ? 1.5 : -0.5
    case 'gap':
      return inWord ? -0.5 : 0
    case 'digit':
    case 'sign':
      return isLetter(before) || isLetter(after) ? -4 : -1
  }
}

/** Most where English or a surname has one: it’s, they’re, O’Brien, N’Diaye. */
function scoreApostrophe(before: Character, after: Character, goesOn: boolean): number {
  const isContraction = goesOn ? /[lrv]/.test(after.text) : /[dmst]/i.test(after.text)
  if (isContraction) return 6
  return before.kind === 'upper' && after.kind === 'upper' ? 6 : 4
}

function isLetter({ kind }: Character): boolean {
  return kind === 'lower' || kind === 'upper' || kind === 'mark'
}

function scoreLetter(before: Character, here: Character, after: Character): number {
  const script = scriptOf(here.text)
  const mixes = [before, after].some((near) => isLetter(near) && scriptOf(near.text) !== script)
  if (mixes) return -6
  if (!isLetter(before) && !isLetter(after))
    return before.kind === 'digit' || after.kind === 'digit' || script !== 'Latin' ? -4.5 : -1.5
  return scoreCase(before.kind, here.kind, after.kind) + scoreNeighbours(before, here, after)
}

function scoreCase(before: Kind, here: Kind, after: Kind): number {
  if (here === 'lower') {
    if (after === 'upper') return -3
    if (before === 'digit' || after === 'digit') return -2
    return before === 'lower' ? 2 : before === 'upper' ? 1 : -1
  }
  if (before === 'lower') return -4
  if (before === 'digit' || after === 'digit') return -3
  if (after === 'lower') return before === 'upper' ? -2.5 : 2
  return before === 'upper' || after === 'upper' ? 1.5 : 0
}

function scriptOf(letter: string): 'Latin' | keyof typeof OTHER_LETTERS | 'other' {
  if (/^[\p{Script=Latin}\p{Mn}]$/u.test(letter)) return 'Latin'
  if (/^\p{Script=Cyrillic}$/u.test(letter)) return 'Cyrillic'
  return /^\p{Script=Greek}$/u.test(letter) ? 'Greek' : 'other'
}

/** What the two neighbours are worth, each by whether some language has the letter beside it. */
function scoreNeighbours(before: Character, here: Character, after: Character): number {
  const letter = here.text.toLowerCase()
  const script = scriptOf(letter)
  if (script !== 'Latin') {
    if (script === 'other' || !OTHER_LETTERS[script].includes(letter)) return -3
    return isLetter(before) || isLetter(after) ? 2 : -1
  }
  const known = letterPairs()
  const times = known.get(letter)
  if (times === undefined) return -4
  const left = isLetter(before) ? before.text.toLowerCase() : ' '
  const right = isLetter(after) ? after.text.toLowerCase() : ' '
  return (
    pairWorth(known.get(left + letter)) +
    pairWorth(known.get(letter + right)) +
    Math.min(1, Math.log10(times) - 0.7)
  )
}

function pairWorth(times: number | undefined): number {
  return times === undefined ? -1.5 : times > 2 ? 1.5 : 1
}

let pairs: ReadonlyMap<string, number> | undefined

/** How often each letter beyond A to Z, and each pair with one, comes in the names of all languages. */
function letterPairs(): ReadonlyMap<string, number> {
  pairs ??= countPairs()
  return pairs
}

function countPairs(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const count = (key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  for (const names of Object.values(ACCENTED_NAMES)) {
    const text = ` ${names.normalize('NFC').toLowerCase()} `
    for (let at = 1; at < text.length; at += 1) {
      const letter = text.charAt(at)
      const left = text.charAt(at - 1)
      if (letter > '\u007f') count(letter)
      if (letter > '\u007f' || left > '\u007f') count(left + letter)
    }
  }
  return counts
}

const characterTables = new Map<Encoding, readonly string[]>()

/** The character of each byte. */
function charactersOf(encoding: Encoding): readonly string[] {
  let characters = characterTables.get(encoding)
  if (characters === undefined) {
    characters = Array.from({ length: 256 }, (_, byte) =>
      openDecoder(encoding).decode(Uint8Array.of(byte), true),
    )
    characterTables.set(encoding, characters)
  }
  return characters
}
