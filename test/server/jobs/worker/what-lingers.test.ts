import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import {
  askChange,
  askGrid,
  askOffers,
  askRowCorrected,
} from '#server/intake/correcting/ask-corrections.ts'
import type { Change } from '#core/grid/grid-rows.ts'
import { readValues, saveValues } from '#server/intake/journey/match-values.ts'
import { checkAgain } from '#server/intake/journey/answer-findings.ts'
import { askSamples } from '#server/intake/journey/ask-values.ts'
import { typedPersonSchema } from '#core/rights/typed-person.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { startSession } from '#server/identity/sessions/session.ts'
import { askPerson } from '#server/linkage/rights/ask-person.ts'
import { openPortalSecrets } from '#server/keys/portal-secrets.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { openBlobs, sealedFilesOver } from '#server/platform/storage/file-store.ts'
import { writtenOver } from '#server/platform/machine/freed-memory.ts'
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
  const asker = askWorkers({ database, secrets, blobs, ticket, patience: 10 })
  return {
    database,
    programme,
    secrets,
    files: sealedFilesOver(await blobs(), secrets.files),
    asker,
  }
}

/** A worker in a process of its own, as it is kept running. */
async function startWorker(): Promise<number> {
  const { dataDir, databaseUrl } = setting.owner
  const child = spawn(process.execPath, [WORKER, '--data', dataDir], {
    env: { ...process.env, ...writtenOver(process.env), DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'message')
  return child.pid ?? expect.fail('no process')
}

/** Expects that a process has none of these words in its memory, freed or not, once it has rested. */
async function demandNothingLeft(pid: number, words: readonly string[]): Promise<void> {
  // Something that it does keep tells that the looking works.
  await expect
    .poll(() => searchMemory(pid, [...words, 'submission.check']), {
      ...{ timeout: 60_000, interval: 1_000 },
    })
    .toEqual(['submission.check'])
}

test.runIf(process.platform === 'linux')(
  '[S38] nothing of a file, of its words, its grid or what was corrected in it is in any memory of a worker that rests',
  async () => {
    const pid = await startWorker()
    const store = await portalStore()
    const names = range(1, 30).map((n) => `Zebrowsk${String.fromCharCode(97 + (n % 26))}ian`)
    const file = csvOf(range(1, 30), (n) => ({
      ...{ first: names[n - 1] ?? '', ref: `LINGER-${String(n)}` },
      ...{
        email: `lingering${String(n)}@mail.example`,
        gender: n % 3 === 0 ? 'Quillamund' : 'Girl',
      },
    }))
    const { reference } = await mustUpload({ storeOf: () => store }, file)
    await match({ storeOf: () => store }, reference)
    const values = await readValues(store, ACORN, reference)
    if (!values.ok) throw new Error(values.code)
    expect(await saveValues(store, ACORN, values.journey, ['F'])).toMatchObject({ ok: true })
    const isChecked = (): Promise<void> =>
      expect
        .poll(async () => (await journeyOf(setting.storeOf, ACORN, reference)).state, {
          timeout: 60_000,
        })
        .toBe('checked')
    await isChecked()
    const samples = await askSamples(store, reference)
    expect(samples.ok && samples.samples.flat()).toContain(names[0])
    const change = async (version: number, given: Change): Promise<void> => {
      expect(await askChange(store, { reference, version }, given)).toMatchObject({ ok: true })
    }
    await change(0, { kind: 'set', cells: [{ row: 2, column: 1, text: 'Mendeldorina' }] })
    await change(1, {
      ...({ kind: 'replace', column: 4, find: 'Quillamund', replace: 'Girl' } as const),
      ...{ isWhole: true, isExact: true },
    })
    const corrected = { reference, version: 2 }
    const row = { row: 3, texts: [{ column: 1, text: 'Wendelgarde' }] }
    expect(await askRowCorrected(store, corrected, row)).toMatchObject({ ok: true })
    const grid = await askGrid(store, reference, { show: 'all' }, { from: 0, count: 50 })
    expect(grid.ok && grid.rows.map(({ cells }) => cells[1])).toEqual(
      names.map((name, at) => ['Mendeldorina', 'Wendelgarde'][at - 1] ?? name),
    )
    await askOffers(store, reference)
    await checkAgain(store, ACORN, reference)
    await isChecked()
    const planted = [
      ...['Zebrowsk', 'ZEBROWSK', 'LINGER-', 'lingering', 'Umbaor', 'Quillamund'],
      ...['Mendeldorina', 'Wendelgarde'],
    ]
    await demandNothingLeft(pid, planted)
  },
)

test('[S38] a worker keeps nothing of what somebody asked to see, or typed to find a person', async () => {
  const { owner } = setting
  const pid = await startWorker()
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
  const ofTyped = [
    'Thistlewin',
    'THISTLEWIN',
    'Grumbledorn',
    'GRUMBLEDORN',
    '731 946',
    '7319468255',
  ]
  const ofContact = ['typed.example', 'TYPED-4711']
  await demandNothingLeft(pid, ['Quorbelin-', ...ofTyped, ...ofContact])
})
