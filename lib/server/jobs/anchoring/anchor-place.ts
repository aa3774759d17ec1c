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
  const folder = env['ANCHOR_FOLDER'] ?? ''
  const address = given(env['ANCHOR_STORAGE']) ?? given(env['BLOB_STORAGE'])
  if (folder !== '' || address === undefined) {
    return openFolderOnce(folder === '' ? join(dataDir, 'anchors') : folder)
  }
  // What speaks to the cloud takes longer to load than everything else here.
  const { openContainerOnce } = await import('#server/platform/storage/once-written-container.ts')
  const container = given(env['ANCHOR_CONTAINER']) ?? 'audit-anchors'
  const days = Number(given(env['ANCHOR_DAYS']) ?? DAYS)
  return openContainerOnce({ address, container }, Number.isSafeInteger(days) ? days : DAYS)
}

function given(setting: string | undefined): string | undefined {
  return setting === '' ? undefined : setting
}
