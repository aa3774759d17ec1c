import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccountSetting, type AccountSetting } from '../accounts/account-setting.ts'

/** What runs with the owner's rights may be called by others, and must not do what they like. */

let setting: AccountSetting
let portal: pg.Pool
beforeAll(async () => {
  setting = await openAccountSetting()
  portal = await setting.openPortal(1)
})
afterAll(async () => {
  await portal.end()
  await setting.close()
})

describe('[S71] a function that runs with its owner’s rights', () => {
  test('finds no table that the caller made for the session, and runs no code of theirs', async () => {
    const client = await portal.connect()
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
    const { rows } = await setting.owner.query<{ made: number; more: number }>(
      `select (select count(*)::int from audit_event where event = 'test.forged') as made,
              (select count(*)::int from pg_roles where starts_with(rolname, 'countonce_') and rolcreaterole) as more`,
    )
    expect(rows).toEqual([{ made: 1, more: 0 }])
  })

  test('says itself where it looks, and is for those alone who are named', async () => {
    const { rows } = await setting.owner.query<{ name: string; path: string; open: boolean }>(
      `select proname::text as name, array_to_string(proconfig, ';') as path,
              has_function_privilege('public', oid, 'execute') as open
         from pg_proc where prosecdef and pronamespace = 'public'::regnamespace order by 1`,
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { name, path, open } of rows) {
      expect([name, path, open]).toEqual([name, 'search_path=pg_catalog, public, pg_temp', false])
    }
  })
})
