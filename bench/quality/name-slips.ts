import { ALSO_KNOWN_AS } from '#demonstration/communities.ts'
import type { Choices } from '#demonstration/random.ts'
import { mistypedWord } from '#demonstration/slips.ts'

import type { SlipRates } from './slip-rates.ts'

/**
 * How a name is written down: what is hard about it decides which slips it can have.
 */

/** What is hard about a name, the first that applies. */
export type NameShape =
  | 'two surnames'
  | 'family name first'
  | 'other script'
  | 'short form'
  | 'plain'

const FAMILY_NAME_FIRST = new Set(['south-and-east-asian', 'eritrean-ethiopian', 'somali'])
const OTHER_SCRIPT = new Set([
  ...['arabic-speaking', 'somali', 'eritrean-ethiopian', 'south-and-east-asian'],
])

/** The shape of a name in a community. */
export function nameShape(community: string, firstName: string, lastName: string): NameShape {
  if (/[ -]/.test(lastName)) return 'two surnames'
  if (FAMILY_NAME_FIRST.has(community)) return 'family name first'
  if (OTHER_SCRIPT.has(community)) return 'other script'
  return ALSO_KNOWN_AS[firstName] === undefined ? 'plain' : 'short form'
}

/** First and last name as written down. */
export interface WrittenName {
  readonly first: string
  readonly last: string
}

/** Writes a name down, with the slips that it can have. */
export function writeName(
  community: string,
  name: WrittenName,
  rates: SlipRates,
  choices: Choices,
): WrittenName {
  const other = OTHER_SCRIPT.has(community) ? rates.transliterated : 0
  const first = writeFirst(spelled(name.first, other, choices), rates, choices)
  const last = writeLast(spelled(name.last, other, choices), rates, choices)
  const reversed = FAMILY_NAME_FIRST.has(community) ? rates.reversedFamilyFirst : rates.reversedName
  return choices.happens(reversed) ? { first: last, last: first } : { first, last }
}

function writeFirst(name: string, rates: SlipRates, choices: Choices): string {
  const others = ALSO_KNOWN_AS[name]
  if (others !== undefined && choices.happens(rates.shortForm)) return choices.oneOf(others)
  return choices.happens(rates.mistypedFirstName) ? mistypedWord(name, choices) : name
}

function writeLast(name: string, rates: SlipRates, choices: Choices): string {
  const parts = name.split(/[ -]/).filter((part) => part.length > 3)
  const [one, two] = parts
  if (one !== undefined && two !== undefined && choices.happens(rates.oneSurname)) {
    return choices.happens(0.6) ? one : two
  }
  return choices.happens(rates.mistypedLastName) ? mistypedWord(name, choices) : name
}

/** How sounds of other scripts are spelled: what may stand for what. */
const SPELLINGS: readonly (readonly [from: RegExp, to: string])[] = [
  [/kh/i, 'k'],
  [/ou/i, 'u'],
  [/ee/i, 'i'],
  [/y/, 'i'],
  [/ss/, 's'],
  [/mm/, 'm'],
  [/dd/, 'd'],
  [/e/, 'a'],
  [/u/, 'o'],
  [/i/, 'e'],
  [/o/, 'u'],
  [/h$/, ''],
]

/** A name in another spelling of the same sounds, in `share` of all cases. */
function spelled(name: string, share: number, choices: Choices): string {
  if (!choices.happens(share)) return name
  const possible = SPELLINGS.filter(([from]) => from.test(name.slice(1)))
  const [some, ...others] = possible
  if (some === undefined) return name
  const [from, to] = choices.oneOf([some, ...others])
  return name.charAt(0) + name.slice(1).replace(from, to)
}
