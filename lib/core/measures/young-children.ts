import { measureReach, type PeopleFigures, type ReachedRow } from '#core/reach/measure.ts'
import { quarterDays, type Quarter } from '#core/standard/quarter.ts'

/**
 * Young children reached by ward, beside how many live there, by the definitions of docs/measures.md: what SQL counts must equal
 * this.
 */

/** The age under which a child is one of those whom the programme is for, in years. */
export const PRIORITY_AGE = 4

/** A record of somebody reached, with their birth as it is kept: `yyyy-mm` of a child, blank where it is not known. */
export interface BornRow extends ReachedRow {
  readonly birth: string
}

/** Young children reached: in each ward, and in all of them together, where each counts once. */
export interface YoungChildren {
  /** By ward of the programme. */
  readonly wards: readonly ({ readonly ward: string } & PeopleFigures)[]
  readonly whole: PeopleFigures
  /** Young children reached whom no record places in a ward of the programme: in none of the others. */
  readonly ofNoWard: number
  /** Children reached whose birth is not known: in none of the others. */
  readonly ofNoBirth: number
}

/** Counts children who were younger than an age at the end of a quarter, of records of a period that ends with it. */
export function measureYoung(rows: Iterable<BornRow>, to: Quarter, age: number): YoungChildren {
  const children = [...rows].filter(({ role }) => role === 'child')
  const births = new Map<number, string>()
  for (const { beneficiary, birth } of children) {
    const known = births.get(beneficiary) ?? ''
    births.set(beneficiary, known === '' || (birth !== '' && birth < known) ? birth : known)
  }
  const young = children.filter(({ beneficiary }) =>
    isUnder(births.get(beneficiary) ?? '', age, to),
  )
  const placed = young.filter(({ ward }) => ward !== '')
  const livesSomewhere = new Set(placed.map(({ beneficiary }) => beneficiary))
  const others = young.filter(({ beneficiary }) => !livesSomewhere.has(beneficiary))
  return {
    wards: measureReach(placed, ['ward']).cells.map(({ by: [ward = ''], ...of }) => ({
      ward,
      ...figuresOf(of),
    })),
    whole: figuresOf(measureReach(placed, []).unique),
    ofNoWard: new Set(others.map(({ beneficiary }) => beneficiary)).size,
    ofNoBirth: [...births.values()].filter((birth) => birth === '').length,
  }
}

function figuresOf({ people, lower, upper }: PeopleFigures): PeopleFigures {
  return { people, lower, upper }
}

/** Whether who was born in a month had fewer birthdays than `age` by a quarter's end; not where it is not known. */
export function isUnder(birth: string, age: number, quarter: Quarter): boolean {
  const { last } = quarterDays(quarter)
  const month = `${String(Number(last.slice(0, 4)) - age)}${last.slice(4, 7)}`
  return birth.length === 7 && birth > month
}

/** How many young people live in a ward, in the middle of a year. */
export interface WardPopulation {
  readonly ward: string
  readonly year: number
  readonly people: number
}

/** Of those who live in a ward, how many were reached, in per cent with its bounds; null where nobody lives there. */
export function shareReached(
  { people, lower, upper }: PeopleFigures,
  population: number,
): { readonly share: number; readonly lower: number; readonly upper: number } | null {
  if (population <= 0) return null
  const of = (count: number): number => (100 * count) / population
  return { share: of(people), lower: of(lower), upper: of(upper) }
}
