import { z } from 'zod'

/** The fields of StepFields. */
export const stepFields = {
  reference: z.string().regex(/^SU-[0-9A-Z-]{1,40}$/),
  version: z.coerce.number().int().min(0),
}
