import { inspect } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openPool, takeLinkingLock, withTransaction } from '#server/platform/db/pool.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import { refersToRequest } from '../../setup/still-refers.ts'

let database: TestDatabase
let pool: pg.Pool
let observer: pg.Client

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  pool = openPool(database.url, { max: 3 })
  observer = new pg.Client(database.url)
  await observer.connect()
  await observer.query('create table kept (id int primary key, words text unique)')
})

beforeEach(() => observer.query('truncate kept'))

afterAll(async () => {
  await observer.end()
  await pool.end()
  await database.drop()
})

async function kept(): Promise<number[]> {
  const { rows } = await observer.query<{ id: number }>('select id from kept order by id')
  return rows.map(({ id }) => id)
}

describe('a transaction', () => {
  test('keeps what was done and gives back what was returned', async () => {
    const result = await withTransaction(pool, async (client) => {
      await client.query('insert into kept values (1)')
      return 'done'
    })
    expect([result, await kept()]).toEqual(['done', [1]])
  })

  test('keeps nothing when it throws, throws the same, and its connection serves on', async () => {
    const error = new Error('changed my mind')
    for (let i = 0; i < 10; i += 1) {
      const failing = withTransaction(pool, async (client) => {
        await client.query('insert into kept values (1)')
        throw error
      })
      await expect(failing).rejects.toBe(error)
    }
    expect(await kept()).toEqual([])
    expect(pool.totalCount).toBeLessThanOrEqual(3)
  })

  test('keeps nothing of what it was done for when its answer is given up, and gives the answer', async () => {
    for (let i = 0; i < 10; i += 1) {
      const answer = await withTransaction(pool, async (client, giveUp) => {
        await client.query('insert into kept values (1)')
        return giveUp({ ok: false, seen: i })
      })
      expect(answer).toEqual({ ok: false, seen: i })
    }
    expect(await kept()).toEqual([])
    expect(pool.totalCount).toBeLessThanOrEqual(3)
  })

  test('does not take a commit that PostgreSQL turned into a rollback for one', async () => {
    const swallowing = withTransaction(pool, async (client) => {
      await client.query('insert into kept values (1)')
      await client.query('insert into kept values (1)').catch(() => undefined)
    })
    await expect(swallowing).rejects.toMatchObject({ code: 'database-refused' })
    expect(await kept()).toEqual([])
  })

  test('tells which rule refused and never which value', async () => {
    const failing = withTransaction(pool, async (client) => {
      await client.query('insert into kept values (1, $1)', ['Canary-Ffion'])
      await client.query('insert into kept values (2, $1)', ['Canary-Ffion'])
    })
    const fault: unknown = await failing.catch((error: unknown) => error)
    expect(fault).toMatchObject({
      code: 'database-refused',
      detail: { state: '23505', table: 'kept', constraint: 'kept_words_key' },
    })
    expect(inspect(fault, { depth: null, showHidden: true })).not.toContain('Canary')
  })

  test('[S50] says that the database is gone when its connection is cut, and the pool recovers', async () => {
    const cut = withTransaction(pool, async (client) => {
      await client.query('insert into kept values (1)')
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
      await observer.query('select pg_terminate_backend($1)', [rows[0]?.pid])
      await client.query('insert into kept values (2)')
    })
    await expect(cut).rejects.toMatchObject({ code: 'database-gone' })
    await withTransaction(pool, (client) => client.query('insert into kept values (3)'))
    expect(await kept()).toEqual([3])
  })

  test('[S50] outlives a connection that is cut while nothing is asked of it', async () => {
    const cut = withTransaction(pool, async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
      await observer.query('select pg_terminate_backend($1)', [rows[0]?.pid])
      await new Promise((resolve) => setTimeout(resolve, 200))
    })
    await expect(cut).rejects.toMatchObject({
      code: 'database-gone',
      detail: { outcome: 'unknown' },
    })
  })

  test('[S50] says that there is no database where none listens', async () => {
    const nowhere = openPool('postgresql://nobody:x@127.0.0.1:1/none')
    const failing = withTransaction(nowhere, () => Promise.resolve('success'))
    await expect(failing).rejects.toMatchObject({ code: 'database-gone' })
    await nowhere.end()
  })
})

describe('[S38] a connection, idle or in use, refers to no request', () => {
  test.each([
    ['asks once', (asked: pg.Pool) => asked.query('select 1')],
    [
      'has a transaction',
      (asked: pg.Pool) => withTransaction(asked, (client) => client.query('select 1')),
    ],
  ])('that %s', async (_what, ask) => {
    const asked = openPool(database.url, { max: 1 })
    onTestFinished(() => asked.end())
    // The first opens it.
    for (const connections of [0, 1]) {
      expect(asked.totalCount).toBe(connections)
      expect(await refersToRequest(() => ask(asked))).toBe(false)
    }
    // The looking works: whoever keeps a timer of its own is found.
    const timers: NodeJS.Timeout[] = []
    const waits = async (): Promise<void> => {
      await ask(asked)
      timers.push(setTimeout(() => undefined, 60_000))
    }
    expect(await refersToRequest(waits)).toBe(true)
    for (const timer of timers) clearTimeout(timer)
  })
})

describe('the linking lock', () => {
  test('lets one at a time into a dataset, and does not hold up another dataset', async () => {
    const order: string[] = []
    let enter = (): void => undefined
    const inside = new Promise<void>((resolve) => (enter = resolve))
    let leave = (): void => undefined
    const leaving = new Promise<void>((resolve) => (leave = resolve))
    const first = withTransaction(pool, async (client) => {
      await takeLinkingLock(client, 'production')
      enter()
      await leaving
      order.push('first')
    })
    await inside
    const second = withTransaction(pool, async (client) => {
      await takeLinkingLock(client, 'production')
      order.push('second')
    })
    await withTransaction(pool, async (client) => {
      await takeLinkingLock(client, 'staging')
      order.push('other dataset')
    })
    leave()
    await Promise.all([first, second])
    expect(order).toEqual(['other dataset', 'first', 'second'])
  })
})
