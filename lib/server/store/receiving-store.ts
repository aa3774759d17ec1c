import type { PortalSecrets } from '#server/keys/portal-secrets.ts'
import type { Database } from '#server/platform/db/database.ts'
import type { SealedFiles } from '#server/platform/storage/file-store.ts'
import type { Programme } from '#server/programme/register/read-programme.ts'
import type { Asker } from './asker.ts'

/** What takes files and follows them on their way, and opens none of them. */
export interface ReceivingStore {
  /** As whoever works on it reaches it: its owner the whole, an actor of the portal their rows. */
  readonly database: Database
  readonly programme: Programme
  readonly secrets: PortalSecrets
  readonly files: SealedFiles
}

/** The store in the portal's process: whatever a file says is asked of a worker. */
export interface PortalStore extends ReceivingStore {
  readonly asker: Asker
}
