import { inspect } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bindDatabase } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { openPool, withTransaction } from '#server/platform/db/pool.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'

let database: TestDatabase
let pool: pg.Pool

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openPool(database.url)
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

async function codes(): Promise<string[]> {
  const { rows } = await pool.query<{ code: string }>('select code from ward order by code')
  return rows.map(({ code }) => code)
}

describe('Prisma in a transaction', () => {
  test('reads and writes what SQL of the same transaction wrote and reads', async () => {
    await withTransaction(pool, async (client) => {
      await client.query(`insert into ward (code, name, gss_codes) values ('W1', 'One', '{E05}')`)
      const wards = await inPrisma(client, (prisma) =>
        prisma.ward.findMany({ select: { code: true, name: true, gssCodes: true } }),
      )
      expect(wards).toEqual([{ code: 'W1', name: 'One', gssCodes: ['E05'] }])
      await inPrisma(client, (prisma) => prisma.ward.create({ data: { code: 'W2', name: 'Two' } }))
      const { rowCount } = await client.query(`select from ward where code = 'W2'`)
      expect(rowCount).toBe(1)
    })
    expect(await codes()).toEqual(['W1', 'W2'])
  })

  test('asks its connection one thing at a time, also for several relations of a row', async () => {
    const client = new pg.Client(database.url)
    await client.connect()
    try {
      await client.query('begin')
      await client.query(`insert into strand (code, name) values ('S', 'Strand')`)
      await client.query(`insert into provider (code, name) values ('P', 'Provider')`)
      await client.query(
        `insert into service (code, name, strand_code, provider_code) values ('V', 'Service', 'S', 'P')`,
      )
      const asked = { now: 0, most: 0 }
      const query: (...given: unknown[]) => Promise<never> = client.query.bind(client)
      client.query = async (...given: unknown[]): Promise<never> => {
        asked.most = Math.max(asked.most, ++asked.now)
        return query(...given).finally(() => asked.now--)
      }
      const [service] = await inPrisma(client, (prisma) =>
        prisma.service.findMany({ include: { strand: true, provider: true, agreements: true } }),
      )
      expect(service).toMatchObject({ strand: { name: 'Strand' }, provider: { name: 'Provider' } })
      expect(asked).toEqual({ now: 0, most: 1 })
    } finally {
      await client.end()
    }
  })

  test('leaves nothing when the transaction is given up after it', async () => {
    const givenUp = withTransaction(pool, async (client) => {
      await inPrisma(client, (prisma) => prisma.ward.create({ data: { code: 'W3', name: 'x' } }))
      throw new Error('given up')
    })
    await expect(givenUp).rejects.toThrow('given up')
    expect(await codes()).not.toContain('W3')
  })

  test('fails with a fault without values, and takes the transaction with it', async () => {
    const data = { code: 'Canary-W4', name: 'Canary' }
    const twice = inPrisma(pool, async (prisma) => {
      await prisma.ward.create({ data })
      await prisma.ward.create({ data })
    })
    const fault: unknown = await twice.catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'database-refused', detail: { state: 'P2002' } })
    expect(inspect(fault, { depth: null, showHidden: true })).not.toContain('Canary')
    expect(await codes()).not.toContain('Canary-W4')
  })

  test('works as whoever the database is bound to, many at once, and nobody’s setting reaches another', async () => {
    const asked = Array.from({ length: 24 }, (_, index) => `who-${index}`)
    const told = await Promise.all(
      asked.map((who) =>
        inPrisma(bindDatabase(pool, { 'countonce.provider': who }), async (prisma) => {
          // In the same tick as the others: what Prisma gathers must stay within one transaction.
          await prisma.ward.findUnique({ where: { code: 'W1' } })
          const [row] = await prisma.$queryRaw<{ who: string }[]>`
            select current_setting('countonce.provider') as who`
          return row?.who
        }),
      ),
    )
    expect(told).toEqual(asked)
    const { rows } = await pool.query<{ who: string | null }>(
      `select nullif(current_setting('countonce.provider', true), '') as who`,
    )
    expect(rows).toEqual([{ who: null }])
  })
})
