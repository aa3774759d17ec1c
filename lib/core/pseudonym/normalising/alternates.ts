/**
 * The components of alternates, which another record of the same person could carry as its own, and
 * of what a name sounds like. Source: docs/pseudonymisation.md, "Alternates and sound".
 */
import { canonicalName } from './name.ts'
import { blank, kept, type BlankCode, type NormalisedValue } from './normalised-value.ts'
import { soundOf } from './sound.ts'
import { readSurnameParts } from './surname-parts.ts'

/** A component that is made of others, or why there is none. */
export type DerivedValue = NormalisedValue<BlankCode>

const NONE = blank('alternate-none')
const SHORT = blank('sound-short')

/** Code points of two sounds together; fewer are those of too many people. */
const LEAST_SOUND = 4

/** A birth date with day and month changed over, as a component; not whether there is such a day. */
export function swapDayAndMonth(birthDate: NormalisedValue): DerivedValue {
  if (birthDate.code !== '') return birthDate
  const { value, finding } = birthDate
  const month = value.slice(5, 7)
  const day = value.slice(8)
  return day > '12' || day === month ? NONE : kept(`${value.slice(0, 5)}${day}-${month}`, finding)
}

/**
 * A last name under the usual spelling of it as a first name; none where both names are one.
 * `canonical` is that spelling, where it is known already.
 */
export function canonicalLast(
  first: NormalisedValue,
  firstCanonical: NormalisedValue,
  last: NormalisedValue,
  canonical = canonicalName(last),
): DerivedValue {
  const isSame = first.value === last.value && firstCanonical.value === canonical.value
  return isSame && last.code === '' ? NONE : canonical
}

/** The first and the last part of a last name, each where it says something else than the name. */
export interface SurnameParts {
  readonly firstPart: DerivedValue
  readonly lastPart: DerivedValue
}

/** `cell` is what the last name was made of. */
export function surnameParts(cell: string, last: NormalisedValue): SurnameParts {
  if (last.code !== '') return { firstPart: last, lastPart: last }
  const parts = readSurnameParts(cell)
  const [first, end] = [parts[0], parts.at(-1)]
  const component = (part: string | undefined): DerivedValue =>
    part === undefined || part === last.value ? NONE : kept(part, last.finding)
  return { firstPart: component(first), lastPart: end === first ? NONE : component(end) }
}

/** What the names of a person sound like. */
export interface Sounds {
  readonly firstSound: DerivedValue
  readonly lastSound: DerivedValue
}

/** The sound of one name, before it is asked whether two of them say enough. */
export function soundOfName(name: NormalisedValue): DerivedValue {
  return name.code === '' ? kept(soundOf(name.value), name.finding) : name
}

/** The sounds of a person's names, given each; neither is a component where both together say too little. */
export function soundsTogether(firstSound: DerivedValue, lastSound: DerivedValue): Sounds {
  if (firstSound.code === '' && lastSound.code === '' && isShort(firstSound.value, lastSound.value))
    return TOO_SHORT
  return { firstSound, lastSound }
}

const TOO_SHORT: Sounds = { firstSound: SHORT, lastSound: SHORT }

/** Whether two sounds have too few code points; only where there are few does it matter which units are pairs. */
function isShort(first: string, last: string): boolean {
  const units = first.length + last.length
  return units < 2 * LEAST_SOUND && Array.from(first + last).length < LEAST_SOUND
}
