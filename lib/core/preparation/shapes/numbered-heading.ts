import { headerWords } from '#core/standard/code-key.ts'

/**
 * Whose column a heading says it is where a row holds several people: “Child 2 DOB”, “1st child”,
 * “Sibling 1 first name”, “Name (3)”.
 */
export interface NumberedHeading {
  readonly kind: 'child' | 'sibling' | 'carer' | ''
  readonly number: number | undefined
  /** What it says of the person, in lower case: `dob`, `first name`; empty for the person as such. */
  readonly rest: string
}

const CHILD = words('child childs children kid baby babys infant toddler son daughter twin triplet')
const SIBLING = words('sibling siblings brother sister')
const CARER = words(
  'parent parents carer carers mum mums mother mothers mam mom dad dads father fathers guardian guardians adult partner grandparent',
)
const FILL = words('of the a an no number s')
const ORDINALS = new Map([
  ...list('first second third fourth fifth sixth seventh eighth ninth tenth'),
  ...list('one two three four five six seven eight nine ten'),
  ...list('1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th'),
  ...([
    ['eldest', 1],
    ['oldest', 1],
    ['middle', 2],
    ['youngest', 3],
  ] as const),
])
/** After these, “first” and “second” are of a name. */
const OF_A_NAME = words('name names forename forenames language contact session visit')
const MOST_PEOPLE = 12

/** Reads whose column a heading is; total over any text. */
export function readNumbered(heading: string): NumberedHeading {
  const all = withOrdinals(headerWords(heading.slice(0, 200)))
  const isPerson = (word: string | undefined): boolean =>
    word !== undefined && (CHILD.has(word) || SIBLING.has(word) || CARER.has(word))
  const numbers = all.flatMap((word, index) => {
    const beside = isPerson(all[index - 1]) || isPerson(all[index + 1])
    const number = numberOf(word, beside, all[index + 1], isPerson(all[index - 1]))
    return number === undefined ? [] : [{ index, number, beside }]
  })
  const beside = numbers.filter((found) => found.beside)
  const [found] = beside.length > 0 ? beside : numbers.length === 1 ? numbers : []
  const near = found === undefined ? [] : [all[found.index - 1], all[found.index + 1]]
  const whose = near.find(isPerson) ?? all.find((word) => CHILD.has(word) || SIBLING.has(word))
  const carer = whose === undefined ? all.find((word) => CARER.has(word)) : undefined
  const who = whose ?? carer
  return {
    kind: kindOf(who),
    number: found?.number,
    rest: all
      .filter((word, index) => index !== found?.index && word !== who && !FILL.has(word))
      .join(' '),
  }
}

function kindOf(word: string | undefined): NumberedHeading['kind'] {
  if (word === undefined) return ''
  if (CHILD.has(word)) return 'child'
  return SIBLING.has(word) ? 'sibling' : 'carer'
}

function numberOf(
  word: string,
  isBeside: boolean,
  next: string | undefined,
  isAfterPerson: boolean,
): number | undefined {
  if (/^[0-9]{1,2}$/.test(word)) {
    const number = Number(word)
    return number >= 1 && number <= MOST_PEOPLE ? number : undefined
  }
  if (!isBeside) return undefined
  const ordinal = ORDINALS.get(word)
  if (ordinal !== undefined)
    return isAfterPerson && next !== undefined && OF_A_NAME.has(next) ? undefined : ordinal
  const roman = isAfterPerson ? ['i', 'ii', 'iii', 'iv', 'v'].indexOf(word) : -1
  if (roman >= 0) return roman + 1
  const letter = word.length === 1 && isAfterPerson ? 'abcdef'.indexOf(word) : -1
  return letter < 0 ? undefined : letter + 1
}

/** “1”, “st” as one word again. */
function withOrdinals(all: readonly string[]): string[] {
  const joined: string[] = []
  for (const word of all) {
    const last = joined.at(-1) ?? ''
    if (/^(st|nd|rd|th)$/.test(word) && /^[0-9]+$/.test(last)) joined.splice(-1, 1, last + word)
    else joined.push(word)
  }
  return joined
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

function list(text: string): (readonly [string, number])[] {
  return text.split(' ').map((word, index) => [word, index + 1] as const)
}
