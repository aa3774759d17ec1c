import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPool } from '#server/platform/db/pool.ts'
import { QUEUES } from '#server/platform/queue/queues.ts'
import { demandQueues, prepareQueues } from '#server/platform/queue/send-job.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})

afterAll(async () => {
  await database.drop()
})

describe('the queues', () => {
  test('are there for everybody who demands them, of however many processes, all at once', async () => {
    const processes = Array.from({ length: 4 }, () => openPool(database.url, { max: 2 }))
    try {
      await Promise.all(
        processes.flatMap((pool) => [demandQueues(pool), demandQueues(pool), prepareQueues(pool)]),
      )
      const [pool] = processes
      const made = await pool?.query<{ name: string }>('select name from pgboss.queue')
      expect(made?.rows.map(({ name }) => name)).toEqual(
        expect.arrayContaining(QUEUES.map(({ name }) => name)),
      )
    } finally {
      await Promise.all(processes.map((pool) => pool.end()))
    }
  })
})
