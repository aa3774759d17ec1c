import { z } from 'zod'
import { OTHER_ROW_CODES, type OtherRowCode } from './left-out-row.ts'

/**
 * Rows that somebody says are people, though they do not look so: they are kept as any other row.
 * They are said of one file, never of a service's next.
 */
export interface KeptPeople {
  /** Findings of which every row is a person. */
  readonly codes?: readonly OtherRowCode[]
  readonly rows?: readonly KeptRow[]
}

/** A row in the spreadsheet's own numbers. */
export interface KeptRow {
  readonly row: number
  /** Of any sheet that is read, where none is said. */
  readonly sheet?: string
}

/** Most rows that are told one by one. */
export const MOST_KEPT_ROWS = 1_000

const LAST_ROW = 9_999_999

/** What is kept, as a mapping file or a store has it. */
export const KEPT_PEOPLE = z.strictObject({
  codes: z.array(z.enum(OTHER_ROW_CODES)).max(OTHER_ROW_CODES.length).exactOptional(),
  rows: z
    .array(
      z.strictObject({
        row: z.int().min(1).max(LAST_ROW),
        sheet: z.string().min(1).max(1000).exactOptional(),
      }),
    )
    .max(MOST_KEPT_ROWS)
    .exactOptional(),
})

/** Every row that seems to be no person’s is a person. */
export const ALL_PEOPLE: KeptPeople = { codes: OTHER_ROW_CODES }

/** Both together. */
export function withKept(before: KeptPeople | undefined, more: KeptPeople): KeptPeople {
  const codes = [...new Set([...(before?.codes ?? []), ...(more.codes ?? [])])]
  const rows = [...(before?.rows ?? [])]
  for (const each of more.rows ?? [])
    if (!rows.some(({ row, sheet }) => row === each.row && sheet === each.sheet)) rows.push(each)
  return {
    ...(codes.length === 0 ? {} : { codes }),
    ...(rows.length === 0 ? {} : { rows }),
  }
}

/**
 * Row numbers as a person writes them: “14, 18-20”. Undefined for anything else, and for more than
 * `MOST_KEPT_ROWS`.
 */
export function readRowNumbers(text: string): readonly number[] | undefined {
  const numbers = new Set<number>()
  const parts = text
    .replace(/\s+/g, ' ')
    .replace(/ ?[-–] ?/g, '-')
    .split(/[,; ]/)
  for (const part of parts.filter((each) => each !== '')) {
    const [, first = '', last = first] =
      /^([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?$/.exec(part) ?? []
    const [from, to] = [Number(first), Number(last)]
    if (first === '' || to < from || to - from >= MOST_KEPT_ROWS) return undefined
    for (let number = from; number <= to; number += 1) numbers.add(number)
    if (numbers.size > MOST_KEPT_ROWS) return undefined
  }
  return numbers.size === 0 ? undefined : [...numbers].sort((left, right) => left - right)
}
