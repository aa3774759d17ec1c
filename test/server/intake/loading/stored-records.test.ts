import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { strToU8 } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { findLinked } from '#server/intake/submissions/read-submission.ts'
import { receiveSubmission } from '#server/intake/submissions/receive-submission.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import { latin1, utf16 } from '../../../core/tabular/byte-sources.ts'
import { writeWorkbook, type CellValue } from '../../../core/tabular/workbook/workbook-writer.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import {
  child,
  children,
  COLUMNS,
  csv,
  csvText,
  mothers,
  nhsNumber,
  table,
  type Row,
} from '../submissions/small-files.ts'
import { ACTOR, figures, inPieces, take, type Sending } from '../submissions/small-programme.ts'

/** What is stored of a file's rows, whatever form they came in. */

let programme: TestProgramme
let store: OwnProgrammeStore

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
})

afterAll(() => programme.close())

const PLACE = { dataset: 'production', service: 'stay-and-play', quarter: '2024-Q1' } as const

async function withdrawStanding(): Promise<void> {
  const standing = await findLinked(store.pool, PLACE)
  const withdrawn = await withdrawSubmission(store, standing?.reference ?? '', ACTOR)
  expect(withdrawn).toMatchObject({ ok: true })
}

type Stored = Readonly<Record<string, string | number | null>>

/**
 * The records of a file, in the order of its rows, without what names their submission; then it is
 * withdrawn.
 */
async function storedOf(sending: Sending): Promise<Stored[]> {
  const taken = await take(store, sending)
  const { rows } = await store.pool.query<{ record: Stored }>(
    `select to_jsonb(r) - array['id', 'submission_id'] as record from record r where submission_id = $1 order by source_row, id`,
    [taken.submission.id],
  )
  await withdrawStanding()
  return rows.map(({ record }) => record)
}

describe('[S27] the same rows', () => {
  // Letters that Windows-1252 has, typographic ones among them, which all copies must fold alike.
  const rows: Row[] = [...children(0, 6), ...mothers(0, 3)].map((row, n) => ({
    ...row,
    first_name:
      ['Zoë', 'Siân', 'François', 'Jürgen', 'Niño', 'Åsa', 'Maël', 'Chloé', 'Renée'][n] ?? '',
    last_name: n % 2 === 0 ? 'O’Brien–Müller' : 'Señora d’Ávila',
  }))
  const text = csvText(rows)
  const windows = Uint8Array.from(latin1(text.replaceAll('’', '\u0092').replaceAll('–', '\u0096')))
  const copies: readonly (readonly [string, Uint8Array])[] = [
    ['UTF-8 with a mark', strToU8(`\ufeff${text}`)],
    ['UTF-16 little end first', utf16(text, true)],
    ['UTF-16 big end first', utf16(text, false)],
    ['Windows-1252', windows],
    ['decomposed letters', strToU8(text.normalize('NFD'))],
    ['semicolons', strToU8(csvText(rows, COLUMNS, ';'))],
    ['tabs', strToU8(csvText(rows, COLUMNS, '\t'))],
    ['columns in another order', csv(rows, COLUMNS.toReversed())],
    ['a workbook', workbook(table(rows))],
    [
      'a workbook of shared strings',
      writeWorkbook({ shared: true, sheets: [{ name: 'Data', rows: table(rows) }] }),
    ],
  ]
  let wanted: Stored[]

  beforeAll(async () => {
    wanted = await storedOf({ bytes: strToU8(text) })
  })

  test('are stored with every pseudonym that they can have', () => {
    expect(wanted).toHaveLength(9)
    for (const [index, record] of wanted.entries()) {
      const made = PSEUDONYM_COLUMNS.filter(({ column }) => record[column] !== null)
      const own = made.filter(({ alternateOf }) => alternateOf === undefined)
      expect(own.length, `record ${index}`).toBe(index < 6 ? 11 : 9)
      expect(made.map(({ field }) => field)).toContain('nameBirthReversed')
    }
  })

  test.each(copies)('in %s are stored as the same records and pseudonyms', async (_, bytes) => {
    expect(await storedOf({ bytes })).toEqual(wanted)
  })

  test('[S26] with birth dates as serial numbers of 1900 and of 1904 have the same births', async () => {
    const withSerials = (offset: number): Uint8Array =>
      workbook(
        table(rows).map((cells, at) =>
          cells.map((value, column): CellValue =>
            at > 0 && COLUMNS[column] === 'date_of_birth' ? serialOf(value) - offset : value,
          ),
        ),
        offset > 0,
      )
    expect(await storedOf({ bytes: withSerials(0) })).toEqual(wanted)
    expect(await storedOf({ bytes: withSerials(1462) })).toEqual(wanted)
  })
})

describe('[S28] rows in file = accepted + rejected + blank', () => {
  test('is stored, and the database itself holds it', async () => {
    const rows: Row[] = [
      ...children(0, 5),
      {},
      { ...child(5), client_ref: '' },
      { ...child(6), date_of_birth: '31/02/2021' },
      {},
      ...children(7, 10),
    ]
    const taken = await take(store, { bytes: csv(rows), choices: { leaveOut: true } })
    expect(taken.file?.rows).toEqual({ read: 12, accepted: 8, rejected: 2, blank: 2, leftOut: 0 })
    const { rows: stored } = await store.pool.query(
      `select rows_read as read, rows_accepted as accepted, rows_rejected as rejected, rows_blank as blank,
        (select count(*)::int from record where submission_id = s.id) as records from submission s where id = $1`,
      [taken.submission.id],
    )
    expect(stored).toEqual([{ read: 12, accepted: 8, rejected: 2, blank: 2, records: 8 }])
    const lying = store.pool.query('update submission set rows_blank = 3 where id = $1', [
      taken.submission.id,
    ])
    await expect(lying).rejects.toMatchObject({ constraint: 'rows_add_up' })
    await withdrawStanding()
  })
})

describe('[S29] what is stored of a file', () => {
  test('has a random name, and nothing of it is the name of the file or its content', async () => {
    const bytes = csv(children(0, 3))
    const names: string[] = []
    for (const quarter of ['2024-Q1', '2024-Q2']) {
      const received = await receiveSubmission(store, {
        ...PLACE,
        quarter,
        bytes: inPieces(bytes),
        limit: bytes.length,
        actor: ACTOR,
      })
      if (!received.ok) throw new Error(received.code)
      names.push(received.submission.fileId ?? '')
    }
    expect((await readdir(join(store.dataDir, 'blobs'))).sort()).toEqual(names.toSorted())
    expect(new Set(names).size).toBe(2)
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{32}$/)
    await take(store, { bytes, choices: { confirm: true } })
    await take(store, { bytes, quarter: '2024-Q2', choices: { confirm: true } })
    expect(await readdir(join(store.dataDir, 'blobs'))).toEqual([])
    await withdrawStanding()
  })
})

describe('[S41] a thousand rows that share placeholders', () => {
  test('stay a thousand people in the figures', async () => {
    const before = await figures(store)
    const rows = Array.from({ length: 1000 }, (_, n): Row => ({
      client_ref: `P-${n}`,
      first_name: ['Unknown', 'Baby', 'Test', 'N/A', 'TBC'][n % 5] ?? '',
      last_name: ['Unknown', 'Surname', 'Not known', 'XXX'][n % 4] ?? '',
      date_of_birth: n % 2 === 0 ? '01/01/1900' : '01/01/1901',
      gender: n % 2 === 0 ? 'F' : 'M',
      nhs_number: ['0000000000', '9876543210', '1111111111', '9990000001'][n % 4] ?? '',
      email: ['none@example.org', 'test@example.org', 'noreply@example.com'][n % 3] ?? '',
      mobile: ['07700 000000', '07000 000000', '07999 999999'][n % 3] ?? '',
      postcode: ['ZZ99 3VZ', 'ZZ99 3WZ', 'GIR 0AA'][n % 3] ?? '',
      contacts: '1',
    }))
    const sent = {
      bytes: csv(rows),
      service: 'toy-library',
      choices: { leaveOut: true, confirm: true },
    }
    const taken = await take(store, sent)
    expect(taken.file?.rows).toMatchObject({ read: 1000, accepted: 1000 })
    const { rows: made } = await store.pool.query(
      `select ${PSEUDONYM_COLUMNS.map(({ column }) => `count(${column})::int as ${column}`).join(', ')}
       from record where submission_id = $1`,
      [taken.submission.id],
    )
    const none = Object.fromEntries(PSEUDONYM_COLUMNS.map(({ column }) => [column, 0]))
    expect(made).toEqual([{ ...none, client_pseudonym: 1000 }])
    const { unique } = await figures(store)
    expect(unique.people).toBe(before.unique.people + 1000)
    expect(unique.lower).toBe(before.unique.lower + 1000)
    expect(unique.upper).toBe(before.unique.upper + 1000)
    await withdrawSubmission(store, taken.submission.reference, ACTOR)
  })
})

describe('[S43] no stored column', () => {
  test('has the frequencies of a name, a birth date or a postcode', async () => {
    // Each of four fields repeats by itself: 2 × 2 × 2 × 2 people, and each of them has a reference
    // and contacts of its own.
    const people = Array.from({ length: 16 }, (_, n): Row => ({
      ...child(n),
      first_name: n % 2 === 0 ? 'Amara' : 'Bodhi',
      last_name: n % 4 < 2 ? 'Abara' : 'Bevan',
      date_of_birth: n % 8 < 4 ? '2021-03-14' : '2021-03-15',
      postcode: n < 8 ? 'SE11 6AA' : 'SE11 6BA',
      gender: 'F',
      nhs_number: nhsNumber(3000 + n),
    }))
    const records = await storedOf({ bytes: csv(people), choices: { confirm: true } })
    expect(records).toHaveLength(16)
    const fields = ['first_name', 'last_name', 'date_of_birth', 'postcode'] as const
    const columns = Object.keys(records[0] ?? {}).filter((column) => column !== 'source_row')
    expect(columns).toEqual(expect.arrayContaining(PSEUDONYM_COLUMNS.map(({ column }) => column)))
    for (const column of columns) {
      const stored = records.map((record) => record[column])
      if (new Set(stored).size === 1) continue
      for (const field of fields) {
        // What a column tells of a field alone would be the same wherever the field is: it never
        // is, but for the ward.
        const told = people.map((row, n) => `${row[field] ?? ''} ${String(stored[n])}`)
        const isOfField = new Set(told).size === new Set(people.map((row) => row[field])).size
        const isWardOrDecile =
          field === 'postcode' && (column === 'ward' || column === 'imd_decile')
        expect(isOfField, `${column} is a function of ${field}`).toBe(isWardOrDecile)
      }
    }
    for (const { birth } of records) expect(birth).toBe('2021-03')
  })
})

function workbook(rows: readonly (readonly CellValue[])[], date1904 = false): Uint8Array {
  return writeWorkbook({ date1904, sheets: [{ name: 'Data', rows }] })
}

/** The serial number of a day, yyyy-mm-dd, in a workbook that counts from 1900. */
function serialOf(day: string): number {
  return (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000
}
