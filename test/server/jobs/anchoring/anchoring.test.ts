import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { auditFlawWords, type AuditReport } from '#core/messages/operating/audit-words.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { anchorAudit } from '#server/jobs/anchoring/anchor-audit.ts'
import { checkAudit, type OwnAnchors } from '#server/jobs/anchoring/check-audit.ts'
import { readAnchorKey } from '#server/keys/anchor-key.ts'
import { readPublicKey, writePublicKey } from '#server/keys/public-key.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { countonce } from '../../../bin/command-line.ts'
import { startAzurite, type Azurite } from '../../setup/azurite.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'

let programme: TestProgramme
let store: OwnProgrammeStore
/** What an auditor copied elsewhere. */
let copies: string

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
})
afterAll(() => programme.close())

beforeEach(async () => {
  copies = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  await rm(anchorFolder(), { recursive: true, force: true })
  for (const name of ['audit-anchor-key', 'audit-anchor-last'])
    await rm(secret(name), { force: true })
  await asSuperuser(
    'truncate audit_event',
    'delete from audit_head',
    `insert into audit_head (seq, hash) values (0, decode(repeat('00', 32), 'hex'))`,
    'update programme set live = true',
  )
})
afterEach(() => rm(copies, { recursive: true }))

function anchorFolder(): string {
  return join(store.dataDir, 'anchors')
}

function secret(name: string): string {
  return join(store.dataDir, 'keys', 'worker', name)
}

/** As whoever owns the server: no trigger runs. */
async function asSuperuser(...statements: string[]): Promise<void> {
  await withTransaction(store.pool, async (client) => {
    await client.query('set local session_replication_role = replica')
    for (const statement of statements) await client.query(statement)
  })
}

/** Writes every digest anew from an entry on, and the head with them: the whole chain fits again. */
function recompute(from = 1): Promise<void> {
  return asSuperuser(`do $$
    declare
      entry audit_event%rowtype;
      previous bytea := coalesce(
        (select hash from audit_event where seq = ${from - 1}), decode(repeat('00', 32), 'hex'));
    begin
      for entry in select * from audit_event where seq >= ${from} order by seq loop
        entry.hash := sha256(audit_netstring(encode(previous, 'hex'))
          || audit_netstring(entry.seq::text)
          || audit_netstring(to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
          || audit_netstring(entry.actor) || audit_netstring(entry.event)
          || audit_netstring(entry.subject) || audit_netstring(entry.detail::text));
        update audit_event set previous_hash = previous, hash = entry.hash where seq = entry.seq;
        previous := entry.hash;
      end loop;
      update audit_head set seq = (select coalesce(max(seq), 0) from audit_event), hash = previous;
    end $$`)
}

async function append(count: number): Promise<void> {
  for (let i = 1; i <= count; i += 1) {
    await withTransaction(store.pool, (client) =>
      appendAudit(client, { actor: 'user-7', event: 'submission.accepted', subject: `S-${i}` }),
    )
  }
}

/** Entries 1 to 12, anchored at 4, 8 and 12. */
async function appendAndAnchor(): Promise<void> {
  for (let i = 0; i < 3; i += 1) {
    await append(4)
    await anchorAudit(store, new Date())
  }
}

async function check(own: OwnAnchors = {}): Promise<AuditReport> {
  return checkAudit(store, new Date(), own)
}

function anchorFile(number: number): string {
  return join(anchorFolder(), `anchor-${String(number).padStart(10, '0')}.json`)
}

async function publicKey() {
  const known = await readAnchorKey(store)
  const key = readPublicKey(known === undefined ? '' : writePublicKey(known.key))
  if (key === undefined) throw new Error('no key')
  return key
}

describe('an anchored audit trail', () => {
  test('[S59] is whole, and says what is covered and what is not yet', async () => {
    await appendAndAnchor()
    await append(2)
    expect(await check()).toMatchObject({
      isWhole: true,
      flaws: [],
      entries: 14,
      anchors: 3,
      lastAnchor: { number: 3, seq: 12 },
      uncovered: { entries: 2, since: expect.any(String) as string },
    })
  })

  test('[S59] has no anchor for nothing new, and one of each number however many workers make them', async () => {
    await appendAndAnchor()
    expect(await anchorAudit(store, new Date())).toBeUndefined()
    await append(1)
    await Promise.all(Array.from({ length: 6 }, () => anchorAudit(store, new Date())))
    await append(1)
    await anchorAudit(store, new Date())
    expect(await readdir(anchorFolder())).toEqual([
      ...[1, 2, 3, 4, 5].map((number) => `anchor-000000000${number}.json`),
      'public-key.pem',
    ])
    expect(await check()).toMatchObject({ isWhole: true, anchors: 5 })
  })

  test('[S59] goes on where a worker died before it remembered its anchor', async () => {
    await appendAndAnchor()
    const before = await readFile(secret('audit-anchor-last'))
    await append(1)
    await anchorAudit(store, new Date())
    await writeFile(secret('audit-anchor-last'), before)
    await append(1)
    expect(await anchorAudit(store, new Date())).toMatchObject({ anchor: { number: 5 } })
    expect(await check()).toMatchObject({ isWhole: true, anchors: 5 })
  })

  const attacks: readonly [string, () => Promise<void>, Partial<AuditReport['flaws'][number]>][] = [
    [
      'an edited entry',
      () => asSuperuser(`update audit_event set actor = 'user-8' where seq = 6`),
      { code: 'edited', seq: 6, since: 1 },
    ],
    [
      'a deleted entry',
      () => asSuperuser('delete from audit_event where seq = 6'),
      { code: 'deleted', seq: 6, since: 1 },
    ],
    [
      'an inserted entry',
      () =>
        asSuperuser(
          'update audit_event set seq = seq + 1000 where seq > 5',
          'update audit_event set seq = seq - 999 where seq > 1000',
          `insert into audit_event select 6, at, 'user-9', event, subject, detail, previous_hash, hash
             from audit_event where seq = 5`,
        ),
      { code: 'inserted', seq: 6 },
    ],
    [
      'two entries that changed places',
      () =>
        asSuperuser(
          'update audit_event set seq = 1000 where seq = 6',
          'update audit_event set seq = 6 where seq = 7',
          'update audit_event set seq = 7 where seq = 1000',
        ),
      { code: 'reordered', seq: 6 },
    ],
    [
      'a truncated log',
      () => asSuperuser('truncate audit_event'),
      { code: 'emptied', seq: 1, anchor: 3 },
    ],
    [
      'a log that was emptied with its head',
      async () => {
        await asSuperuser('truncate audit_event')
        await recompute()
      },
      { code: 'emptied', seq: 1, anchor: 3 },
    ],
    [
      'a cut tail',
      () => asSuperuser('delete from audit_event where seq > 10'),
      { code: 'cut-tail', seq: 11, anchor: 3, since: 2 },
    ],
    [
      'a cut tail and a head set back',
      async () => {
        await asSuperuser('delete from audit_event where seq > 10')
        await recompute()
      },
      { code: 'put-back', seq: 11, anchor: 3, since: 2 },
    ],
    [
      'an edited entry and every digest after it recomputed',
      async () => {
        await asSuperuser(`update audit_event set actor = 'user-8' where seq = 6`)
        await recompute()
      },
      { code: 'recomputed', seq: 5, anchor: 2, since: 1 },
    ],
    [
      'an entry taken out, the rest moved up and every digest recomputed',
      async () => {
        await asSuperuser(
          'delete from audit_event where seq = 2',
          'update audit_event set seq = seq + 1000 where seq > 2',
          'update audit_event set seq = seq - 1001 where seq > 1000',
        )
        await recompute()
      },
      { code: 'recomputed', seq: 1, anchor: 1, since: null },
    ],
    [
      'last week’s entries deleted, others in their place and the chain recomputed',
      async () => {
        await asSuperuser(
          `update audit_event set event = 'submission.seen' where seq between 5 and 12`,
        )
        await recompute(5)
        await append(3)
      },
      { code: 'recomputed', seq: 5, anchor: 2, since: 1 },
    ],
    [
      'an edited tail that is written again under its digests, the head left alone',
      async () => {
        await append(1)
        await asSuperuser(
          'create temporary table head on commit drop as select * from audit_head',
          `update audit_event set actor = 'user-8', hash = sha256(audit_netstring(encode(previous_hash, 'hex'))
             || audit_netstring(seq::text)
             || audit_netstring(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
             || audit_netstring('user-8') || audit_netstring(event) || audit_netstring(subject)
             || audit_netstring(detail::text)) where seq = 13`,
        )
      },
      { code: 'edited', seq: 13, since: 3 },
    ],
  ]

  test.each(attacks)('[S59] names the first bad entry after %s', async (_what, attack, flaw) => {
    await appendAndAnchor()
    expect((await check()).isWhole).toBe(true)
    await attack()
    const report = await check()
    expect(report.isWhole).toBe(false)
    expect(report.flaws[0]).toMatchObject(flaw)
  })

  test('[S59] is told from an older copy of the database, before and after work went on from it', async () => {
    await append(4)
    await anchorAudit(store, new Date())
    await asSuperuser(
      'create table backup_event as select * from audit_event',
      'create table backup_head as select * from audit_head',
    )
    await append(4)
    await anchorAudit(store, new Date())
    await asSuperuser(
      'truncate audit_event',
      'insert into audit_event select * from backup_event',
      'delete from audit_head',
      'insert into audit_head select * from backup_head',
      'drop table backup_event, backup_head',
    )
    expect((await check()).flaws).toEqual([{ code: 'put-back', seq: 5, anchor: 2, since: 1 }])
    await append(1)
    await anchorAudit(store, new Date())
    expect((await check()).flaws[0]).toMatchObject({ code: 'put-back', seq: 6, anchor: 2 })
    await append(9)
    await anchorAudit(store, new Date())
    expect((await check()).flaws[0]).toMatchObject({
      code: 'recomputed',
      seq: 5,
      anchor: 2,
      since: 1,
    })
  })

  test('[S59] is not saved by who recomputes it and takes the anchors away as well', async () => {
    await appendAndAnchor()
    await cp(anchorFolder(), copies, { recursive: true })
    const key = await publicKey()
    await asSuperuser(`update audit_event set actor = 'user-8' where seq = 6`)
    await recompute()
    await rm(anchorFile(2))
    await rm(anchorFile(3))
    // What the worker remembers beside its key tells of both.
    expect((await check()).flaws.map(({ code, anchor }) => [code, anchor])).toEqual([
      ['recomputed', 3],
      ['anchor-removed', 2],
    ])
    await rm(anchorFolder(), { recursive: true })
    expect((await check()).flaws.map(({ code, anchor }) => [code, anchor])).toEqual([
      ['recomputed', 3],
      ['anchor-removed', 1],
    ])
    // And so does an auditor's copy, by itself.
    expect((await check({ folder: copies, key })).flaws[0]).toMatchObject({
      ...{ code: 'recomputed', seq: 5, anchor: 2, since: 1 },
    })
    // Whoever holds the machine as well may take what is remembered: then nothing is anchored.
    await rm(secret('audit-anchor-last'))
    expect((await check()).flaws).toMatchObject([{ code: 'not-anchored' }])
    expect((await check({ folder: copies, key })).flaws[0]).toMatchObject({ code: 'recomputed' })
  })

  test('[S59] tells an anchor taken out of the middle, and one in another’s place', async () => {
    await appendAndAnchor()
    const second = await readFile(anchorFile(2))
    await rm(anchorFile(2))
    expect((await check()).flaws).toEqual([
      { code: 'anchor-removed', seq: null, anchor: 2, since: 1 },
    ])
    await writeFile(anchorFile(2), await readFile(anchorFile(1)))
    expect((await check()).flaws).toMatchObject([{ code: 'anchor-forged', anchor: 2 }])
    await writeFile(anchorFile(2), second.toString().replace('"seq": 8', '"seq": 7'))
    expect((await check()).flaws).toMatchObject([{ code: 'anchor-forged', anchor: 2 }])
    await writeFile(anchorFile(2), 'not an anchor')
    expect((await check()).flaws).toMatchObject([{ code: 'anchor-forged', anchor: 2 }])
    await writeFile(anchorFile(2), second)
    await writeFile(anchorFile(9_999_999_999), second)
    expect((await check()).flaws).toMatchObject([{ code: 'anchor-forged', anchor: 9_999_999_999 }])
  })

  test('[S59] is not saved by anchors that are signed with another key', async () => {
    await appendAndAnchor()
    const key = await publicKey()
    const own = await readFile(secret('audit-anchor-key'))
    const remembered = await readFile(secret('audit-anchor-last'))
    // A programme of the attacker's own, on the recomputed chain: its key, its anchors.
    await asSuperuser(`update audit_event set actor = 'user-8' where seq = 6`)
    await recompute()
    for (const name of ['audit-anchor-key', 'audit-anchor-last']) await rm(secret(name))
    await rm(anchorFolder(), { recursive: true })
    await anchorAudit(store, new Date())
    expect((await check()).isWhole).toBe(true)
    await cp(anchorFolder(), copies, { recursive: true })
    await writeFile(secret('audit-anchor-key'), own, { mode: 0o600 })
    await writeFile(secret('audit-anchor-last'), remembered, { mode: 0o600 })
    expect((await check()).flaws).toMatchObject([
      { code: 'recomputed', anchor: 3 },
      { code: 'anchor-forged', anchor: 1 },
    ])
    // The auditor's key decides, not the one that lies beside the anchors.
    expect((await check({ folder: copies, key })).flaws).toMatchObject([
      { code: 'anchor-forged', anchor: 1 },
      { code: 'not-anchored' },
    ])
  })

  test('[S59] says that anchors have stopped when entries went on for two hours', async () => {
    await appendAndAnchor()
    const later = new Date(Date.now() + 3 * 60 * 60 * 1000)
    // Nothing was appended: nothing is missing.
    expect(await checkAudit(store, later)).toMatchObject({ isWhole: true })
    await append(1)
    expect(await check()).toMatchObject({ isWhole: true, uncovered: { entries: 1 } })
    expect((await checkAudit(store, later)).flaws).toEqual([
      { code: 'anchors-stopped', seq: 13, anchor: 3, since: 3 },
    ])
  })

  test('[S59] is not whole without anchors, but in the first hour of a demonstration', async () => {
    await append(1)
    expect((await check()).flaws).toMatchObject([{ code: 'not-anchored' }])
    await asSuperuser('update programme set live = false')
    expect(await check()).toMatchObject({ isWhole: true, isYoung: true })
    const later = new Date(Date.now() + 60 * 60 * 1000)
    expect(await checkAudit(store, later)).toMatchObject({ isWhole: false, isYoung: false })
    // An auditor's empty folder is no demonstration's first hour.
    await anchorAudit(store, new Date())
    const own = { folder: copies, key: await publicKey() }
    expect((await check(own)).flaws).toMatchObject([{ code: 'not-anchored' }])
  })

  test('[S59] is checked from the command line, with the programme’s anchors or an auditor’s own', async () => {
    const env = { DATABASE_URL: programme.databaseUrl, COUNTONCE_DATA: store.dataDir }
    await append(3)
    expect(await countonce(['audit', 'anchor'], env)).toMatchObject({ status: 0 })
    const key = (await countonce(['audit', 'key'], env)).stdout.trim()
    expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/)
    await cp(anchorFolder(), copies, { recursive: true })
    const whole = await countonce(['audit', 'verify'], env)
    expect(whole).toMatchObject({ status: 0 })
    expect(whole.stdout).toContain('The audit trail is whole.')
    // Whoever has the machine has its folder as well: that is said beside the good news.
    expect(whole.stderr).toContain('a folder of this machine, which protects less')
    await asSuperuser(`update audit_event set actor = 'user-8' where seq = 1`)
    await recompute()
    await rm(anchorFolder(), { recursive: true })
    await rm(secret('audit-anchor-key'))
    await rm(secret('audit-anchor-last'))
    const args = ['audit', 'verify', '--anchors', copies, '--key', key]
    const ended = await countonce(args, env)
    expect(ended.status).toBe(3)
    expect(ended.stderr).not.toContain('protects less')
    expect(ended.stdout).toContain('The chain was recomputed')
    expect(ended.stdout).toContain('between the beginning and anchor 1')
    const pem = readPublicKey(await readFile(join(copies, 'public-key.pem'), 'utf8'))
    expect(await check({ folder: copies, key: pem })).toMatchObject({ isWhole: false, anchors: 1 })
    const json = await countonce(['audit', 'verify', '--json'], env)
    expect(json.status).toBe(3)
    expect(JSON.parse(json.stdout)).toMatchObject({
      isWhole: false,
      flaws: [{ code: 'not-anchored' }],
    })
  })

  test('every flaw has words that name the entry or anchor', () => {
    const codes = ['edited', 'deleted', 'inserted', 'reordered', 'cut-tail', 'put-back'] as const
    for (const code of codes) {
      expect(auditFlawWords({ code, seq: 1234, anchor: 7, since: 6 })).toContain('1,234')
    }
  })
})

describe('anchors in Azure Blob Storage, as far as the emulator goes', () => {
  let azurite: Azurite
  beforeAll(async () => {
    azurite = await startAzurite()
  })
  afterAll(() => azurite.stop())

  test('[S59] are written once, are found again, and say that the emulator holds no policy', async () => {
    const there = { ...store, env: { ...store.env, ANCHOR_STORAGE: azurite.connectionString } }
    await append(1)
    // Azurite takes the policy's headers and ignores them: a real container answers with its date.
    expect(await anchorAudit(there, new Date())).toMatchObject({ protection: 'storage' })
    await append(1)
    await Promise.all([anchorAudit(there, new Date()), anchorAudit(there, new Date())])
    const whole = await checkAudit(there, new Date())
    expect(whole).toMatchObject({ isWhole: true, anchors: 2, lastAnchor: { number: 2, seq: 2 } })
    await recompute()
    await asSuperuser(`update audit_event set actor = 'user-8' where seq = 1`)
    await recompute()
    expect((await checkAudit(there, new Date())).flaws[0]).toMatchObject({ code: 'recomputed' })
  })
})
