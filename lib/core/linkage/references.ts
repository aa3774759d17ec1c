/**
 * References of beneficiaries, such as CO-7K3M-9QXZ-4: eight random characters and one that checks
 * them. The 31 characters leave out 0, 1, I, L and O, and 31 is prime: with weights 9, 8 … 2 and 1
 * for the check character the sum is a multiple of 31, so one wrong character (its weight is no
 * multiple of 31) and one adjacent swap (adjacent weights differ by 1) always show. Nothing about
 * the person can be computed from a reference.
 */

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const RANDOM_CHARACTERS = 8

/** How many random bytes a reference is made from. */
export const REFERENCE_BYTES = 8

/**
 * The reference that random bytes make; throws RangeError unless there are REFERENCE_BYTES of them.
 */
export function makeReference(bytes: Uint8Array): string {
  if (bytes.length !== REFERENCE_BYTES) throw new RangeError('a reference is made of 8 bytes')
  // 64 random bits over 31^8 values: no value is more likely than another by more than one in ten
  // million. Divided by 31 in two halves of 32 bits, the way one divides on paper: big integers
  // take ten times as long.
  let high = halfOf(bytes, 0)
  let low = halfOf(bytes, 4)
  let characters = ''
  for (let index = 0; index < RANDOM_CHARACTERS; index++) {
    const rest = (high % 31) * 2 ** 32 + low
    characters += ALPHABET.charAt(rest % 31)
    high = Math.floor(high / 31)
    low = Math.floor(rest / 31)
  }
  return `CO-${characters.slice(0, 4)}-${characters.slice(4)}-${checkCharacter(characters)}`
}

function halfOf(bytes: Uint8Array, from: number): number {
  let half = 0
  for (let index = from; index < from + 4; index++) half = half * 256 + (bytes[index] ?? 0)
  return half
}

/**
 * The reference that a person typed, in its one written form; null when it is none. Case, spaces
 * and dashes do not matter.
 */
export function parseReference(text: string): string | null {
  const written = plain(text)
  return written.startsWith('CO') ? readCharacters(written.slice(2)) : null
}

/** Whether a text is a reference of another kind made the same way, such as SU-7K3M-9QXZ-4, as it is written. */
export function isReferenceOf(kind: string, text: string): boolean {
  const characters = text.slice(kind.length)
  return text.startsWith(`${kind}-`) && parseReference(`CO${characters}`) === `CO${characters}`
}

/**
 * The references that a person may have meant who typed something else: what one slip makes of them,
 * a wrong character, two swapped, one left out or one too many; in no order of likelihood. None for
 * what is a reference, or far from one.
 */
export function correctionsOf(text: string): readonly string[] {
  const written = plain(text)
  const typed = [written, ...(/^C[O0]/.test(written) ? [written.slice(2)] : [])]
  if (typed.some((characters) => readCharacters(characters) !== null)) return []
  return [...new Set(typed.flatMap(oneSlipAway))].flatMap((tried) => readCharacters(tried) ?? [])
}

/** The characters, nine of them, that become what was typed by one slip. */
function oneSlipAway(typed: string): readonly string[] {
  const length = RANDOM_CHARACTERS + 1
  if (Math.abs(typed.length - length) > 1) return []
  return Array.from({ length: typed.length + 1 }).flatMap((_, place) => {
    const [before, after] = [typed.slice(0, place), typed.slice(place)]
    if (typed.length > length) return [before + after.slice(1)]
    if (typed.length < length) return Array.from(ALPHABET, (missing) => before + missing + after)
    const swapped = before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2)
    return [swapped, ...Array.from(ALPHABET, (right) => before + right + after.slice(1))]
  })
}

function plain(text: string): string {
  return text.toUpperCase().replaceAll(/[\s‐-―-]/gu, '')
}

/** The reference of its nine characters; null when they are none. */
function readCharacters(written: string): string | null {
  if (written.length !== RANDOM_CHARACTERS + 1) return null
  for (const character of written) if (!ALPHABET.includes(character)) return null
  const characters = written.slice(0, RANDOM_CHARACTERS)
  if (checkCharacter(characters) !== written.slice(-1)) return null
  return `CO-${characters.slice(0, 4)}-${characters.slice(4)}-${written.slice(-1)}`
}

function checkCharacter(characters: string): string {
  let sum = 0
  for (let index = 0; index < RANDOM_CHARACTERS; index++) {
    sum += (RANDOM_CHARACTERS + 1 - index) * ALPHABET.indexOf(characters.charAt(index))
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31)
}

/** A change of links over the records of one or more parts; the lists run parallel. */
export interface Relinking {
  /** The reference each record's beneficiary had; null for a record that is new. */
  readonly previous: readonly (string | null)[]
  readonly quarters: readonly string[]
  /**
   * The beneficiary each record has now, from 0 without gaps; −1 for a record that is no longer
   * there.
   */
  readonly next: ArrayLike<number>
}

/** What becomes of the references. */
export interface CarriedReferences {
  /** By beneficiary: the reference it keeps, or null where it needs a new one. */
  readonly kept: readonly (string | null)[]
  /** References of what was merged, which resolve to the beneficiary of that index. */
  readonly aliases: readonly { readonly alias: string; readonly of: number }[]
}

/**
 * Carries references over a change of links. A reference goes to the beneficiary that holds most of
 * its records, ties to the one with the earliest quarter; of several that come to one beneficiary
 * that with the most records there stays, ties to the earliest quarter, then the lowest reference,
 * and the others become its aliases.
 */
export function carryReferences({ previous, quarters, next }: Relinking): CarriedReferences {
  const parts: { earliest: string; size: number }[] = []
  const overlaps = new Map<string, Map<number, Overlap>>()
  previous.forEach((reference, place) => {
    const of = next[place] ?? -1
    if (of < 0) return
    const quarter = quarters[place] ?? ''
    const part = (parts[of] ??= { earliest: quarter, size: 0 })
    part.size++
    if (quarter < part.earliest) part.earliest = quarter
    if (reference === null) return
    const ofReference = overlaps.get(reference) ?? new Map<number, Overlap>()
    overlaps.set(reference, ofReference)
    const overlap = ofReference.get(of) ?? { reference, of, records: 0, earliest: quarter }
    ofReference.set(of, overlap)
    overlap.records++
    if (quarter < overlap.earliest) overlap.earliest = quarter
  })
  const kept: (string | null)[] = Array.from(parts, () => null)
  const aliases: { alias: string; of: number }[] = []
  const heirs = [...overlaps.values()].flatMap((overlap) => {
    const heir = [...overlap.values()].sort(
      (a, b) =>
        b.records - a.records ||
        compareText(parts[a.of]?.earliest ?? '', parts[b.of]?.earliest ?? '') ||
        (parts[b.of]?.size ?? 0) - (parts[a.of]?.size ?? 0) ||
        a.of - b.of,
    )[0]
    return heir === undefined ? [] : [heir]
  })
  heirs.sort(
    (a, b) =>
      b.records - a.records ||
      compareText(a.earliest, b.earliest) ||
      compareText(a.reference, b.reference),
  )
  for (const { reference, of } of heirs) {
    if (kept[of] === null) kept[of] = reference
    else aliases.push({ alias: reference, of })
  }
  return { kept, aliases }
}

interface Overlap {
  readonly reference: string
  readonly of: number
  records: number
  earliest: string
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
