import { z } from 'zod'

/** The longest answer of a passkey that is looked at, in characters. */
export const LONGEST_ANSWER = 20_000

/** Bytes as a browser writes them, in base64url. */
export const answerBytes = z.string().regex(/^[A-Za-z0-9_-]{1,16000}$/)

/**
 * What a passkey answered as a browser wrote it, its `response` held to a schema; undefined for
 * anything else.
 */
export function readAnswer(given: string, response: z.ZodType): unknown {
  if (given.length > LONGEST_ANSWER) return undefined
  let json: unknown
  try {
    json = JSON.parse(given)
  } catch {
    return undefined
  }
  const answer = z.object({
    id: answerBytes,
    rawId: answerBytes,
    type: z.literal('public-key'),
    authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullish(),
    clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
    response,
  })
  return answer.safeParse(json).data
}
