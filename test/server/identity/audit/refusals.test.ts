import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  recordRefusal,
  writeCountedRefusals,
  type RefusedAct,
} from '#server/identity/audit/refusals.ts'
import { verifyChain } from '#server/identity/audit/verify-audit.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'
import { refersToRequest } from '../../setup/still-refers.ts'

let database: TestDatabase
let owner: pg.Pool
/** A pool of each test's own: refusals are counted by pool. */
let pool: pg.Pool

beforeAll(async () => {
  database = await createTestDatabase()
  owner = openPool(database.url)
})

afterAll(async () => {
  await owner.end()
  await database.drop()
})

beforeEach(async () => {
  pool = openPool(database.url)
  onTestFinished(() => pool.end())
  await owner.query(
    'begin; set local session_replication_role = replica; truncate audit_event; commit',
  )
  await owner.query(`update audit_head set seq = 0, hash = decode(repeat('00', 32), 'hex')`)
})

const WRONG_ROLE: RefusedAct = {
  ...{ event: 'access.refused', reason: 'role', actor: 'U-PERSON2', from: 'aa00bb11cc22dd33' },
  at: 'audit',
}

function fromAddress(number: number): RefusedAct {
  const from = number.toString(16).padStart(16, '0')
  return { event: 'access.refused', reason: 'origin', actor: null, from }
}

interface Entry {
  readonly actor: string
  readonly event: string
  readonly detail: { readonly reason: string; readonly times: number; readonly from?: string }
}

async function entries(): Promise<Entry[]> {
  const { rows } = await owner.query<Entry>(
    'select actor, event, detail from audit_event order by seq',
  )
  return rows
}

async function times(): Promise<number> {
  return (await entries()).reduce((sum, { detail }) => sum + detail.times, 0)
}

describe('a refusal', () => {
  test('[S61] is an entry at once, with who, why and where', async () => {
    await recordRefusal(pool, WRONG_ROLE)
    expect(await entries()).toEqual([
      {
        actor: 'U-PERSON2',
        event: 'access.refused',
        detail: { reason: 'role', times: 1, from: 'aa00bb11cc22dd33', at: 'audit' },
      },
    ])
  })

  test('[S61] that comes a thousand times is two entries, which add up to all of them', async () => {
    await Promise.all(Array.from({ length: 1000 }, () => recordRefusal(pool, WRONG_ROLE)))
    expect(await entries()).toHaveLength(1)
    await writeCountedRefusals(pool)
    expect((await entries()).map(({ detail }) => detail.times)).toEqual([1, 999])
    // The next minute has one entry, however many come.
    await Promise.all(Array.from({ length: 30 }, () => recordRefusal(pool, WRONG_ROLE)))
    expect(await entries()).toHaveLength(2)
    await writeCountedRefusals(pool)
    expect((await entries()).map(({ detail }) => detail.times)).toEqual([1, 999, 30])
    // After a minute without any, the next is an entry at once again.
    await writeCountedRefusals(pool)
    await recordRefusal(pool, WRONG_ROLE)
    expect((await entries()).map(({ detail }) => detail.times)).toEqual([1, 999, 30, 1])
    expect((await verifyChain(owner, [])).flaw).toBeNull()
  })

  test('[S61] of another kind, or of somebody else, is an entry of its own', async () => {
    await recordRefusal(pool, WRONG_ROLE)
    await recordRefusal(pool, { ...WRONG_ROLE, reason: 'not-found' })
    await recordRefusal(pool, { ...WRONG_ROLE, actor: 'U-PERSON3' })
    await recordRefusal(pool, { ...WRONG_ROLE, event: 'sign-in.refused' })
    await recordRefusal(pool, fromAddress(1))
    expect(await entries()).toHaveLength(5)
  })

  test('[S61] from ever new addresses fills neither memory nor the trail, and hides no person', async () => {
    for (let number = 0; number < 400; number += 1) await recordRefusal(pool, fromAddress(number))
    await recordRefusal(pool, WRONG_ROLE)
    await writeCountedRefusals(pool)
    const written = await entries()
    expect(written.length).toBeLessThan(60)
    expect(await times()).toBe(401)
    expect(written.filter(({ actor }) => actor === 'U-PERSON2')).toHaveLength(1)
  })

  test('[S61] is written when its minute ends, without anybody asking', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    await recordRefusal(pool, WRONG_ROLE)
    await recordRefusal(pool, WRONG_ROLE)
    expect(await times()).toBe(1)
    vi.advanceTimersByTime(60_000)
    vi.useRealTimers()
    await vi.waitFor(async () => {
      expect(await times()).toBe(2)
    })
  })

  test('[S38] refers to nothing of what was refused while its minute lasts', async () => {
    expect(await refersToRequest(() => recordRefusal(pool, WRONG_ROLE))).toBe(false)
  })

  test('[S60] fails when its entry cannot be written, and is counted for when it can', async () => {
    await owner.query('alter table audit_event rename to audit_event_away')
    try {
      await expect(recordRefusal(pool, WRONG_ROLE)).rejects.toMatchObject({
        code: 'database-refused',
      })
      await recordRefusal(pool, WRONG_ROLE)
      await expect(writeCountedRefusals(pool)).rejects.toMatchObject({ code: 'database-refused' })
    } finally {
      await owner.query('alter table audit_event_away rename to audit_event')
    }
    await writeCountedRefusals(pool)
    expect((await entries()).map(({ detail }) => detail.times)).toEqual([2])
  })
})
