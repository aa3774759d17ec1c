import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLoginRoles } from '#server/identity/actors/login-roles.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'

/**
 * What runs with the owner's rights may be called by others, and must not do what they like. The
 * worker's login may make tables of its session, and calls most of it.
 */

let database: TestDatabase
let owner: pg.Pool
let worker: pg.Pool
beforeAll(async () => {
  database = await createTestDatabase()
  owner = openPool(database.url)
  worker = openPool((await openLoginRoles(database.url, { worker: randomBytes(32) })).worker)
})
afterAll(async () => {
  await worker.end()
  await owner.end()
  await database.drop()
})

describe('[S71] a function that runs with its owner’s rights', () => {
  test('finds no table that the caller made for the session, and runs no code of theirs', async () => {
    const client = await worker.connect()
    try {
      await client.query(`
        create temporary table audit_head (single boolean, seq bigint, hash bytea);
        insert into audit_head (single, seq, hash) values (true, 0, decode(repeat('00', 32), 'hex'));
        create temporary table audit_event (seq bigint, at timestamptz, actor text, event text, subject text,
          detail jsonb, previous_hash bytea, hash bytea);
        create function pg_temp.take_over() returns trigger language plpgsql as $$
        begin
          execute 'alter role ' || quote_ident(session_user) || ' createrole';
          return new;
        end $$;
        create trigger take_over before insert on audit_event for each row execute function pg_temp.take_over();
        grant all on audit_head, audit_event to public`)
      await client.query(`select append_audit('U-X', 'test.forged', '', '{}')`)
      const { rows } = await client.query<{ seq: string }>('select seq from pg_temp.audit_event')
      expect(rows).toEqual([])
    } finally {
      client.release(true)
    }
    const { rows } = await owner.query<{ made: number; more: number }>(
      `select (select count(*)::int from audit_event where event = 'test.forged') as made,
              (select count(*)::int from pg_roles where starts_with(rolname, 'countonce_') and rolcreaterole) as more`,
    )
    expect(rows).toEqual([{ made: 1, more: 0 }])
  })

  test('says itself where it looks, and is for those alone who are named', async () => {
    const { rows } = await owner.query<{ name: string; path: string; open: boolean }>(
      `select proname::text as name, array_to_string(proconfig, ';') as path,
              has_function_privilege('public', oid, 'execute') as open
         from pg_proc where prosecdef and pronamespace = 'public'::regnamespace order by 1`,
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { name, path, open } of rows) {
      expect([name, path, open]).toEqual([name, 'search_path=pg_catalog, public, pg_temp', false])
    }
  })

  test.each([
    ['set_indexes_aside', 'audit_event'],
    ['set_indexes_aside', 'record_production'],
    ['set_indexes_aside', 'portal_user'],
    ['set_indexes_aside', 'link_production" cascade; drop table audit_event; --'],
  ])('takes no index of another table away: %s of %s', async (call, table) => {
    await expect(worker.query(`select ${call}($1)`, [table])).rejects.toMatchObject({
      code: '42501',
    })
  })

  test('builds what it took away itself, and no statement of a caller', async () => {
    const indexes = async (): Promise<unknown[]> => {
      const of = `select indexdef from pg_indexes where tablename = 'link_production' order by 1`
      return (await owner.query(of)).rows as unknown[]
    }
    const before = await indexes()
    const client = await worker.connect()
    try {
      await client.query('begin')
      await client.query(`select set_indexes_aside('link_production')`)
      await client.query(`select build_indexes_aside('link_production')`)
      await client.query('commit')
    } finally {
      client.release()
    }
    expect(await indexes()).toEqual(before)
    const planted = `insert into index_aside values ('mine', 'link_production', 'drop table audit_event')`
    await expect(worker.query(planted)).rejects.toMatchObject({ code: '42501' })
    await expect(worker.query('select from index_aside')).rejects.toMatchObject({ code: '42501' })
  })

  test('analyses a table by its name, whatever the name holds', async () => {
    await worker.query(`select analyze_kept('link_production', '{}')`)
    for (const name of ['link_production; drop table audit_event', 'link_production" (id); --']) {
      await expect(worker.query('select analyze_kept($1, $2)', [name, []])).rejects.toMatchObject({
        code: '42P01',
      })
    }
    const columns = ['record_id); drop table audit_event; --']
    const asked = worker.query('select analyze_kept($1, $2)', ['link_production', columns])
    await expect(asked).rejects.toMatchObject({ code: '42703' })
  })
})
