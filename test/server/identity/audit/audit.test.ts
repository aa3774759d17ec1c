import { createHash } from 'node:crypto'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { verifyChain } from '#server/identity/audit/verify-audit.ts'
import { openPool, withTransaction } from '#server/platform/db/pool.ts'
import { createTestDatabase, type TestDatabase } from '../../setup/database.ts'

let database: TestDatabase
let pool: pg.Pool
let superuser: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openPool(database.url, { max: 20 })
  superuser = new pg.Client(database.url)
  await superuser.connect()
})

afterAll(async () => {
  await superuser.end()
  await pool.end()
  await database.drop()
})

/** As whoever owns the database could: the triggers that refuse changes do not run. */
async function tamper(...statements: string[]): Promise<void> {
  await superuser.query('set session_replication_role = replica')
  for (const statement of statements) await superuser.query(statement)
  await superuser.query('set session_replication_role = origin')
}

async function append(count: number): Promise<void> {
  for (let i = 1; i <= count; i += 1) {
    await withTransaction(pool, (client) =>
      appendAudit(client, {
        actor: 'user-7',
        event: 'submission.accepted',
        subject: `S-${i}`,
        detail: { rows: i, quarter: '2024-Q1' },
      }),
    )
  }
}

const reset = [
  'truncate audit_event',
  'delete from audit_head',
  `insert into audit_head (seq, hash) values (0, decode(repeat('00', 32), 'hex'))`,
]

describe('the audit log', () => {
  beforeEach(async () => {
    await tamper(...reset)
  })

  test('verifies when nobody touched it, and tells its head', async () => {
    await append(3)
    const { rows } = await superuser.query<{ hash: string }>(
      `select encode(hash, 'hex') as hash from audit_event where seq = 3`,
    )
    expect(await verifyChain(pool, [])).toMatchObject({ flaw: null, entries: 3, ...rows[0] })
  })

  test('verifies when it is empty', async () => {
    expect(await verifyChain(pool, [])).toMatchObject({ flaw: null, entries: 0, begun: null })
  })

  test('hashes an entry as netstrings of its parts, so that others can check it', async () => {
    await append(1)
    const { rows } = await superuser.query<Record<string, string>>(
      `select encode(hash, 'hex') as hash, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
         from audit_event`,
    )
    const parts = [
      '0'.repeat(64),
      '1',
      rows[0]?.['at'] ?? '',
      'user-7',
      'submission.accepted',
      'S-1',
      '{"rows": 1, "quarter": "2024-Q1"}',
    ]
    const text = parts.map((part) => `${part.length}:${part},`).join('')
    expect(rows[0]?.['hash']).toBe(createHash('sha256').update(text).digest('hex'))
  })

  test.each([
    ['an edited actor', [`update audit_event set actor = 'user-8' where seq = 3`], 3, 'edited'],
    [
      'an edited time',
      [`update audit_event set at = at - interval '1 day' where seq = 2`],
      2,
      'edited',
    ],
    ['an edited detail', [`update audit_event set detail = '{}' where seq = 5`], 5, 'edited'],
    ['a deleted entry', ['delete from audit_event where seq = 3'], 3, 'deleted'],
    ['a deleted first entry', ['delete from audit_event where seq = 1'], 1, 'deleted'],
    ['a cut tail', ['delete from audit_event where seq >= 4'], 4, 'cut-tail'],
    ['an emptied log', ['truncate audit_event'], 1, 'emptied'],
    ['a head that is gone', ['delete from audit_head'], 6, 'head-missing'],
    [
      'an inserted entry',
      [
        'update audit_event set seq = seq + 1000 where seq > 3',
        'update audit_event set seq = seq - 999 where seq > 1000',
        `insert into audit_event select 4, at, 'user-9', event, subject, detail, previous_hash, hash
           from audit_event where seq = 3`,
      ],
      4,
      'inserted',
    ],
    [
      'a deleted entry whose place the others took',
      [
        'delete from audit_event where seq = 3',
        'update audit_event set seq = seq + 1000 where seq > 3',
        'update audit_event set seq = seq - 1001 where seq > 1000',
        'update audit_head set seq = 5',
      ],
      3,
      'deleted',
    ],
    [
      'an inserted entry with a digest of its own',
      [
        'update audit_event set seq = seq + 1000 where seq > 2',
        'update audit_event set seq = seq - 999 where seq > 1000',
        `insert into audit_event select 3, at, 'user-9', event, subject, detail, hash,
           sha256(audit_netstring(encode(hash, 'hex')) || audit_netstring('3')
           || audit_netstring(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
           || audit_netstring('user-9') || audit_netstring(event) || audit_netstring(subject)
           || audit_netstring(detail::text)) from audit_event where seq = 2`,
        'update audit_head set seq = 7',
      ],
      3,
      'inserted',
    ],
    [
      'an entry that was moved to the end',
      ['update audit_event set seq = 7 where seq = 3'],
      3,
      'reordered',
    ],
    [
      'an entry before the first',
      [
        `insert into audit_event select 0, at, actor, event, subject, detail, previous_hash, hash
          from audit_event where seq = 1`,
      ],
      0,
      'inserted',
    ],
    [
      'two entries that changed places',
      [
        'update audit_event set seq = 1000 where seq = 2',
        'update audit_event set seq = 2 where seq = 3',
        'update audit_event set seq = 3 where seq = 1000',
      ],
      2,
      'reordered',
    ],
    [
      'an entry behind the head',
      [
        `insert into audit_event select 7, at, actor, event, subject, detail, hash,
           sha256(audit_netstring(encode(hash, 'hex')) || audit_netstring('7')
           || audit_netstring(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
           || audit_netstring(actor) || audit_netstring(event) || audit_netstring(subject)
           || audit_netstring(detail::text)) from audit_event where seq = 6`,
      ],
      7,
      'inserted',
    ],
  ])('[S59] names the first bad entry after %s', async (_what, statements, seq, flaw) => {
    await append(6)
    await tamper(...statements)
    expect((await verifyChain(pool, [])).flaw).toMatchObject({ code: flaw, seq })
  })

  test('[S59] an entry edited together with its own digest is told by the next', async () => {
    await append(4)
    await tamper(
      `update audit_event set actor = 'user-8' where seq = 2`,
      `update audit_event set hash = sha256(audit_netstring(encode(previous_hash, 'hex'))
        || audit_netstring(seq::text)
        || audit_netstring(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || audit_netstring(actor) || audit_netstring(event) || audit_netstring(subject)
        || audit_netstring(detail::text)) where seq = 2`,
    )
    expect((await verifyChain(pool, [])).flaw).toMatchObject({ code: 'edited', seq: 2 })
  })

  test('[S60] fifty writers at once make one chain without gap or fork', async () => {
    const writers = Array.from({ length: 50 }, (_, i) =>
      withTransaction(pool, (client) =>
        appendAudit(client, { actor: `user-${i}`, event: 'file.uploaded', subject: `S-${i}` }),
      ),
    )
    const numbers = await Promise.all(writers)
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
    expect(await verifyChain(pool, [])).toMatchObject({ flaw: null, entries: 50 })
  })

  test('[S60] what is rolled back leaves no entry and no gap', async () => {
    await append(1)
    const failing = withTransaction(pool, async (client) => {
      await appendAudit(client, { actor: 'user-1', event: 'file.uploaded', subject: 'S' })
      throw new Error('the action failed')
    })
    await expect(failing).rejects.toThrow('the action failed')
    await append(1)
    expect(await verifyChain(pool, [])).toMatchObject({ flaw: null, entries: 2 })
  })

  test('[S60] when the entry cannot be written, the action fails with it', async () => {
    await superuser.query('create table acted (id int)')
    const failing = withTransaction(pool, async (client) => {
      await client.query('insert into acted values (1)')
      await appendAudit(client, { actor: 'user-1', event: 'Not An.Event', subject: 'S' })
    })
    await expect(failing).rejects.toMatchObject({ code: 'database-refused' })
    expect((await superuser.query('select from acted')).rowCount).toBe(0)
    expect((await verifyChain(pool, [])).flaw).toBeNull()
  })

  test('[S60] the application role can append, and neither read, write, change nor empty the log', async () => {
    const app = new pg.Client(database.url)
    await app.connect()
    await app.query('set role countonce_app')
    const allowed = { actor: 'user-1', event: 'user.signed-in', subject: 'user-1' } as const
    expect(await appendAudit(app, allowed)).toBe(1)
    for (const statement of [
      'select * from audit_event',
      `update audit_event set actor = 'x'`,
      'delete from audit_event',
      'truncate audit_event',
      `insert into audit_event select 2, now(), 'a', 'b.c', '', '{}', hash, hash from audit_head`,
      'update audit_head set seq = 0',
    ]) {
      await expect(app.query(statement), statement).rejects.toMatchObject({ code: '42501' })
    }
    await app.end()
    expect(await verifyChain(pool, [])).toMatchObject({ flaw: null, entries: 1 })
  })

  test('[S59] not even the owner changes an entry by mistake', async () => {
    await append(1)
    for (const statement of [
      `update audit_event set actor = 'x'`,
      'delete from audit_event',
      'truncate audit_event',
    ]) {
      await expect(superuser.query(statement), statement).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('[S61] no text brings a second line, a control character or turned writing into the log', async () => {
    const anyText = fc.string({
      unit: fc.oneof(
        fc.constantFrom(
          '\r',
          '\n',
          '\\',
          '\t',
          '\u007f',
          '\u0085',
          '\u2028',
          '\u202e',
          'n',
          'u000a',
          '"',
        ),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (subject, value) => {
        // NUL and lone surrogates are not text to PostgreSQL: such an entry is refused, and the
        // action with it.
        fc.pre(!/\0/.test(subject + value) && subject.isWellFormed() && value.isWellFormed())
        await withTransaction(pool, (client) =>
          appendAudit(client, { actor: 'user-1', event: 'file.named', subject, detail: { value } }),
        )
        const { rows } = await superuser.query<{ subject: string; value: string }>(
          `select subject, detail ->> 'value' as value from audit_event order by seq desc limit 1`,
        )
        const stored = rows[0] ?? { subject: '\n', value: '\n' }
        const unsafe = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu
        expect(stored).toEqual({
          subject: subject.replace(unsafe, '\ufffd'),
          value: value.replace(unsafe, '\ufffd'),
        })
      }),
      { numRuns: 300 },
    )
    expect((await verifyChain(pool, [])).flaw).toBeNull()
  })

  test.each([
    'anna@example.org',
    'NHS 9434765919',
    '07700900123',
    '9f86d081-884c-7d65-9a2f-eaa0c55ad015',
  ])('[S61] does not take a detail that looks like an identifier or a pseudonym', async (value) => {
    const failing = withTransaction(pool, (client) =>
      appendAudit(client, {
        actor: 'user-1',
        event: 'file.named',
        subject: 'S',
        detail: { value },
      }),
    )
    await expect(failing).rejects.toMatchObject({ code: 'audit-refused' })
    await expect(failing).rejects.not.toThrow(value)
  })
})
