import { z } from 'zod'
import { isUnsafeName } from '#core/mapping/unsafe-name.ts'
import { DERIVATIONS, FILLING_LIMITS, FILLING_VERSION } from './rules.ts'

/** A list of rules as a mapping file or a form has it, read as a stranger's. */

const heading = z
  .string()
  .min(1)
  .max(FILLING_LIMITS.heading)
  .refine((text) => text.trim() !== '' && !isUnsafeName(text))
const word = z.string().max(FILLING_LIMITS.value)
const filled = word.refine((text) => text.trim() !== '')
const separator = z.string().max(FILLING_LIMITS.separator)
const when = z.literal('always').exactOptional()

function words(becomes: z.ZodType<string>): z.ZodType<{ word: string; becomes: string }[]> {
  return z
    .array(z.strictObject({ word: filled, becomes }))
    .min(1)
    .max(FILLING_LIMITS.words)
}

export const FILLING_RULE = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('default'), column: heading, when, value: filled }),
  z.strictObject({
    ...{ kind: z.literal('look-up'), column: heading, when, from: heading },
    words: words(filled),
  }),
  z.strictObject({ kind: z.literal('translate'), column: heading, words: words(word) }),
  z.strictObject({ kind: z.literal('copy-above'), column: heading }),
  z.strictObject({ kind: z.literal('take-from'), column: heading, when, from: heading }),
  z.strictObject({
    ...{ kind: z.literal('split'), column: heading, when, from: heading },
    separator: separator.min(1),
    part: z.union([z.int().min(1).max(FILLING_LIMITS.part), z.literal('last')]),
  }),
  z.strictObject({
    ...{ kind: z.literal('join'), column: heading, when },
    from: z.array(heading).min(2).max(FILLING_LIMITS.joined),
    separator,
  }),
  z.strictObject({
    ...{ kind: z.literal('derive'), column: heading, when, from: heading },
    what: z.enum(DERIVATIONS),
  }),
])

export const FILLING = z.strictObject({
  version: z.literal(FILLING_VERSION),
  rules: z.array(FILLING_RULE).max(FILLING_LIMITS.rules),
})
