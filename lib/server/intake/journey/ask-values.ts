import type { Refusal } from '#server/platform/faults/fault.ts'
import type { AnsweredFile } from '#server/store/asker.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import type { showSamples } from './show-samples.ts'

/**
 * Asks a worker for a few values of each column as they are: they come sealed for the session of who
 * uploaded the file, and are opened in the request that holds its cookie.
 */
export function askSamples(
  { asker }: PortalStore,
  reference: string,
): Promise<Awaited<ReturnType<typeof showSamples>> | Refusal<'file-waits'>> {
  return asker.ask('samples', { reference })
}

/** Asks, for who uploaded it, for the file of a checked submission with what was found in each row. */
export function askFindingsFile(
  { asker }: PortalStore,
  reference: string,
): Promise<AnsweredFile | Refusal<'not-found' | 'not-uploader' | 'file-erased' | 'file-waits'>> {
  return asker.ask('findings-file', { reference })
}
