import { afterAll, beforeAll, expect, test } from 'vitest'
import { anchorAudit } from '#server/jobs/anchoring/anchor-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { countonce } from '../bin/command-line.ts'
import { children, csv } from '../server/intake/submissions/small-files.ts'
import { take } from '../server/intake/submissions/small-programme.ts'
import { openTestProgramme, type TestProgramme } from '../server/setup/open-programme.ts'

/** Whoever runs the database deletes last week from the audit trail, and writes every digest after it anew. */

let programme: TestProgramme
let store: OwnProgrammeStore

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
  // A week of work, with what a worker does each hour.
  await take(store, { bytes: csv(children(0, 8)) })
  await anchorAudit(store, new Date())
  await take(store, { bytes: csv(children(4, 12)), service: 'toy-library' })
  await anchorAudit(store, new Date())
  await store.pool.query('update programme set live = true')
}, 120_000)

afterAll(() => programme.close())

function verify(): ReturnType<typeof countonce> {
  return countonce(['--data', store.dataDir, 'audit', 'verify'], {
    DATABASE_URL: programme.databaseUrl,
  })
}

/** As a superuser for whom no trigger runs; every function and table of the database is theirs. */
async function rewriteFrom(first: number): Promise<void> {
  await withTransaction(store.pool, async (client) => {
    await client.query('set local session_replication_role = replica')
    await client.query('delete from audit_event where seq = $1', [first])
    await client.query('update audit_event set seq = -seq where seq > $1', [first])
    await client.query('update audit_event set seq = -seq - 1 where seq < 0')
    await client.query(`do $$
      declare
        entry audit_event%rowtype;
        previous bytea := decode(repeat('00', 32), 'hex');
      begin
        for entry in select * from audit_event order by seq loop
          entry.hash := sha256(audit_netstring(encode(previous, 'hex'))
            || audit_netstring(entry.seq::text)
            || audit_netstring(to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
            || audit_netstring(entry.actor) || audit_netstring(entry.event)
            || audit_netstring(entry.subject) || audit_netstring(entry.detail::text));
          update audit_event set previous_hash = previous, hash = entry.hash where seq = entry.seq;
          previous := entry.hash;
        end loop;
        update audit_head set seq = (select max(seq) from audit_event), hash = previous;
      end $$`)
  })
}

test('attack 19: [S59] last week is deleted from the audit trail and the chain recomputed: it does not fit its anchors', async () => {
  const whole = await verify()
  expect(whole).toMatchObject({ status: 0 })
  const { rows } = await store.pool.query<{ first: number }>(
    `select min(seq)::int as first from audit_event where event = 'submission.linked'`,
  )
  const first = rows[0]?.first ?? 0
  expect(first).toBeGreaterThan(1)
  await rewriteFrom(first)
  // By itself the chain fits: somebody without the anchors is not told.
  const { rows: chain } = await store.pool.query<{ broken: number }>(
    `select count(*)::int as broken from audit_event e join audit_event before on before.seq = e.seq - 1
      where e.previous_hash <> before.hash`,
  )
  expect(chain).toEqual([{ broken: 0 }])
  const told = await verify()
  expect(told.status).toBe(3)
  expect(told.stdout).toContain('The chain was recomputed')
})
