import { familiesToName } from './families.ts'
import { countAlike, generalise, tell, type Protection } from './generalise.ts'
import { ladderOf, type VariableCode } from './variables.ts'

/** An extract of people for a piece of research: what is told of each, and what that cost. */

/** A person of the cohort: their values exactly, in the order of the variables, and two pseudonyms of the extract. */
export interface CohortPerson {
  readonly person: string
  /** Undefined where files connect them with nobody. */
  readonly family: string | undefined
  readonly values: readonly string[]
}

/** Rows of an extract, and how they were made. */
export interface ResearchTable {
  readonly variables: readonly VariableCode[]
  /** The step at which each is told. */
  readonly steps: readonly number[]
  /** By pseudonym: person, family (empty where it may not be told) and what is told in the order of the variables. */
  readonly rows: readonly (readonly string[])[]
  readonly leftOut: number
  /** From 0 to 1, as `generalise` says. */
  readonly loss: number
  /** How many people share what is told of the one whom the fewest share it with. */
  readonly fewest: number
}

/** How often every combination occurs, and how many may be left out for that. */
export const RESEARCH_PROTECTION: Protection = { least: 5, mostLeftOut: 0.1 }

/**
 * Tells of each person as much as can be so that every combination of values occurs at least `least` times, and so does the
 * make-up of every family that is named. Undefined where that tells nothing at all, or there are too few. Rows stand in the order
 * of their pseudonyms, which is nobody's.
 */
export function makeExtract(
  people: readonly CohortPerson[],
  variables: readonly VariableCode[],
  protection: Protection = RESEARCH_PROTECTION,
): ResearchTable | undefined {
  const ladders = variables.map(ladderOf)
  const found = generalise(
    people.map(({ values }) => values),
    ladders,
    protection,
  )
  if (found === undefined || found.loss >= 1) return undefined
  const staying = people
    .filter((_, place) => found.stays[place] === true)
    .sort((a, b) => (a.person < b.person ? -1 : 1))
  const told = staying.map(({ values }) => tell(values, ladders, found.steps))
  const named = familiesToName(
    told,
    staying.map(({ family }) => family),
    protection.least,
  )
  const rows = staying.map(({ person, family = '' }, place) => [
    ...[person, named[place] === true ? family : ''],
    ...(told[place] ?? []),
  ])
  const { steps, leftOut, loss } = found
  return { variables, steps, rows, leftOut, loss, fewest: fewestAlike(rows) }
}

/** How often the rarest combination of what rows tell occurs, whatever made them; 0 of none. */
export function fewestAlike(rows: readonly (readonly string[])[]): number {
  const counts = countAlike(rows.map((row) => row.slice(2)))
  return counts.size === 0 ? 0 : Math.min(...counts.values())
}

/** How many families are named that may not be, by `familiesToName`; none in what `makeExtract` makes. */
export function rareFamilies(rows: readonly (readonly string[])[], least: number): number {
  const families = rows.map((row) => (row[1] === '' ? undefined : row[1]))
  const named = familiesToName(
    rows.map((row) => row.slice(2)),
    families,
    least,
  )
  const rare = families.filter((family, row) => family !== undefined && named[row] !== true)
  return new Set(rare).size
}

/**
 * Rows of the same shape that are about nobody: as many, with the same columns and words, each drawn by lot alone. `draw`
 * gives a number from 0 to below its argument.
 */
export function makeTwin(
  { rows, variables }: Pick<ResearchTable, 'rows' | 'variables'>,
  draw: (below: number) => number,
): readonly (readonly string[])[] {
  const words = variables.map((_, column) => wordsOfColumn(rows, column + 2))
  return rows.map((_, place) => [
    ...[`TWIN-${String(place + 1).padStart(6, '0')}`, twinFamily(rows.length, draw)],
    ...words.map((of) => of[draw(of.length)] ?? ''),
  ])
}

/** About a third of invented people belong to nobody, the others to families of two to three. */
function twinFamily(people: number, draw: (below: number) => number): string {
  return draw(3) === 0 ? '' : `TWIN-FAMILY-${String(draw(Math.ceil(people / 3)) + 1)}`
}

/** The words that a column has, in order. */
export function wordsOfColumn(
  rows: readonly (readonly string[])[],
  column: number,
): readonly string[] {
  return [...new Set(rows.map((row) => row[column] ?? ''))].sort()
}
