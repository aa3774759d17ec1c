import fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { normaliseBirthDate } from '#core/pseudonym/normalising/birth-date.ts'
import {
  carerReference,
  normaliseClientReference,
} from '#core/pseudonym/normalising/client-reference.ts'
import { normaliseEmail } from '#core/pseudonym/normalising/email.ts'
import { readGender } from '#core/pseudonym/normalising/gender.ts'
import { normaliseMobile } from '#core/pseudonym/normalising/mobile.ts'
import { DateOrderCount } from '#core/pseudonym/normalising/month-first.ts'
import {
  canonicalLast,
  soundOfName,
  soundsTogether,
  surnameParts,
  swapDayAndMonth,
} from '#core/pseudonym/normalising/alternates.ts'
import {
  canonicalName,
  firstThree,
  normaliseFirstName,
  normaliseLastName,
} from '#core/pseudonym/normalising/name.ts'
import { normaliseNhsNumber } from '#core/pseudonym/normalising/nhs-number.ts'
import type { NormalisedValue } from '#core/pseudonym/normalising/normalised-value.ts'
import { normalisePostcode } from '#core/pseudonym/normalising/postcode.ts'
import { postgresqlScript } from '../../desktop-hasher/sql-scripts/postgresql-script.ts'
import { publishedVectors } from '../core/pseudonym/published-vectors.ts'
import { messyCells } from './messy-cells.ts'
import { installInPostgresql, type InstalledDatabase } from './postgresql-database.ts'

let database: InstalledDatabase
let client: pg.Client

beforeAll(async () => {
  database = await installInPostgresql()
  client = database.client
}, 120_000)

afterAll(() => database.close())

/** What a statement answers inside a transaction that is taken back. */
async function undone<T>(act: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    return await act()
  } finally {
    await client.query('rollback')
  }
}

async function selfTestError(): Promise<string> {
  await client.query('savepoint before_test')
  try {
    await client.query('call count_once.self_test()')
    return ''
  } catch (error) {
    await client.query('rollback to savepoint before_test')
    return error instanceof Error ? error.message : ''
  }
}

describe('the published vectors', () => {
  it('[S34] come out byte for byte, all 480 and what stands beside them', async () => {
    const notices: string[] = []
    client.on('notice', ({ message }) => notices.push(message ?? ''))
    await client.query('call count_once.self_test()')
    expect(notices).toEqual(['self-test: 480 vectors passed, 0 failed'])
  })

  it('[S34] give the source pseudonyms and reason codes of their columns', async () => {
    const { rows } = await client.query<{ id: string; made: string; codes: string[] }>(
      `select v.id, to_jsonb(p) ->> (v.vector ->> 'column') as made, p.codes
       from count_once.vector as v cross join lateral count_once.person(
         decode($1, 'hex'), $2, $3, count_once.reference_day(v.vector ->> 'quarter'),
         (v.vector -> 'live')::boolean, v.vector ->> 'role',
         v.vector #>> '{input,client_ref}', v.vector #>> '{input,first_name}', v.vector #>> '{input,last_name}',
         v.vector #>> '{input,date_of_birth}', v.vector #>> '{input,gender}', v.vector #>> '{input,nhs_number}',
         v.vector #>> '{input,email}', v.vector #>> '{input,mobile}', v.vector #>> '{input,carer_email}',
         v.vector #>> '{input,carer_mobile}', v.vector #>> '{input,postcode}') as p`,
      [publishedVectors.source_key, publishedVectors.provider, publishedVectors.service],
    )
    const made = new Map(rows.map((row) => [row.id, row]))
    let compared = 0
    for (const vector of publishedVectors.vectors) {
      if ('field' in vector) continue
      const row = made.get(vector.id)
      if (vector.source !== undefined) expect(row?.made).toBe(`\\x${vector.source}`)
      else expect(row?.codes).toContain(vector.code)
      compared++
    }
    expect(compared).toBe(471)
  })

  it.each([
    ['a source pseudonym', `jsonb_set(vector, '{source}', to_jsonb(repeat('0', 64)))`, 'source'],
    ['a second platform pseudonym', `jsonb_set(vector, '{p2}', to_jsonb(repeat('0', 32)))`, 'p2'],
    ['a message', `jsonb_set(vector, '{message}', '"00"')`, 'message'],
    ['a component', `jsonb_set(vector, '{components,0}', '"x"')`, 'components'],
    ['a reason code', `jsonb_set(vector, '{code}', '"nhs-missing"')`, 'code'],
    ['a finding', `jsonb_set(vector, '{findings}', '["first-please-confirm"]')`, 'source'],
    ['an input', `jsonb_set(vector, '{input}', '{}')`, 'source'],
    ['a field', `jsonb_set(vector, '{value}', '"x"')`, 'field'],
  ])('[S34] fail the self-test when %s of one of them is changed', async (_, change, having) => {
    await undone(async () => {
      const { rows } = await client.query<{ id: string }>(
        `update count_once.vector set vector = ${change}
         where id = (select min(id) from count_once.vector
           where vector ? $1 and vector -> 'findings' is distinct from '["first-please-confirm"]'
             and vector ->> 'code' is distinct from 'nhs-missing') returning id`,
        [having],
      )
      expect(await selfTestError()).toBe(
        `self-test failed: ${rows[0]?.id ?? 'nothing was changed'}`,
      )
    })
  })

  it('[S34] fail the self-test when a table, a vector or a check beside them is changed', async () => {
    const wrong: readonly (readonly [string, RegExp])[] = [
      [`update count_once.fold_row set becomes = 'X' where first = 232`, /V\d{4}/],
      [`delete from count_once.canonical_name`, /V\d{4}/],
      [`delete from count_once.vector where id = 'V0001'`, /479 vectors/],
      [
        `update count_once.published set beside = jsonb_set(beside, '{k1_check}', '""')`,
        /key_check k1/,
      ],
      [
        `update count_once.published set beside = jsonb_set(beside, '{manifest_hmac,hmac}', '""')`,
        /manifest_hmac/,
      ],
      [
        `update count_once.published set beside = jsonb_set(beside, '{date_columns,0,order}', '"day-first"')`,
        /date_columns 1/,
      ],
      [
        `update count_once.published set beside = jsonb_set(beside, '{keys_refused,0}', to_jsonb(md5('a') || md5('b')))`,
        /keys_refused 1/,
      ],
    ]
    for (const [change, message] of wrong) {
      await undone(async () => {
        await client.query(change)
        expect(await selfTestError()).toMatch(message)
      })
    }
  })
})

describe('random cells', () => {
  const referenceDay = { year: 2024, month: 6, day: 30 }
  const birth = (givenRole: '' | 'adult') => (cell: string) =>
    normaliseBirthDate(cell, { referenceDay, date1904: false, givenRole })
  const fields: readonly (readonly [string, string, (cell: string) => NormalisedValue])[] = [
    ['nhsNumber', 'nhs_number(cell, true)', (cell) => normaliseNhsNumber(cell, true)],
    ['nhsNumber', 'nhs_number(cell, false)', (cell) => normaliseNhsNumber(cell, false)],
    ['email', 'email(cell, true)', (cell) => normaliseEmail(cell, true)],
    ['email', 'email(cell, false)', (cell) => normaliseEmail(cell, false)],
    ['mobile', 'mobile(cell)', normaliseMobile],
    ['postcode', 'postcode(cell)', normalisePostcode],
    ['reference', 'client_reference(cell)', normaliseClientReference],
    ['name', `name(cell, 'first')`, normaliseFirstName],
    ['name', `name(cell, 'last')`, normaliseLastName],
    ['date', `birth_date(cell, '2024-06-30', '')`, birth('')],
    ['date', `birth_date(cell, '2024-06-30', 'adult')`, birth('adult')],
  ]

  it.each(fields)(
    '[S34] of %s come out of %s as they do of the portal',
    async (kind, sql, core) => {
      const cells = messyCells(kind, 3000)
      const { rows } = await client.query<NormalisedValue>(
        `select c.* from unnest($1::text[]) with ordinality as t (cell, place)
       cross join lateral count_once.${sql} as c order by t.place`,
        [cells],
      )
      expect(rows).toEqual(cells.map((cell) => ({ ...core(cell) })))
      expect(rows.filter(({ code }) => code === '').length).toBeGreaterThan(150)
      expect(new Set(rows.map(({ code }) => code)).size).toBeGreaterThan(2)
    },
  )

  it('[S34] give the first three letters and the usual spelling of a name as they do in the portal', async () => {
    const cells = [...messyCells('name', 1500), 'Kate', 'Mohammad', '𝐉ane', 'ab', 'தமிழ்']
    const { rows } = await client.query<{ three: NormalisedValue; canonical: NormalisedValue }>(
      `select to_json(count_once.first_three(c)) as three, to_json(count_once.canonical(c)) as canonical
       from unnest($1::text[]) with ordinality as t (cell, place)
       cross join lateral count_once.name(t.cell, 'first') as c order by t.place`,
      [cells],
    )
    expect(rows).toEqual(
      cells.map((cell) => {
        const first = normaliseFirstName(cell)
        return { three: { ...firstThree(first) }, canonical: { ...canonicalName(first) } }
      }),
    )
  })

  it('[S34] give alternates and sounds as they do in the portal', async () => {
    const [firsts, dates] = [messyCells('name', 1500), messyCells('date', 1500)]
    const cells = messyCells('lastName', 1500).map((last, index) => ({
      last,
      first: firsts[index] ?? '',
      date: dates[index] ?? '',
    }))
    const { rows } = await client.query<Record<string, NormalisedValue>>(
      `select to_json(count_once.surname_part(p.parts[1], n.last)) as "firstPart",
         to_json(count_once.surname_part(nullif(p.parts[cardinality(p.parts)], p.parts[1]), n.last)) as "lastPart",
         to_json(count_once.sound_of_two(s.first, s.last)) as "firstSound",
         to_json(count_once.sound_of_two(s.last, s.first)) as "lastSound",
         to_json(count_once.last_canonical(n.first, n.usual, n.last)) as canonical,
         to_json(count_once.swapped(count_once.birth_date(t.cell ->> 'date', '2024-06-30', ''))) as swapped
       from jsonb_array_elements($1::jsonb) with ordinality as t (cell, place)
       cross join lateral (select count_once.name(t.cell ->> 'first', 'first') as first,
         count_once.canonical(count_once.name(t.cell ->> 'first', 'first')) as usual,
         count_once.name(t.cell ->> 'last', 'last') as last) as n
       cross join lateral (select count_once.surname_parts(t.cell ->> 'last') as parts) as p
       cross join lateral (select count_once.sound(n.usual) as first, count_once.sound(n.last) as last) as s
       order by t.place`,
      [JSON.stringify(cells)],
    )
    const expected = cells.map((cell) => {
      const [first, last] = [normaliseFirstName(cell.first), normaliseLastName(cell.last)]
      const canonical = canonicalName(first)
      return {
        ...surnameParts(cell.last, last),
        ...soundsTogether(soundOfName(canonical), soundOfName(last)),
        canonical: canonicalLast(first, canonical, last),
        swapped: swapDayAndMonth(birth('')(cell.date)),
      }
    })
    expect(rows).toEqual(expected)
    const made = expected.filter(({ lastPart }) => lastPart.code === '')
    expect(made.length).toBeGreaterThan(100)
  })

  it('give the gender that is kept, and the carer’s reference, as they do in the portal', async () => {
    const cells = [...messyCells('gender', 1500), ...messyCells('reference', 500)]
    const { rows } = await client.query<{ gender: string; carer: string }>(
      `select count_once.gender(cell) as gender, count_once.carer_reference(cell) as carer
       from unnest($1::text[]) with ordinality as t (cell, place) order by place`,
      [cells],
    )
    expect(rows).toEqual(
      cells.map((cell) => ({ gender: readGender(cell), carer: carerReference(cell) })),
    )
  })

  it('tell a column written month first as they do in the portal', async () => {
    const date = fc.oneof(
      fc.constantFrom('01/13/2019', '13/01/2019', '1-2-19', '32/01/2019', '', 'May', '12 Dec 2012'),
      fc.constantFrom(...messyCells('date', 300)),
    )
    const columns = fc.sample(fc.array(date, { maxLength: 30 }), { numRuns: 300, seed: 4 })
    const { rows } = await client.query<{ is: boolean }>(
      `select count_once.is_month_first(array(select jsonb_array_elements_text(c.cells))) as is
       from jsonb_array_elements($1::jsonb) with ordinality as c (cells, place) order by c.place`,
      [JSON.stringify(columns)],
    )
    const expected = columns.map((column) => {
      const count = new DateOrderCount()
      for (const cell of column) count.add(cell)
      return count.isMonthFirst
    })
    expect(rows.map((row) => row.is)).toEqual(expected)
    expect(new Set(expected).size).toBe(2)
  })

  it('[S34] come out the same whatever collation their column has', async () => {
    await undone(async () => {
      await client.query(
        `create collation loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)`,
      )
      const { rows } = await client.query<{ code: string }>(
        `select (count_once.email(c.cell, false)).code || (count_once.name(c.cell, 'first')).value as code
         from (values ('UNKNÓWN@leap.test' collate loose), ('İpek'), ('Zoë')) as c (cell)`,
      )
      const expected = ['UNKNÓWN@leap.test', 'İpek', 'Zoë'].map(
        (cell) => normaliseEmail(cell, false).code + normaliseFirstName(cell).value,
      )
      expect(rows.map(({ code }) => code)).toEqual(expected)
    })
  })
})

describe('framing', () => {
  it('[S35] sets apart what stands side by side, and one kind from another', async () => {
    const { rows } = await client.query<{ made: string }>(
      `select encode(count_once.pseudonym('\\x01', k.kind, k.parts), 'hex') as made from (values
        ('name-birth', array[count_once.kept('ab'), count_once.kept('c')]),
        ('name-birth', array[count_once.kept('a'), count_once.kept('bc')]),
        ('child', array[count_once.kept('ab'), count_once.kept('c')]),
        ('name-birth', array[count_once.kept('abc')])) as k (kind, parts)`,
    )
    expect(new Set(rows.map(({ made }) => made)).size).toBe(4)
  })
})

describe('the install script', () => {
  it('is the same text every time, and ASCII alone', () => {
    const script = postgresqlScript()
    expect(postgresqlScript()).toBe(script)
    expect(script.match(/[^\n -~]/g)).toBeNull()
  })

  it('[S36] leaves no key but those of the vectors, and no right to anybody', async () => {
    const keys = postgresqlScript().match(/"(?:source_key|k1|k2|key)":"[0-9a-f]{64}"/g)
    expect(new Set(keys).size).toBe(4)
    const { rows } = await client.query<{ granted: boolean }>(
      `select has_schema_privilege('public', 'count_once', 'usage') as granted`,
    )
    expect(rows).toEqual([{ granted: false }])
  })
})
