import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { publishedVectors } from '#core/pseudonym/generated/published-vectors.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { demandSelfTest } from '#server/keys/demand-self-test.ts'
import { createTestDatabase } from '../setup/database.ts'

const ROOT = join(import.meta.dirname, '../../..')

function faultOf(work: () => unknown): Fault | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return error instanceof Fault ? error : undefined
  }
}

test('[S34] a start-up runs every published vector, and none may fail', () => {
  expect(demandSelfTest()).toBe(480)
  const published = publishedVectors()
  const [first, ...others] = published.vectors
  if (first === undefined) throw new Error('no vector')
  const altered = 'value' in first ? { ...first, value: 'X' } : { ...first, source: 'X', code: 'X' }
  expect(
    faultOf(() => demandSelfTest({ ...published, vectors: [altered, ...others] })),
  ).toMatchObject({
    code: 'self-test-failed',
    detail: { failed: 1, first: first.id },
  })
  expect(faultOf(() => demandSelfTest({ ...published, vectors: [] }))?.code).toBe(
    'self-test-failed',
  )
})

test('[S34] a worker says as it starts how many vectors came out', async () => {
  const database = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  const worker = spawn(
    process.execPath,
    [join(ROOT, 'lib/server/jobs/worker/worker.ts'), '--data', dataDir, '--patience', '0'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { PATH: process.env['PATH'], NODE_ENV: 'test', DATABASE_URL: database.url },
    },
  )
  try {
    expect(await once(worker, 'message')).toEqual([{ ready: true }, undefined])
    expect(await readFile(join(dataDir, 'logs', 'worker.log'), 'utf8')).toMatch(
      /"vectors":480,.*"event":"worker[.]started"/,
    )
  } finally {
    worker.kill('SIGTERM')
    if (worker.exitCode === null) await once(worker, 'exit')
    await rm(dataDir, { recursive: true, force: true })
    await database.drop()
  }
})

test('[S34] the portal, the worker and the command line run the vectors before anything else', async () => {
  for (const [file, before] of [
    ['lib/server/portal/serving/portal-process.ts', 'createServer({'],
    ['lib/server/jobs/worker/worker.ts', 'await openWorkerStore('],
    ['bin/commands/ingest.ts', 'await sweepFiles('],
  ] as const) {
    const text = await readFile(join(ROOT, file), 'utf8')
    const at = text.indexOf('demandSelfTest()')
    expect(at, file).toBeGreaterThan(0)
    expect(at, file).toBeLessThan(text.indexOf(before))
  }
})
