import type { Printed } from '#core/disclosure/printed.ts'
import type { MeanChange } from './paired-change.ts'
import type { Part } from './data-quality.ts'
import type { Spread } from './use-measures.ts'
import type { PeopleFigures } from '#core/reach/measure.ts'

/** A table of figures as data: what a page shows of it and what its files say are made of the same cells. */
export interface ToldTable {
  /** Letters, digits and spaces, 31 at most, its own on a page: what a worksheet is called. */
  readonly name: string
  readonly caption: string
  /** What the figures are of, and what is not in them. */
  readonly note?: string
  readonly columns: readonly ToldColumn[]
  readonly rows: readonly ToldRow[]
  /** A last row that sums nothing but counts each person once. */
  readonly total?: readonly Told[]
}

/** A column; its cells are all of its kind, or not known. The first column names the row. */
export interface ToldColumn {
  readonly name: string
  readonly is: ToldKind
  /** What is said where there is nothing, if that is not that it is not known. */
  readonly otherwise?: string
}

interface ToldRow {
  /** Its own in the table. */
  readonly key: string
  readonly cells: readonly Told[]
}

/** A share in per cent, with the least and the most it can be while possible matches are open. */
export interface ToldShare {
  readonly share: number
  readonly lower: number
  readonly upper: number
}

/** What cells of each kind hold; `points` are of per cent, `number` has one decimal at most, `printed` is of a
 * release, `step` says by how much a count is more than another. */
interface ToldKinds {
  readonly words: string
  readonly count: number
  readonly printed: Printed
  readonly step: number
  readonly number: number
  readonly percent: number
  readonly points: number
  readonly part: Part
  readonly between: PeopleFigures
  readonly share: ToldShare
  readonly spread: Spread
  readonly change: MeanChange
}

/** What a cell of a column may hold. */
export type ToldKind = keyof ToldKinds

/** A cell: null where nothing is known. */
export type Told = ToldKinds[ToldKind] | null

/** How a cell is written in a file: one column for each of its numbers. */
type Saved = Readonly<Record<string, (told: never) => string | number | null>>

/** The columns that a column of a kind is in a file, by what is added to its name. */
export const SAVED: Readonly<Record<ToldKind, Saved>> = {
  words: { '': (told: string) => told },
  count: { '': (told: number) => told },
  printed: { '': (told: Printed) => told },
  step: { '': (told: number) => told },
  number: { '': oneDecimal },
  percent: { ', per cent': oneDecimal },
  points: { ', points of per cent': oneDecimal },
  part: { '': ({ part }: Part) => part, ', of': ({ whole }: Part) => whole },
  between: {
    '': ({ people }: PeopleFigures) => people,
    ', at least': ({ lower }: PeopleFigures) => lower,
    ', at most': ({ upper }: PeopleFigures) => upper,
  },
  share: {
    ', per cent': ({ share }: ToldShare) => oneDecimal(share),
    ', per cent at least': ({ lower }: ToldShare) => oneDecimal(lower),
    ', per cent at most': ({ upper }: ToldShare) => oneDecimal(upper),
  },
  spread: {
    ', median': ({ median }: Spread) => oneDecimal(median),
    ', lower quartile': ({ lowerQuartile }: Spread) => oneDecimal(lowerQuartile),
    ', upper quartile': ({ upperQuartile }: Spread) => oneDecimal(upperQuartile),
  },
  change: {
    ', mean': ({ mean }: MeanChange) => oneDecimal(mean),
    ', 95% interval from': ({ interval }: MeanChange) =>
      interval === null ? null : oneDecimal(interval.low),
    ', 95% interval to': ({ interval }: MeanChange) =>
      interval === null ? null : oneDecimal(interval.high),
  },
}

/** What a file says where nothing is known. */
export const NOT_KNOWN = 'not known'

/** The headings of a table in a file. */
export function savedHeader({ columns }: ToldTable): string[] {
  return columns.flatMap(({ name, is }) => Object.keys(SAVED[is]).map((more) => `${name}${more}`))
}

/** Its rows below them, the total last; no cell is empty. */
export function savedRows({ columns, rows, total }: ToldTable): (string | number)[][] {
  const all = [...rows.map(({ cells }) => cells), ...(total === undefined ? [] : [total])]
  return all.map((cells) =>
    columns.flatMap(({ is, otherwise = NOT_KNOWN }, at) => {
      const told = cells[at] ?? null
      // The kind of the column says what its cells hold.
      return Object.values(SAVED[is]).map((write) =>
        told === null ? otherwise : (write(told as never) ?? NOT_KNOWN),
      )
    }),
  )
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10
}
