import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openPool } from '#server/platform/db/pool.ts'
import { children, csv } from '../server/intake/submissions/small-files.ts'
import { ask } from './setup/ask.ts'
import { sessionOf, uploadForm } from './setup/session-of.ts'
import { ACCOUNTS } from './setup/visitor.ts'

/**
 * A submission whose worker is at it, was killed, waits to be tried again, or failed: what its page
 * says.
 */
const TOLD = [
  ['linking', 1, `now()`, 'Counting people once: 1,200 records.'],
  [
    'waiting',
    1,
    'now()',
    'Waiting for the virus scanner, which does not answer at the moment. It goes on by itself',
    'scanner-away',
  ],
  [
    'linking',
    1,
    `now() - interval '40 seconds'`,
    'This has stopped for the moment. It will start again by itself',
  ],
  [
    'waiting',
    1,
    'null',
    'Something went wrong. It will be tried again in a moment; you do not need to do anything.',
  ],
  ['waiting', 0, 'null', 'Waiting to start.'],
  ['failed', 6, 'null', 'It could not be done, because of a fault on our side.'],
] as const

describe('who waits for a submitted file', () => {
  const { origin, databaseUrl } = inject('portal')
  const owner = openPool(databaseUrl)
  let cookie = ''
  let reference = ''
  beforeAll(async () => {
    cookie = await sessionOf({ owner, origin }, ACCOUNTS.provider)
    const sent = await ask(origin, '/send/natural-thinkers/2023-Q3/file', {
      method: 'POST',
      ...uploadForm(origin, cookie, csv(children(400, 410))),
    })
    reference = /SU-[0-9A-Z-]+/.exec(sent.body)?.[0] ?? ''
    // No job goes with it: no worker changes what is looked at.
    await owner.query(`update submission set state = 'accepted' where reference = $1`, [reference])
  })
  afterAll(async () => {
    await owner.query(
      `update submission set state = 'withdrawn', file_id = null where reference = $1`,
      [reference],
    )
    await owner.end()
  })

  test('[S31] is told whether it waits for a worker or for the virus scanner, and goes on from there', async () => {
    // As if every ask had ended three workers: none takes one up.
    await owner.query(`
      create function leave_ask() returns trigger language plpgsql as
        $$ begin new.takes := 3; return new; end $$;
      create trigger leave_ask before insert on ask for each row execute function leave_ask()`)
    const sent = await ask(origin, '/send/natural-thinkers/2023-Q2/file', {
      method: 'POST',
      ...uploadForm(origin, cookie, csv(children(420, 430))),
    })
    const file = /SU-[0-9A-Z-]+/.exec(sent.body)?.[0] ?? ''
    const look = (): ReturnType<typeof ask> =>
      ask(origin, `/files/${file}/read`, { headers: { cookie } })
    try {
      expect((await look()).body).toContain('We are reading your file.')
      await owner.query(`update scanner_watch set state = 'away'`)
      const { status, body } = await look()
      expect([status, body]).toEqual([200, expect.stringContaining('waits for the virus scanner')])
      expect(body).toMatch(/<meta http-equiv="refresh" content="5"/i)
    } finally {
      await owner.query('drop trigger leave_ask on ask; drop function leave_ask')
      await owner.query(`update scanner_watch set state = 'none'`)
    }
    expect((await look()).body).toContain('This is right: match the columns')
    await owner.query(
      `update submission set state = 'withdrawn', file_id = null where reference = $1`,
      [file],
    )
  })

  test.each(TOLD)(
    'is told of a job that is %s at try %i, heard of %s',
    async (stage, attempts, heard, told, code: string | null = null) => {
      await owner.query(
        `insert into submission_job (submission_id, kind, stage, attempts, done, heartbeat_at, code)
       select id, 'process', $2, $3, case when $2 = 'linking' then 1200 else 0 end, ${heard}, $4
         from submission where reference = $1
       on conflict (submission_id) do update set kind = excluded.kind, stage = excluded.stage,
         attempts = excluded.attempts, done = excluded.done, heartbeat_at = excluded.heartbeat_at, code = excluded.code`,
        [reference, stage, attempts, code],
      )
      const page = await ask(origin, `/files/${reference}/progress`, { headers: { cookie } })
      expect([page.status, page.body]).toEqual([200, expect.stringContaining(told)])
      const watched = await ask(origin, `/files/${reference}/progress/state`, {
        headers: { cookie },
      })
      expect(JSON.parse(watched.body)).toMatchObject({
        text: expect.stringContaining(told) as string,
        isOver: stage === 'failed',
      })
    },
  )
})
