import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CopyBuffer, daysSince2000 } from '#server/platform/db/copy-buffer.ts'
import { copyIn } from '#server/platform/db/copy-in.ts'
import { copyRows } from '#server/platform/db/copy-out.ts'
import { CopyWriter } from '#server/platform/db/copy-writer.ts'
import { openPool, withTransaction } from '#server/platform/db/pool.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'

/** The day `yyyy-mm-dd` that lies `days` after 2000-01-01. */
function dayAfter2000(days: number): string {
  return new Date(946_684_800_000 + days * 86_400_000).toISOString().slice(0, 10)
}

let database: TestDatabase
let client: pg.Client

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  client = new pg.Client(database.url)
  await client.connect()
  await client.query(
    `create table every (
       small int2, whole int4, large int8, yes bool, id uuid, words text, day date, raw bytea)`,
  )
})

afterAll(async () => {
  await client.end()
  await database.drop()
})

interface Row {
  readonly small: number | null
  readonly whole: number | null
  readonly large: number | null
  readonly yes: boolean | null
  readonly id: Uint8Array | null
  readonly words: string | null
  readonly day: string
}

const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 5 })

const anyRow: fc.Arbitrary<Row> = fc.record({
  small: orNull(fc.integer({ min: -32_768, max: 32_767 })),
  whole: orNull(fc.integer()),
  large: orNull(fc.maxSafeInteger()),
  yes: orNull(fc.boolean()),
  id: orNull(fc.uint8Array({ minLength: 16, maxLength: 16 })),
  words: orNull(
    fc
      .string({ unit: 'binary', maxLength: 40 })
      .filter((text) => text.isWellFormed() && !text.includes('\0')),
  ),
  day: fc.oneof({ weight: 5, arbitrary: day }, { weight: 1, arbitrary: fc.constant('') }),
})

function* encode(rows: readonly Row[]): Generator<Buffer> {
  const buffer = new CopyBuffer()
  for (const row of rows) {
    buffer.row(7)
    buffer.int2(row.small)
    buffer.int4(row.whole)
    buffer.int8(row.large)
    buffer.bool(row.yes)
    if (row.id === null) buffer.null()
    else buffer.uuid(Uint8Array.of(7, ...row.id), 1)
    buffer.text(row.words)
    buffer.date(row.day)
    if (buffer.length > 500) yield buffer.take()
  }
  yield buffer.end()
}

const EVERY = {
  day: 'date',
  small: 'int2',
  whole: 'int4',
  large: 'int8',
  yes: 'bool',
  id: 'uuid',
  words: 'text',
} as const

async function decode(batchRows: number): Promise<Row[]> {
  const rows: Row[] = []
  const query = 'select small, whole, large, yes, id, words, day from every order by ctid'
  for await (const { rows: count, columns } of copyRows(client, query, EVERY, batchRows)) {
    const { small, whole, large, yes, id, words, day: days } = columns
    const or = <T>(column: { nulls: Uint8Array }, i: number, value: T): T | null =>
      column.nulls[i] === 1 ? null : value
    for (let i = 0; i < count; i += 1) {
      rows.push({
        small: or(small, i, small.values[i] ?? 0),
        whole: or(whole, i, whole.values[i] ?? 0),
        large: or(large, i, large.values[i] ?? 0),
        yes: or(yes, i, yes.values[i] === 1),
        id: or(id, i, id.values.slice(16 * i, 16 * i + 16)),
        words: or(words, i, words.values[i] ?? ''),
        day: or(days, i, dayAfter2000(days.values[i] ?? 0)) ?? '',
      })
    }
  }
  return rows
}

describe('COPY', () => {
  test('brings back every value that went in, wherever the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRow, { maxLength: 60 }),
        fc.integer({ min: 1, max: 70 }),
        async (rows, batch) => {
          await client.query('truncate every')
          const target = 'every (small, whole, large, yes, id, words, day)'
          expect(await copyIn(client, target, encode(rows))).toBe(rows.length)
          expect(await decode(batch)).toEqual(rows)
        },
      ),
      { numRuns: 80 },
    )
  })

  test('says to PostgreSQL what the same values as SQL say', async () => {
    await client.query('truncate every')
    const buffer = new CopyBuffer()
    buffer.row(8)
    buffer.int2(-2)
    buffer.int4(-3)
    buffer.int8(-5_000_000_000)
    buffer.bool(true)
    buffer.uuid(Buffer.from('0123456789abcdef0123456789abcdef', 'hex'))
    buffer.text('Siân Ó Néill 🎈')
    buffer.date('2024-02-29')
    buffer.bytes(Uint8Array.of(0, 255))
    await copyIn(client, 'every', [buffer.end()])
    const { rows } = await client.query(
      'select small, whole, large::text, yes, id, words, day::text, raw::text from every',
    )
    expect(rows).toEqual([
      {
        small: -2,
        whole: -3,
        large: '-5000000000',
        yes: true,
        id: '01234567-89ab-cdef-0123-456789abcdef',
        words: 'Siân Ó Néill 🎈',
        day: '2024-02-29',
        raw: '\\x00ff',
      },
    ])
  })

  test('writes rows by the names of their columns, and only those since the last time', async () => {
    await client.query('truncate every')
    const writer = new CopyWriter({ words: 'text', small: 'int2', id: 'uuid', day: 'date' })
    expect(await writer.send(client, 'every')).toBe(0)
    writer.add({ day: '2024-02-29', words: 'one', id: null, small: 1 })
    writer.add({ day: null, words: null, id: Buffer.alloc(16, 1), small: null })
    expect(await writer.send(client, 'every')).toBe(2)
    writer.add({ day: '', words: 'three', id: null, small: 3 })
    expect(await writer.send(client, 'every')).toBe(1)
    const { rows } = await client.query(
      'select words, small, id, day::text from every order by ctid',
    )
    expect(rows).toEqual([
      { words: 'one', small: 1, id: null, day: '2024-02-29' },
      { words: null, small: null, id: '01010101-0101-0101-0101-010101010101', day: null },
      { words: 'three', small: 3, id: null, day: null },
    ])
  })

  test('reads the columns it is asked for by name, in the order of the query', async () => {
    const read: [number, string][] = []
    const query = `select n as one, 'x' || n as words, now() as left_out from generate_series(1, 5) n order by n desc`
    for await (const batch of copyRows(client, query, { words: 'text', one: 'int4' }, 2)) {
      const { one, words } = batch.columns
      for (let row = 0; row < batch.rows; row++)
        read.push([one.values[row] ?? 0, words.values[row] ?? ''])
    }
    expect(read).toEqual([5, 4, 3, 2, 1].map((n) => [n, `x${n}`]))
  })

  test('counts days as the calendar does', () => {
    fc.assert(
      fc.property(day, (text) => {
        expect(daysSince2000(text)).toBe((Date.parse(text) - Date.parse('2000-01-01')) / 86_400_000)
        expect(dayAfter2000(daysSince2000(text))).toBe(text)
      }),
    )
  })

  test('takes nothing when the source fails in the middle, and the connection serves on', async () => {
    await client.query('truncate every')
    function* failing(): Generator<Buffer> {
      const buffer = new CopyBuffer()
      buffer.row(1)
      buffer.int4(1)
      yield buffer.take()
      throw new Error('the reader gave up')
    }
    await expect(copyIn(client, 'every (whole)', failing())).rejects.toThrow('the reader gave up')
    expect((await client.query('select from every')).rowCount).toBe(0)
  })

  test('tells a fault without the values when the server refuses a row', async () => {
    await client.query('create table unique_words (words text unique)')
    const buffer = new CopyBuffer()
    for (let i = 0; i < 2; i += 1) {
      buffer.row(1)
      buffer.text('Canary-Llewelyn')
    }
    const copying = copyIn(client, 'unique_words (words)', [buffer.end()])
    await expect(copying).rejects.toMatchObject({
      code: 'database-refused',
      detail: { state: '23505', constraint: 'unique_words_words_key' },
    })
    await expect(copying).rejects.not.toThrow('Canary')
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test('tells a query that is wrong, and the connection serves on', async () => {
    const reading = (async () => {
      for await (const batch of copyRows(client, 'select 1/0 as one', { one: 'int4' }))
        expect(batch.rows).toBe(0)
    })()
    await expect(reading).rejects.toMatchObject({ detail: { state: '22012' } })
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })

  test.each([
    ['a column too few', 'select 1::int4 as one', /database-refused/],
    ['a column of another width', 'select 1::int4 as one, 2::int8 as two', /^COPY/],
  ])('throws for %s rather than misread', async (_what, query, words) => {
    const pool = openPool(database.url)
    const columns = { one: 'int4', two: 'int4' } as const
    const reading = withTransaction(pool, async (one) => {
      for await (const batch of copyRows(one, query, columns)) expect(batch.rows).toBe(0)
    })
    await expect(reading).rejects.toThrow(words)
    await pool.end()
  })

  test('leaving in the middle gives up that connection and no other', async () => {
    const pool = openPool(database.url, { max: 1 })
    const started = performance.now()
    const leaving = withTransaction(pool, async (one) => {
      const rows = copyRows(one, 'select generate_series(1, 3000000) as one', { one: 'int4' })
      for await (const batch of rows) if (batch.rows > 0) break
      return 'left'
    })
    await expect(leaving).rejects.toMatchObject({ code: 'database-gone' })
    expect(performance.now() - started).toBeLessThan(4000)
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await pool.end()
  })
})
