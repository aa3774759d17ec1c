import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '#server/platform/opening/open-database.ts'
import type { OpenDatabaseOptions } from '#standalone/postgres/embedded.ts'

const PATIENCE = { timeout: 20_000 }

let parent: string
let dataDir: string

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  await chmod(parent, 0o711)
  dataDir = join(parent, 'data')
})

afterAll(() => rm(parent, { recursive: true, force: true }))

interface Opened {
  readonly url: string
  readonly notices: string[]
  readonly close: () => Promise<void>
}

async function opened(options: Partial<OpenDatabaseOptions> = {}): Promise<Opened> {
  const notices: string[] = []
  const database = await openDatabase({
    dataDir,
    onNotice: (notice) => notices.push(notice),
    ...options,
  })
  onTestFinished(() => database.close())
  return { ...database, notices }
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows as unknown[]
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function serverPid(folder = join(dataDir, 'postgres')): Promise<number | undefined> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')
  return text === '' ? undefined : Number(text.split('\n')[0])
}

/**
 * Another process that opens the same database, says so, and waits; it closes on a line from us.
 */
async function otherProcess(): Promise<{
  child: ChildProcess
  url: string
  ended: Promise<NodeJS.Signals | number | null>
}> {
  const script = `import { openDatabase } from '#server/platform/opening/open-database.ts'
    const database = await openDatabase({ dataDir: process.argv[1] })
    console.log(database.url)
    process.stdin.once('data', () => void database.close().then(() => process.exit()))`
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal ?? code)
    })
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => {
      resolve(line.toString().trim())
    })
    child.once('exit', () => {
      reject(new Error('the other process ended'))
    })
  })
  return { child, url, ended }
}

/** A process's number, which must be there: 0 would mean every process of this group. */
function told(pid: number | undefined): number {
  if (pid === undefined || !(pid > 0)) throw new Error('no process is named')
  return pid
}

function occupy(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(port, '127.0.0.1', () => {
      resolve(server)
    })
  })
}

describe('the embedded database', () => {
  test('is made on first use: PostgreSQL 18, in UTF-8, on the loopback address, with a password of its own', async () => {
    const { url, close } = await opened()
    const shown = await ask(
      url,
      `select current_setting('server_version_num')::int / 10000 as version,
              current_setting('server_encoding') as encoding,
              current_setting('listen_addresses') as listens,
              current_setting('unix_socket_directories') as sockets,
              current_setting('synchronous_commit') as commits,
              (select datlocale from pg_database where datname = current_database()) as locale,
              (select bool_and(rolpassword like 'SCRAM-SHA-256$%') from pg_authid where rolcanlogin) as scram`,
    )
    expect(shown).toEqual([
      {
        version: 18,
        encoding: 'UTF8',
        listens: '127.0.0.1',
        sockets: '',
        commits: 'on',
        locale: 'C.UTF-8',
        scram: true,
      },
    ])
    for (const file of ['postgres.password', 'postgres.json', 'logs/postgres.log']) {
      expect((await stat(join(dataDir, file))).mode & 0o777, file).toBe(0o600)
    }
    const wrong = new URL(url)
    wrong.password = 'guessed'
    await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    await close()
    expect(await serverPid()).toBeUndefined()
  })

  test('is not kept for somebody who has not proved who they are', async () => {
    const { url, close } = await opened()
    const { hostname, port, username, pathname } = new URL(url)
    const at = { host: hostname, port: Number(port), user: username, database: pathname.slice(1) }
    await new Promise<void>((resolve) => {
      const undecided = new pg.Client({
        ...at,
        application_name: 'undecided',
        // Asked for its password, it thinks for ever.
        password: () => {
          resolve()
          return new Promise<string>(() => undefined)
        },
      })
      undecided.on('error', () => undefined)
      undecided.connect().catch(() => undefined)
    })
    await close()
    expect(await serverPid()).toBeUndefined()
  })

  test('keeps what was committed over stop and start', async () => {
    const first = await opened()
    await ask(first.url, 'create table kept as select 42 as answer')
    await first.close()
    const second = await opened()
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('is shared by processes, and the last one out stops it', async () => {
    const here = await opened()
    const pid = await serverPid()
    const there = await otherProcess()
    expect(new URL(there.url).port).toBe(new URL(here.url).port)
    expect(await serverPid()).toBe(pid)
    await here.close()
    expect(await ask(there.url, 'select 1 as one')).toEqual([{ one: 1 }])
    there.child.stdin?.write('close\n')
    expect(await there.ended).toBe(0)
    expect(await serverPid()).toBeUndefined()
  })

  test('is made once by four who open it at the same moment in an empty folder', async () => {
    const folder = join(parent, 'together')
    const all = await Promise.all(
      Array.from({ length: 4 }, () => openDatabase({ dataDir: folder })),
    )
    expect(new Set(all.map(({ url }) => new URL(url).port)).size).toBe(1)
    await Promise.all(all.map(({ close }) => close()))
    expect(await serverPid(join(folder, 'postgres'))).toBeUndefined()
  })

  test('is not held open by a process that was killed', async () => {
    const here = await opened()
    const there = await otherProcess()
    there.child.kill('SIGKILL')
    await there.ended
    await expect
      .poll(
        () =>
          ask(
            here.url,
            `select from pg_stat_activity where application_name like 'countonce-${there.child.pid ?? 0}-%'`,
          ),
        PATIENCE,
      )
      .toEqual([])
    await here.close()
    expect(await serverPid()).toBeUndefined()
  })

  test.each(['countonce-worker', 'countonce-1-a1b2c3'])(
    'is not held open by what %s was at when it ended',
    async (name) => {
      const here = await opened()
      const url = new URL(here.url)
      url.searchParams.set('application_name', name)
      const client = new pg.Client(url.href)
      client.on('error', () => undefined)
      await client.connect()
      const sleeping = client.query('select pg_sleep(60)').catch(() => 'gone')
      await client.end()
      const isAtIt = `select 1 as one from pg_stat_activity where application_name = '${name}'`
      expect(await ask(here.url, isAtIt)).toEqual([{ one: 1 }])
      await here.close()
      expect(await serverPid()).toBeUndefined()
      expect(await sleeping).toBe('gone')
    },
  )

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'is closed cleanly by %s, with which the process ends',
    async (signal) => {
      const there = await otherProcess()
      there.child.kill(signal)
      expect(await there.ended).toBe(signal)
      expect(await serverPid()).toBeUndefined()
    },
  )

  test('goes on running where that is asked for, and is stopped by the next', async () => {
    const first = await opened({ keepRunning: true })
    const pid = await serverPid()
    await first.close()
    expect(await serverPid()).toBe(pid)
    const second = await opened()
    expect(await serverPid()).toBe(pid)
    await second.close()
    expect(await serverPid()).toBeUndefined()
  })

  test('[S45] starts again after kill -9 of the server, with all that was committed and nothing else', async () => {
    const first = await opened()
    await ask(first.url, 'create table survived as select 1 as id')
    const writing = new pg.Client(first.url)
    writing.on('error', () => undefined)
    await writing.connect()
    await writing.query('begin')
    await writing.query('insert into survived values (2)')
    process.kill(told(await serverPid()), 'SIGKILL')
    const second = await opened()
    expect(await ask(second.url, 'select id from survived')).toEqual([{ id: 1 }])
    await first.close()
    await second.close()
    expect(await serverPid()).toBeUndefined()
  })

  test('[S45] starts again when the process number it last had is somebody else’s', async () => {
    const first = await opened({ keepRunning: true })
    const pidFile = join(dataDir, 'postgres', 'postmaster.pid')
    const lines = (await readFile(pidFile, 'utf8')).split('\n')
    process.kill(told(Number(lines[0])), 'SIGKILL')
    await first.close()
    await expect.poll(() => ask(first.url, 'select 1').catch(() => 'gone'), PATIENCE).toBe('gone')
    await writeFile(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'))
    const second = await opened()
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('gives way when its port is taken, says so, and keeps to the new one', async () => {
    const first = await opened()
    const port = Number(new URL(first.url).port)
    await first.close()
    const squatter = await occupy(port)
    const second = await opened()
    const next = Number(new URL(second.url).port)
    expect(next).toBeGreaterThan(port)
    expect(second.notices).toEqual([`Port ${port} is in use: the database listens on ${next}.`])
    await second.close()
    await new Promise((resolve) => squatter.close(resolve))
    const third = await opened()
    expect(Number(new URL(third.url).port)).toBe(next)
    expect(third.notices).toEqual([])
  })

  test('[S38] writes no value of a row and no statement to its log, whatever fails', async () => {
    const { url, close } = await opened()
    const canary = 'Canary-Ffion-9434765919'
    const client = new pg.Client(url)
    client.on('error', () => undefined)
    await client.connect()
    await client.query('create table person (id int primary key, name text unique, born date)')
    await client.query('insert into person values (1, $1)', [canary])
    const failing: [string, unknown[]][] = [
      ['insert into person values (2, $1)', [canary]],
      [`insert into person values (2, '${canary}')`, []],
      [`select '${canary}'::int`, []],
      ['select $1::text::int', [canary]],
      [`insert into person values (3, null, '${canary}')`, []],
      [`select ${canary.replaceAll('-', '_')} from person`, []],
      [`do $$ begin raise warning '${canary}'; raise exception '${canary}'; end $$`, []],
      [`this is not SQL ${canary}`, []],
      [`select pg_sleep(10), '${canary}'`, []],
    ]
    await client.query(`set statement_timeout = '200ms'`)
    for (const [sql, values] of failing) {
      await expect(client.query(sql, values), sql).rejects.toBeInstanceOf(pg.DatabaseError)
    }
    // The message about a crashed backend quotes its query, but for the settings.
    await client.query('set statement_timeout = 0')
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const sleeping = client.query(`select pg_sleep(30), '${canary}'`).catch(() => 'crashed')
    await new Promise((resolve) => setTimeout(resolve, 100))
    process.kill(told(rows[0]?.pid), 'SIGKILL')
    expect(await sleeping).toBe('crashed')
    await expect
      .poll(() => ask(url, 'select 1 as one').catch(() => 'recovering'), PATIENCE)
      .toEqual([{ one: 1 }])
    await close()
    expect(await serverPid()).toBeUndefined()
    const log = await readFile(join(dataDir, 'logs', 'postgres.log'), 'utf8')
    expect(log).toContain('was terminated by signal 9')
    expect(log).not.toMatch(/canary|ffion|9434765919/i)
    expect(log).not.toMatch(/insert into|select |ERROR:|WARNING:/i)
  })

  test('makes anew what a killed first start left half made', async () => {
    const folder = join(parent, 'half')
    await mkdir(join(folder, 'postgres.new'), { recursive: true })
    await writeFile(join(folder, 'postgres.new', 'PG_VERSION'), '18\n')
    await writeFile(join(folder, 'postgres.pw'), 'old')
    await writeFile(join(folder, 'postgres.lock'), '999999999 gone\n')
    const { url, close } = await opened({ dataDir: folder })
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
    await close()
    await expect(stat(join(folder, 'postgres.pw'))).rejects.toThrow('ENOENT')
    await expect(stat(join(folder, 'postgres.new'))).rejects.toThrow('ENOENT')
  })

  test.runIf(process.getuid?.() === 0)(
    'as root in a private folder lies where its user can reach it, says so, and is found again',
    async () => {
      const hidden = await mkdtemp(join(tmpdir(), 'countonce-test-'))
      const first = await opened({ dataDir: join(hidden, 'data') })
      const { folder } = JSON.parse(
        await readFile(join(hidden, 'data', 'postgres.json'), 'utf8'),
      ) as { folder: string }
      onTestFinished(async () => {
        await rm(hidden, { recursive: true, force: true })
        await rm(join(folder, '..'), { recursive: true, force: true })
      })
      expect(folder.startsWith('/var/lib/count-once/')).toBe(true)
      expect(first.notices).toEqual([expect.stringContaining(folder)])
      await ask(first.url, 'create table kept as select 42 as answer')
      await first.close()
      const second = await opened({ dataDir: join(hidden, 'data') })
      expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
      expect(second.notices).toEqual([])
      await second.close()
    },
  )

  test('is left alone where DATABASE_URL names another', async () => {
    const url = 'postgresql://elsewhere.example/db'
    const untouched = join(parent, 'untouched')
    const database = await openDatabase({ dataDir: untouched, env: { DATABASE_URL: url } })
    expect(database.url).toBe(url)
    await database.close()
    await expect(stat(untouched)).rejects.toThrow('ENOENT')
  })
})
