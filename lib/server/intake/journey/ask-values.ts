import { z } from 'zod'
import { Fault, type Refusal } from '#server/platform/faults/fault.ts'
import type { AnsweredFile } from '#server/store/asker.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import type { Unread } from '#server/store/unread.ts'
import type { showSamples } from './show-samples.ts'

/** A few values of each column as they are, in the order of the columns. */
export interface SamplesShown {
  readonly ok: true
  readonly samples: readonly (readonly string[])[]
}

/** As a reading process wrote them, which a file may have taken over. */
const samplesShown = z.strictObject({ ok: z.literal(true), samples: z.array(z.array(z.string())) })

type SamplesRefusal = Exclude<Awaited<ReturnType<typeof showSamples>>, Unread>

/**
 * Asks a worker for a few values of each column as they are: they come sealed for the session of who
 * uploaded the file, and are opened in the request that holds its cookie.
 */
export async function askSamples(
  { asker }: PortalStore,
  reference: string,
): Promise<SamplesShown | SamplesRefusal | Refusal<'file-waits'>> {
  const asked = await asker.ask<SamplesShown | SamplesRefusal>('samples', { reference })
  if (!asked.ok) return asked
  const shown = samplesShown.safeParse(asked)
  // What zod says of it may quote it.
  if (!shown.success) throw new Fault('reading-failed', { at: 'what the process sent' })
  return shown.data
}

/** Asks, for who uploaded it, for the file of a checked submission with what was found in each row. */
export function askFindingsFile(
  { asker }: PortalStore,
  reference: string,
): Promise<AnsweredFile | Refusal<'not-found' | 'not-uploader' | 'file-erased' | 'file-waits'>> {
  return asker.ask('findings-file', { reference })
}
