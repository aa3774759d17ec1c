import { beforeAll, describe, expect, it } from 'vitest'
import { postcodeDigestHex } from '#core/area-file/area-table.ts'
import { HASHED_COLUMNS } from '#core/hashed-file/hashed-columns.ts'
import { sqlServerScript } from '../../desktop-hasher/sql-scripts/sql-server-script.ts'
import { isInRanges } from '../../desktop-hasher/sql-scripts/vectors-without-nfc.ts'
import { hash, KEY } from '../core/hashed-file/hashing.ts'
import {
  AREAS,
  CARER_FIELDS,
  FIELDS,
  messyRows,
  withCarers,
  type StagedRow,
} from './staged-rows.ts'
import { batchesOf, loadParser, parseBatch, SqlServer } from './tsql/sql-server.ts'
import { assign, binary, BIT, make, number, type SqlType, text } from './tsql/sql-values.ts'

const script = sqlServerScript()
const batches = batchesOf(script)
let server: SqlServer

beforeAll(async () => {
  await loadParser()
  server = new SqlServer()
  server.run(script)
  server.run(stagingTable())
  server.run(
    `insert into count_once.area (postcode_digest, ward, imd_decile, in_area)
     values (0x${postcodeDigestHex('SW99SL')}, 'E05000416', 10, 'yes')`,
  )
})

const TYPES: Readonly<Record<string, string>> = {
  source_row: 'int',
  left_out: 'bit',
  contacts: 'int',
  referral_date: 'date',
  start_date: 'date',
  end_date: 'date',
  last_contact_date: 'date',
}

/** The view that a database's owner makes, as a table. */
function stagingTable(): string {
  const columns = ['source_row', 'left_out', ...FIELDS, ...CARER_FIELDS]
  const declared = columns.map((name) => `${name} ${TYPES[name] ?? 'nvarchar(max)'} null`)
  return `create table count_once.staging (${declared.join(', ')})`
}

function stage(rows: readonly StagedRow[]): void {
  const { columns, rows: staged } = server.table('count_once.staging')
  staged.length = 0
  for (const [index, row] of rows.entries()) {
    const cells: StagedRow = { source_row: String(index + 1), left_out: '0', ...row }
    staged.push(new Map(columns.map(({ name, type }) => [name, cellOf(type, cells[name] ?? '')])))
  }
}

function cellOf(type: SqlType, cell: string): ReturnType<typeof assign> {
  if (cell === '') return make(type, null)
  return assign(
    type,
    type.name === 'int' || type.name === 'bit' ? number(Number(cell)) : text(cell),
  )
}

type Hashed = Readonly<Record<string, unknown>>

function hashedFile(shape = 'person', key: Uint8Array = KEY, quarter = '2024-Q1'): Hashed[] {
  const { results } = server.execute(
    'count_once.hashed_file',
    ...[binary(key), text('trust-a'), text('slt'), text(quarter), make(BIT, 1), text(shape)],
  )
  return (results[0] ?? []).map((row) =>
    Object.fromEntries([...row].map(([name, { data }]) => [name, data])),
  )
}

function linesOf(rows: readonly Hashed[]): string[] {
  return rows
    .filter((row) => row['row_status'] === 'accepted')
    .map((row) => HASHED_COLUMNS.map(({ name }) => String(row[name])).join(','))
}

/**
 * Rows as a tool without NFC takes them: a cell that it does not take stands for itself as one that
 * nobody takes.
 */
function taken(rows: readonly StagedRow[]): StagedRow[] {
  const isTaken = (cell: string): boolean =>
    Array.from(cell).every((character) => isInRanges(character.codePointAt(0) ?? 0))
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, cell]) => [name, isTaken(cell) ? cell : '\uFFFD']),
    ),
  )
}

describe('the hashed file', () => {
  const rows = messyRows().slice(0, 150)

  it('[S34] of messy people is byte for byte that of the hasher', async () => {
    stage(rows)
    const { lines } = await hash(
      FIELDS,
      taken(rows).map((row) => FIELDS.map((name) => row[name] ?? '')),
      { areas: AREAS },
    )
    expect(lines.length).toBe(rows.length)
    expect(linesOf(hashedFile())).toEqual(lines)
  })

  it('[S34] of children with their carers is byte for byte that of the hasher', async () => {
    const families = withCarers(rows)
    stage(families)
    const fields = [...FIELDS, ...CARER_FIELDS].filter((name) => name !== 'role')
    const { lines } = await hash(
      fields,
      taken(families).map((row) => fields.map((name) => row[name] ?? '')),
      { areas: AREAS, shape: 'child-and-carer' },
    )
    expect(lines.length).toBeGreaterThan(rows.length + 100)
    expect(linesOf(hashedFile('child-and-carer'))).toEqual(lines)
  })

  it('has the same columns as that of the PostgreSQL script, and says what became of each row', () => {
    stage([
      { client_ref: 'A1', first_name: 'Na' },
      { client_ref: "'", first_name: '\u200b', mobile: ' ' },
      { client_ref: 'A3', left_out: '1' },
    ])
    const made = hashedFile()
    const names = HASHED_COLUMNS.map(({ name }) => name as string)
    for (const row of made)
      expect(Object.keys(row)).toEqual(['row_status', ...names, 'codes', 'findings'])
    expect(made.map((row) => [row['source_row'], row['row_status'], row['findings']])).toEqual([
      [1, 'accepted', 'first-please-confirm'],
      [2, 'blank', ''],
      [3, 'rejected', ''],
    ])
    expect(made.slice(1).map((row) => row['client_pseudonym'])).toEqual(['', ''])
  })

  it('[S36] says the key check value, and nothing else of the key', () => {
    stage([{ client_ref: 'A1' }])
    const { messages } = server.execute(
      'count_once.hashed_file',
      ...[binary(KEY), text('trust-a'), text('slt'), text('2024-Q1'), make(BIT, 1)],
    )
    expect(messages).toEqual([
      'self-test: 480 vectors passed, 0 failed',
      'key check value 6bc5c3617eb9d513',
    ])
  })

  it('is empty of no rows', () => {
    stage([])
    expect(hashedFile()).toEqual([])
  })
})

describe('nothing is made', () => {
  it('of a column of birth dates written month first', () => {
    stage([
      { client_ref: 'A1', date_of_birth: '01/13/2019' },
      { client_ref: 'A2', date_of_birth: '02/03/2019' },
    ])
    expect(() => hashedFile()).toThrow(/birth-month-first/)
    stage([{ client_ref: 'A1', carer_date_of_birth: '01/13/1990' }])
    expect(() => hashedFile('child-and-carer')).toThrow(/birth-month-first/)
  })

  it('[S36] with a weak key, for a quarter or shape that is none, and of rows that are not numbered', () => {
    stage([{ client_ref: 'A1' }])
    expect(() => hashedFile('person', new Uint8Array(32))).toThrow(/refused: key-sequence$/)
    expect(() => hashedFile('person', KEY.subarray(0, 31))).toThrow(/refused: key-length$/)
    expect(() => hashedFile('person', KEY, '2024-Q5')).toThrow(/not a quarter/)
    expect(() => hashedFile('contacts')).toThrow(/shape/)
    stage([{ client_ref: 'A1', source_row: '0' }])
    expect(() => hashedFile()).toThrow(/source_row/)
  })
})

describe('the script', () => {
  it('is the same text every time, ASCII, and has nothing that sqlcmd would replace', () => {
    expect(sqlServerScript()).toBe(script)
    expect(script.match(/[^\n -~]/g)).toBeNull()
    expect(script).not.toContain('$(')
  })

  it('says in its header what was run and what was not', () => {
    expect(script).toMatch(/^-- .*No SQL Server has ever run this script/m)
    expect(script).toMatch(/^-- +execute count_once[.]self_test;$/m)
  })

  it('compares text under a BIN2 collation alone and measures it without forgetting spaces', () => {
    expect(new Set(script.match(/collate \w+/g))).toEqual(
      new Set(['collate Latin1_General_100_BIN2']),
    )
    expect(script).not.toMatch(/\b(len|patindex|upper)\s*\(/i)
  })

  it.each([
    ['an end is missing', (batch: string) => batch.replace(/\nend;\s*$/, '\n')],
    [
      'a bracket is missing',
      (batch: string) => batch.replace('datalength(@text)', 'datalength(@text'),
    ],
    ['a word is misspelt', (batch: string) => batch.replace('while ', 'whille ')],
    ['an operator stands alone', (batch: string) => batch.replace('@i + 1', '@i +')],
    ['a quote is open', (batch: string) => batch.replace("N' '", "N' ")],
    ['a then is in it', (batch: string) => batch.replace('if @point = 32', 'if @point = 32 then')],
  ])('is refused by the parser when %s', (_, spoil) => {
    const batch =
      batches.find((candidate) => candidate.includes('function count_once.tidy_spaces')) ?? ''
    expect(parseBatch(batch)).toHaveLength(1)
    expect(spoil(batch)).not.toBe(batch)
    expect(() => parseBatch(spoil(batch))).toThrow()
  })

  it.each([
    ['tidy_spaces', 'if unicode(@tidy) = 39', 'if unicode(@tidy) = 38'],
    ['fold', '@point between 768 and 879', '@point between 768 and 769'],
    ['nhs_number', '(11 - @i)', '(10 - @i)'],
    ['email', "N'mailto:'", "N'mailtu:'"],
    ['mobile', "N'7624'", "N'7625'"],
    ['postcode', 'set @masks = @masks * 2', 'set @masks = 2'],
    ['birth_date', '@day - 1000000', '@day - 2000000'],
    ['name_words', "N'JR'", "N'JX'"],
    ['swapped', '> 12', '> 13'],
    ['last_canonical', 'set @is_one = 0', 'set @is_one = 1'],
    ['surname_part', "N'DELLA'", "N'DELLO'"],
    ['sound', "N'X', N'H'", "N'X', N'K'"],
    ['sound_of_two', '< 8', '< 6'],
    ['netstring', '0x2C', '0x2D'],
    ['key_pad', '@i <= 32', '@i <= 31'],
    ['hmac_sha256', '@outer + hashbytes', '@inner + hashbytes'],
    ['pseudonym', 'count_once.value_of(@second)', 'count_once.value_of(@third)'],
  ])('[S34] fails its own self-test when %s is wrong', (name, before = '', after = '') => {
    const found =
      batches.find((batch) => batch.includes(`create function count_once.${name} (`)) ?? ''
    expect(found).toContain(before)
    server.alter(found.replace(before, after))
    expect(() => server.execute('count_once.self_test')).toThrow(/self-test failed/)
    server.alter(found)
  })
})

describe('the evaluator', () => {
  const run = (body: string): unknown => {
    const small = new SqlServer()
    small.run(
      `create function dbo.f (@a nvarchar(max), @n int) returns nvarchar(max) as begin ${body} end`,
    )
    return small.call('dbo.f', text('ab '), number(3)).data
  }

  it.each([
    ['text compared under the database’s collation', `if @a = N'ab' return N'x'; return N'y';`],
    [
      'equality that a space at the end decides',
      `if @a = N'ab' collate Latin1_General_100_BIN2 return N'x'; return N'y';`,
    ],
    [
      'a negative length, though another condition would have hindered it',
      `if @n > 5 and left(@a, @n - 9) = N'x' collate Latin1_General_100_BIN2 return N'x'; return N'y';`,
    ],
    ['a number beyond int, which would be a decimal', `return convert(nvarchar(20), 10000000000);`],
    ['an overflow', `return convert(nvarchar(20), @n * 2000000000);`],
    ['text that would be cut short', `declare @b nvarchar(2) = @a; return @b;`],
    ['a number added to text', `return @a + @n;`],
    ['a variable that is not declared', `return @b;`],
    ['a function that it does not know', `return upper(@a);`],
    ['a function whose last statement is no return', `if @n = 3 return N'x';`],
    ['letters whose lower case depends on the collation', `return lower(nchar(304));`],
  ])('refuses %s', (_, body) => {
    expect(() => run(body)).toThrow()
  })

  it('knows what the documentation says of spaces, nulls, starts below one and whole division', () => {
    expect(run('return convert(nvarchar(9), datalength(@a));')).toBe('6')
    expect(run('return substring(@a, 0, 2);')).toBe('a')
    expect(run(`if null = null return N'x'; return N'y';`)).toBe('y')
    expect(
      run(`if not (@a like nchar(null) collate Latin1_General_100_BIN2) return N'x'; return N'y';`),
    ).toBe('y')
    expect(run('return convert(nvarchar(9), -7 / 2) + convert(nvarchar(9), 7 % 4);')).toBe('-33')
    expect(run('return @a + nchar(null);')).toBeNull()
    expect(run(`return case when unicode(N'') is null then N'none' else N'' end;`)).toBe('none')
  })
})
