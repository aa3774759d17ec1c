import pg from 'pg'
import { bindDatabase } from '#server/platform/db/database.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'

/** Who signs in to the database, and the group of rights that each has; none takes on another. */
const GROUP_OF = {
  /** The pages: bound by row-level security, and reads no record, link or audit entry. */
  portal: 'countonce_app',
  /** Checks, links, counts: reads and writes every record, and owns nothing. */
  worker: 'countonce_worker',
  /** Reads records and links for exact screens. */
  exact: 'countonce_exact',
  /** Reads the audit log. */
  audit: 'countonce_audit_reader',
  /** Reads releases. */
  reader: 'countonce_reader',
} as const

/** A part of the server that signs in to the database as itself. */
export type Login = keyof typeof GROUP_OF

/**
 * The addresses at which parts of the server sign in as roles of their own, each with its own
 * `secret`: random bytes that every process of an installation has, and nobody else. From the
 * owner's address, whose rights are needed where a role is not there yet or has another password.
 * Throws `database-refused` where the server lets somebody else in by such an address.
 */
export async function openLoginRoles<L extends Login>(
  ownerUrl: string,
  secrets: Readonly<Record<L, Uint8Array>>,
): Promise<Readonly<Record<L, string>>> {
  const parts = Object.keys(secrets) as L[]
  const pool = openPool(ownerUrl, { max: 1 })
  try {
    const named = await run(pool, 'accounts/name-logins', [parts])
    const opened = await Promise.all(
      named.map(async ({ part, login, database }) => {
        const password = Buffer.from(secrets[part as L]).toString('base64url')
        const url = addressOf(ownerUrl, { part, login, database, password })
        if (!(await canSignIn(url, login))) {
          await allowSignIn(pool, { login, group: GROUP_OF[part as L], password })
          if (!(await canSignIn(url, login))) throw new Fault('database-refused', { login })
        }
        return [part, url] as const
      }),
    )
    return Object.fromEntries(opened) as Record<L, string>
  } finally {
    await pool.end()
  }
}

/**
 * Which parts sign in as the roles of their own with these secrets, as `openLoginRoles` would have
 * them; nothing is changed.
 */
export async function tryLoginRoles<L extends Login>(
  ownerUrl: string,
  secrets: Readonly<Record<L, Uint8Array>>,
): Promise<readonly L[]> {
  const pool = openPool(ownerUrl, { max: 1 })
  try {
    const named = await run(pool, 'accounts/name-logins', [Object.keys(secrets)])
    const tried = await Promise.all(
      named.map(async ({ part, login, database }) => {
        const password = Buffer.from(secrets[part as L]).toString('base64url')
        const url = addressOf(ownerUrl, { part, login, database, password })
        return (await canSignIn(url, login)) ? [part as L] : []
      }),
    )
    return tried.flat()
  } finally {
    await pool.end()
  }
}

/** Whether somebody's address signs in at all. */
export async function answersLogin(url: string): Promise<boolean> {
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

interface SignIn {
  readonly part: string
  readonly login: string
  readonly database: string
  readonly password: string
}

/**
 * Whose parameters name user and password: they count before what stands in front of the host, and
 * an address of a socket has no host that a user could stand in front of.
 */
function addressOf(ownerUrl: string, { part, login, database, password }: SignIn): string {
  const url = new URL(ownerUrl)
  url.username = ''
  url.password = ''
  url.pathname = `/${encodeURIComponent(database)}`
  url.searchParams.set('user', login)
  url.searchParams.set('password', password)
  url.searchParams.set('application_name', `countonce-${part}`)
  return url.href
}

/** Whether the address lets this role in, and not somebody else whom the server takes it for. */
async function canSignIn(url: string, login: string): Promise<boolean> {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await runForRow(client, 'accounts/read-own-login', [])).login === login
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** States of a role or database that was made or altered twice at once. */
const AT_ONCE = ['XX000', '23505', '42710']

async function allowSignIn(
  pool: pg.Pool,
  { login, group, password }: { login: string; group: string; password: string },
): Promise<void> {
  const owner = bindDatabase(pool, {
    'countonce.login': login,
    'countonce.group': group,
    'countonce.password': password,
  })
  for (let tries = 1; ; tries += 1) {
    try {
      await run(owner, 'accounts/open-login', [])
      return
    } catch (error) {
      // Another process does the same at this moment, and is done in the next.
      const state = error instanceof Fault ? error.detail['state'] : undefined
      const isAtOnce = AT_ONCE.some((code) => code === state)
      if (!isAtOnce || tries === 5) throw error
    }
  }
}
