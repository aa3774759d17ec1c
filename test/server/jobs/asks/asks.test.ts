import { randomBytes, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '#server/identity/sessions/session.ts'
import { openPortalSecrets } from '#server/keys/portal-secrets.ts'
import { askChange, askCorrectedFile, askGrid } from '#server/intake/correcting/ask-corrections.ts'
import { askSamples } from '#server/intake/journey/ask-values.ts'
import { describeReading } from '#server/intake/journey/describe-reading.ts'
import { startAnswering, type AnsweringLane } from '#server/jobs/asks/answer-asks.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { openEventLog } from '#server/platform/logging/event-log.ts'
import { openBlobs, sealedFilesOver } from '#server/platform/storage/file-store.ts'
import { askWorkers } from '#server/store/ask-workers.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { openAnswer, sealAsk } from '#server/store/sealed-asks.ts'
import {
  ACORN,
  BRIDGE,
  csvOf,
  match,
  mustUpload,
  openJourneySetting,
  range,
  type JourneySetting,
} from '../../intake/journey/journey-setting.ts'

/** What the portal asks of a worker over the database, with a portal that has its own place alone. */

let setting: JourneySetting
let lane: AnsweringLane | undefined
let ticket: string

/** A name that is in the file, and may be nowhere else in the clear. */
const NAME = 'Zebrowskian'

beforeAll(async () => {
  setting = await openJourneySetting()
  ticket = await withTransaction(setting.owner.pool, (client) =>
    startSession(client, ACORN.userId, new Date()),
  )
  start()
})
afterAll(async () => {
  await lane?.stop()
  await setting.close()
})

function start(): void {
  const { owner } = setting
  const log = openEventLog(join(owner.dataDir, 'logs', 'asks.log'), 'asks', () => undefined)
  lane = startAnswering(owner, log)
}

async function portalStore(named: string | undefined, patience = 1): Promise<PortalStore> {
  const { dataDir, programme } = setting.owner
  const { database } = setting.storeOf(ACORN)
  const secrets = await openPortalSecrets({ dataDir })
  const blobs = (): ReturnType<typeof openBlobs> => openBlobs({ dataDir })
  const asker = askWorkers({ database, secrets, blobs, ticket: named, patience })
  const files = sealedFilesOver(await blobs(), secrets.files)
  return { database, programme, secrets, files, asker }
}

function file(numbers: readonly number[]): Uint8Array {
  return csvOf(numbers, (n) => ({ first: n === 3 ? NAME : `Ab${String(n)}x`, ref: `R-${n}` }))
}

/** Uploads through a portal without keys, and takes the file to where its cells may be corrected. */
async function checkedDraft(store: PortalStore, rows = 30): Promise<string> {
  const { reference } = await mustUpload({ storeOf: () => store }, file(range(1, rows)))
  await match({ storeOf: () => store }, reference)
  await setting.work(reference)
  return reference
}

test('[S72] a portal without keys takes a file to its corrected copy; a worker reads it', async () => {
  const store = await portalStore(ticket)
  const reference = await checkedDraft(store)
  const samples = await askSamples(store, reference)
  expect(samples.ok && samples.samples.flat()).toContain(NAME)
  const grid = await askGrid(store, reference, { show: 'all' }, { from: 0, count: 50 })
  if (!grid.ok) throw new Error(grid.code)
  expect(grid.rows[2]?.cells[1]).toBe(NAME)
  const changed = await askChange(
    store,
    { reference, version: grid.state.version },
    { kind: 'set', cells: [{ row: 3, column: 1, text: 'Otherwise' }] },
  )
  expect(changed).toMatchObject({ ok: true, cells: 1 })
  const corrected = await askCorrectedFile(store, reference, 'csv')
  if (!corrected.ok) throw new Error(corrected.code)
  const text = await new Response(corrected.bytes).text()
  expect(text).toContain('Otherwise')
  expect(text).not.toContain(NAME)
  expect(text.split('\r\n')).toHaveLength(32)
  const { rows } = await setting.owner.pool.query('select 1 from ask')
  expect(rows).toEqual([])
})

test('[S72] cells are given to who asks with their own session, and to nobody else', async () => {
  const reference = await checkedDraft(await portalStore(ticket))
  const other = await withTransaction(setting.owner.pool, (client) =>
    startSession(client, BRIDGE.userId, new Date()),
  )
  for (const wrong of [undefined, other, `${ticket}x`, randomBytes(32).toString('base64url')]) {
    const store = await portalStore(wrong)
    const asked = await askGrid(store, reference, { show: 'all' }, { from: 0, count: 5 })
    expect(asked, wrong).toEqual({ ok: false, code: 'not-found' })
    expect((await askSamples(store, reference)).ok).toBe(false)
  }
})

test('[S72] neither database, blobs nor the portal’s keys open later what was asked and answered', async () => {
  const store = await portalStore(ticket)
  const reference = await checkedDraft(store, 31)
  await lane?.stop()
  const { pool, dataDir } = setting.owner
  // What lies there between asking and reading the answer, as somebody who copies it would find it.
  const asking = askChange(
    store,
    { reference, version: 0 },
    { kind: 'set', cells: [{ row: 3, column: 1, text: 'Quarkowski' }] },
  )
  const copied: { id: string; sealed: Buffer; answer: Buffer | null }[] = []
  const copy = async (): Promise<void> => {
    const { rows } = await pool.query<(typeof copied)[number]>('select id, sealed, answer from ask')
    copied.push(...rows)
  }
  while (copied.length === 0) await copy()
  await pool.query(`create table kept_ask as select * from ask`)
  await pool.query(
    `create function keep_answer() returns trigger language plpgsql as
     $$ begin insert into kept_ask select new.*; return new; end $$;
     create trigger keep_answer after update on ask for each row execute function keep_answer()`,
  )
  start()
  expect(await asking).toMatchObject({ ok: true, cells: 1 })
  const { rows: answers } = await pool.query<{ id: string; answer: Buffer }>(
    'select id, answer from kept_ask where answer is not null',
  )
  const [{ id, answer } = { id: '', answer: Buffer.alloc(0) }] = answers
  expect(answer.length).toBeGreaterThan(100)
  const { portalKey } = await openPortalSecrets({ dataDir })
  for (const key of [portalKey.toString(), Buffer.from(portalKey).toString('base64url'), id]) {
    expect(() => openAnswer(key, id, answer)).toThrow('keys-damaged')
  }
  // The right one opens it: this is the answer.
  expect(JSON.stringify(openAnswer(ticket, id, answer))).toContain('Quarkowski')
  const dump = [...copied.map(({ sealed }) => sealed), answer]
  for (const name of await readdir(join(dataDir, 'blobs')))
    dump.push(await readFile(join(dataDir, 'blobs', name)))
  for (const bytes of dump) {
    for (const value of [NAME, 'Quarkowski', ticket]) expect(bytes.includes(value)).toBe(false)
  }
  await pool.query(
    'drop trigger keep_answer on ask; drop function keep_answer; drop table kept_ask',
  )
})

test('[S72] whoever can write to the database alone is answered nothing', async () => {
  const { pool } = setting.owner
  const store = await portalStore(ticket)
  const reference = await checkedDraft(store)
  const id = randomUUID()
  const { workers } = await store.secrets.card()
  const secret = randomBytes(32).toString('base64url')
  const words = { kind: 'grid', given: { reference }, ticket, secret }
  const forged = sealAsk(workers, new Uint8Array(randomBytes(32)), id, words)
  const moved = sealAsk(workers, store.secrets.portalKey, randomUUID(), words)
  for (const sealed of [forged, moved, new Uint8Array(200), new Uint8Array(3)]) {
    await pool.query('insert into ask (id, sealed) values ($1, $2)', [id, sealed])
    let taken = false
    while (!taken) {
      const { rows } = await pool.query<{ taken: boolean }>(
        'select taken_at is not null as taken from ask where id = $1',
        [id],
      )
      taken = rows[0]?.taken ?? true
    }
    await lane?.stop()
    const { rows } = await pool.query('select answer from ask where id = $1', [id])
    expect(rows).toEqual([{ answer: null }])
    await pool.query('delete from ask where id = $1', [id])
    start()
  }
})

test('a file that no worker reads waits, and goes on when one does', async () => {
  await lane?.stop()
  const store = await portalStore(ticket, 0.01)
  const uploaded = await mustUpload({ storeOf: () => store }, file([1, 2, 3]), {
    quarter: '2024-Q2',
  })
  expect(uploaded).toMatchObject({ isUsable: true })
  const { reference } = uploaded
  expect(await describeReading(store, ACORN, reference)).toEqual({ ok: false, code: 'file-waits' })
  start()
  expect(await describeReading(await portalStore(ticket), ACORN, reference)).toMatchObject({
    ok: true,
    reading: { ok: true, overview: { rows: 3 } },
  })
})
