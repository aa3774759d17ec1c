import { createHash, createHmac, randomBytes } from 'node:crypto'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLoginRoles, type Login } from '#server/identity/actors/login-roles.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { prepareQueues } from '#server/platform/queue/send-job.ts'
import { openLogins, withoutOwner } from '#server/store/logins.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import { makeDataFolder } from '../../setup/data-folder.ts'

/** What a hostile reader of this repository, who reaches the database or has one login, can try. */

const LOGINS = ['portal', 'worker', 'exact', 'audit', 'reader'] as const
const GROUP: Readonly<Record<Login, string>> = {
  portal: 'countonce_app',
  worker: 'countonce_worker',
  exact: 'countonce_exact',
  audit: 'countonce_audit_reader',
  reader: 'countonce_reader',
}

let database: TestDatabase
let owner: pg.Pool
let urls: Readonly<Record<Login, string>>
beforeAll(async () => {
  database = await createTestDatabase()
  owner = openPool(database.url)
  await prepareQueues(owner)
  urls = await openLoginRoles(database.url, secrets())
})
afterAll(async () => {
  await owner.end()
  await database.drop()
})

function secrets(): Record<Login, Uint8Array> {
  return {
    portal: randomBytes(32),
    worker: randomBytes(32),
    exact: randomBytes(32),
    audit: randomBytes(32),
    reader: randomBytes(32),
  }
}

async function signIn(url: string): Promise<string> {
  const [row] = (await ask(url, 'select session_user::text as name')) as { name: string }[]
  return row?.name ?? ''
}

async function ask(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  try {
    await client.connect()
    let rows: unknown[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows as unknown[]
    return rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

function at(url: string, user: string, password: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  return changed.href
}

function userOf(url: string): string {
  return new URL(url).searchParams.get('user') ?? ''
}

function passwordOf(url: string): string {
  return new URL(url).searchParams.get('password') ?? ''
}

describe('[S71] a login', () => {
  test('signs in with random bytes, and with nothing that follows from the owner’s password', async () => {
    const ownerPassword = decodeURIComponent(new URL(database.url).password)
    for (const part of LOGINS) {
      const login = await signIn(urls[part])
      expect(login).toBe(userOf(urls[part]))
      expect(login).toMatch(new RegExp(`^countonce_${part}_[0-9a-f]{12}$`))
      const keys = [
        ownerPassword,
        '',
        login,
        'countonce',
        part,
        ...LOGINS.map((of) => passwordOf(urls[of])),
      ]
      const guesses = keys.flatMap((key) => [
        ...(key === passwordOf(urls[part]) ? [] : [key]),
        createHmac('sha256', key).update('role countonce_app').digest('base64url'),
        createHmac('sha256', key).update(`role ${login}`).digest('base64url'),
        createHash('sha256').update(key).digest('base64url'),
      ])
      const tries = await Promise.allSettled(
        guesses.flatMap((guess) => [
          signIn(at(database.url, login, guess)),
          signIn(at(database.url, GROUP[part], guess)),
        ]),
      )
      expect(tries.filter(({ status }) => status === 'fulfilled')).toEqual([])
    }
    expect(new Set(LOGINS.map((part) => passwordOf(urls[part]))).size).toBe(LOGINS.length)
  })

  test('has one password whoever asks first, and not that of before once it is another', async () => {
    const exact = randomBytes(32)
    const [first, second] = await Promise.all([
      openLoginRoles(database.url, { exact }),
      openLoginRoles(database.url, { exact }),
    ])
    expect(second).toEqual(first)
    await signIn(first.exact)
    const next = await openLoginRoles(database.url, { exact: randomBytes(32) })
    await signIn(next.exact)
    await expect(signIn(first.exact)).rejects.toThrow()
    urls = { ...urls, exact: next.exact }
  })

  test('is told from the owner by an address that has the owner’s name or password elsewhere', async () => {
    const { hostname, port, username, password, pathname } = new URL(database.url)
    const asParameters = new URL(`postgresql:///${pathname.slice(1)}`)
    for (const [name, value] of Object.entries({ host: hostname, port, user: username, password }))
      asParameters.searchParams.set(name, decodeURIComponent(value))
    const asVariable = new URL(database.url)
    asVariable.password = ''
    process.env['PGPASSWORD'] = decodeURIComponent(password)
    try {
      for (const address of [asParameters, asVariable]) {
        const reader = randomBytes(32)
        const opened = await openLoginRoles(address.href, { reader })
        expect(await signIn(opened.reader)).toBe(userOf(urls.reader))
        urls = { ...urls, reader: opened.reader }
      }
    } finally {
      delete process.env['PGPASSWORD']
    }
  })

  test('takes nothing of the owner’s into its process', () => {
    const env = {
      ...{ PATH: '/bin', PGHOST: 'db', PGUSER: 'owner', PGPASSWORD: 'x', PGPASSFILE: 'y' },
      ...{ DATABASE_URL: 'z', WORKER_DATABASE_URL: 'z', KEYS: 'k', EMPTY: undefined },
    }
    expect(withoutOwner(env)).toEqual({ PATH: '/bin', PGHOST: 'db', KEYS: 'k' })
  })

  test('is refused where the role of its name has more rights than its own', async () => {
    const login = userOf(urls.audit)
    await owner.query(`alter role ${login} createrole`)
    try {
      await expect(openLoginRoles(database.url, { audit: randomBytes(32) })).rejects.toThrow(
        'database-refused',
      )
    } finally {
      await owner.query(`alter role ${login} nocreaterole`)
    }
  })

  test('of another programme on the same server is another, and none connects to the other’s database', async () => {
    const other = await createTestDatabase()
    try {
      const theirs = await openLoginRoles(other.url, secrets())
      for (const part of LOGINS) {
        expect(userOf(theirs[part])).not.toBe(userOf(urls[part]))
        const across = new URL(theirs[part])
        across.pathname = new URL(database.url).pathname
        await expect(signIn(across.href)).rejects.toMatchObject({ code: '42501' })
      }
    } finally {
      await other.drop()
    }
  })
})

describe('[S71] the secret of a login', () => {
  const inFolder = (dataDir: string, url = database.url) => ({ dataDir, env: {}, databaseUrl: url })

  const secretFile = (dataDir: string, part: Login) =>
    join(dataDir, 'keys', part === 'worker' ? 'worker' : 'portal', `${part}-role`)

  test('is one, made by whoever comes first, in a file for its owner alone', async () => {
    const dataDir = await makeDataFolder()
    const opened = await Promise.all([
      openLogins(inFolder(dataDir), LOGINS),
      openLogins(inFolder(dataDir), LOGINS),
    ])
    expect(opened[1]).toEqual(opened[0])
    for (const part of LOGINS) {
      expect(await signIn(opened[0][part])).toBe(userOf(urls[part]))
      const file = secretFile(dataDir, part)
      expect((await stat(file)).mode & 0o777).toBe(0o600)
      expect((await readFile(file)).toString('base64url')).toBe(passwordOf(opened[0][part]))
    }
    urls = opened[0]
  })

  test('that is lost is made anew, and the database takes the new one', async () => {
    const dataDir = await makeDataFolder()
    const before = await openLogins(inFolder(dataDir), ['worker', 'exact'])
    await rm(secretFile(dataDir, 'exact'))
    const after = await openLogins(inFolder(dataDir), ['worker', 'exact'])
    expect(after.worker).toBe(before.worker)
    expect(passwordOf(after.exact)).not.toBe(passwordOf(before.exact))
    await signIn(after.exact)
    await expect(signIn(before.exact)).rejects.toThrow()
    urls = { ...urls, ...after }
  })

  test('of zeros, words or repetition is refused', async () => {
    const dataDir = await makeDataFolder()
    urls = { ...urls, ...(await openLogins(inFolder(dataDir), ['audit'])) }
    for (const weak of [
      new Uint8Array(32),
      Buffer.from('correct horse battery staple and'),
      new Uint8Array(8),
    ]) {
      await writeFile(secretFile(dataDir, 'audit'), weak)
      await expect(openLogins(inFolder(dataDir), ['audit'])).rejects.toThrow('keys-weak')
    }
  })

  test('is not used where an address is given, nor the owner’s', async () => {
    const env = { EXACT_DATABASE_URL: 'postgresql://ours@db/countonce' }
    const opened = await openLogins({ dataDir: 'nowhere', env, databaseUrl: 'none' }, ['exact'])
    expect(opened).toEqual({ exact: env.EXACT_DATABASE_URL })
  })
})

/** Why PostgreSQL says no. */
const NOT_ALLOWED = '42501'

/** The state with which PostgreSQL refuses; none where it does not. */
async function refusalOf(asked: Promise<unknown>): Promise<string | undefined> {
  return asked.then(
    () => undefined,
    (error: unknown) => (error as { readonly code?: string }).code,
  )
}

describe('[S71] [S16] whoever has one login', () => {
  test('owns nothing, is no superuser, bypasses nothing, and is a member of its own group alone', async () => {
    const { rows } = await owner.query(
      `select r.rolname as login,
              rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls as more,
              exists (select from pg_class where relowner = r.oid)
                or exists (select from pg_proc where proowner = r.oid) as owns,
              array(select g.rolname::text from pg_auth_members m join pg_roles g on g.oid = m.roleid
                     where m.member = r.oid) as groups
         from pg_roles r where rolname = any($1)`,
      [LOGINS.map((part) => userOf(urls[part]))],
    )
    expect(rows).toHaveLength(LOGINS.length)
    expect(rows).toEqual(
      expect.arrayContaining(
        LOGINS.map((part) => ({
          ...{ login: userOf(urls[part]), more: false, owns: false },
          groups: [GROUP[part]],
        })),
      ),
    )
    const members = async (): Promise<unknown> => {
      const { rows: groups } = await owner.query(
        `select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.member
          where r.rolname = any($1)`,
        [Object.values(GROUP)],
      )
      return groups
    }
    // Roles are the server's: while a database beside this one is being made, its first migrations give what a later one takes.
    await expect.poll(members, { timeout: 20_000 }).toEqual([])
  })

  test.each(LOGINS)('%s: becomes nobody else', async (part) => {
    for (const other of LOGINS) {
      if (other === part) continue
      for (const role of [userOf(urls[other]), GROUP[other]]) {
        for (const become of [`set role ${role}`, `set session authorization ${role}`]) {
          await expect
            .poll(() => refusalOf(ask(urls[part], become)), { timeout: 20_000, message: become })
            .toBe(NOT_ALLOWED)
        }
      }
    }
    await expect(ask(urls[part], 'set role countonce')).rejects.toMatchObject({ code: NOT_ALLOWED })
    const asOwner = `set_config('role', 'countonce', false)`
    await expect(ask(urls[part], `select ${asOwner}`)).rejects.toMatchObject({ code: NOT_ALLOWED })
  })

  test.each(LOGINS)(
    '%s: changes no role, right, table or setting of the server, and reaches no file or program',
    async (part) => {
      const other = userOf(urls[part === 'portal' ? 'worker' : 'portal'])
      const tried = [
        `alter role ${userOf(urls[part])} superuser`,
        `alter role ${userOf(urls[part])} createrole`,
        `alter role ${other} password 'known'`,
        `create role mine`,
        `grant ${other} to ${userOf(urls[part])}`,
        `grant countonce_worker to ${userOf(urls[part])}`,
        `grant all on _prisma_migrations to public`,
        `create table public.mine (id int)`,
        `create function public.mine() returns int language sql as 'select 1'`,
        `create schema mine`,
        `create extension file_fdw`,
        `create database mine`,
        `alter table audit_event disable trigger all`,
        `alter table submission no force row level security`,
        `alter policy submission_actor on submission using (true)`,
        `drop table audit_event`,
        `alter system set log_statement = 'all'`,
        `select pg_read_file('PG_VERSION')`,
        `select pg_ls_dir('.')`,
        `select lo_import('/etc/hostname')`,
        `copy (select 1) to program 'true'`,
        `copy (select 1) to '/tmp/taken'`,
        `select * from pg_authid`,
        `select pg_reload_conf()`,
        `set session_replication_role = replica`,
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'countonce' limit 1`,
      ]
      for (const statement of tried) {
        await expect(ask(urls[part], statement), statement).rejects.toMatchObject({
          code: NOT_ALLOWED,
        })
      }
    },
  )

  test.each(LOGINS)(
    '%s: adds to the audit log through its one door alone, and changes nothing in it',
    async (part) => {
      for (const statement of [
        `insert into audit_event select * from audit_event`,
        `update audit_event set actor = 'U-X'`,
        `delete from audit_event`,
        `truncate audit_event`,
        `update audit_head set seq = 0`,
        `delete from audit_head`,
        `truncate audit_head`,
      ]) {
        await expect(ask(urls[part], statement), statement).rejects.toMatchObject({
          code: NOT_ALLOWED,
        })
      }
    },
  )

  /** What each may read, of what tells most. */
  const READS: Readonly<Record<string, readonly Login[]>> = {
    '* from record': ['worker', 'exact'],
    '* from record_production': ['worker', 'exact'],
    '* from link': ['worker', 'exact'],
    '* from beneficiary': ['worker', 'exact'],
    '* from decision': ['worker', 'exact'],
    '* from evidence': ['worker'],
    '* from evidence_production': ['worker'],
    '* from recent_evidence': ['worker'],
    '* from audit_event': ['worker', 'audit'],
    '* from audit_head': ['worker', 'audit'],
    '* from release_cell': ['worker', 'reader'],
    '* from release_use_cell': ['worker', 'reader'],
    '* from release_signature': ['worker', 'reader'],
    'digest from portal_session': ['portal', 'worker'],
    'digest from sign_in_step': ['portal'],
    'digest from recovery_code': ['portal'],
    'digest from password_link': ['portal'],
  }

  test.each(LOGINS)('%s: reads what is its own and nothing else', async (part) => {
    for (const [what, readers] of Object.entries(READS)) {
      const asked = ask(urls[part], `select ${what} limit 0`)
      if (readers.includes(part)) await expect(asked, what).resolves.toEqual([])
      else await expect(asked, what).rejects.toMatchObject({ code: NOT_ALLOWED })
    }
    for (const secret of ['password_hash', 'code_seed']) {
      const asked = ask(urls[part], `select ${secret} from portal_user limit 1`)
      if (part === 'portal') await expect(asked).resolves.toEqual([])
      else await expect(asked, secret).rejects.toMatchObject({ code: NOT_ALLOWED })
    }
  })

  test.each(['exact', 'audit', 'reader'] as const)('%s: writes nothing', async (part) => {
    const { rows } = await owner.query<{ written: string }>(
      `select relname as written from pg_class
        where relkind in ('r', 'p') and relnamespace in ('public'::regnamespace, 'pgboss'::regnamespace)
          and has_table_privilege($1, oid, 'insert, update, delete, truncate, trigger')`,
      [userOf(urls[part])],
    )
    // Answers that were counted are kept with the links they were counted from.
    expect(rows).toEqual(part === 'exact' ? [{ written: 'exact_answer' }] : [])
  })
})
