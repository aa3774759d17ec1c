/**
 * Headings of a register: a column for each session, named by its date, its month, its number or the
 * day of the week alone.
 */

/** What a heading says of its session. */
export type SessionHeading =
  | { readonly kind: 'date'; readonly year?: number; readonly month: number; readonly day: number }
  | { readonly kind: 'month'; readonly month: number }
  | { readonly kind: 'number' }

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const BEFORE_A_DATE =
  /^(?:w\/c|wc|week commencing|week beginning|session|sess|class|group|attended|date|mon|monday|tue|tues|tuesday|wed|weds|wednesday|thu|thur|thurs|thursday|fri|friday|sat|saturday|sun|sunday)[\s,.:-]+/
/** “03/04/2024 – Session 1”, “10 Apr AM”: what a session was, behind its date. */
const BEHIND_A_DATE =
  /^([0-9]{1,2}[-/.][0-9]{1,2}(?:[-/.](?:[0-9]{4}|[0-9]{2}))?|[0-9]{1,2}(?:st|nd|rd|th)? [a-z]{3,9}(?: [0-9]{4})?)(?: ?[–:,(] ?| - ?| (?=(?:am|pm|morning|afternoon|evening|session)\b))(.{1,30})$/
/** What stands beside a session and is none. */
const NO_SESSION = /note|comment|reason|paid|fee|time|venue|staff|cancel/
const NUMBERED = /^(?:session|sess|week|wk|class|group session|visit|s|w)? ?[.#-]? ?[0-9]{1,2}$/
/** “Mon”, “Tuesdays”, “Wed pm”: which week, nothing says. */
const WEEKDAY =
  /^(?:mon|tue|tues|wed|weds|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:days?)?(?: (?:am|pm|morning|afternoon))?$/
const LONGEST = 40
/** How a second column of the same heading is told from the first. */
const SECOND_OF_A_DAY = / \([2-9]\)$/
/** A date that a spreadsheet shows as its number of days: years 2009 to 2036. */
const SERIAL = /^4[0-9]{4}$/

/** Reads a heading as that of a session; undefined when it is none. */
export function readSessionHeading(heading: string): SessionHeading | undefined {
  if (heading.length > LONGEST) return undefined
  let text = heading.trim().toLowerCase().replace(/\s+/g, ' ')
  text = withoutTopic(dayOfHeading(text))
  for (let shorter = text.replace(BEFORE_A_DATE, ''); shorter !== text;) {
    if (readDate(shorter) === undefined && !BEFORE_A_DATE.test(shorter)) break
    text = shorter
    shorter = text.replace(BEFORE_A_DATE, '')
  }
  const isNumber = NUMBERED.test(text) || WEEKDAY.test(text)
  return readDate(text) ?? readMonth(text) ?? (isNumber ? { kind: 'number' } : undefined)
}

function withoutTopic(text: string): string {
  const [, day, topic = ''] = BEHIND_A_DATE.exec(text) ?? []
  return day === undefined || readDate(day) === undefined || NO_SESSION.test(topic) ? text : day
}

/** A heading without the number that tells a second column of the same heading from the first. */
export function dayOfHeading(heading: string): string {
  return heading.replace(SECOND_OF_A_DAY, '')
}

/** How many columns of a kind make a register: fewer may be anything. */
const FEWEST = { date: 3, number: 3, month: 2 } as const

/** The columns of sessions in a header, with what each says; none where they are too few. */
export function findSessions(
  header: readonly string[],
): readonly { readonly column: number; readonly session: SessionHeading }[] {
  const found = header.flatMap((heading, column) => {
    const session = readSessionHeading(heading)
    return session === undefined ? [] : [{ column, session }]
  })
  return found.filter(
    ({ session }) =>
      found.filter((other) => other.session.kind === session.kind).length >= FEWEST[session.kind],
  )
}

function readDate(text: string): SessionHeading | undefined {
  if (SERIAL.test(text)) {
    const day = new Date(Date.UTC(1899, 11, 30 + Number(text)))
    return dateOf(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate())
  }
  const iso = /^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[t ].*)?$/.exec(text)
  if (iso !== null) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const numbers = /^([0-9]{1,2})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{2}|[0-9]{4}))?$/.exec(text)
  if (numbers !== null) return dateOf(yearOf(numbers[3]), Number(numbers[2]), Number(numbers[1]))
  const named =
    /^([0-9]{1,2})(?:st|nd|rd|th)?[ -]?([a-z]{3,9})\.?(?:[ -,]+([0-9]{2}|[0-9]{4}))?$/.exec(text)
  if (named !== null) return dateOf(yearOf(named[3]), monthOf(named[2]), Number(named[1]))
  const reversed = /^([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?(?:[ ,]+([0-9]{4}))?$/.exec(text)
  return reversed === null
    ? undefined
    : dateOf(yearOf(reversed[3]), monthOf(reversed[1]), Number(reversed[2]))
}

function readMonth(text: string): SessionHeading | undefined {
  const numbers = /^(0?[1-9]|1[0-2])[/.-]20[0-9]{2}$/.exec(text)
  if (numbers !== null) return { kind: 'month', month: Number(numbers[1]) }
  const found = /^([a-z]{3,9})(?:[ '’/-]+(?:[0-9]{2}|[0-9]{4}))?$/.exec(text)
  const month = found === null ? 0 : monthOf(found[1])
  return month === 0 ? undefined : { kind: 'month', month }
}

function dateOf(year: number | undefined, month: number, day: number): SessionHeading | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined
  const last = new Date(Date.UTC(year ?? 2024, month, 0)).getUTCDate()
  if (day > last) return undefined
  return { kind: 'date', ...(year === undefined ? {} : { year }), month, day }
}

function yearOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  return text.length === 2 ? 2000 + Number(text) : Number(text)
}

/** 1 to 12, or 0: a month’s name, or at least three letters of it. */
function monthOf(text = ''): number {
  const month = MONTHS.indexOf(text.slice(0, 3)) + 1
  return NAMES.some((name) => name.startsWith(text) || text === 'sept') ? month : 0
}

const NAMES = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
]
