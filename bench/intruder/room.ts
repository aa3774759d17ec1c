import { intervalOf, type Printed } from '#core/disclosure/printed.ts'
import type { DisclosureSettings } from '#core/disclosure/settings.ts'
import type { VariableCode } from '#core/research/variables.ts'
import type { Known } from './known.ts'

/** One released figure of everybody who was reached in the time of an extract. */
export interface ReleasedCount {
  readonly code: VariableCode
  readonly value: string
  /** Whom it counts: people of one kind, or everybody. */
  readonly kind: 'child' | 'adult' | undefined
  readonly printed: Printed
}

/** For each variable and value, how many more people of a kind may have it than an intruder knows to have it. */
export type Rooms = ReadonlyMap<VariableCode, ReadonlyMap<string, number>>

/**
 * What releases and everybody whom an intruder knows leave open: the most that a released figure can stand for, less the
 * known people in it. Where that is nothing, whoever is not known to have the value does not have it.
 */
export function roomsFor(
  counts: readonly ReleasedCount[],
  settings: DisclosureSettings,
  kind: string | undefined,
  known: readonly Known[],
): Rooms {
  const rooms = new Map<VariableCode, Map<string, number>>()
  for (const { code, value, kind: of, printed } of counts) {
    if (of !== undefined && of !== kind) continue
    const taken = known.filter(
      (one) => one[code] === value && (of === undefined || one.kind === of),
    )
    const left = intervalOf(printed, settings).greatest - taken.length
    const values = rooms.get(code) ?? new Map<string, number>()
    rooms.set(code, values)
    values.set(value, Math.min(left, values.get(value) ?? Number.POSITIVE_INFINITY))
  }
  return rooms
}
