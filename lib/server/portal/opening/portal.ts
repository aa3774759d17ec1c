import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import { keepingMailer } from '#server/identity/mails/kept-mails.ts'
import { argonPasswords } from '#server/identity/accounts/passwords.ts'
import { rolesWithPassword } from '#server/identity/sign-on/password-roles.ts'
import { readCredential, type SignOnSettings } from '#server/identity/sign-on/sign-on-settings.ts'
import { Looks } from '#server/identity/audit/looks.ts'
import type { Database } from '#server/platform/db/database.ts'
import { demandEncryption } from '#server/platform/db/encrypted-connection.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { demandKeysApart } from '#server/keys/key-places.ts'
import { openPortalSecrets, type PortalSecrets } from '#server/keys/portal-secrets.ts'
import { openMailer, type Mailer } from '#server/platform/mail/mailer.ts'
import {
  listWards,
  readProgramme,
  type Programme,
} from '#server/programme/register/read-programme.ts'
import { readPasswordRoles } from '#server/programme/register/sign-on-rules.ts'
import type { Blobs } from '#server/platform/storage/blobs.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import {
  openBlobs,
  sealedFilesOver,
  type SealedFiles,
} from '#server/platform/storage/file-store.ts'
import { readPortalSettings, type PortalSettings } from './portal-settings.ts'

/** What the pages of one process work with. */
export interface Portal {
  readonly settings: PortalSettings
  /** As the register had it when it was read last. */
  readonly programme: Programme
  /** Reads the programme anew: administrators change its name and years. */
  readonly rereadProgramme: () => Promise<void>
  /** The way out for mails, which fails while no server takes them; `accounts` has one that keeps them. */
  readonly mailer: Mailer
  /** All that is secret here: none of it opens an upload or makes a pseudonym. */
  readonly secrets: PortalSecrets
  /**
   * Where the bytes of files are; opened when first asked for, since a store in the cloud is a walk
   * away.
   */
  readonly blobs: () => Promise<Blobs>
  /** The files that are held, sealed. */
  readonly files: () => Promise<SealedFiles>
  /** The one way to records, exact figures and the audit log. */
  readonly looks: Looks
  /** Signed in as a role that reads releases and nothing about a person. */
  readonly releases: Database
  /** The organisation whose accounts sign in here; undefined for none. */
  readonly signOn: SignOnSettings | undefined
  /** Without `later`, which belongs to a request. */
  readonly accounts: Omit<AccountContext, 'later'>
}

const CONNECTIONS = 8
/** For pages of released figures; opened when somebody asks for one. */
const RELEASE_CONNECTIONS = 4

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
  const { exact, audit, reader } = settings.readerUrls
  const looks = new Looks({ exact, audit })
  const releases = openPool(reader, { max: RELEASE_CONNECTIONS })
  const kept = { programme: await readProgramme(pool) }
  const { programme } = kept
  if (programme.live) {
    for (const connections of [pool, releases]) await demandEncryption(connections)
    await looks.demandEncryption()
    await demandKeysApart({ dataDir, env }, 'portal')
  }
  const secrets = await openPortalSecrets({ dataDir, env })
  const { demonstration } = await secrets.card()
  if (programme.live && demonstration) throw new Fault('keys-demonstration')
  const signOn = await openSignOn(settings, secrets)
  const blobs = onceOpened(() => openBlobs({ dataDir, env }))
  const wards = await listWards(pool)
  const mailer = openMailer({
    smtpUrl: settings.smtpUrl,
    from: settings.mailFrom,
    folder: join(dataDir, 'mail'),
    live: programme.live,
  })
  return {
    settings,
    mailer,
    get programme() {
      return kept.programme
    },
    rereadProgramme: async () => {
      kept.programme = await readProgramme(pool)
    },
    looks,
    releases,
    secrets,
    blobs,
    files: async () => sealedFilesOver(await blobs(), secrets.files),
    signOn,
    accounts: {
      pool,
      now: () => new Date(),
      portalKey: secrets.portalKey,
      passwords: argonPasswords(),
      passwordRoles: rolesWithPassword(signOn !== undefined, await readPasswordRoles(pool)),
      hasSignOn: signOn !== undefined,
      pause: async (wait) => {
        if (wait > 0) await setTimeout(wait)
      },
      mailer: keepingMailer(mailer, { pool, portalKey: secrets.portalKey, now: () => new Date() }),
      origin: settings.origin,
      get programme() {
        const { code, name } = kept.programme
        return { name, words: [code, name, ...wards.map((ward) => ward.name)] }
      },
      demonstration: !programme.live && demonstration,
    },
  }
}

/** The organisation with what proves us to it; throws `sign-on-secret-missing` where nothing does. */
async function openSignOn(
  { signOn }: PortalSettings,
  secrets: PortalSecrets,
): Promise<SignOnSettings | undefined> {
  if (signOn === undefined) return undefined
  const credential = readCredential((await secrets.signOn()) ?? new Uint8Array())
  if (credential === undefined) throw new Fault('sign-on-secret-missing')
  return { ...signOn, credential }
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
