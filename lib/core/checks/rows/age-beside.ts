import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { PersonRow } from './check.ts'

/**
 * An age, or a school year, that stands beside the date of birth in a column nothing is mapped to: of
 * each person, and of all of them together.
 */

const AGE_HEADING =
  /^(?:the )?(?:current |present )?(?:(?:child|client|participant|person|patient|baby|infant)(?:['’]?s)? )?age(?: now| today)?(?: ?[([]?(?:in )?(?<unit>years?|yrs?|months?|mths?)?(?: old)?[)\]]?)?(?<when> (?:at|on) .{1,40})?$/i
const AGE =
  /^(?<number>[0-9]{1,3}(?:[.][0-9]{1,2})?) ?(?<unit>years?|yrs?|y|months?|mths?|m)?(?: old)?$/i
/** School years and rooms of a nursery: none says nothing of an age. */
const YEAR_HEADING =
  /^(?:(?:the )?(?:child|client|pupil|participant)(?:['’]?s)? )?(?:(?:school|academic|nc|national curriculum) (?:year|yr|class)(?: group)?|(?:year|yr) group|nursery room|room)$/i
const SCHOOL_YEAR = /^(?:year|yr|y) ?(?<number>[1-9]|1[0-3])(?: ?[a-z]| .{1,20})?$/i
/** How old children are in the middle of such a year. */
const YEARS_OF_WORDS: readonly (readonly [words: RegExp, years: number])[] = [
  [/^(?:bab(?:y|ies)|baby room)$/i, 1],
  [/^(?:toddlers?|toddler room)$/i, 2],
  [/^(?:nursery|pre-?school|n1|n2)(?: .{1,20})?$/i, 3.5],
  [/^(?:reception|rec|year r|yr r|yr)(?: .{1,20})?$/i, 5],
]
/** In the middle of the first year of school. */
const FIRST_YEAR = 6
/** An age may have been written down this long before the end of the quarter. */
const YEARS_SINCE = 3
/** Nobody is older than their birth makes them, but for how ages are rounded. */
const ROUNDED = 1.5
const ROUNDED_MONTHS = 0.5
/** A child is younger. */
const GROWN = 16

/** Fewer ages have no habit. */
const FEW_AGES = 8
/**
 * Years since the last birthday, by the quarter’s last day: none is less in nearly all of the rows
 * only where every birth is a year too early, or every age a year old.
 */
const A_YEAR = 0.9
/** Ages of one day lie within a year of each other so; those written down as people came do not. */
const ONE_DAYS = 1.4
/** An age of next birthday: births a year too late. */
const NOT_YET = -0.05
/** A row in so many may be a slip. */
const SLIPS = 20

/** Longer cells are no ages. */
const LONGEST_AGE = 40
/** Different cells of a column that are remembered. */
const MOST_KNOWN = 2_000
/** More rows tell nothing more. */
const MOST_ROWS = 5_000

interface AgeColumn {
  readonly column: number
  readonly isInMonths: boolean
  /** Years as they are now, and not of a school year or of the day when somebody came. */
  readonly isOfNow: boolean
  readonly yearsIn: (cell: string, isInMonths: boolean) => number
}

/** Holds the ages of one file against its births. */
export class AgeBeside {
  readonly #age: AgeColumn | undefined
  /** Ages in years, by their cells. */
  readonly #known = new Map<string, number>()
  /** For each person the years since the last birthday, as far as birth and age agree on it. */
  readonly #since: number[] = []

  /** `unused`: columns that nothing is mapped to, with their headings. */
  constructor(unused: readonly (readonly [column: number, heading: string])[]) {
    this.#age = ageColumn(unused)
  }

  /** What is to be asked about the person of a row. */
  ask(
    cells: readonly string[],
    { identifiers, givenRole, quarterLast }: PersonRow,
  ): 'birth-against-age' | 'birth-missing-of-child' | undefined {
    if (this.#age === undefined) return undefined
    const said = this.#yearsOf(this.#age, cells[this.#age.column] ?? '')
    if (Number.isNaN(said)) return undefined
    const birth = identifiers.components.birthDate.value
    if (birth === '') return said < GROWN && givenRole === '' ? 'birth-missing-of-child' : undefined
    const is = (monthOf(quarterLast) - monthOf(birth)) / 12
    const rounded = this.#age.isInMonths ? ROUNDED_MONTHS : ROUNDED
    const isPossible = said <= is + rounded && said >= is - YEARS_SINCE - 1
    if (isPossible && this.#since.length < MOST_ROWS) this.#since.push(is - said)
    return isPossible ? undefined : 'birth-against-age'
  }

  /** Asks about births that are a year or more away from their ages in all rows. */
  report(report: (field: string, code: FindingCode, severity: 'confirm') => void): void {
    if (this.#age?.isOfNow === true && areApart(this.#since))
      report('date_of_birth', 'births-apart-from-ages', 'confirm')
  }

  #yearsOf({ isInMonths, yearsIn }: AgeColumn, cell: string): number {
    if (cell === '' || cell.length > LONGEST_AGE) return Number.NaN
    const seen = this.#known.get(cell)
    if (seen !== undefined) return seen
    const years = yearsIn(cell.trim(), isInMonths)
    if (this.#known.size < MOST_KNOWN) this.#known.set(cell, years)
    return years
  }
}

function areApart(since: readonly number[]): boolean {
  if (since.length < FEW_AGES) return false
  const sorted = since.toSorted((left, right) => left - right)
  const slips = Math.floor(sorted.length / SLIPS)
  const [least = 0, ...rest] = sorted.slice(slips, sorted.length - slips)
  const most = rest.at(-1) ?? least
  return (least >= A_YEAR && most - least <= ONE_DAYS) || most < NOT_YET
}

function yearsOfAge(cell: string, isInMonths: boolean): number {
  const parts = AGE.exec(cell)?.groups
  const unit = parts?.['unit']
  const isMonths = unit === undefined ? isInMonths : unit.toLowerCase().startsWith('m')
  return parts === undefined ? Number.NaN : Number(parts['number']) / (isMonths ? 12 : 1)
}

function yearsOfSchool(cell: string): number {
  const year = SCHOOL_YEAR.exec(cell)?.groups?.['number']
  if (year !== undefined) return Number(year) + FIRST_YEAR - 1
  return YEARS_OF_WORDS.find(([words]) => words.test(cell))?.[1] ?? Number.NaN
}

function monthOf(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
}

function ageColumn(
  unused: readonly (readonly [column: number, heading: string])[],
): AgeColumn | undefined {
  const headings = unused.map(([column, heading]) => [column, heading.trim().slice(0, 80)] as const)
  for (const [column, heading] of headings) {
    const found = AGE_HEADING.exec(heading)
    if (found === null) continue
    const isInMonths = /^m/i.test(found.groups?.['unit'] ?? '')
    const isOfNow = !isInMonths && found.groups?.['when'] === undefined
    return { column, isInMonths, isOfNow, yearsIn: yearsOfAge }
  }
  const school = headings.find(([, heading]) => YEAR_HEADING.test(heading))
  return school === undefined
    ? undefined
    : { column: school[0], isInMonths: false, isOfNow: false, yearsIn: yearsOfSchool }
}
