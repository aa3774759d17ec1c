import pg from 'pg'
import { bindDatabase } from '#server/platform/db/database.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'

/**
 * The address at which the portal connects as a role of its own, which owns nothing and is bound by
 * row-level security. From the owner's address; `secret` are random bytes that every process of an
 * installation has, and nobody else.
 */
export async function openPortalRole(ownerUrl: string, secret: Uint8Array): Promise<string> {
  const password = Buffer.from(secret).toString('base64url')
  const pool = openPool(ownerUrl, { max: 1 })
  try {
    const { login } = await runForRow(pool, 'accounts/read-portal-login', [])
    const url = new URL(ownerUrl)
    url.username = login
    url.password = password
    url.searchParams.set('application_name', 'countonce-portal')
    if (!(await canConnect(url.href))) await allowSignIn(pool, password)
    return url.href
  } finally {
    await pool.end()
  }
}

/** States of a role that was made or altered twice at once. */
const AT_ONCE = ['XX000', '23505', '42710']

async function canConnect(url: string): Promise<boolean> {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function allowSignIn(pool: pg.Pool, password: string): Promise<void> {
  const owner = bindDatabase(pool, { 'countonce.password': password })
  for (let tries = 1; ; tries += 1) {
    try {
      await run(owner, 'accounts/open-portal-role', [])
      return
    } catch (error) {
      // Another process does the same at this moment, and is done in the next.
      const state = error instanceof Fault ? error.detail['state'] : undefined
      const isAtOnce = AT_ONCE.some((code) => code === state)
      if (!isAtOnce || tries === 5) throw error
    }
  }
}
