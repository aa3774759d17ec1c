import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { BeneficiaryBook } from '#server/linkage/links/beneficiary-book.ts'
import { explainBeneficiary } from '#server/linkage/decisions/explain-beneficiary.ts'
import { parseReference } from '#core/linkage/references.ts'
import { type OpenSmallStore, openSmallStore, SmallProgramme } from '../small-programme.ts'

let open: OpenSmallStore
let programme: SmallProgramme

beforeAll(async () => {
  open = await openSmallStore()
})

beforeEach(async () => {
  programme = await SmallProgramme.begin(open.store)
})

afterAll(() => open.close())

/** The reference that a reference leads to. */
async function resolve(reference: string): Promise<string | undefined> {
  const explained = await explainBeneficiary(open.store, {
    reference,
    dataset: 'production',
    actor: 'test',
  })
  return explained.ok ? explained.explanation.reference : undefined
}

describe('a reference', () => {
  test('stays with its people when their file is replaced, whatever order the rows are in', async () => {
    await programme.sendRows('s1', '2024-Q1', [
      { client: 'a', nhsNumber: 'n1' },
      { client: 'b', nameBirth: 'Bo' },
      { client: 'c', nhsNumber: 'n3' },
    ])
    const before = await Promise.all(['a', 'b'].map((client) => programme.referenceOf(client)))
    const ofC = await programme.referenceOf('c')
    await programme.sendRows('s1', '2024-Q1', [
      { client: 'd', nhsNumber: 'n4' },
      { client: 'b', nameBirth: 'Bob' },
      { client: 'a', nhsNumber: 'n1', ward: 'w2' },
    ])
    expect([await programme.referenceOf('a'), await programme.referenceOf('b')]).toEqual(before)
    expect([...before, ofC]).not.toContain(await programme.referenceOf('d'))
    // Nobody is known by it any more.
    expect(await resolve(ofC)).toBeUndefined()
    for (const reference of before) expect(parseReference(reference)).toBe(reference)
  })

  test('goes to whom most of its records belong, and leads there when two people turn out to be one', async () => {
    for (const quarter of ['2024-Q1', '2024-Q2'] as const) {
      await programme.sendRows('s1', quarter, [{ client: 'a', nameBirth: 'Ann', role: 'adult' }])
    }
    await programme.sendRows('s2', '2024-Q1', [{ client: 'b', nhsNumber: 'n' }])
    await programme.sendRows('s3', '2024-Q1', [{ client: 'c', email: 'e', role: 'adult' }])
    const large = await programme.referenceOf('a', '2024-Q1')
    const [small, third] = [await programme.referenceOf('b'), await programme.referenceOf('c')]
    expect(new Set([large, small, third]).size).toBe(3)

    const ann = { nameBirth: 'Ann', role: 'adult' } as const
    await programme.sendRows('s2', '2024-Q2', [
      { client: 'b', nhsNumber: 'n', ...ann },
      { client: 'x', email: 'e', ...ann },
    ])
    expect(new Set((await programme.stored()).references.values())).toEqual(new Set([large]))
    expect([await resolve(small), await resolve(third)]).toEqual([large, large])
    expect(await resolve(small.toLowerCase().replaceAll('-', ' '))).toBe(large)

    // What was merged is merged once more: its aliases follow.
    const many = Array.from({ length: 8 }, () => ({
      client: 'z',
      email: 'e2',
      role: 'adult' as const,
    }))
    await programme.sendRows('s3', '2024-Q2', many)
    const [first] = programme.records.filter(({ client }) => client === 'z')
    const largest = (await programme.stored()).references.get(first?.id ?? 0)
    await programme.sendRows('s1', '2024-Q4', [{ client: 'a', email: 'e2', ...ann }])
    const { references, known } = await programme.stored()
    expect(new Set(references.values())).toEqual(new Set([largest]))
    expect(known).toEqual([largest])
    for (const reference of [large, small, third]) expect(await resolve(reference)).toBe(largest)
  })

  test('is kept by the larger part when one person turns out to be two, and the other is new', async () => {
    await programme.sendRows('s1', '2024-Q1', [{ client: 'a', nameBirth: 'Ann', ward: 'w' }])
    await programme.sendRows('s1', '2024-Q2', [{ client: 'a', nameBirth: 'Ann', ward: 'w' }])
    await programme.sendRows('s2', '2024-Q1', [
      { client: 'b', nhsNumber: 'n', nameBirth: 'Ann', ward: 'w' },
    ])
    await programme.sendRows('s3', '2024-Q1', [{ client: 'c', nhsNumber: 'n' }])
    const one = await programme.referenceOf('c')
    expect(new Set((await programme.stored()).references.values())).toEqual(new Set([one]))
    // The bridge between those of the first service and those of the others goes.
    await programme.sendRows('s2', '2024-Q1', [{ client: 'b', nhsNumber: 'n' }])
    expect(await programme.referenceOf('a', '2024-Q1')).toBe(
      await programme.referenceOf('a', '2024-Q2'),
    )
    const parts = [await programme.referenceOf('a', '2024-Q1'), await programme.referenceOf('c')]
    // Two records with each: the earliest quarter is equal too, so it is one of them, and one only.
    expect(parts.filter((reference) => reference === one)).toHaveLength(1)
    expect(await programme.referenceOf('b')).toBe(parts[1])
    expect((await programme.stored()).known).toHaveLength(2)
  })

  test('of somebody whose records fall into several parts stays with one of them', async () => {
    const bridge = { nhsNumber: 'n' } as const
    await programme.sendRows('s1', '2024-Q1', [
      { client: 'a', nameBirth: 'Ann', ...bridge },
      { client: 'b', birthPostcode: 'p', ...bridge },
      { client: 'c', mobile: 'm', ...bridge },
    ])
    await programme.sendRows('s2', '2024-Q1', [{ client: 'd', nameBirth: 'Ann', ward: 'w' }])
    await programme.sendRows('s1', '2024-Q2', [{ client: 'a', nameBirth: 'Ann', ward: 'w' }])
    const one = await programme.referenceOf('a', '2024-Q1')
    expect(await programme.referenceOf('d')).toBe(one)
    await programme.sendRows('s1', '2024-Q1', [
      { client: 'a', nameBirth: 'Ann' },
      { client: 'b', birthPostcode: 'p' },
      { client: 'c', mobile: 'm' },
    ])
    const { references, parts, known } = await programme.stored()
    expect(new Set(parts.map(([, part]) => part)).size).toBe(3)
    expect(known).toHaveLength(3)
    expect(await programme.referenceOf('a', '2024-Q1')).toBe(one)
    expect([...references.values()].filter((reference) => reference === one)).toHaveLength(3)
  })

  test('that somebody has or had is drawn again before anybody gets it twice', async () => {
    await programme.sendRows('s1', '2024-Q1', [{ client: 'a', nameBirth: 'Ann' }])
    await programme.sendRows('s2', '2024-Q1', [{ client: 'b', nhsNumber: 'n' }])
    await programme.sendRows('s2', '2024-Q2', [
      { client: 'b', nhsNumber: 'n', nameBirth: 'Ann', ward: 'w' },
    ])
    await programme.sendRows('s1', '2024-Q2', [{ client: 'a', nameBirth: 'Ann', ward: 'w' }])
    const { aliases, known } = await programme.stored()
    const [alias = ''] = aliases.keys()
    const [taken = ''] = known
    expect(parseReference(alias)).toBe(alias)

    const drawn = await withTransaction(open.store.pool, async (client) => {
      await run(client, 'linkage/create-change', [])
      const book = await BeneficiaryBook.open(client, 'production')
      const nobody = { part: 1, records: [], links: [] }
      const decision = {
        upper: EMPTY,
        lower: EMPTY,
        family: EMPTY,
        nhs: EMPTY,
        joins: [],
        doubts: [],
      }
      const five = Int32Array.from([0, 1, 2, 3, 4])
      const ids = book.carry({ part: nobody, decision: { ...decision, beneficiary: five } })
      await book.flush()
      // What chance would do once in many years: one that is known, one that was merged, and one
      // twice.
      const [first, second, third, fourth] = ids ?? []
      for (const [id, reference] of [
        [first, taken],
        [second, alias],
        [third, 'CO-2222-2222-2'],
        [fourth, 'CO-2222-2222-2'],
      ]) {
        await client.query('update new_beneficiary set reference = $2 where id = $1', [
          id,
          reference,
        ])
      }
      await book.finish()
      const { rows } = await client.query<{ id: number; reference: string }>(
        'select id::int, reference from beneficiary where dataset = $1 order by id',
        ['production'],
      )
      return { ids, rows }
    })
    expect(drawn.ids).toHaveLength(5)
    const references = drawn.rows.map(({ reference }) => reference)
    expect(new Set(references).size).toBe(6)
    expect(references).toContain(taken)
    expect(references).not.toContain(alias)
    expect(references.filter((reference) => reference === 'CO-2222-2222-2').length).toBeLessThan(2)
    for (const reference of references) expect(parseReference(reference)).toBe(reference)
    expect(new Set(drawn.rows.map(({ id }) => id)).size).toBe(6)
  })
})

const EMPTY = new Int32Array(0)
