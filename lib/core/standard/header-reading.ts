import { codeKey, headerWords } from './code-key.ts'
import {
  isNoParty,
  isPlain,
  leavesOpenWhose,
  PARTY_WORDS,
  takeParty,
  type Party,
} from './header-party.ts'
import { PEOPLE_FIELDS, peopleField, type PeopleFieldName } from './fields.ts'
import {
  BIRTH_PART_HEADERS,
  FULL_NAME_HEADERS,
  HEADER_SYNONYMS,
  REVERSED_NAME_HEADERS,
} from './header-synonyms.ts'

/**
 * What a header says by itself: which field, how surely, and whose ("Child's forename", "Mum's
 * email", "GP name").
 */

/** How a header was recognised, strongest first. */
export type HeaderLevel = 'exact' | 'synonym' | 'if-confirmed' | 'weak' | 'fuzzy'

export interface HeaderClaim {
  readonly field: PeopleFieldName
  readonly level: HeaderLevel
}

export interface HeaderReading {
  readonly party: Party
  readonly claims: readonly HeaderClaim[]
  /** A whole name in one column, and which way round. */
  readonly fullName?: 'first-last' | 'last-first'
  readonly birthPart?: 'day' | 'month' | 'year'
}

/** More of a heading than this is not read. */
const LONGEST_HEADING = 200

const FILL = words(
  'of the a an for please enter s is your and or to this in quarter qtr period during current usual legal',
)
const DATE_HINTS = words('dd mm yyyy yy ddmmyyyy ddmmyy yyyymmdd')
const HINTS = words(
  'dd mm yyyy yy ddmmyyyy ddmmyy m f x y n u yes no required mandatory optional if known format text leave blank where applicable available e g eg digits digit ten 10 as in this the quarter qtr ons nhs code number only s please use enter list from drop down dropdown text int integer numeric string char varchar date',
)
/** Words that single out the first of two carers. */
const PRIMARY = words('primary main lead 1 one first')
/** Short for "number". */
const NUMBER = words('no num nr')

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

const KNOWN = new Map<string, HeaderClaim[]>()
const FULL_NAMES = new Map<string, 'first-last' | 'last-first'>()
const BIRTH_PARTS = new Map<string, 'day' | 'month' | 'year'>()
const EXACT = new Map<string, PeopleFieldName>()

for (const field of PEOPLE_FIELDS) {
  EXACT.set(codeKey(field.name), field.name)
  EXACT.set(codeKey(field.label), field.name)
}
for (const { field, known, ifConfirmed, weak } of HEADER_SYNONYMS) {
  const add = (list: readonly string[], level: HeaderLevel) => {
    for (const header of list) {
      const key = wordsKey(header)
      const claims = KNOWN.get(key) ?? []
      if (!claims.some((claim) => claim.field === field)) claims.push({ field, level })
      KNOWN.set(key, claims)
    }
  }
  add(known, 'synonym')
  add(ifConfirmed, 'if-confirmed')
  add(weak, 'weak')
}
for (const header of FULL_NAME_HEADERS) FULL_NAMES.set(wordsKey(header), 'first-last')
for (const header of REVERSED_NAME_HEADERS) FULL_NAMES.set(wordsKey(header), 'last-first')
for (const part of ['day', 'month', 'year'] as const) {
  for (const header of BIRTH_PART_HEADERS[part]) BIRTH_PARTS.set(wordsKey(header), part)
}

/** Words after which a heading only says how to fill its column in. */
const INSTRUCTIONS = words('eg ie e example must format leave if see note including as like do not')
/** “Attendance %” holds a share, and no field does. */
const SHARE = /%|\b(?:per ?cent(?:age)?|ratio)\b|\brate\s*$/i

/** Reads one header. A header that says nothing known gives no claim. */
export function readHeader(header: string): HeaderReading {
  if (SHARE.test(header)) return { party: 'own', claims: [] }
  if (OF_SOMEBODY.test(header.trim())) return { party: 'other', claims: [] }
  const reading = readKnown(header) ?? readUnknown(header)
  return leavesOpenWhose(header) && !isKnownWhole(header) ? withoutOwner(reading) : reading
}

/** “Child of” names the parent, and “Parent of” the child. */
const OF_SOMEBODY = /\bof:?$/i

function isKnownWhole(header: string): boolean {
  return EXACT.has(codeKey(header)) || recognise(meaningfulWords(header).join('')) !== undefined
}

/** A reading whose identifiers are never certain, since they may be somebody else's. */
function withoutOwner({ party, claims }: HeaderReading): HeaderReading {
  const weaker = claims.map((claim): HeaderClaim => {
    const isIdentifier = peopleField(claim.field)?.kind === 'identifier'
    return isIdentifier && claim.level !== 'fuzzy' ? { ...claim, level: 'weak' } : claim
  })
  return { party, claims: weaker }
}

/**
 * What a heading is known, word for word, to be about; undefined for anything else. Somebody the
 * standard has no field for counts as well ("Volunteer name"); a word that says no more than whose
 * a column is ("Mother") does not, because cells hold it too.
 */
export function knownHeading(heading: string): string | undefined {
  if (heading.length > LONGEST_HEADING || isPlainlyNone(heading)) return undefined
  const reading = readKnown(heading)
  if (reading === undefined) return undefined
  const { party, claims, fullName, birthPart } = reading
  if (party === 'other') {
    const plain = meaningfulWords(heading).filter(isPlain)
    const found = recognise(plain.join(''))
    return found === undefined ? undefined : `other ${plain.join(' ')}`
  }
  const field = claims.find(({ level }) => level !== 'weak')?.field
  if (field !== undefined) return `${party} ${field}`
  if (birthPart !== undefined) return `${party} ${birthPart}`
  const isNamed = fullName !== undefined && meaningfulWords(heading).some(isNoParty)
  return isNamed ? `${party} name` : undefined
}

/** Whether a text, as cells hold it, is at a glance no known heading. */
function isPlainlyNone(text: string): boolean {
  if (!LETTER.test(text) || EMAIL.test(text)) return true
  if (!ONE_WORD.test(text)) return false
  const word = text.toLowerCase()
  return !SAYING_ALONE.some((known) => known.has(word))
}

const LETTER = /\p{L}/u
const EMAIL = /^[^\s@]+@[^\s@.]+[.][^\s@]+$/
/** Plain letters, with no lower case before upper. */
const ONE_WORD = /^(?:[A-Z]+[a-z]*|[a-z]+)$/
/** A heading of one word is known by being in one of these. */
const SAYING_ALONE: readonly { has(word: string): boolean }[] = [
  ...[EXACT, KNOWN, FULL_NAMES, BIRTH_PARTS],
  ...[...PARTY_WORDS, NUMBER],
]

function readKnown(header: string): HeaderReading | undefined {
  return (
    readWithout(QUESTION_NUMBER, header) ??
    readWhole(header) ??
    readWithout(TABLE_NAME, header) ??
    readSaidTwice(header) ??
    readInOneLanguage(header)
  )
}

/** The number of a question, as forms write it: "4. Date of birth", "Q4) Date of birth". */
const QUESTION_NUMBER = /^\s*(?:q(?:uestion)?\s?)?[0-9]{1,3}[a-z]?\s?[.):]\s*(?=\p{L})/iu
/** The table of a database before its column: "tbl_client.first_name". */
const TABLE_NAME = /^\s*[a-z][a-z0-9_]{1,40}[.](?=[a-z])/i

function readWithout(before: RegExp, header: string): HeaderReading | undefined {
  const text = header.slice(0, LONGEST_HEADING)
  const rest = text.replace(before, '')
  return rest === text ? undefined : readWhole(rest)
}

/** "Surname (family name)", "DOB/Date of birth": words for one field, one after the other. */
function readSaidTwice(header: string): HeaderReading | undefined {
  const parts = header.slice(0, LONGEST_HEADING).split(/[()[\]/|]| or /)
  const readings = parts.filter((part) => part.trim() !== '').map(readWhole)
  const [first, ...others] = readings
  if (first === undefined || others.length === 0) return undefined
  const field = first.claims[0]?.field
  const isSame = (other: HeaderReading | undefined): boolean =>
    other?.party === first.party && other.claims[0]?.field === field
  return field !== undefined && others.every(isSame) ? first : undefined
}

/** Words of a day on which nobody was born yet: "DOB / EDD" holds two kinds of day. */
const OF_UNBORN = words('edd due expected')

/** "Surname / Cyfenw": the one part that is known, where the data agree. */
function readInOneLanguage(header: string): HeaderReading | undefined {
  const parts = header.slice(0, LONGEST_HEADING).split(/ [/|] /)
  const isOfUnborn = parts.flatMap((part) => headerWords(part)).some((word) => OF_UNBORN.has(word))
  if (parts.length !== 2 || isOfUnborn) return undefined
  const known = parts.flatMap((part) => readWhole(part) ?? [])
  const [found] = known
  if (found === undefined || known.length > 1 || found.party === 'other') return undefined
  const claims = found.claims.map(({ field, level }): HeaderClaim => ({
    field,
    level: level === 'weak' ? level : 'if-confirmed',
  }))
  return { ...found, claims }
}

function readWhole(header: string): HeaderReading | undefined {
  const exact = EXACT.get(codeKey(header))
  const all = meaningfulWords(header.slice(0, LONGEST_HEADING))
  if (exact !== undefined) {
    const party = exact.startsWith('carer_') ? 'carer' : 'own'
    const others = (KNOWN.get(all.join('')) ?? []).filter((claim) => claim.field !== exact)
    return { party, claims: [{ field: exact, level: 'exact' }, ...others] }
  }
  const whole = recognise(all.join(''))
  if (whole !== undefined) return { party: 'own', ...whole }
  const { party, child, rest } = takeParty(all)
  if (party === 'other') return { party: 'other', claims: [] }
  const found = recogniseRest(rest, party, child) ?? recogniseStem(rest, party, child)
  if (found === undefined) return undefined
  if (party !== 'carer') return { ...found, party }
  const claims = found.claims.flatMap((claim) => carerClaim(claim, child))
  return { ...found, party, claims }
}

/** A heading that nobody is known to write, but for a slip. */
function readUnknown(header: string): HeaderReading {
  const { party, rest } = takeParty(meaningfulWords(header.slice(0, LONGEST_HEADING)))
  return { party, claims: fuzzyClaims(rest.join(''), party) }
}

type Recognised = Pick<HeaderReading, 'claims' | 'fullName' | 'birthPart'>

function recogniseRest(
  rest: readonly string[],
  party: Party,
  child: boolean,
): Recognised | undefined {
  return (
    recognise(rest.join('')) ??
    (party === 'carer'
      ? recognise(rest.filter((word) => !PRIMARY.has(word)).join(''))
      : undefined) ??
    // "Child", "Mother" or "Main parent" alone is a column of names.
    (rest.every((word) => party === 'carer' && PRIMARY.has(word)) && (party === 'carer' || child)
      ? { claims: [], fullName: 'first-last' as const }
      : undefined)
  )
}

/** What stands before the instructions of a long heading; the data have to agree. */
function recogniseStem(
  rest: readonly string[],
  party: Party,
  child: boolean,
): Recognised | undefined {
  const end = rest.findIndex((word) => INSTRUCTIONS.has(word))
  if (end < 1) return undefined
  const found = recogniseRest(rest.slice(0, end), party, child)
  if (found === undefined) return undefined
  const claims = found.claims.map(({ field, level }): HeaderClaim => ({
    field,
    level: level === 'synonym' ? 'if-confirmed' : level,
  }))
  return { ...found, claims }
}

/**
 * The carer's field of a claim ("child and mother's …" could be either's, so it is weak): the
 * carer's postcode is the household's, and may stand for the child's; other fields the carer has
 * none.
 */
function carerClaim(claim: HeaderClaim, mixed: boolean): HeaderClaim[] {
  const level = mixed && claim.level !== 'fuzzy' ? 'weak' : claim.level
  const carers = peopleField(`carer_${claim.field}`)
  if (carers !== undefined) return [{ field: carers.name, level }]
  if (claim.field === 'postcode') return [{ field: 'postcode', level: 'weak' }]
  return []
}

function recognise(key: string): Recognised | undefined {
  const fullName = FULL_NAMES.get(key)
  if (fullName !== undefined) return { claims: [], fullName }
  const birthPart = BIRTH_PARTS.get(key)
  if (birthPart !== undefined) return { claims: [], birthPart }
  const claims = KNOWN.get(key)
  return claims === undefined ? undefined : { claims }
}

function meaningfulWords(header: string): string[] {
  return headerWords(withoutHints(header))
    .filter((word) => !FILL.has(word) && !DATE_HINTS.has(word))
    .map((word) => (NUMBER.has(word) ? 'number' : word))
}

/** Synonyms are compared as headers are read, but their hints are part of them. */
function wordsKey(synonym: string): string {
  return headerWords(synonym)
    .filter((word) => !FILL.has(word) && !DATE_HINTS.has(word))
    .map((word) => (NUMBER.has(word) ? 'number' : word))
    .join('')
}

/**
 * Drops what stands in brackets when it only says how to fill the column in: "(dd/mm/yyyy)", "(if
 * known)".
 */
function withoutHints(header: string): string {
  let text = header
  for (const [open, close] of ['()', '[]'].map(
    (pair) => [pair.charAt(0), pair.charAt(1)] as const,
  )) {
    const from = text.indexOf(open)
    const to = text.indexOf(close, from + 1)
    if (from <= 0 || to < 0) continue
    const inside = headerWords(text.slice(from + 1, to))
    if (isExample(inside) || inside.every((word) => HINTS.has(word)))
      text = `${text.slice(0, from)} ${text.slice(to + 1)}`
  }
  return text
}

/** Whether what stands in brackets is an example: it says so, or it is a date or a number. */
function isExample(inside: readonly string[]): boolean {
  const [first = '', second = ''] = inside
  if (first === 'eg' || first === 'ie' || (first === 'e' && second === 'g')) return true
  return (
    inside.length > 0 &&
    inside.every((word) => /^[0-9]+$/.test(word)) &&
    inside.join('').length >= 4
  )
}

/** Fields whose known header is one slip away: at most one letter in six, at least five letters. */
function fuzzyClaims(key: string, party: Party): HeaderClaim[] {
  if (key.length < 5 || key.length > 40) return []
  const fields = new Set<PeopleFieldName>()
  for (const [known, claims] of KNOWN) {
    const allowed = Math.floor(Math.max(key.length, known.length) / 6) || 1
    if (known.length < 5 || Math.abs(known.length - key.length) > allowed) continue
    if (distanceWithin(key, known, allowed)) {
      for (const claim of claims) if (claim.level === 'synonym') fields.add(claim.field)
    }
  }
  const claims = [...fields].map((field): HeaderClaim => ({ field, level: 'fuzzy' }))
  return party === 'carer' ? claims.flatMap((claim) => carerClaim(claim, false)) : claims
}

/** Whether the edit distance of two short keys is at most `limit`. */
function distanceWithin(left: string, right: string, limit: number): boolean {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i++) {
    const current = [i]
    let least = i
    for (let j = 1; j <= right.length; j++) {
      const change = left[i - 1] === right[j - 1] ? 0 : 1
      const cost = Math.min(
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + change,
      )
      current.push(cost)
      least = Math.min(least, cost)
    }
    if (least > limit) return false
    previous = current
  }
  return (previous[right.length] ?? limit + 1) <= limit
}
