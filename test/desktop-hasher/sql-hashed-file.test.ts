import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postcodeDigestHex } from '#core/area-file/area-table.ts'
import { HASHED_COLUMNS } from '#core/hashed-file/hashed-columns.ts'
import { KEY, hash } from '../core/hashed-file/hashing.ts'
import { stageInPostgresql } from './staged-in-postgresql.ts'
import { AREAS, CARER_FIELDS, COUNT, FIELDS, messyRows, withCarers } from './staged-rows.ts'
import { installInPostgresql, type InstalledDatabase } from './postgresql-database.ts'

let database: InstalledDatabase
let client: pg.Client

beforeAll(async () => {
  database = await installInPostgresql()
  client = database.client
  await client.query(
    `insert into count_once.area values (decode($1, 'hex'), 'E05000416', 10, 'yes')`,
    [postcodeDigestHex('SW99SL')],
  )
}, 120_000)

afterAll(() => database.close())

type Hashed = Record<string, string | number | null>

async function hashedFile(
  shape = 'person',
  key: Uint8Array = KEY,
  quarter = '2024-Q1',
): Promise<Hashed[]> {
  const { rows } = await client.query<Hashed>(
    'select * from count_once.hashed_file($1, $2, $3, $4, true, $5)',
    [key, 'trust-a', 'slt', quarter, shape],
  )
  return rows
}

function linesOf(rows: readonly Hashed[]): string[] {
  return rows
    .filter((row) => row['row_status'] === 'accepted')
    .map((row) => HASHED_COLUMNS.map(({ name }) => row[name] ?? '').join(','))
}

/** The first line that differs, for a failure that can be read. */
function expectSameLines(made: readonly string[], expected: readonly string[]): void {
  const first = expected.findIndex((line, index) => made[index] !== line)
  expect(made[first]).toBe(expected[first])
  expect(made.length).toBe(expected.length)
}

describe('the hashed file', () => {
  it('[S34] of messy people is byte for byte that of the hasher', async () => {
    const rows = messyRows()
    await stageInPostgresql(client, rows)
    const made = await hashedFile()
    const { hashed, lines } = await hash(
      FIELDS,
      rows.map((row) => FIELDS.map((name) => row[name] ?? '')),
      { areas: AREAS },
    )
    expect(hashed.ok).toBe(true)
    expectSameLines(linesOf(made), lines)
    expect(lines.length).toBe(COUNT)
  })

  it('[S34] of children with their carers is byte for byte that of the hasher', async () => {
    const rows = withCarers(messyRows())
    await stageInPostgresql(client, rows)
    const made = await hashedFile('child-and-carer')
    const fields = [...FIELDS, ...CARER_FIELDS].filter((name) => name !== 'role')
    const { hashed, lines } = await hash(
      fields,
      rows.map((row) => fields.map((name) => row[name] ?? '')),
      { areas: AREAS, shape: 'child-and-carer' },
    )
    expect(hashed.ok).toBe(true)
    expectSameLines(linesOf(made), lines)
    expect(lines.length).toBeGreaterThan(COUNT + 300)
  })

  it('has the closed columns, between what became of the row and why a pseudonym is blank', async () => {
    await stageInPostgresql(client, [{ client_ref: 'A1' }])
    const [row] = await hashedFile()
    const names = HASHED_COLUMNS.map(({ name }) => name as string)
    expect(Object.keys(row ?? {})).toEqual(['row_status', ...names, 'codes', 'findings'])
    expect(String(row?.['codes']).split('|')).toEqual([
      'nhs-missing',
      ...['not-for-role', 'not-for-role', 'email-missing', 'not-for-role'],
      ...['mobile-missing', 'not-for-role', 'first-missing', 'last-missing'],
      ...['first-missing', 'first-missing', ''],
      ...['first-missing', 'first-missing', 'first-missing', 'first-missing', 'first-missing'],
    ])
  })

  it('reads dates of a date column however the session writes them', async () => {
    const row = { client_ref: 'A1', first_name: 'Amara', last_name: 'Okafor' }
    await stageInPostgresql(client, [{ ...row, date_of_birth: '2019-05-04' }])
    const [written] = await hashedFile()
    await client.query(
      `alter table count_once.staging alter column date_of_birth type date using date_of_birth::date`,
    )
    await client.query(`set datestyle = 'SQL, MDY'`)
    const [typed] = await hashedFile()
    await client.query('reset datestyle')
    expect(typed).toEqual(written)
    expect(typed?.['birth']).toBe('2019-05')
  })

  it('says which rows are blank, and which somebody left out', async () => {
    await stageInPostgresql(client, [
      { client_ref: 'A1', first_name: 'Na' },
      { client_ref: "'", first_name: '\u200b✓', mobile: ' ' },
      { client_ref: 'A3', left_out: 'true' },
    ])
    const made = await hashedFile()
    expect(made.map((row) => [row['source_row'], row['row_status'], row['findings']])).toEqual([
      [1, 'accepted', 'first-please-confirm'],
      [2, 'blank', null],
      [3, 'rejected', null],
    ])
    expect(made.slice(1).map((row) => row['client_pseudonym'])).toEqual([null, null])
  })
})

describe('nothing is made', () => {
  it('of a column of birth dates written month first', async () => {
    await stageInPostgresql(client, [
      { client_ref: 'A1', date_of_birth: '01/13/2019' },
      { client_ref: 'A2', date_of_birth: '02/03/2019' },
    ])
    await expect(hashedFile()).rejects.toThrow(/birth-month-first/)
    await stageInPostgresql(client, [
      { client_ref: 'A1', date_of_birth: '2019-01-01', carer_date_of_birth: '01/13/1990' },
    ])
    await expect(hashedFile('child-and-carer')).rejects.toThrow(/birth-month-first/)
    expect(await hashedFile('person')).toHaveLength(1)
  })

  it('[S36] with a weak key, and no key is named in the refusal', async () => {
    await stageInPostgresql(client, [{ client_ref: 'A1' }])
    const weak: readonly (readonly [Buffer, string])[] = [
      [Buffer.alloc(32, 7), 'key-sequence'],
      [Buffer.from(Array.from({ length: 32 }, (_, i) => i)), 'key-sequence'],
      [Buffer.from('correct horse battery staple 123'), 'key-printable'],
      [Buffer.alloc(16, 7), 'key-length'],
      [Buffer.concat([KEY.subarray(0, 16), KEY.subarray(0, 16)]), 'key-repeated'],
    ]
    for (const [key, code] of weak) {
      await expect(hashedFile('person', key)).rejects.toThrow(new RegExp(`refused: ${code}$`))
    }
  })

  it('for a quarter that is none, and of rows that are not numbered', async () => {
    await stageInPostgresql(client, [{ client_ref: 'A1' }])
    await expect(hashedFile('person', KEY, '2024-Q5')).rejects.toThrow(/not a quarter/)
    await expect(hashedFile('contacts')).rejects.toThrow(/shape/)
    await client.query('update count_once.staging set source_row = 0')
    await expect(hashedFile()).rejects.toThrow(/source_row/)
  })

  it('[S34] when a vector does not come out', async () => {
    await stageInPostgresql(client, [{ client_ref: 'A1' }])
    await client.query('begin')
    await client.query(`delete from count_once.canonical_name`)
    await expect(hashedFile()).rejects.toThrow(/self-test failed/)
    await client.query('rollback')
  })
})
