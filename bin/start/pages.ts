import type { RunningPortal } from '#server/portal/start-portal.ts'
import type { ProgrammeStore } from '#server/store.ts'
import { print, say } from '../terminal.ts'

/** The portal, as long as it runs. */
export type Pages = RunningPortal

/** Starts the portal on the store, its pages built where they are not; loaded here alone, since little else of a start needs it. */
export async function startPages(store: ProgrammeStore, port: number): Promise<Pages> {
  const { startPortal } = await import('#server/portal/start-portal.ts')
  const { databaseUrl, dataDir, env } = store
  return startPortal({ databaseUrl, dataDir, env, port, onNotice: say })
}

/** Prints the accounts of a demonstration and how to get their codes; nothing where anything is live. */
export async function sayAccounts(store: ProgrammeStore): Promise<void> {
  const { pool, dataDir, env, programme, keys } = store
  if (programme.live || !keys.demonstration) return
  const { makeDemonstrationAccounts } = await import('#server/accounts/demonstration-accounts.ts')
  const { argonPasswords } = await import('#server/accounts/passwords.ts')
  const { openPortalKey } = await import('#server/keys/portal-key.ts')
  const portalKey = await openPortalKey({ dataDir, env })
  const passwords = argonPasswords()
  const made = await makeDemonstrationAccounts({ pool, portalKey, passwords, programme, keys })
  if (!made.ok) return
  for (const { email, role, providerName } of made.accounts) {
    print(
      `           ${email.padEnd(40)} ${role}${providerName === null ? '' : `, ${providerName}`}`,
    )
  }
  print(`           password ${made.accounts[0]?.password ?? ''} for all of them`)
  print(`           a one-time code: npx countonce demo code EMAIL (the sign-in page shows it too)`)
}
