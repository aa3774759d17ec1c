import { join } from 'node:path'
import { openFolderOnce } from '#server/platform/storage/once-written-folder.ts'
import type { OnceWritten } from '#server/platform/storage/once-written.ts'
import type { Store } from './store.ts'

/** A note of a stop is locked for a day at least, where storage allows it. */
const DAYS = 1

/**
 * Where it is noted, outside the database and in none of its backups, who is kept out: in the folder
 * STOP_FOLDER of `env`, or the container STOP_CONTAINER (default `stop-list`) of the Azure store
 * ANCHOR_STORAGE or BLOB_STORAGE; or in `<dataDir>/stop-list`. Each note is sealed.
 */
export async function openStopPlace({
  dataDir,
  env,
}: Pick<Store, 'dataDir' | 'env'>): Promise<OnceWritten> {
  const folder = given(env['STOP_FOLDER'])
  const address = given(env['ANCHOR_STORAGE']) ?? given(env['BLOB_STORAGE'])
  if (folder !== undefined || address === undefined) {
    return openFolderOnce(folder ?? join(dataDir, 'stop-list'))
  }
  // What speaks to the cloud takes longer to load than everything else here.
  const { openContainerOnce } = await import('#server/platform/storage/once-written-container.ts')
  const container = given(env['STOP_CONTAINER']) ?? 'stop-list'
  return openContainerOnce({ address, container }, DAYS)
}

function given(setting: string | undefined): string | undefined {
  return setting === '' ? undefined : setting
}
