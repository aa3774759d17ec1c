import { fillGaps } from '#core/filling/fill-gaps.ts'
import type { Filling, FillingRule } from '#core/filling/rules.ts'
import type { RuleEffect } from '#core/filling/rule-effect.ts'
import type { Table } from '#core/tabular/table.ts'

/** Rows of text as a table, in batches of two. */
export function tableOf(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  beside: Partial<Pick<Table, 'receipt' | 'signs'>> = {},
): Table {
  return {
    header,
    receipt: { format: 'csv', date1904: false, headerRow: 1 },
    ...beside,
    async *batches() {
      for (let at = 0; at < rows.length; at += 2)
        yield await Promise.resolve({ firstRow: at + 1, rows: rows.slice(at, at + 2) })
    },
  }
}

/** Rules as a mapping holds them. */
export function fillingOf(rules: readonly FillingRule[]): Filling {
  return { version: 1, rules }
}

/** What rules make of a table: every row with its number, and what they did. */
export async function filledBy(
  rules: readonly FillingRule[],
  header: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<{
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly numbers: readonly number[]
  readonly filled: readonly (readonly number[])[]
  readonly effects: readonly RuleEffect[]
}> {
  return readAll(fillGaps(tableOf(header, rows), fillingOf(rules)))
}

/** A table that was read to its end. */
export async function readAll(table: Table): ReturnType<typeof filledBy> {
  const rows: (readonly string[])[] = []
  const numbers: number[] = []
  const filled: (readonly number[])[] = []
  for await (const batch of table.batches()) {
    rows.push(...batch.rows)
    numbers.push(...batch.rows.map((_, index) => batch.firstRow + index))
    filled.push(...(batch.filled ?? []))
  }
  return {
    header: table.header,
    rows,
    numbers,
    filled,
    effects: table.receipt.prepared?.gaps ?? [],
  }
}
