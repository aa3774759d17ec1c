import type { Refusal } from '#server/platform/faults/fault.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { eraseSent, type SentFiles } from './sent-files.ts'
import type { takeHashedFiles } from './take-hashed.ts'
import type { HashedDestination } from './verify-manifest.ts'

/** Whether what was sent is to be taken as hashed at source. */
export function isHashed({ data, manifests, signatures }: SentFiles): boolean {
  return manifests.length > 0 || signatures.length > 0 || data.some((file) => file.isHashed)
}

/**
 * Has a worker verify hashed files that lie in the store, which takes a source key. What it refuses it
 * erases; where none answers they are erased here, and are to be sent again.
 */
export async function askHashed(
  { asker, files }: PortalStore,
  { service, quarter, kind }: HashedDestination,
  { data, manifests, signatures }: SentFiles,
  actor: string,
): Promise<Awaited<ReturnType<typeof takeHashedFiles>> | Refusal<'file-waits'>> {
  const taken = await asker.ask<Awaited<ReturnType<typeof takeHashedFiles>>>('hashed', {
    destination: {
      ...{ service: service.code, quarter },
      ...(kind === undefined ? {} : { kind }),
    },
    actor,
    sent: {
      data: data.map(({ id, size, sha256, isHashed: is }) => ({ id, size, sha256, isHashed: is })),
      manifests: manifests.map((bytes) => Buffer.from(bytes).toString('base64')),
      signatures,
    },
  })
  if (!taken.ok && taken.code === 'file-waits') await eraseSent(files, data)
  return taken
}
