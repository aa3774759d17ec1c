import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTestProgramme } from '../../setup/open-programme.ts'

const WORKER = join(import.meta.dirname, '../../../../lib/server/jobs/worker/worker.ts')

test.skipIf(process.platform !== 'linux')(
  '[S71] a worker that is started by hand with the owner’s address does not keep it in its environment',
  async () => {
    const programme = await openTestProgramme()
    const { dataDir } = programme.store
    const owner = new URL(programme.databaseUrl)
    const child = spawn(process.execPath, [WORKER, '--data', dataDir], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, DATABASE_URL: owner.href, PGPASSWORD: owner.password },
    })
    try {
      let told = ''
      for await (const piece of child.stderr) {
        told += String(piece)
        if (told.includes('worker.started')) break
      }
      const environment = await readFile(`/proc/${String(child.pid)}/environ`, 'utf8')
      const names = environment.split('\0').map((line) => line.split('=')[0])
      expect(names).toContain('WORKER_DATABASE_URL')
      expect(names).not.toContain('DATABASE_URL')
      expect(names).not.toContain('PGPASSWORD')
      expect(owner.password.length).toBeGreaterThan(8)
      expect(environment).not.toContain(owner.password)
    } finally {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
      await programme.close()
    }
  },
)

test('[S36] a worker whose keys lie with the data of a live programme ends, and is never ready', async () => {
  const programme = await openTestProgramme()
  const { dataDir, pool } = programme.store
  await pool.query('update programme set live = true')
  const child = spawn(process.execPath, [WORKER, '--data', dataDir], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // The one place alone, as somebody would give it who takes a worker for the other's stranger.
    env: { ...process.env, DATABASE_URL: programme.databaseUrl, KEYS: `${dataDir}-keys` },
  })
  try {
    let told = ''
    child.stderr.on('data', (piece: Buffer) => (told += piece.toString()))
    const [status] = (await once(child, 'exit')) as [number | null]
    expect(status, told).toBe(1)
    expect(told).toContain('"code":"keys-beside-data"')
    expect(told).not.toContain('worker.started')
  } finally {
    child.kill('SIGKILL')
    await programme.close()
  }
})

test('a worker that has the owner’s address starts on a database that a later version only expanded', async () => {
  const programme = await openTestProgramme()
  const { dataDir, pool } = programme.store
  const note = (name: string, logs: string | null): Promise<unknown> =>
    pool.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, logs) values ($1, 'x', $1, now(), $2)`,
      [name, logs],
    )
  try {
    await note('29990101000000_more', 'expands')
    expect(await startByHand(programme.databaseUrl, dataDir)).toContain('worker.started')
    await note('29990102000000_less', null)
    const told = await startByHand(programme.databaseUrl, dataDir)
    expect(told).toContain('"code":"migration-unknown"')
    expect(told).toContain('29990102000000_less')
    expect(told).not.toContain('worker.started')
  } finally {
    await programme.close()
  }
})

test('a worker whose port for whoever watches is taken says so, and what to do', async () => {
  const programme = await openTestProgramme()
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as AddressInfo
  try {
    const told = await startByHand(programme.databaseUrl, programme.store.dataDir, {
      WORKER_METRICS: String(port),
    })
    expect(told).toContain(`"code":"port-taken"`)
    expect(told).toContain(`"setting":"WORKER_METRICS","port":${String(port)}`)
    expect(told).toContain('Another process listens at this port already.')
    expect(told).not.toContain('worker.started')
  } finally {
    taken.close()
    await programme.close()
  }
})

/** What a worker tells until it works or has ended; it has ended by then. */
async function startByHand(
  databaseUrl: string,
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<string> {
  const child = spawn(process.execPath, [WORKER, '--data', dataDir], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...settings, DATABASE_URL: databaseUrl },
  })
  const ended = once(child, 'exit')
  let told = ''
  for await (const piece of child.stderr) {
    told += String(piece)
    if (told.includes('worker.started')) break
  }
  child.kill('SIGTERM')
  await ended
  return told
}
