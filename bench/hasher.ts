/**
 * npm run bench hasher [-- --rows 1000000]: how many rows a core hashes in a second, the whole way
 * from the bytes of the extract to the lines of the hashed file, against Node's createHmac one by
 * one over the same identifiers in the same run; and what the command line takes for a file of a
 * million rows: time, and peak memory of its process.
 */
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkTable } from '#core/checks/check-table.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import { hashTable } from '#core/hashed-file/hash-table.ts'
import { HashedRowWriter } from '#core/hashed-file/write-hashed-rows.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import { writeKeyFile } from '#core/key-file/key-file.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { RowMapper } from '#core/mapping/row-mapper.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { MessageBatch, type TakenBatch } from '#core/pseudonym/message-batch.ts'
import { preparePseudonymKeys, pseudonymiseBatch } from '#core/pseudonym/pseudonymise.ts'
import { openTable } from '#core/tabular/open-table.ts'
import type { Table } from '#core/tabular/table.ts'
import { generatePeopleRows, PEOPLE_HEADER } from '#demonstration/people-rows.ts'
import { openFileSource, type FileSource } from '../desktop-hasher/cli/file-source.ts'
import { hashOneByOne } from './hasher/baseline.ts'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } })
const LARGE = Number(values.rows)
/** What is measured by the core's own time; enough to be warm. */
const ROWS = 100_000
const ROWS_AT_ONCE = 2_000
const PASSPHRASE = 'walnut trombone ferry lichen orbit'
const CODES = { providerCode: 'trust-a', serviceCode: 'slt' }
const KEY = Uint8Array.from({ length: 32 }, (_, index) => (index * index * 7 + 13) & 0xff)

const folder = await mkdtemp(join(tmpdir(), 'countonce-bench-'))
try {
  await measureStages(await writePeople(ROWS))
  await measureCommand(await writePeople(LARGE))
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function writePeople(rows: number): Promise<string> {
  const path = join(folder, `people-${rows}.csv`)
  const file = { seed: 1, service: 'slt', provider: 'trust-a', quarter: '2024-Q1' } as const
  await writeFile(path, generatePeopleRows({ ...file, rows, population: rows, firstPerson: 0 }))
  return path
}

/**
 * Rows a second of this thread's processor time, so that a neighbour does not decide; the best of
 * three.
 */
async function measure(what: string, work: () => Promise<unknown>): Promise<Measured> {
  let best = Infinity
  for (let run = 0; run < 3; run++) {
    const from = process.threadCpuUsage()
    await work()
    const spent = process.threadCpuUsage(from)
    best = Math.min(best, (spent.user + spent.system) / 1e6)
  }
  return { what, perSecond: ROWS / best }
}

interface Measured {
  readonly what: string
  readonly perSecond: number
}

async function measureStages(path: string): Promise<void> {
  const { source, table, mapper } = await open(path)
  const context = { quarter: '2024-Q1', live: false, date1904: false, areas: NO_AREAS } as const
  const keys = preparePseudonymKeys(createHmacEngine(), { source: KEY, platform: [] })
  const { batches, facts } = await collect(table, mapper)
  const identifiers = batches.reduce((count, { positions }) => count + positions.length, 0)
  const writer = new HashedRowWriter('0'.repeat(16))
  const measured = [
    await measure('createHmac one by one', () => Promise.resolve(hashOneByOne(KEY, batches))),
    await measure('pseudonymise and write the lines', () => {
      for (const [index, batch] of batches.entries())
        writer.write(facts[index] ?? [], pseudonymiseBatch(keys, batch))
      return Promise.resolve()
    }),
    await measure('read', async () => {
      for await (const batch of table.batches()) if (batch.rows.length === 0) break
    }),
    await measure('read, map, check and normalise', () =>
      checkTable(table, mapper, context, { accept: () => undefined }),
    ),
    await measure('the whole way, from bytes to lines', () =>
      hashTable(
        {
          table,
          mapper,
          ...context,
          provider: CODES.providerCode,
          service: CODES.serviceCode,
          target: {
            keys,
            output: { write: () => Promise.resolve(), restart: () => Promise.resolve() },
          },
          leaveOut: false,
          confirm: true,
          tool: 'bench',
          toolVersion: '0',
          selfTest: { passed: 1, failed: 0 },
        },
        { sha256: () => createHash('sha256') },
      ),
    ),
  ]
  await source.close()
  const baseline = measured[0]?.perSecond ?? 1
  write(
    `${ROWS.toLocaleString('en-GB')} rows, ${(identifiers / ROWS).toFixed(1)} identifiers a row; rows a second of one core's time`,
  )
  for (const { what, perSecond } of measured) {
    const rate = Math.round(perSecond).toLocaleString('en-GB').padStart(11)
    write(`  ${what.padEnd(38)}${rate} ${(perSecond / baseline).toFixed(1).padStart(6)} ×`)
  }
}

async function open(
  path: string,
): Promise<{ source: FileSource; table: Table; mapper: RowMapper }> {
  const source = await openFileSource(path)
  if (source === undefined) throw new Error('the file is gone')
  const table = await openTable(source)
  const fields = PEOPLE_HEADER.split(',')
  const columns = Object.fromEntries(fields.map((field) => [field, field]))
  const compiled = compileMapping({ columns }, table.header)
  if (!compiled.ok) throw new Error('the mapping does not fit')
  return { source, table, mapper: compiled.mapper }
}

/** The framed messages and the facts of every record, as they are hashed: batch by batch. */
async function collect(
  table: Table,
  mapper: RowMapper,
): Promise<{ batches: TakenBatch[]; facts: RecordFacts[][] }> {
  const messages = new MessageBatch(CODES)
  const batches: TakenBatch[] = []
  const facts: RecordFacts[][] = [[]]
  await checkTable(
    table,
    mapper,
    { quarter: '2024-Q1', live: false, date1904: false, areas: NO_AREAS },
    {
      accept: (record, identifiers) => {
        messages.add(identifiers)
        facts.at(-1)?.push(record)
        if (messages.rows < ROWS_AT_ONCE) return
        batches.push(messages.take())
        facts.push([])
      },
    },
  )
  batches.push(messages.take())
  return { batches, facts }
}

interface Ran {
  readonly status: number
  readonly seconds: number
  readonly peakMegabytes: number
  readonly outMegabytes: number
}

async function measureCommand(path: string): Promise<void> {
  const key = join(folder, 'key.txt')
  const salt = new Uint8Array(16)
  const nonce = new Uint8Array(12)
  await writeFile(
    key,
    await writeKeyFile({ key: KEY, live: false, passphrase: PASSPHRASE, salt, nonce }, crypto),
  )
  const words = [path, '--key', key, '--provider', 'trust-a', '--service', 'slt', '--confirm']
  const out = join(folder, 'out.csv')
  const child = fork(
    new URL('./hasher/one-file.ts', import.meta.url),
    [...words, '--quarter', '2024-Q1', '--out', out],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { ...process.env, COUNTONCE_PASSPHRASE: PASSPHRASE },
    },
  )
  const ran = await new Promise<Ran>((resolve, reject) => {
    child.once('message', (message) => {
      resolve(message as Ran)
    })
    child.once('error', reject)
  })
  const { size } = await stat(path)
  const rate = Math.round(LARGE / ran.seconds).toLocaleString('en-GB')
  write(
    `\ncountonce-hash, ${LARGE.toLocaleString('en-GB')} rows (${Math.round(size / 1024 ** 2)} MB in, ${Math.round(ran.outMegabytes)} MB out): ` +
      `status ${ran.status}, ${ran.seconds.toFixed(1)} s, ${rate} rows/s, peak ${Math.round(ran.peakMegabytes)} MB`,
  )
}

function write(line: string): void {
  process.stdout.write(`${line}\n`)
}
