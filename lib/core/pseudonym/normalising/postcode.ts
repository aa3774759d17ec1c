/**
 * A postcode as a component. Source: docs/pseudonymisation.md, "Postcode".
 */
import { foldValue } from './fold.ts'
import { blank, kept, type NormalisedValue } from './normalised-value.ts'

const CHARACTER = blank('postcode-character')
const MISSING = blank('postcode-missing')
const PLACEHOLDER = blank('postcode-placeholder')
const PATTERN = blank('postcode-pattern')

const SHORTEST = 5
const LONGEST = 7
const POSTCODE =
  /^[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[A-HK-Y][0-9][ABEHMNPRVWXY]|[0-9][A-HJKPSTUW])[0-9][ABD-HJLNP-UW-Z]{2}$/

/** Letters and digits that are typed for one another. */
const LOOKALIKE = new Map([
  ['O', '0'],
  ['0', 'O'],
  ['I', '1'],
  ['1', 'I'],
])

/** A postcode without its space, with O and 0, I and 1 put right where only one reading fits. */
export function normalisePostcode(cell: string): NormalisedValue {
  if (cell === '') return MISSING
  const folded = foldValue(cell)
  if (folded === null) return CHARACTER
  const postcode = folded.replace(/[^A-Z0-9]+/g, '')
  if (postcode === '') return MISSING
  if (/^(?:ZZ99|BX|GIR)/.test(postcode)) return PLACEHOLDER
  if (postcode.length < SHORTEST || postcode.length > LONGEST) return PATTERN
  if (POSTCODE.test(postcode)) return kept(postcode)
  const [only, another] = readings(postcode).filter((reading) => POSTCODE.test(reading))
  return only !== undefined && another === undefined ? kept(only) : PATTERN
}

/** Every spelling with some of its lookalikes exchanged; at most 2⁷ of seven characters. */
function readings(postcode: string): string[] {
  let spellings = ['']
  for (const character of postcode) {
    const other = LOOKALIKE.get(character)
    spellings = spellings.flatMap((spelling) =>
      other === undefined ? [spelling + character] : [spelling + character, spelling + other],
    )
  }
  return spellings
}
