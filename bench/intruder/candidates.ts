import { ladderOf, type VariableCode } from '#core/research/variables.ts'
import type { Known } from './known.ts'
import type { Rooms } from './room.ts'

/** An extract as its researchers have it: the variables with the step each is told at, and rows of person, family and values. */
export interface Extracted {
  readonly variables: readonly VariableCode[]
  readonly steps: readonly number[]
  readonly rows: readonly (readonly string[])[]
}

/** What is known beside the person themself. */
export interface Beside {
  /** Who is of their family. */
  readonly relatives?: readonly Known[]
  /** What releases leave open of what is not known of them. */
  readonly rooms?: Rooms
}

/**
 * The rows that may be somebody of whom this is known, and with whom these are one family. Empty where none fits, so that what is
 * known was said otherwise elsewhere, or they are not in it.
 */
export function candidatesOf(
  { variables, steps, rows }: Extracted,
  known: Known,
  { relatives = [], rooms = new Map() }: Beside = {},
): readonly (readonly string[])[] {
  const at = (code: VariableCode, place: number, value: string): string =>
    ladderOf(code).at(value, steps[place] ?? 0)
  const fits = (row: readonly string[], who: Known): boolean =>
    variables.every((code, place) => {
      const value = who[code]
      return value === undefined || at(code, place, value) === row[place + 2]
    })
  const hasRoom = (row: readonly string[]): boolean =>
    variables.every((code, place) => {
      if (known[code] !== undefined) return true
      const finer = [...(rooms.get(code) ?? [])].filter(
        ([value]) => at(code, place, value) === row[place + 2],
      )
      return finer.length === 0 || finer.some(([, room]) => room > 0)
    })
  const families = Map.groupBy(rows, ([, family]) => family ?? '')
  return rows.filter((row) => {
    if (!fits(row, known) || !hasRoom(row)) return false
    const others = (families.get(row[1] ?? '') ?? []).filter((other) => other !== row)
    // A family that is not told excludes nobody.
    return row[1] === '' || relatives.every((who) => others.some((other) => fits(other, who)))
  })
}
