import { ladderOf, type VariableCode } from '#core/research/variables.ts'

/** What an intruder knows of somebody: some of the variables, exactly. */
export type Known = Readonly<Partial<Record<VariableCode, string>>>

/** An extract as its researchers have it: the variables with the step each is told at, and rows of person, family and values. */
export interface Extracted {
  readonly variables: readonly VariableCode[]
  readonly steps: readonly number[]
  readonly rows: readonly (readonly string[])[]
}

/**
 * The rows that may be somebody of whom this is known, and with whom these are one family. Empty where none fits, so that what is
 * known was said otherwise elsewhere, or they are not in it.
 */
export function candidatesOf(
  { variables, steps, rows }: Extracted,
  known: Known,
  relatives: readonly Known[] = [],
): readonly (readonly string[])[] {
  const fits = (row: readonly string[], who: Known): boolean =>
    variables.every((code, place) => {
      const value = who[code]
      return value === undefined || ladderOf(code).at(value, steps[place] ?? 0) === row[place + 2]
    })
  const families = Map.groupBy(rows, ([, family]) => family ?? '')
  return rows.filter((row) => {
    if (!fits(row, known)) return false
    const others = (families.get(row[1] ?? '') ?? []).filter((other) => other !== row)
    // A family that is not told excludes nobody.
    return row[1] === '' || relatives.every((who) => others.some((other) => fits(other, who)))
  })
}
