import { chmod, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BlobServiceClient } from '@azure/storage-blob'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { referenceDay } from '#core/standard/quarter.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { normaliseIdentifiers } from '#core/pseudonym/identifiers.ts'
import { MessageBatch } from '#core/pseudonym/message-batch.ts'
import { preparePseudonymKeys, pseudonymiseBatch } from '#core/pseudonym/pseudonymise.ts'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import { countonce, type Ended } from '../bin/command-line.ts'
import { latin1, utf16 } from '../core/tabular/byte-sources.ts'
import { plantedWorkbook, WORDS_BESIDE } from '../core/tabular/workbook/planted-workbook.ts'
import { startAzurite, type Azurite } from '../server/setup/azurite.ts'
import { sweepTomorrow } from '../server/intake/submissions/crashes.ts'
import {
  children,
  COLUMNS,
  csv,
  csvText,
  nhsNumber,
  table,
  type Row,
} from '../server/intake/submissions/small-files.ts'
import {
  holdings,
  makeSmallProgramme,
  removeFolder,
} from '../server/intake/submissions/small-programme.ts'
import { TraceFinder } from '../server/intake/submissions/traces.ts'

/**
 * People are planted in files of every fate, and then everything that the programme writes anywhere
 * is searched for them: every table, the raw files of the database and of its log, blobs in a
 * folder and in the cloud, keys, logs, temporary files, and all that the commands said.
 */

const NAMES: readonly (readonly [first: string, last: string])[] = [
  ['Ffïonwenna', 'Llanfairverch'],
  ['Gwendraeth', 'Zebrowskian'],
  ['Quillonette', 'Abernethwy'],
  ['Thessalyna', 'Korrigandry'],
  ['Bartholomewe', 'Vexingham'],
  ['Marigoldine', 'Ossetianne'],
  ['Perspicacia', 'Umberslade'],
  ['Jocastabel', 'Wintringhame'],
  ['Cadwallonus', 'Drumnadrochy'],
  ['Isambardine', 'Featherstonehaw'],
]

/** The nth planted child: nothing of it is anybody else's. */
function planted(n: number): Row {
  const [first = '', last = ''] = NAMES[n] ?? []
  return {
    client_ref: `Zq-Ref-77${n}41`,
    role: 'child',
    first_name: first,
    last_name: last,
    date_of_birth: `2021-11-${n < 2 ? 11 + n : 11 + 2 * n}`,
    gender: 'F',
    nhs_number: nhsNumber(7000 + n),
    email: `own.${last.toLowerCase()}@example.org`,
    mobile: `07700 9006${10 + 2 * n}`,
    carer_email: `carer.${last.toLowerCase()}@example.net`,
    carer_mobile: `07700 9007${10 + 2 * n}`,
    postcode: `SE11 6${'KLMN'[n % 4] ?? 'K'}${'QRSTUWXYZ'[n % 9] ?? 'Q'}`.replace(/[KM]/, 'P'),
    start_date: '2024-04-15',
    contacts: '3',
  }
}

const PEOPLE = NAMES.map((_, n) => planted(n))
const FILE_NAME = 'Hyacinthine Popplewellian.csv'
/** Beside the cells of the workbook, and as a heading of it. */
const BESIDE: readonly string[] = [...Object.values(WORDS_BESIDE), 'Montgomeryshaw']
const KEPT: readonly (keyof Row)[] = ['role', 'gender', 'start_date', 'contacts']
const VALUES = PEOPLE.flatMap((row) =>
  COLUMNS.filter((column) => !KEPT.includes(column)).map((column) => row[column] ?? ''),
)

let folder: string
let dataDir: string
let temporary: string
let azurite: Azurite
let store: OwnProgrammeStore
const said: Ended[] = []

async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const ended = await countonce(['--data', dataDir, ...args], { TMPDIR: temporary, ...env })
  said.push(ended)
  return ended
}

async function write(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, 'sent', name)
  await writeFile(path, bytes)
  return path
}

/** A plain file with the nth planted child among children of nobody. */
function fileWith(n: number, changed: Row = {}): Row[] {
  return [...children(n * 8, n * 8 + 6), { ...planted(n), ...changed }]
}

function to(service: string, quarter: string): string[] {
  return ['--service', service, '--quarter', quarter]
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  await chmod(folder, 0o711)
  dataDir = join(folder, 'data')
  temporary = join(folder, 'temporary')
  await mkdir(temporary)
  await mkdir(join(folder, 'sent'))
  azurite = await startAzurite()
  await makeSmallProgramme({ dataDir, env: {} })
  // Open for as long as the commands run, so that the database is started once.
  store = await openProgrammeStore({ dataDir, env: {} })
}, 120_000)

afterAll(async () => {
  await store.close()
  await azurite.stop()
  await removeFolder(folder)
})

describe('attacks 14 and 15: [S38] planted people', () => {
  /** What was taken and is taken out again. */
  let withdrawn = ''

  // Each command is a process of its own, which a busy machine starts slowly.
  test('go in by files that are taken and left out', async () => {
    const place = to('stay-and-play', '2024-Q1')
    const good = await write(FILE_NAME, csv(fileWith(0)))
    expect(await run(['inspect', good, '--json'])).toMatchObject({ status: 0 })
    expect(await run(['profile', good, '--service', 'stay-and-play'])).toMatchObject({ status: 0 })
    expect(await run(['ingest', good, ...place])).toMatchObject({ status: 0 })

    const leftOut = fileWith(1, { date_of_birth: '31/11/2021' })
    const withLeftOut = await write('left-out.csv', latin1(csvText(leftOut, COLUMNS, ';')))
    expect(await run(['ingest', withLeftOut, ...to('toy-library', '2024-Q1')])).toMatchObject({
      status: 3,
    })
    const taken = await run(['ingest', withLeftOut, ...to('toy-library', '2024-Q1'), '--leave-out'])
    expect(taken).toMatchObject({ status: 0 })
    withdrawn = taken.stdout.trim().split('\n')[0] ?? ''
  }, 180_000)

  test('go in by files that are refused and unreadable', async () => {
    const unparsable = csvText(fileWith(2)).replace('Quillonette', '"Quillonette')
    const broken = await write('broken.csv', utf16(unparsable, true))
    expect(
      await run(['ingest', broken, ...to('stay-and-play', '2024-Q2'), '--json']),
    ).toMatchObject({ status: 3 })
    expect(await run(['inspect', broken])).toMatchObject({ status: 3 })
    expect(await run(['profile', broken, '--service', 'toy-library'])).toMatchObject({ status: 3 })

    const headless = csvText([planted(6), ...children(48, 52)])
    const noHeader = await write(
      'no-header.csv',
      Buffer.from(headless.slice(headless.indexOf('\n') + 1)),
    )
    expect(await run(['ingest', noHeader, ...to('toy-library', '2024-Q2')])).toMatchObject({
      status: 3,
    })
  }, 180_000)

  test('go in by a workbook with more than is asked for, and by columns out of step', async () => {
    // Whoever keeps a sheet for each family names it so; who has the file is told which were read.
    const [headings = [], ...rows] = table(fileWith(3))
    const workbook = plantedWorkbook(
      [[...headings, `Seen by ${BESIDE.at(-1) ?? ''}`], ...rows.map((row) => [...row, 'yes'])],
      table(fileWith(4)),
    )
    const book = await write('book.xlsx', workbook)
    // The hidden sheet has the same headings: that it is not read is to be confirmed.
    expect(
      await run(['ingest', book, ...to('health-visiting', '2024-Q1'), '--confirm']),
    ).toMatchObject({ status: 0 })

    // Columns out of step: names and numbers stand where codes, dates and counts should.
    const { first_name = '', last_name = '', email = '', nhs_number = '' } = planted(5)
    const shifted = fileWith(5, {
      role: email,
      gender: first_name,
      start_date: last_name,
      contacts: nhs_number,
    })
    const odd = await write('odd.csv', csv(shifted))
    const oddPlace = to('health-visiting', '2024-Q2')
    expect(await run(['ingest', odd, ...oddPlace, '--json'])).toMatchObject({ status: 3 })
    expect(await run(['ingest', odd, ...oddPlace, '--leave-out', '--confirm'])).toMatchObject({
      status: 0,
    })
  }, 180_000)

  test('go in by files half done, and are in what is taken out and counted again', async () => {
    // Killed while the file is held, while it is copied, and between the erasing of its key and its
    // bytes.
    const killed = await write('killed.csv', csv(fileWith(7)))
    for (const point of ['4', '11', '21']) {
      const ended = await run(['ingest', killed, ...to('toy-library', '2024-Q3')], {
        COUNTONCE_KILL_AT: point,
      })
      expect(ended.signal).toBe('SIGKILL')
    }
    const cloud = { BLOB_STORAGE: azurite.connectionString }
    const inCloud = await write('in-cloud.csv', csv(fileWith(8)))
    const cloudPlace = to('toy-library', '2024-Q4')
    const held = await run(['ingest', inCloud, ...cloudPlace], { ...cloud, COUNTONCE_KILL_AT: '4' })
    expect(held.signal).toBe('SIGKILL')

    expect(await run(['withdraw', withdrawn])).toMatchObject({ status: 0 })
    expect(await run(['keys', 'rotate'])).toMatchObject({ status: 0 })
    expect(await run(['reach', '--by', 'service,ward,role', '--json'])).toMatchObject({ status: 0 })
    expect(await run(['conflicts', '--json'])).toMatchObject({ status: 0 })
  }, 180_000)

  test('are nowhere, while files are still held: not in tables, raw files, log, blobs, keys, temporary files or output', async () => {
    expect((await readdir(join(dataDir, 'blobs'))).length).toBeGreaterThan(0)
    expect(await everywhere(new TraceFinder([...VALUES, ...BESIDE]))).toEqual([])
    const output = said.map(({ stdout, stderr }) => stdout + stderr).join('\n')
    expect(new TraceFinder(VALUES).search(Buffer.from(output))).toEqual([])
  }, 120_000)

  test('are nowhere once the last file was taken either, nor is the name of a file', async () => {
    const cloud = { BLOB_STORAGE: azurite.connectionString }
    const killed = join(folder, 'sent', 'killed.csv')
    expect(await run(['ingest', killed, ...to('toy-library', '2024-Q3')])).toMatchObject({
      status: 0,
    })
    const inCloud = join(folder, 'sent', 'in-cloud.csv')
    expect(
      await run(['ingest', inCloud, ...to('toy-library', '2024-Q4'), '--confirm'], cloud),
    ).toMatchObject({
      status: 0,
    })
    await sweepTomorrow(store)
    expect(await holdings(store)).toMatchObject({
      blobs: [],
      fileKeys: [],
      strays: 0,
      auditIsWhole: true,
    })
    expect(await cloudBlobs()).toEqual([])
    expect(await readdir(temporary)).toEqual([])
    expect(
      await everywhere(new TraceFinder([...VALUES, ...BESIDE, 'Hyacinthine', 'Popplewellian'])),
    ).toEqual([])
  }, 120_000)

  test('[S73] typed at the command line wherever it takes a word, are kept nowhere', async () => {
    const { first_name = '', last_name = '', email = '' } = planted(9)
    const typed = `${first_name} ${last_name}`
    const file = await write(`${typed}.csv`, csv(fileWith(9)))
    const refused: readonly (readonly string[])[] = [
      ['ingest', file, '--service', typed, '--quarter', '2024-Q1'],
      ['ingest', file, ...to('toy-library', '2024-Q1'), '--mapping', join(folder, typed)],
      ['inspect', file, '--header-row', typed],
      ['withdraw', typed],
      ['explain', typed],
      ['release', '--verify', typed],
      ['keys', 'export-source', '--as', email, '--out', join(folder, `${typed}.key`)],
      ['audit', 'verify', '--anchors', typed],
      ['postcodes', 'load', typed],
      [typed],
    ]
    for (const args of refused) {
      const ended = await countonce(['--data', dataDir, ...args], {
        ...{ TMPDIR: temporary, COUNTONCE_CODE: '000000' },
      })
      expect([args[0], ended.status]).toEqual([args[0], expect.toBeOneOf([1, 2, 3])])
    }
    expect(await everywhere(new TraceFinder([first_name, last_name, email]))).toEqual([])
  }, 120_000)

  test('[S37] have no source pseudonym anywhere, nor is a key anywhere but among the keys', async () => {
    const ring = await openProgrammeStore({ dataDir, env: {} })
    const { source, platform, remembering } = ring.keys
    await ring.close()
    const keys = [...source, ...platform, remembering].map(({ key }) => key)
    const [sourceKey = new Uint8Array()] = source.map(({ key }) => key)
    const pseudonyms = pseudonymsUnder(sourceKey, [])
    // Names reversed and sound are everybody's; day and month can be swapped of the one born on the twelfth.
    expect(pseudonyms).toHaveLength(PEOPLE.length * 14 + 1)
    // What the whole chain of keys makes of the four whose rows were kept is there (three of them
    // have references of other services): so the search is for the right bytes.
    const stored = new TraceFinder(
      [],
      pseudonymsUnder(
        sourceKey,
        platform.map(({ key }) => key),
      ),
    )
    expect(
      (await everywhere(stored)).filter((trace) => trace.startsWith('public.record_')),
    ).toHaveLength(14 + 3 * 13)
    const finder = new TraceFinder([], [...pseudonyms, ...keys])
    expect(
      (await everywhere(finder)).filter((trace) => !trace.startsWith('keys/worker/key-ring:')),
    ).toEqual([])
  }, 120_000)

  test('would be found, had one of them been written to a table', async () => {
    await store.pool.query('create table public.planted (words text)')
    await store.pool.query('insert into public.planted values ($1)', ['Ffïonwenna'])
    await store.pool.query('checkpoint')
    const found = await everywhere(new TraceFinder(VALUES))
    await store.pool.query('drop table public.planted')
    expect(
      found.filter((trace) => trace.startsWith('public.planted: Ffïonwenna (raw, as it is)')),
    ).toHaveLength(1)
    expect(found.some((trace) => trace.startsWith('postgres/base/'))).toBe(true)
    expect(found.some((trace) => trace.startsWith('postgres/pg_wal/'))).toBe(true)
  }, 120_000)
})

/** Every place that something is written to: what was found, by place. */
async function everywhere(finder: TraceFinder): Promise<string[]> {
  await store.pool.query('checkpoint')
  const found: string[] = []
  for (const [name, bytes] of await allTables()) {
    found.push(...finder.search(bytes).map((trace) => `${name}: ${trace}`))
  }
  // The whole data folder: postgres/base, postgres/pg_wal and all else of the cluster, blobs, keys
  // and logs.
  found.push(...(await finder.searchFolder(dataDir)))
  found.push(...(await finder.searchFolder(temporary)))
  for (const bytes of await cloudBlobs())
    found.push(...finder.search(bytes).map((trace) => `cloud: ${trace}`))
  return found
}

/** The rows of every table of every schema, the queue's included, as COPY writes them. */
async function allTables(): Promise<(readonly [name: string, bytes: Buffer])[]> {
  const { rows } = await store.pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') order by 1`,
  )
  expect(rows.map(({ name }) => name)).toContain('public.record_production')
  const client = await store.pool.connect()
  try {
    const tables: (readonly [string, Buffer])[] = []
    for (const { name } of rows) tables.push([name, await copyOut(client, name)])
    return tables
  } finally {
    client.release()
  }
}

async function copyOut(client: pg.PoolClient, name: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of client.query(copyTo(`copy ${name} to stdout`)))
    chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function cloudBlobs(): Promise<Buffer[]> {
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString)
  const container = service.getContainerClient('uploads')
  const blobs: Buffer[] = []
  const everything = { includeVersions: true, includeDeleted: true, includeSnapshots: true }
  for await (const { name } of container.listBlobsFlat(everything)) {
    blobs.push(await container.getBlobClient(name).downloadToBuffer())
  }
  return blobs
}

/**
 * The first sixteen bytes of each pseudonym of every planted child: source
 * pseudonyms without platform keys.
 */
function pseudonymsUnder(source: Uint8Array, platform: readonly Uint8Array[]): Uint8Array[] {
  const engine = createHmacEngine()
  try {
    const keys = preparePseudonymKeys(engine, { source, platform })
    const batch = new MessageBatch({ providerCode: 'acorn', serviceCode: 'stay-and-play' })
    for (const row of PEOPLE) {
      const cells = {
        clientRef: row.client_ref ?? '',
        firstName: row.first_name ?? '',
        lastName: row.last_name ?? '',
        dateOfBirth: row.date_of_birth ?? '',
        gender: row.gender ?? '',
        nhsNumber: row.nhs_number ?? '',
        email: row.email ?? '',
        mobile: row.mobile ?? '',
        carerEmail: row.carer_email ?? '',
        carerMobile: row.carer_mobile ?? '',
        postcode: row.postcode ?? '',
      }
      batch.add(
        normaliseIdentifiers(cells, {
          referenceDay: referenceDay('2024-Q1'),
          givenRole: 'child',
          live: false,
          date1904: false,
        }),
      )
    }
    const { bytes, width, present } = pseudonymiseBatch(keys, batch.take())
    return Array.from(present.keys())
      .filter((position) => present[position] === 1)
      .map((position) => bytes.slice(position * width, position * width + 16))
  } finally {
    engine.dispose()
  }
}
