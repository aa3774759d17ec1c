import { createHmac } from 'node:crypto'
import pg from 'pg'
import { bindDatabase } from '#server/platform/db/database.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'

/** The role of the portal's own connections. */
const ROLE = 'countonce_app'

/**
 * The address at which the portal connects as its own role, which owns nothing and is bound by
 * row-level security. From the owner's address: the role gets a password derived from the owner's,
 * so that every process of an installation arrives at the same one and nothing further is kept.
 */
export async function openPortalRole(ownerUrl: string): Promise<string> {
  const url = new URL(ownerUrl)
  const password = createHmac('sha256', decodeURIComponent(url.password))
    .update(`role ${ROLE}`)
    .digest('base64url')
  url.username = ROLE
  url.password = password
  url.searchParams.set('application_name', 'countonce-portal')
  if (!(await canConnect(url.href))) await allowSignIn(ownerUrl, password)
  return url.href
}

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

async function allowSignIn(ownerUrl: string, password: string): Promise<void> {
  const pool = openPool(ownerUrl, { max: 1 })
  const owner = bindDatabase(pool, { 'countonce.password': password })
  try {
    for (let tries = 1; ; tries += 1) {
      try {
        await run(owner, 'accounts/open-portal-role', [])
        return
      } catch (error) {
        // Another process of this installation does the same at this moment, and is done in the
        // next.
        const isAtOnce = error instanceof Fault && error.detail['state'] === 'XX000'
        if (!isAtOnce || tries === 5) throw error
      }
    }
  } finally {
    await pool.end()
  }
}
