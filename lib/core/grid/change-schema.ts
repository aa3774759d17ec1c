import { z } from 'zod'
import { CELLS_AT_ONCE, LONGEST_TEXT, type Change } from './grid-rows.ts'

const text = z.string().max(LONGEST_TEXT)
const column = z.int().min(0).max(1_000)

/** What a person does to a file at once, as it comes from a page. */
export const changeSchema: z.ZodType<Change> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('set'),
    cells: z
      .array(z.strictObject({ row: z.int().min(1), column, text }))
      .min(1)
      .max(CELLS_AT_ONCE),
  }),
  z.strictObject({
    kind: z.literal('replace'),
    ...{ column, find: text, replace: text, isWhole: z.boolean(), isExact: z.boolean() },
  }),
  z.strictObject({ kind: z.enum(['undo', 'redo', 'take-back']) }),
])
