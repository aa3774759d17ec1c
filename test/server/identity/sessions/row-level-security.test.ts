import type pg from 'pg'
import { poolOf, type Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { openAccountSetting, type AccountSetting } from '../accounts/account-setting.ts'

/** Tables whose rows belong to a provider. A new one is named here and gets its policy. */
const TENANT_TABLES = ['submission', 'finding_count', 'service_mapping']

const provider = (providerCode: string): Actor => ({
  userId: 'U-AAAAAAAA',
  role: 'provider',
  providerCode,
  mayExact: false,
})
const heron = provider('heron')
const otter = provider('otter')
const analyst: Actor = {
  userId: 'U-BBBBBBBB',
  role: 'analyst',
  providerCode: null,
  mayExact: false,
}

let setting: AccountSetting
let pool: pg.Pool
beforeAll(async () => {
  setting = await openAccountSetting()
  pool = poolOf(setting.context.pool).pool
  await setting.owner.query(`
    insert into submission (reference, dataset, service_code, quarter, state, file_digest, file_bytes, received_by)
      select 'S-' || code, 'production', code, '2024-Q1', 'received', '\\x00', 1, 'test' from service;
    insert into finding_count (submission_id, code, field, severity, rows)
      select id, 'birth-future', 'date_of_birth', 'note', 1 from submission;
    insert into service_mapping (service_code, mapping, header) select code, '{}', '[]' from service`)
})
afterAll(() => setting.close())

async function count(client: pg.ClientBase | pg.Pool, table: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`select count(*)::integer as n from ${table}`)
  return rows[0]?.n ?? -1
}

describe('the portal’s role', () => {
  test('[S16] is no owner, no superuser, and bypasses nothing', async () => {
    const { rows } = await pool.query(
      `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
              pg_has_role(current_user, 'countonce_worker', 'member') as worker,
              exists (select from pg_class where relowner = pg_roles.oid) as owns
         from pg_roles where rolname = current_user`,
    )
    expect(rows).toEqual([
      {
        rolname: expect.stringMatching(/^countonce_portal_[0-9a-f]{12}$/) as string,
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        worker: false,
        owns: false,
      },
    ])
  })

  test('[S16] is bound on every tenant table, whose owner is bound too', async () => {
    const { rows } = await setting.owner.query<{ relname: string }>(
      `select relname from pg_class where relrowsecurity and relforcerowsecurity order by relname`,
    )
    expect(rows.map(({ relname }) => relname)).toEqual(
      expect.arrayContaining([...TENANT_TABLES].sort()),
    )
  })

  test('reaches no person-level table and no audit log', async () => {
    for (const table of [
      'record',
      'evidence',
      'recent_evidence',
      'beneficiary',
      'link',
      'doubt',
      'decision',
      'audit_event',
    ]) {
      const { rows } = await setting.owner.query(
        `select has_any_column_privilege('countonce_app', $1, 'select, insert, update') as may`,
        [table],
      )
      expect([table, rows]).toEqual([table, [{ may: false }]])
    }
  })

  test('[S16] without an actor reads no row of any tenant table', async () => {
    for (const table of TENANT_TABLES) expect([table, await count(pool, table)]).toEqual([table, 0])
  })

  test('[S16] with one provider reads that provider’s rows alone', async () => {
    for (const table of TENANT_TABLES) {
      expect(await withTransaction(forActor(pool, heron), (client) => count(client, table))).toBe(1)
      expect(await withTransaction(forActor(pool, otter), (client) => count(client, table))).toBe(1)
      expect(
        await withTransaction(forActor(pool, provider('nowhere')), (client) =>
          count(client, table),
        ),
      ).toBe(0)
      expect(await withTransaction(forActor(pool, analyst), (client) => count(client, table))).toBe(
        2,
      )
    }
  })

  test('[S16] with one provider writes none of another’s rows', async () => {
    const changed = await withTransaction(forActor(pool, heron), async (client) => {
      const updates = [
        `update submission set reason = 'x' where service_code = 'otter-play'`,
        `update service_mapping set mapping = '{}' where service_code = 'otter-play'`,
        `update finding_count set rows = 9 where submission_id = (select id from submission where service_code = 'otter-play')`,
      ]
      const counts = []
      for (const update of updates) counts.push((await client.query(update)).rowCount)
      return counts
    })
    expect(changed).toEqual([0, 0, 0])
    const inserted = withTransaction(forActor(pool, heron), (client) =>
      client.query(
        `insert into submission (reference, dataset, service_code, quarter, state, file_digest, file_bytes, received_by)
         values ('S-forged', 'production', 'otter-play', '2024-Q2', 'received', '\\x00', 1, 'x')`,
      ),
    )
    await expect(inserted).rejects.toThrow('database-refused')
    const moved = withTransaction(forActor(pool, heron), (client) =>
      client.query(
        `update submission set service_code = 'otter-play' where service_code = 'heron-play'`,
      ),
    )
    await expect(moved).rejects.toThrow('database-refused')
  })

  test('[S17] lets an actor see another provider’s rows by no way into the database, many at once', async () => {
    const small = await setting.openPortal(2)
    const ways: readonly ((database: Database) => Promise<string[]>)[] = [
      async (database) =>
        (await run(database, 'submissions/list-submissions', [null, null, null, 9, 0])).map(
          ({ reference }) => reference,
        ),
      (database) =>
        inPrisma(database, async ({ submission }) =>
          (await submission.findMany()).map(({ reference }) => reference),
        ),
      (database) =>
        withTransaction(database, async (client) => {
          const rows = await inPrisma(client, (prisma) =>
            prisma.findingCount.findMany({ select: { submission: true } }),
          )
          return rows.map(({ submission }) => submission.reference)
        }),
    ]
    try {
      const asked = Array.from({ length: 60 }, (_, index) => ({
        actor: index % 2 === 0 ? heron : otter,
        way: ways[index % ways.length] ?? expect.fail('no way'),
      }))
      const seen = await Promise.all(asked.map(({ actor, way }) => way(forActor(small, actor))))
      expect(seen).toEqual(asked.map(({ actor }) => [`S-${String(actor.providerCode)}-play`]))
      for (const way of ways) expect(await way(small)).toEqual([])
    } finally {
      await small.end()
    }
  })

  test('[S17] carries no actor from one request into another over two connections', async () => {
    const small = await setting.openPortal(2)
    try {
      const requests = Array.from({ length: 1_000 }, (_, index) => {
        const actor = index % 2 === 0 ? heron : otter
        return withTransaction(forActor(small, actor), async (client) => {
          const { rows } = await client.query<{ service_code: string }>(
            'select service_code from submission',
          )
          return (
            rows.every(({ service_code }) => service_code === `${actor.providerCode ?? ''}-play`) &&
            rows.length === 1
          )
        })
      })
      expect((await Promise.all(requests)).every(Boolean)).toBe(true)
      expect(await count(small, 'submission')).toBe(0)
    } finally {
      await small.end()
    }
  })

  test('[S17] an actor that failed leaves nothing behind', async () => {
    const failed = withTransaction(forActor(pool, heron), async (client) => {
      await client.query('select 1')
      throw new Error('stopped')
    })
    await expect(failed).rejects.toThrow('stopped')
    expect(await count(pool, 'submission')).toBe(0)
  })
})

describe('the worker', () => {
  test('reads and writes every row, as an owner that is no superuser too', async () => {
    const client = await setting.owner.connect()
    try {
      await client.query('begin')
      await client.query('create role migrating_owner nologin in role countonce_worker')
      await client.query('alter table submission owner to migrating_owner')
      await client.query('grant select on service to migrating_owner')
      await client.query('set local role migrating_owner')
      expect(await count(client, 'submission')).toBe(2)
      const updated = await client.query(`update submission set reason = 'seen'`)
      expect(updated.rowCount).toBe(2)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})
