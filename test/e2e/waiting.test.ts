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

  test.each(TOLD)(
    'is told of a job that is %s at try %i, heard of %s',
    async (stage, attempts, heard, told) => {
      await owner.query(
        `insert into submission_job (submission_id, kind, stage, attempts, done, heartbeat_at)
       select id, 'process', $2, $3, case when $2 = 'linking' then 1200 else 0 end, ${heard}
         from submission where reference = $1
       on conflict (submission_id) do update set kind = excluded.kind, stage = excluded.stage,
         attempts = excluded.attempts, done = excluded.done, heartbeat_at = excluded.heartbeat_at`,
        [reference, stage, attempts],
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
