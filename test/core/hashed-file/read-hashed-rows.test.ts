import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HASHED_COLUMNS, hashedHeader } from '#core/hashed-file/hashed-columns.ts'
import { HashedTally } from '#core/hashed-file/hashed-tally.ts'
import { HashedRowReader } from '#core/hashed-file/read-hashed-rows.ts'
import { HashedRowWriter } from '#core/hashed-file/write-hashed-rows.ts'
import { FileRefused } from '#core/tabular/table.ts'
import { hash } from './hashing.ts'

const CHECK = '0123456789abcdef'
const FIELDS = [
  'client_ref',
  'role',
  'first_name',
  'last_name',
  'date_of_birth',
  'gender',
  'contacts',
]

interface Line {
  readonly [column: string]: string
}

/** A line whose cells all fit, with some put in their place. */
function line(cells: Line = {}): string {
  const fitting: Line = {
    source_row: '1',
    role: 'child',
    birth: '2020-05',
    gender: 'F',
    ward: 'riverside',
    in_area: 'yes',
    send_or_disability: 'unknown',
    client_pseudonym: 'ab'.repeat(32),
    pseudonym_version: '2',
    source_key_check: CHECK,
    ...cells,
  }
  return HASHED_COLUMNS.map(({ name }) => fitting[name] ?? '').join(',')
}

function read(
  text: string,
  piece = text.length,
): { row?: unknown; column?: unknown; code: string } | number {
  const reader = new HashedRowReader({
    sourceKeyCheck: CHECK,
    quarter: '2024-Q1',
    wards: new Set(['riverside']),
  })
  const bytes = new TextEncoder().encode(text)
  try {
    for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.subarray(at, at + piece))
    return reader.finish()
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    return { code: error.code, ...error.detail }
  }
}

function file(...lines: string[]): string {
  return [hashedHeader('people'), ...lines, ''].join('\n')
}

test('[S34] a pseudonym that needs a whole name with a birth disagrees where that is blank', async () => {
  const { hashed } = await hash(FIELDS, [['C1', 'child', '', '', '2021-03-04', 'F', '1']])
  if (!hashed.ok) throw new Error(hashed.code)
  const { manifest } = hashed.file
  for (const column of ['name_birth_reversed_pseudonym', 'sound_birth_pseudonym'] as const) {
    const reader = new HashedRowReader({
      sourceKeyCheck: CHECK,
      quarter: '2024-Q1',
      wards: new Set(['riverside']),
    })
    const tally = new HashedTally()
    tally.add(reader.push(new TextEncoder().encode(file(line({ [column]: 'cd'.repeat(32) })))))
    const columns = { ...manifest.columns, [column]: { made: 1, blank: {} } }
    expect(tally.disagreement({ ...manifest, columns })).toBe('name_birth_pseudonym')
  }
})

describe('the lines of a hashed file', () => {
  test('are read as they were written, in whatever pieces they come', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => [
      `C${n}`,
      n % 3 === 0 ? 'parent' : 'child',
      `Ann${n}`,
      'Example',
      n % 3 === 0 ? '1990-02-01' : '2021-03-04',
      'F',
      String(n),
    ])
    const { hashed, output } = await hash(FIELDS, rows, { confirm: true })
    if (!hashed.ok) throw new Error(hashed.code)
    const { manifest } = hashed.file
    const bytes = new TextEncoder().encode(output.text)
    for (const piece of [1, 7, 1000, bytes.length]) {
      const terms = {
        sourceKeyCheck: manifest.source_key_check,
        quarter: '2024-Q1',
        wards: new Set<string>(),
      } as const
      const reader = new HashedRowReader(terms)
      const tally = new HashedTally()
      let text = `${hashedHeader('people')}\n`
      for (let at = 0; at < bytes.length; at += piece) {
        const { facts, pseudonyms } = reader.push(bytes.subarray(at, at + piece))
        tally.add({ facts, pseudonyms })
        text += new TextDecoder().decode(
          new HashedRowWriter(manifest.source_key_check).write(facts, pseudonyms),
        )
      }
      expect(reader.finish()).toBe(30)
      expect(text).toBe(output.text)
      expect(tally.disagreement(manifest)).toBeNull()
      expect(tally.linkability).toEqual(hashed.outcome.linkability)
      expect(tally.forecast).toEqual(hashed.outcome.forecast)
    }
  })

  test('fit their grammar', () => {
    expect(read(file(line()))).toBe(1)
    expect(read(file())).toBe(0)
    const adult = { source_row: '2', role: 'adult', birth: '1980', client_pseudonym: '' }
    expect(read(file(line(), line(adult)))).toBe(2)
    expect(read(file(line(), line({ role: 'parent', birth: '1990' })))).toBe(2)
  })

  test.each([
    ['source_row', '0'],
    ['source_row', '01'],
    ['source_row', '12345678'],
    ['role', 'mother'],
    ['role', ''],
    ['birth', '2020'],
    ['birth', '2008-06'],
    ['birth', '2024-07'],
    ['birth', '2020-00'],
    ['birth', '1903'],
    ['gender', 'f'],
    ['ward', 'elsewhere'],
    ['imd_decile', '11'],
    ['imd_decile', '0'],
    ['in_area', ''],
    ['ethnicity', 'I'],
    ['main_language', 'zzz'],
    ['send_or_disability', 'maybe'],
    ['referral_date', '2023-02-29'],
    ['start_date', '01/02/2024'],
    ['end_date', '2024-13-01'],
    ['referral_source', 'Amara'],
    ['status', 'open'],
    ['contacts', '-1'],
    ['contacts', '100000'],
    ['contacts', '007'],
    ['last_contact_date', 'yesterday'],
    ['nhs_number_pseudonym', '9434765919'],
    ['email_pseudonym', 'AB'.repeat(32)],
    ['client_pseudonym', 'ab'.repeat(31)],
    ['pseudonym_version', '1'],
    ['source_key_check', 'fedcba9876543210'],
    ['source_key_check', `${CHECK}\r`],
  ])('are refused by row and column at %s %j', (column, cell) => {
    const told = read(
      file(line(), line({ source_row: '2' }), line({ source_row: '3', [column]: cell })),
    )
    expect(told).toEqual({ code: 'hashed-cell', row: 3, column })
    expect(JSON.stringify(told)).not.toContain(
      cell === '' ? '\u0000' : JSON.stringify(cell).slice(1, -1) + '"',
    )
  })

  test('give a row once, or to a child and then its carer', () => {
    const refused = { code: 'hashed-cell', row: 2, column: 'source_row' }
    const parent = { role: 'parent', birth: '1990' }
    expect(read(file(line(), line()))).toEqual(refused)
    expect(read(file(line(parent), line()))).toEqual(refused)
    expect(read(file(line({ source_row: '2' }), line({ source_row: '1' })))).toEqual(refused)
    expect(read(file(line(), line(parent), line(parent)))).toEqual({ ...refused, row: 3 })
  })

  test('give only a child what only a child has', () => {
    const adult = { role: 'adult', birth: '1980' }
    for (const column of ['child_pseudonym', 'carer_mobile_pseudonym']) {
      const cells = { ...adult, [column]: 'ab'.repeat(32) }
      expect(read(file(line(cells)))).toEqual({ code: 'hashed-cell', row: 1, column })
    }
  })

  test('are refused when they are none, or the header is another', () => {
    expect(read(`${hashedHeader('people')},name\n${line()}\n`)).toEqual({ code: 'hashed-header' })
    expect(read('')).toEqual({ code: 'hashed-header' })
    expect(read(hashedHeader('people'))).toEqual({ code: 'hashed-header' })
    expect(read(`\ufeff${file(line())}`)).toEqual({ code: 'hashed-header' })
    expect(read(file(line(), `${line({ source_row: '2' })},`))).toEqual({
      code: 'hashed-line',
      row: 2,
    })
    expect(read(file(line()).slice(0, -1))).toEqual({ code: 'hashed-line', row: 1 })
    expect(read(`${file(line())}\n`)).toEqual({ code: 'hashed-line', row: 2 })
    expect(read(file(`"${line()}"`))).toMatchObject({ code: 'hashed-cell', column: 'source_row' })
  })

  test('that never end are given up', () => {
    expect(read(`${hashedHeader('people')}\n${'a'.repeat(1_000_000)}`, 1000)).toEqual({
      code: 'hashed-line',
      row: 1,
    })
  })

  test('of any bytes are refused and never thrown over', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(28), (text, column) => {
        const name = HASHED_COLUMNS[column]?.name ?? ''
        const told = read(file(line({ [name]: text })))
        if (typeof told !== 'number') expect(told.code).toMatch(/^hashed-(cell|line)$/)
      }),
    )
  })
})
