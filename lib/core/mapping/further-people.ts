import { headerWords } from '#core/standard/code-key.ts'
import type { PeopleFieldName } from '#core/standard/fields.ts'
import { readHeader, type HeaderReading } from '#core/standard/header-reading.ts'

/**
 * Columns of a second child, a twin or a second parent beside the person of the row: a row holds
 * one person, or a child and a carer, so that nothing is mapped to them.
 */

/** Columns that nothing is mapped to though they hold people, or further numbers to reach them by. */
export interface FurtherColumns {
  /** A name, a birth or an NHS number of a further person. */
  readonly people: readonly number[]
  /** A second telephone number or email address. */
  readonly contacts: readonly number[]
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

/** Words for a further person by themselves. */
const RELATED = words(
  'also sibling siblings twin twins triplet triplets brother sister partner partners spouse husband wife dependant dependants dependent dependents household accompanied came brought guest guests attendees grandparent grandparents grandmother grandfather',
)
/** Words that make a further one of what stands beside them. */
const ORDINALS = words(
  '2 3 4 5 6 7 8 9 two three four five six second secondary third fourth fifth other others another additional extra alternative alternate alt spare younger youngest older oldest elder eldest',
)
/** What stands beside these and says nothing more. */
const FILLING = words(
  's nd rd th member members attending attended attendee foster step half adopted with by present adults family',
)
/** Whose name is nobody's that a service works with. */
const NOBODY = words(
  'gp gps school schools nursery worker workers keyworker practitioner practitioners staff referrer referral emergency kin venue centre center professional professionals doctor surgery agency organisation consent address line language ethnicity session visit reason need source contacted group',
)
const IDENTITY = words('first_name last_name date_of_birth nhs_number')

/** Finds such columns by their headings. */
export function furtherColumns(header: readonly string[]): FurtherColumns {
  const found = header.map((heading) => whatFurther(heading, header))
  const columnsOf = (what: 'people' | 'contacts') =>
    found.flatMap((one, column) => (one === what ? [column] : []))
  return { people: columnsOf('people'), contacts: columnsOf('contacts') }
}

function whatFurther(
  heading: string,
  header: readonly string[],
): 'people' | 'contacts' | undefined {
  const text = heading.slice(0, 200)
  const all = headerWords(text)
  if (all.some((word) => NOBODY.has(word)) || saysSomething(readHeader(text))) return undefined
  const rest = all.filter((word) => !RELATED.has(word) && !ORDINALS.has(word) && !FILLING.has(word))
  const isRelated = all.some((word) => RELATED.has(word))
  // A tool that makes headings different writes "DOB.1" beside "DOB".
  const copied = /^(.+?)[._ ]?1$/.exec(text)?.[1]
  const isCopy = copied !== undefined && header.includes(copied.trim())
  const isFurther = isRelated || all.some((word) => ORDINALS.has(word))
  if (!isFurther && !isCopy) return undefined
  // "Partner" and "Child 2" stand above names.
  const base = isCopy ? copied : rest.join(' ').replace(/ of$/, '')
  const reading = readHeader(base.trim() === '' ? 'name' : base)
  if (holdsContact(reading)) return 'contacts'
  if (!holdsIdentity(reading)) return undefined
  const isOwn = reading.party === 'own' && !isRelated
  // "Forename 2" and "Other names" are middle names.
  return isOwn && isNameAlone(reading, all) ? undefined : 'people'
}

/**
 * Columns of people that nothing is mapped to, though their headings are understood: a father's
 * beside the mother's that is used, or both where neither is. `isUsed` tells by a column's place.
 */
export function unusedPeople(
  header: readonly string[],
  isUsed: (column: number) => boolean,
): FurtherColumns {
  const read = header.map((heading) => ({ heading, reading: readHeader(heading.slice(0, 200)) }))
  const used = read.filter((_, column) => isUsed(column))
  const people: number[] = []
  const contacts: number[] = []
  for (const [column, { heading, reading }] of read.entries()) {
    const { party } = reading
    if (isUsed(column) || party === 'other') continue
    const isSame = used.some(
      (other) =>
        other.reading.party === party &&
        (holdsIdentity(other.reading) || holdsContact(other.reading)) &&
        (party !== 'carer' || whoOf(other.heading) === whoOf(heading)),
    )
    if (holdsIdentity(reading) && !isSame && party !== 'own') people.push(column)
    else if (party === 'carer' && holdsContact(reading) && !isSame) contacts.push(column)
    // Beside a child's name that is used, a name of nobody in particular is another's.
    else if (party === 'own' && isNameOf(reading) && !isSame && isOfChild(used)) people.push(column)
  }
  return { people, contacts }
}

/** An identifier of one's own that a heading says and nothing is mapped to. */
export interface UnusedIdentifier {
  readonly column: number
  readonly field: PeopleFieldName
}

/**
 * Columns whose heading is that of an identifier which the mapping has from nowhere: their cells
 * did not look like one, or two columns say it. `isUsed` tells by a column's place.
 */
export function unusedIdentifiers(
  header: readonly string[],
  isUsed: (column: number) => boolean,
  isMapped: (field: PeopleFieldName) => boolean,
): UnusedIdentifier[] {
  return header.flatMap((heading, column) => {
    const { party, claims, fullName, birthPart } = readHeader(heading.slice(0, 200))
    if (isUsed(column) || (party !== 'own' && party !== 'child')) return []
    const said: PeopleFieldName[] = claims
      .filter(({ level }) => level === 'exact' || level === 'synonym')
      .map(({ field }) => field)
      .filter((field) => IDENTITY.has(field))
    if (fullName !== undefined) said.push('first_name', 'last_name')
    if (birthPart !== undefined) said.push('date_of_birth')
    const field = said.find((each) => !isMapped(each))
    return field === undefined ? [] : [{ column, field }]
  })
}

const CARERS: readonly ReadonlySet<string>[] = [
  words('mum mums mother mothers mam mom moms maternal'),
  words('dad dads father fathers'),
]

/** Which parent a heading is of: 0 the mother, 1 the father, -1 either. */
function whoOf(heading: string): number {
  const all = headerWords(heading)
  return CARERS.findIndex((who) => all.some((word) => who.has(word)))
}

function isNameOf({ fullName, claims }: HeaderReading): boolean {
  return (
    fullName !== undefined ||
    claims.some(
      ({ field, level }) =>
        (level === 'exact' || level === 'synonym') &&
        (field === 'first_name' || field === 'last_name'),
    )
  )
}

function isOfChild(used: readonly { readonly reading: HeaderReading }[]): boolean {
  const names = used.filter(({ reading }) => isNameOf(reading))
  return names.length > 0 && names.every(({ reading }) => reading.party === 'child')
}

/** Whether a heading is understood as it stands: "Second name" is a last name. */
function saysSomething({ party, claims, fullName }: HeaderReading): boolean {
  return (
    party !== 'other' &&
    (fullName !== undefined || claims.some(({ level }) => level === 'exact' || level === 'synonym'))
  )
}

function holdsIdentity({ fullName, birthPart, claims }: HeaderReading): boolean {
  return (
    fullName !== undefined ||
    birthPart !== undefined ||
    claims.some(
      ({ field, level }) =>
        (level === 'exact' || level === 'synonym') && IDENTITY.has(field.replace(/^carer_/, '')),
    )
  )
}

function holdsContact({ claims }: HeaderReading): boolean {
  return claims.some(
    ({ field, level }) =>
      level !== 'weak' && level !== 'fuzzy' && /^(?:carer_)?(?:email|mobile)$/.test(field),
  )
}

function isNameAlone({ fullName, claims }: HeaderReading, all: readonly string[]): boolean {
  return (
    claims.some(({ field }) => field.endsWith('first_name') || field.endsWith('last_name')) ||
    (fullName !== undefined && !all.some((word) => /^[2-9]$/.test(word)))
  )
}
