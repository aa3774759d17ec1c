import { z } from 'zod'
import { FILLING } from '#core/filling/rules-schema.ts'
import { DEFAULT_LIMITS } from '#core/tabular/limits.ts'
import { ROW_SIGNS } from '#core/tabular/workbook/sheet-signs.ts'

/** A preparation as a mapping file has it, read as a stranger's. */

const heading = z.string().min(1).max(1000)
const headings = z.array(heading).max(DEFAULT_LIMITS.columns)
const mark = z.string().min(1).max(60)

/** At most this many children stand beside each other in one row. */
const MOST_CHILDREN = 12

export const PREPARATION = z.strictObject({
  addedColumns: headings.exactOptional(),
  sheets: z
    .union([z.enum(['alike', 'alike-and-hidden']), z.array(heading).min(1).max(100)])
    .exactOptional(),
  leaveOutMarked: z.array(z.enum(ROW_SIGNS)).max(ROW_SIGNS.length).exactOptional(),
  fillDown: z
    .strictObject({
      asAbove: headings.exactOptional(),
      blocks: headings.exactOptional(),
      reference: heading.exactOptional(),
    })
    .exactOptional(),
  register: z
    .strictObject({ absent: z.array(mark).max(50), named: headings.exactOptional() })
    .exactOptional(),
  childrenAcross: z
    .strictObject({
      children: z.array(z.record(heading, heading)).min(1).max(MOST_CHILDREN),
      reference: heading.exactOptional(),
    })
    .exactOptional(),
  filling: FILLING.exactOptional(),
  declined: z
    .array(z.enum(['sheets', 'family-blocks', 'register', 'children-across']))
    .max(4)
    .exactOptional(),
})
