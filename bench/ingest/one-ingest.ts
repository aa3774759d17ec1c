import { openTable } from '#core/tabular/open-table.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { preparePseudonymKeys, pseudonymiseBatch } from '#core/pseudonym/pseudonymise.ts'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { readService } from '#server/programme/register/read-programme.ts'
import { readAreas } from '#server/programme/postcodes/postcode-areas.ts'
import { readFile } from '#server/intake/reading/read-file.ts'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { linkSubmission } from '#server/linkage/processing/link-submission.ts'
import { loadSubmission } from '#server/intake/loading/load-submission.ts'
import { receiveSubmission } from '#server/intake/submissions/receive-submission.ts'
import type { IngestFigures } from './figures.ts'

/**
 * Ingests one file into a store, `one-ingest DATA FILE SERVICE QUARTER`, and prints what each stage
 * took as JSON.
 */

const [data = '', path = '', service = '', quarter = '2024-Q1'] = process.argv.slice(2)
const store = await openProgrammeStore({ dataDir: data, env: process.env })
try {
  // First what is to be judged: memory and the whole are of a process that did nothing else before.
  const taken = await ingestWhole(store)
  const peakMegabytes = process.resourceUsage().maxRSS / 1024
  const figures: IngestFigures = {
    ...taken,
    peakMegabytes,
    read: await seconds(readAll),
    check: await seconds(() => readInProcess(store, 'checks')),
    pseudonymise: await seconds(() => readInProcess(store, 'records')),
  }
  process.stdout.write(JSON.stringify(figures))
} finally {
  await store.close()
}

async function ingestWhole(
  store: OwnProgrammeStore,
): Promise<Pick<IngestFigures, 'submission' | 'reference' | 'load' | 'link' | 'whole'>> {
  const begun = performance.now()
  const received = await receiveSubmission(store, {
    service,
    quarter,
    dataset: 'production',
    bytes: createReadStream(path, { highWaterMark: 1024 * 1024 }),
    limit: 2 ** 31,
    actor: 'bench',
  })
  if (!received.ok) throw new Error(received.code)
  const choices = { actor: 'bench', leaveOut: true, confirm: true, replace: false }
  const beforeLoad = performance.now()
  const loaded = await loadSubmission(store, received.submission, choices)
  if (!loaded.ok) throw new Error(loaded.code)
  const beforeLink = performance.now()
  const linked = await linkSubmission(store, loaded.submission, 'bench')
  if (!linked.ok) throw new Error(linked.code)
  const ended = performance.now()
  return {
    submission: loaded.submission.id,
    reference: loaded.submission.reference,
    load: (beforeLink - beforeLoad) / 1000,
    link: (ended - beforeLink) / 1000,
    whole: (ended - begun) / 1000,
  }
}

async function readAll(): Promise<void> {
  const handle = await open(path)
  const { size } = await handle.stat()
  const table = await openTable({
    name: 'bench.csv',
    size,
    async read(offset, length) {
      const bytes = new Uint8Array(length)
      const { bytesRead } = await handle.read(bytes, 0, length, offset)
      return bytes.subarray(0, bytesRead)
    },
  })
  let rows = 0
  for await (const batch of table.batches()) rows += batch.rows.length
  if (rows === 0) throw new Error('nothing was read')
  await handle.close()
}

/**
 * The reading process with nobody storing what it hands on; with records, they are pseudonymised
 * here beside it.
 */
async function readInProcess(store: OwnProgrammeStore, want: 'checks' | 'records'): Promise<void> {
  const client = await store.pool.connect()
  const areas = await readAreas(client).finally(() => {
    client.release()
  })
  const known = await readService(store.pool, service)
  const engine = createHmacEngine()
  const keys = preparePseudonymKeys(engine, {
    source: store.keys.currentSource.key,
    platform: store.keys.platform.map(({ key }) => key),
  })
  await readFile(
    {
      source: { kind: 'local', path, name: 'bench.csv' },
      want,
      mapping: null,
      previous: null,
      quarter: quarter as '2024-Q1',
      providerCode: known?.providerCode ?? '',
      serviceCode: service,
      live: false,
      areas,
    },
    {
      records: ({ from }) => {
        if (!('present' in from)) pseudonymiseBatch(keys, from)
        return Promise.resolve()
      },
    },
  )
  engine.dispose()
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}
