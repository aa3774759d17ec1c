import { createHmac } from 'node:crypto'
import pg from 'pg'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { systemCode } from '#server/platform/faults/fault.ts'

/** The role of the portal's own connections. */
const ROLE = 'countonce_app'

/**
 * The address at which the portal connects as its own role, which owns nothing and is bound by row-level security. From the
 * owner's address: the role gets a password derived from the owner's, so that every process of an installation arrives at
 * the same one and nothing further is kept.
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
  const client = new pg.Client(ownerUrl)
  client.on('error', () => undefined)
  try {
    await client.connect()
    for (let tries = 1; ; tries += 1) {
      try {
        await client.query(`alter role ${ROLE} login password '${password}'`)
        return
      } catch (error) {
        // Another process of this installation does the same at this moment, and is done in the next.
        if (systemCode(error) !== 'XX000' || tries === 5) throw error
      }
    }
  } catch (error) {
    throw databaseFault(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}
