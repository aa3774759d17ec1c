import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { askGrid } from '#server/intake/correcting/ask-corrections.ts'
import { askSamples } from '#server/intake/journey/ask-values.ts'
import { typedPersonSchema } from '#core/rights/typed-person.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { startSession } from '#server/identity/sessions/session.ts'
import { askPerson } from '#server/linkage/rights/ask-person.ts'
import { openPortalSecrets } from '#server/keys/portal-secrets.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { openBlobs, sealedFilesOver } from '#server/platform/storage/file-store.ts'
import { WRITTEN_OVER } from '#server/platform/machine/freed-memory.ts'
import { askWorkers } from '#server/store/ask-workers.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { searchMemory } from '../../../attacks/portal/process-memory.ts'
import { makeOfficers, OFFICER, openRequest } from '../carrying-out/rights-setting.ts'
import {
  ACORN,
  csvOf,
  journeyOf,
  match,
  mustUpload,
  settingOfFile,
  range,
} from '../../intake/journey/journey-setting.ts'

/** What a worker still has in its memory once it is done with a file. */

const WORKER = join(import.meta.dirname, '../../../../lib/server/jobs/worker/worker.ts')

const setting = settingOfFile()

async function portalStore(actor: Actor = ACORN): Promise<PortalStore> {
  const { owner } = setting
  const { dataDir, programme } = owner
  const { database } = setting.storeOf(actor)
  const ticket = await withTransaction(owner.pool, (client) =>
    startSession(client, actor.userId, new Date()),
  )
  const secrets = await openPortalSecrets({ dataDir })
  const blobs = (): ReturnType<typeof openBlobs> => openBlobs({ dataDir })
  const asker = askWorkers({ database, secrets, blobs, ticket })
  return {
    database,
    programme,
    secrets,
    files: sealedFilesOver(await blobs(), secrets.files),
    asker,
  }
}

/** A worker in a process of its own, as it is kept running, and how to look at what it refers to. */
async function startWorker(): Promise<{
  readonly pid: number
  readonly look: (words: readonly string[]) => Promise<string[]>
}> {
  const folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  const { dataDir, databaseUrl } = setting.owner
  const child = spawn(
    process.execPath,
    ['--heapsnapshot-signal=SIGUSR2', WORKER, '--data', dataDir],
    {
      cwd: folder,
      env: { ...process.env, ...WRITTEN_OVER, DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    },
  )
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })
  await once(child, 'message')
  const look = async (words: readonly string[]): Promise<string[]> => {
    child.kill('SIGUSR2')
    await expect.poll(() => readdir(folder), { timeout: 60_000 }).toHaveLength(1)
    const [name = ''] = await readdir(folder)
    const found = new Set<string>()
    let isWhole = false
    while (!isWhole) {
      let before = ''
      for await (const piece of createReadStream(join(folder, name), 'latin1')) {
        const text = before + String(piece)
        for (const word of words) if (text.includes(word)) found.add(word)
        before = text.slice(-200)
      }
      // The file of a snapshot ends its one document.
      isWhole = before.trimEnd().endsWith('}')
    }
    return [...found].sort()
  }
  return { pid: child.pid ?? expect.fail('no process'), look }
}

test('[S38] a worker keeps nothing that identifies anybody once it has read, checked and shown a file', async () => {
  const { pid, look } = await startWorker()
  const store = await portalStore()
  const names = range(1, 30).map((n) => `Zebrowsk${String.fromCharCode(97 + (n % 26))}ian`)
  const file = csvOf(range(1, 30), (n) => ({
    ...{ first: names[n - 1] ?? '', ref: `LINGER-${String(n)}` },
    email: `lingering${String(n)}@mail.example`,
  }))
  const { reference } = await mustUpload({ storeOf: () => store }, file)
  await match({ storeOf: () => store }, reference)
  await expect
    .poll(async () => (await journeyOf(setting.storeOf, ACORN, reference)).state, {
      timeout: 60_000,
    })
    .toBe('checked')
  if (process.platform === 'linux') {
    // All that the process may write to, freed or not, a moment after it came to rest. Words of a code column were
    // text for its pages, as references are here until it is known what they are.
    await setTimeout(3_000)
    const marks = ['Zebrowsk', 'ZEBROWSK', 'lingering', 'submission.check']
    expect(await searchMemory(pid, marks)).toEqual(['submission.check'])
  }
  const samples = await askSamples(store, reference)
  expect(samples.ok && samples.samples.flat()).toContain(names[0])
  const grid = await askGrid(store, reference, { show: 'all' }, { from: 0, count: 50 })
  expect(grid.ok && grid.rows).toHaveLength(30)
  const planted = [...new Set(names), 'LINGER-', 'lingering', 'Umbaor']
  // Something that it does keep tells that the looking works.
  expect(await look([...planted, 'submission.check'])).toEqual(['submission.check'])
})

test('[S38] a worker keeps nothing of what somebody asked to see, or typed to find a person', async () => {
  const { owner } = setting
  const { pid } = await startWorker()
  const store = await portalStore()
  // So many columns that text of their values is not all new when room is made for what comes next.
  const lines = new TextDecoder()
    .decode(csvOf(range(1, 30)))
    .trimEnd()
    .split(/\r?\n/)
  const wide = lines.map((line, n) => {
    const more = range(1, 150).map((at) =>
      n === 0 ? `Remark ${String(at)}` : `Quorbelin-${String(n)}00000${String(at)}`,
    )
    return [line, ...more].join(',')
  })
  const bytes = new TextEncoder().encode(wide.join('\n'))
  const { reference } = await mustUpload({ storeOf: () => store }, bytes, { quarter: '2024-Q2' })
  await match({ storeOf: () => store }, reference)
  for (let look = 0; look < 8; look++) {
    const samples = await askSamples(store, reference)
    expect(samples.ok && samples.samples.flat()).toContain('Quorbelin-10000047')
  }
  await makeOfficers(owner)
  const request = await openRequest(owner, 'access')
  const officers = await portalStore(OFFICER)
  const typed = {
    ...{ firstNames: 'Thistlewina\nThistlewino', lastNames: 'Grumbledorn', births: '2019-02-03' },
    ...{ nhsNumbers: '731 946 8255', emails: 'thistle@typed.example', references: 'TYPED-4711' },
  }
  const found = await askPerson(officers, request, typedPersonSchema.parse(typed))
  expect(found).toEqual({ ok: true, certain: 0, doubtful: 0 })
  if (process.platform !== 'linux') return
  await setTimeout(3_000)
  const ofTyped = [
    'Thistlewin',
    'THISTLEWIN',
    'Grumbledorn',
    'GRUMBLEDORN',
    '731 946',
    '7319468255',
  ]
  const ofContact = ['typed.example', 'TYPED-4711']
  const marks = ['Quorbelin-', ...ofTyped, ...ofContact, 'submission.check']
  expect(await searchMemory(pid, marks)).toEqual(['submission.check'])
})
