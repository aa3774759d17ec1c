import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import { argonPasswords } from '#server/identity/accounts/passwords.ts'
import { demandEncryption } from '#server/platform/db/encrypted-connection.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { openCurrentKeys } from '#server/keys/current-keys.ts'
import type { Keys } from '#server/keys/keys.ts'
import { openPortalKey } from '#server/keys/portal-key.ts'
import { openMailer } from '#server/platform/mail/mailer.ts'
import {
  listWards,
  readProgramme,
  type Programme,
} from '#server/programme/register/read-programme.ts'
import { openFileStore, type FileStore } from '#server/platform/storage/file-store.ts'
import { readPortalSettings, type PortalSettings } from './portal-settings.ts'

/** What the pages of one process work with. */
export interface Portal {
  readonly settings: PortalSettings
  readonly programme: Programme
  /** As they are now: keys are rotated while the portal runs. */
  readonly keys: () => Promise<Keys>
  /**
   * The files that are held; opened when first asked for, since a store in the cloud is a walk
   * away.
   */
  readonly files: () => Promise<FileStore>
  /** Without `later`, which belongs to a request. */
  readonly accounts: Omit<AccountContext, 'later'>
}

const CONNECTIONS = 8

/** One of a process, whichever bundle of it asks. */
const HOLDER = Symbol.for('countonce.portal')

/**
 * The portal of this process, opened when first asked for; what fails is tried again by the next
 * who asks.
 */
export async function openPortal(): Promise<Portal> {
  const holder = globalThis as { [HOLDER]?: (() => Promise<Portal>) | undefined }
  holder[HOLDER] ??= onceOpened(() => open(process.env))
  return holder[HOLDER]()
}

async function open(env: NodeJS.ProcessEnv): Promise<Portal> {
  const settings = readPortalSettings(env)
  const { dataDir } = settings
  const pool = openPool(settings.databaseUrl, { max: CONNECTIONS })
  const programme = await readProgramme(pool)
  if (programme.live) await demandEncryption(pool)
  const keys = openCurrentKeys({ dataDir, env, live: programme.live }, pool)
  const { files, demonstration } = await keys()
  const wards = await listWards(pool)
  return {
    settings,
    programme,
    keys,
    files: onceOpened(() => openFileStore({ dataDir, env, keys: files })),
    accounts: {
      pool,
      now: () => new Date(),
      portalKey: await openPortalKey({ dataDir, env }),
      passwords: argonPasswords(),
      pause: async (wait) => {
        if (wait > 0) await setTimeout(wait)
      },
      mailer: openMailer({
        smtpUrl: settings.smtpUrl,
        from: settings.mailFrom,
        folder: join(dataDir, 'mail'),
        live: programme.live,
      }),
      origin: settings.origin,
      programme: {
        name: programme.name,
        words: [programme.code, programme.name, ...wards.map(({ name }) => name)],
      },
      demonstration: !programme.live && demonstration,
    },
  }
}

/** What `open` gives, opened once; what fails is tried again by the next who asks. */
function onceOpened<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }
}
