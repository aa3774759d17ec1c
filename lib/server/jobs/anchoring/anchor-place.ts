import { join } from 'node:path'
import { openFolderOnce } from '#server/platform/storage/once-written-folder.ts'
import type { OnceWritten } from '#server/platform/storage/once-written.ts'
import type { Store } from '#server/store/store.ts'

/** How long an anchor cannot be changed where storage allows it: over a year, in days. */
const DAYS = 400

/**
 * Where anchors of the audit trail are kept: in the folder ANCHOR_FOLDER of `env`, or the container
 * ANCHOR_CONTAINER (default `audit-anchors`) of the Azure store ANCHOR_STORAGE or BLOB_STORAGE, each
 * for ANCHOR_DAYS; or in `<dataDir>/anchors`.
 */
export async function openAnchorPlace({
  dataDir,
  env,
}: Pick<Store, 'dataDir' | 'env'>): Promise<OnceWritten> {
  const address = storageOf(env)
  if (address === undefined) {
    return openFolderOnce(given(env['ANCHOR_FOLDER']) ?? join(dataDir, 'anchors'))
  }
  // What speaks to the cloud takes longer to load than everything else here.
  const { openContainerOnce } = await import('#server/platform/storage/once-written-container.ts')
  const container = given(env['ANCHOR_CONTAINER']) ?? 'audit-anchors'
  const days = Number(given(env['ANCHOR_DAYS']) ?? DAYS)
  return openContainerOnce({ address, container }, Number.isSafeInteger(days) ? days : DAYS)
}

/** Whether anchors go to storage elsewhere; a folder of this machine protects less. */
export function anchorsAreElsewhere(env: Store['env']): boolean {
  return storageOf(env) !== undefined
}

/** The address of the storage; a folder that is named goes first. */
function storageOf(env: Store['env']): string | undefined {
  if (given(env['ANCHOR_FOLDER']) !== undefined) return undefined
  return given(env['ANCHOR_STORAGE']) ?? given(env['BLOB_STORAGE'])
}

function given(setting: string | undefined): string | undefined {
  return setting === '' ? undefined : setting
}
