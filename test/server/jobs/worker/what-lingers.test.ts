import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { askGrid } from '#server/intake/correcting/ask-corrections.ts'
import { askSamples } from '#server/intake/journey/ask-values.ts'
import { startSession } from '#server/identity/sessions/session.ts'
import { openPortalSecrets } from '#server/keys/portal-secrets.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { openBlobs, sealedFilesOver } from '#server/platform/storage/file-store.ts'
import { askWorkers } from '#server/store/ask-workers.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
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

async function portalStore(): Promise<PortalStore> {
  const { owner } = setting
  const { dataDir, programme } = owner
  const { database } = setting.storeOf(ACORN)
  const ticket = await withTransaction(owner.pool, (client) =>
    startSession(client, ACORN.userId, new Date()),
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

/** A worker in a process of its own; answers how to look through all that its memory holds as text. */
async function startWorker(): Promise<(words: readonly string[]) => Promise<string[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  const { dataDir, databaseUrl } = setting.owner
  const child = spawn(
    process.execPath,
    ['--heapsnapshot-signal=SIGUSR2', WORKER, '--data', dataDir],
    {
      cwd: folder,
      env: { ...process.env, DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    },
  )
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })
  await once(child, 'message')
  return async (words) => {
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
}

test('[S38] a worker keeps nothing that identifies anybody once it has read, checked and shown a file', async () => {
  const look = await startWorker()
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
  const samples = await askSamples(store, reference)
  expect(samples.ok && samples.samples.flat()).toContain(names[0])
  const grid = await askGrid(store, reference, { show: 'all' }, { from: 0, count: 50 })
  expect(grid.ok && grid.rows).toHaveLength(30)
  const planted = [...new Set(names), 'LINGER-', 'lingering', 'Umbaor']
  // Something that it does keep tells that the looking works.
  expect(await look([...planted, 'submission.check'])).toEqual(['submission.check'])
})
