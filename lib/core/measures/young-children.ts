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

/** Young children reached of a ward and an age. */
export interface YoungCell extends PeopleFigures {
  /** Blank for all wards together, where each child counts once. */
  readonly ward: string
  /** In years, at the end of the period; null for all ages together. */
  readonly age: number | null
}

/** Young children reached. */
export interface YoungChildren {
  /** Of each ward and age with any, of each ward, of each age, and of all together; by ward, then by age, all ages last. */
  readonly cells: readonly YoungCell[]
  /** Young children reached whom no record places in a ward of the programme: in no cell. */
  readonly ofNoWard: number
  /** Children reached whose birth is not known: in no cell. */
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
  const young = children.flatMap((row) => {
    const years = ageAt(births.get(row.beneficiary) ?? '', to)
    return years === undefined || years >= age ? [] : [{ ...row, years }]
  })
  const placed = young.filter(({ ward }) => ward !== '')
  const livesSomewhere = new Set(placed.map(({ beneficiary }) => beneficiary))
  const others = young.filter(({ beneficiary }) => !livesSomewhere.has(beneficiary))
  const wards = ['', ...new Set(placed.map(({ ward }) => ward))].sort()
  const ages = [...Array.from({ length: age }, (_, years) => years), null]
  return {
    cells: wards.flatMap((ward) =>
      ages.flatMap((years) => {
        const own = placed.filter(
          (row) => (ward === '' || row.ward === ward) && (years === null || row.years === years),
        )
        const { people, lower, upper } = measureReach(own, []).unique
        return people === 0 ? [] : [{ ...{ ward, age: years }, ...{ people, lower, upper } }]
      }),
    ),
    ofNoWard: new Set(others.map(({ beneficiary }) => beneficiary)).size,
    ofNoBirth: [...births.values()].filter((birth) => birth === '').length,
  }
}

/**
 * How many birthdays who was born in a month had by a quarter's end; 0 of a birth after it, undefined where the month is not
 * known.
 */
export function ageAt(birth: string, quarter: Quarter): number | undefined {
  if (birth.length !== 7) return undefined
  const { last } = quarterDays(quarter)
  const years = Number(last.slice(0, 4)) - Number(birth.slice(0, 4))
  return Math.max(0, birth.slice(5) > last.slice(5, 7) ? years - 1 : years)
}

/** How many people of an age live in a ward, in the middle of a year. */
export interface WardPopulation {
  readonly ward: string
  readonly year: number
  readonly age: number
  readonly people: number
}

/** One ward and age, or several together: who was reached, and who lives there. */
export interface ReachedOf {
  /** Blank for all wards, and null for all ages. */
  readonly ward: string
  readonly age: number | null
  readonly reached: PeopleFigures
  /** Null where it is not known of every ward in it. */
  readonly living: number | null
}

const NOBODY: PeopleFigures = { people: 0, lower: 0, upper: 0 }

/**
 * Young children of each of some wards and of each age below one, with all ages and, first, all wards together, beside how many
 * live there: also where nobody was reached.
 */
export function besidePopulation(
  { cells }: YoungChildren,
  populations: readonly WardPopulation[],
  { wards, age }: { readonly wards: readonly string[]; readonly age: number },
): ReachedOf[] {
  const keyOf = (ward: string, years: number | null): string => JSON.stringify([ward, years])
  const reached = new Map(cells.map((cell) => [keyOf(cell.ward, cell.age), cell]))
  const known = new Set(populations.map(({ ward }) => ward))
  const ages = Array.from({ length: age }, (_, years) => years)
  return ['', ...wards].flatMap((ward) => {
    const within = ward === '' ? wards : [ward]
    const living = (years: number | null): number | null =>
      within.some((one) => !known.has(one)) || within.length === 0
        ? null
        : populations
            .filter((of) => within.includes(of.ward) && (years === null || of.age === years))
            .reduce((sum, { people }) => sum + people, 0)
    return [...ages, null].map((years) => {
      const { people, lower, upper } = reached.get(keyOf(ward, years)) ?? NOBODY
      return { ...{ ward, age: years }, reached: { people, lower, upper }, living: living(years) }
    })
  })
}

/**
 * Of those who live somewhere, how many were not reached, with the bounds that possible matches leave; null where nobody knows
 * how many live there. Never fewer than nobody: more may be reached than live there, where files and population do not agree.
 */
export function notReached({ reached, living }: ReachedOf): PeopleFigures | null {
  if (living === null) return null
  const left = (count: number): number => Math.max(0, living - count)
  return { people: left(reached.people), lower: left(reached.upper), upper: left(reached.lower) }
}

/**
 * The part that one group has of those who were reached, the part it has of those who live there, and by how many points of per
 * cent the first is above the second; null where either is of nobody or not known.
 */
export function profileOf(
  group: ReachedOf,
  whole: ReachedOf,
): { readonly reached: number; readonly living: number; readonly gap: number } | null {
  if (whole.reached.people === 0 || group.living === null || !((whole.living ?? 0) > 0)) return null
  const reached = (100 * group.reached.people) / whole.reached.people
  const living = (100 * group.living) / (whole.living ?? 0)
  return { reached, living, gap: reached - living }
}

/** Of those who live somewhere, how many were reached, in per cent with its bounds; null where it is not known or nobody does. */
export function shareReached({
  reached: { people, lower, upper },
  living,
}: ReachedOf): { readonly share: number; readonly lower: number; readonly upper: number } | null {
  if (living === null || living <= 0) return null
  const of = (count: number): number => (100 * count) / living
  return { share: of(people), lower: of(lower), upper: of(upper) }
}
