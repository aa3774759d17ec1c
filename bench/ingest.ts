import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createWriteStream } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { generatePeopleRows, type PeopleFile } from '#demonstration/people-rows.ts'
import { placesFor } from '#demonstration/places.ts'
import { postcodesCsv } from '#demonstration/write-demonstration.ts'
import { openStore } from '#server/store/store.ts'
import { measureBaseline } from './ingest/baseline.ts'
import type { ChangeFigures, IngestFigures } from './ingest/figures.ts'
import { benchRegister } from './ingest/register.ts'

/**
 * npm run bench ingest [--rows 100000,1000000]: how fast a file goes from bytes to figures, stage
 * by stage, against a fixed baseline measured in the same run: copying the same records and
 * pseudonyms into unindexed tables and then building their indexes. Each ingest runs in a process
 * of its own, whose peak memory is shown. Then all is decided again, and both files are withdrawn.
 */

const SMALL = 10_000
const SERVICES = ['alpha', 'beta'] as const

const { values } = parseArgs({ options: { rows: { type: 'string', default: '100000,1000000' } } })
for (const rows of values.rows.split(',').map(Number)) await benchRows(rows)

async function benchRows(rows: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'countonce-bench-'))
  // Where root runs this, PostgreSQL's own user must reach its folder.
  await chmod(folder, 0o711)
  try {
    const large = await writePeople(
      folder,
      { service: 'alpha', quarter: '2024-Q1', rows, firstPerson: 0 },
      rows,
    )
    const small = await writePeople(
      folder,
      { service: 'beta', quarter: '2024-Q2', rows: SMALL, firstPerson: Math.floor(rows / 2) },
      rows,
    )
    const data = join(folder, 'data')
    const empty = join(folder, 'empty')
    for (const store of [data, empty]) await init(folder, store, rows)

    // As beside a running portal: the databases stay up between one file and the next.
    const store = await openStore({ dataDir: data, env: process.env })
    const emptyStore = await openStore({ dataDir: empty, env: process.env })
    try {
      const whole = await ingest(data, large, 'alpha', '2024-Q1')
      const intoEmpty = await ingest(empty, small, 'beta', '2024-Q2')
      const intoLarge = await ingest(data, small, 'beta', '2024-Q2')
      const baseline = await measureBaseline(store.pool, whole.submission)
      show(rows, whole, baseline, intoEmpty, intoLarge)
      showChanges(rows, await changeAll(data, intoLarge.reference, whole.reference))
    } finally {
      await emptyStore.close()
      await store.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function show(
  rows: number,
  whole: IngestFigures,
  baseline: { seconds: number; bytesPerRecord: number },
  intoEmpty: IngestFigures,
  intoLarge: IngestFigures,
): void {
  const line = (name: string, seconds: number, note = ''): void => {
    const rate = Math.round(rows / seconds).toLocaleString('en-GB')
    write(
      `  ${name.padEnd(34)}${seconds.toFixed(2).padStart(8)} s${rate.padStart(12)} rows/s  ${note}`,
    )
  }
  write(`\n${rows.toLocaleString('en-GB')} rows of the people dataset`)
  line('read', whole.read)
  line('read, map and check', whole.check)
  line('… and pseudonymise', whole.pseudonymise)
  line('… and store (one transaction)', whole.load)
  line('link', whole.link)
  line(
    'whole, from bytes to figures',
    whole.whole,
    `peak memory ${Math.round(whole.peakMegabytes)} MB`,
  )
  line(
    'baseline: COPY, then indexes',
    baseline.seconds,
    `${Math.round(baseline.bytesPerRecord)} bytes a record on disk`,
  )
  write(
    `  whole / baseline                  ${(whole.whole / baseline.seconds).toFixed(2).padStart(8)}    goal ≤ 3`,
  )
  write(
    `  ${SMALL.toLocaleString('en-GB')} rows into an empty store ${intoEmpty.whole.toFixed(2)} s, into this one ${intoLarge.whole.toFixed(2)} s: ratio ${(intoLarge.whole / intoEmpty.whole).toFixed(2)}, goal ≤ 3`,
  )
}

function showChanges(rows: number, changes: ChangeFigures): void {
  write(
    `  all decided again ${changes.relink.toFixed(2)} s; withdrawn: ${SMALL.toLocaleString('en-GB')} rows ${changes.withdrawSmall.toFixed(2)} s, ${rows.toLocaleString('en-GB')} rows ${changes.withdrawLarge.toFixed(2)} s; peak memory ${Math.round(changes.peakMegabytes)} MB`,
  )
}

async function writePeople(
  folder: string,
  file: Pick<PeopleFile, 'service' | 'quarter' | 'rows' | 'firstPerson'>,
  population: number,
): Promise<string> {
  const path = join(folder, `${file.service}.csv`)
  const rows = generatePeopleRows({ ...file, seed: 1, provider: 'bench', population })
  await pipeline(Readable.from(rows), createWriteStream(path))
  return path
}

async function init(folder: string, data: string, population: number): Promise<void> {
  const programme = join(folder, 'programme.json')
  const postcodes = join(folder, 'postcodes.csv')
  await writeFile(programme, JSON.stringify(benchRegister(SERVICES)))
  await writeFile(postcodes, postcodesCsv(placesFor(population)))
  await run([
    'bin/countonce.ts',
    'init',
    '--programme',
    programme,
    '--postcodes',
    postcodes,
    '--data',
    data,
  ])
}

async function ingest(
  data: string,
  file: string,
  service: string,
  quarter: string,
): Promise<IngestFigures> {
  return JSON.parse(
    await run(['bench/ingest/one-ingest.ts', data, file, service, quarter]),
  ) as IngestFigures
}

async function changeAll(data: string, small: string, large: string): Promise<ChangeFigures> {
  return JSON.parse(await run(['bench/ingest/change-all.ts', data, small, large])) as ChangeFigures
}

async function run(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const status = await new Promise((resolve) => child.once('close', resolve))
  if (status !== 0) throw new Error(`${args[0] ?? ''} ended with ${String(status)}`)
  return output
}

function write(line: string): void {
  process.stdout.write(`${line}\n`)
}
