import { headerWords } from '#core/standard/code-key.ts'
import { readHeader, type HeaderReading } from '../standard/header-reading.ts'

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
  'sibling siblings twin twins triplet triplets brother sister partner partners spouse husband wife',
)
/** Words that make a further one of what stands beside them. */
const ORDINALS = words(
  '2 3 4 5 6 7 8 9 two three four five six second secondary third fourth other additional alternative',
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
  const rest = all.filter((word) => !RELATED.has(word) && !ORDINALS.has(word))
  const isRelated = all.some((word) => RELATED.has(word))
  // A tool that makes headings different writes "DOB.1" beside "DOB".
  const copied = /^(.+?)[._ ]?1$/.exec(text)?.[1]
  const isCopy = copied !== undefined && header.includes(copied.trim())
  if (rest.length === all.length && !isCopy) return undefined
  // "Partner" and "Child 2" stand above names.
  const base = isCopy ? copied : rest.join(' ')
  const reading = readHeader(base.trim() === '' ? 'name' : base)
  if (holdsContact(reading)) return 'contacts'
  if (!holdsIdentity(reading)) return undefined
  const isOwn = reading.party === 'own' && !isRelated
  // "Forename 2" and "Other names" are middle names.
  return isOwn && isNameAlone(reading, all) ? undefined : 'people'
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
