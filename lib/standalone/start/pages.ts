import { join } from 'node:path'
import { quarterWords } from '#core/standard/quarter.ts'
import { readManifest } from '#demonstration/load-demonstration.ts'
import { listServices } from '#server/programme/register/list-register.ts'
import type { RunningPortal } from '#server/portal/serving/start-portal.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { offerHasherPage } from './hasher-page.ts'

/** A portal that is kept running. */
export interface KeptPages {
  /** Where to open it. */
  readonly origin: () => string
  stop(): Promise<void>
}

/** A portal that ends sooner than this would only end again, in milliseconds. */
const GOOD_RUN = 60_000
const BEFORE_AGAIN = 1_000

/**
 * Begins to build the pages where they are not built, while something else is made: keepPages waits
 * for it, and says what was wrong with it.
 */
export function preparePages(onNotice: (notice: string) => void): void {
  void import('#server/portal/serving/build-portal.ts')
    .then(({ buildPortal }) => buildPortal(onNotice))
    .catch(() => undefined)
}

/**
 * Starts the portal on the store, its pages built where they are not, and starts it again at its
 * port when it ends by itself. What it is made of is loaded here alone, since little else of a
 * start needs it.
 */
export async function keepPages(
  store: OwnProgrammeStore,
  port: number,
  onNotice: (notice: string) => void,
): Promise<KeptPages> {
  const { startPortal } = await import('#server/portal/serving/start-portal.ts')
  const { databaseUrl, dataDir, env } = store
  const hasher = offerHasherPage(onNotice)
  const start = (at: number): Promise<RunningPortal> =>
    startPortal({ databaseUrl, dataDir, env, port: at, onNotice })
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let portal = await start(port)
  await hasher
  watch(Date.now())

  function watch(since: number): void {
    void portal.ended.then(() => {
      if (stopping) return
      if (Date.now() - since < GOOD_RUN) {
        onNotice(
          'The portal ended, and would end again: see above. The database and the worker are still running.',
        )
        return
      }
      onNotice('The portal ended and is started again.')
      timer = setTimeout(() => {
        start(portal.port).then(
          (started) => {
            portal = started
            if (stopping) void portal.stop()
            watch(Date.now())
          },
          () => {
            onNotice(
              'The portal did not start again: see above. The database and the worker are still running.',
            )
          },
        )
      }, BEFORE_AGAIN)
    })
  }

  return {
    origin: () => portal.origin,
    async stop() {
      stopping = true
      clearTimeout(timer)
      await portal.stop()
    },
  }
}

/** Prints where the portal is and, for a demonstration, its accounts and how to get their codes. */
export async function sayPages(
  store: OwnProgrammeStore,
  origin: string,
  print: (line: string) => void,
): Promise<void> {
  print(`portal     ${origin}`)
  const { pool, dataDir, env, programme, keys } = store
  if (programme.live || !keys.demonstration) return
  const { makeDemonstrationAccounts } = await import('#demonstration/demonstration-accounts.ts')
  const { argonPasswords } = await import('#server/identity/accounts/passwords.ts')
  const { openPortalKey } = await import('#server/keys/portal-key.ts')
  const portalKey = await openPortalKey({ dataDir, env })
  const passwords = argonPasswords()
  const made = await makeDemonstrationAccounts({ pool, portalKey, passwords, programme, keys })
  if (!made.ok) return
  for (const { email, role, providerName } of made.accounts) {
    const whose = providerName === null ? '' : ` of ${providerName}`
    print(`           ${email.padEnd(40)} ${role}${whose}`)
  }
  print(`           password ${made.accounts[0]?.password ?? ''} for all of them`)
  print(`           one-time code: npx countonce demo code EMAIL (the sign-in page shows it too)`)
  const folder = join(dataDir, 'demonstration')
  const manifest = await readManifest(folder)
  const services = await listServices(pool, null)
  for (const { service, quarter, file } of manifest?.leftOver ?? []) {
    const of = services.find(({ code }) => code === service)
    const sender = made.accounts.find(({ providerName }) => providerName === of?.providerName)
    print(`to upload  ${join(folder, file)}`)
    print(`           ${of?.name ?? service}, ${quarterWords(quarter)}, as ${sender?.email ?? ''}`)
  }
  if (env['SMTP_URL'] === undefined) print(`mails      ${join(dataDir, 'mail')}`)
}
