import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Mapping } from '#core/mapping/mapping.ts'
import { openPool, withTransaction } from '#server/platform/db/pool.ts'
import { readProgress } from '#server/intake/submissions/job-progress.ts'
import { prepareQueues, sendJob } from '#server/platform/queue/send-job.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { openLogins } from '#server/store/logins.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { acceptSubmission } from '#server/intake/submissions/accept-submission.ts'
import { changeState } from '#server/intake/submissions/change-state.ts'
import { checkSubmission } from '#server/intake/checking/check-submission.ts'
import { processSubmission } from '#server/linkage/processing/process-submission.ts'
import { lockSubmission, readSubmission } from '#server/intake/submissions/read-submission.ts'
import { requestCheck } from '#server/intake/checking/request-check.ts'
import { changeMapping, sealedMapping } from '../../intake/submissions/changed-mapping.ts'
import { children, csv, csvText, mothers } from '../../intake/submissions/small-files.ts'
import { ACTOR, figures, holdings, take } from '../../intake/submissions/small-programme.ts'
import { openTestProgramme, receive, type TestProgramme } from '../../setup/open-programme.ts'

let programme: TestProgramme
let store: OwnProgrammeStore

beforeEach(async () => {
  programme = await openTestProgramme()
  store = programme.store
})

afterEach(() => programme.close())

const GOOD = csv([...children(0, 12), ...mothers(0, 12)])
/** Rows 7 and 8 must be fixed. */
const TO_MEND = csv([
  ...children(0, 6),
  { ...children(6, 7)[0], date_of_birth: '30/02/2021' },
  { ...children(7, 8)[0], date_of_birth: '31/02/2021' },
])
const PLAIN = { leaveOut: false, confirm: true }

async function stateOf(id: string): Promise<string | undefined> {
  return (await readSubmission(store.pool, id))?.state
}

async function jobs(): Promise<{ name: string; state: string; data: unknown }[]> {
  const { rows } = await store.pool.query<{ name: string; state: string; data: unknown }>(
    `select name, state::text, data from pgboss.job where name like 'submission.%' order by created_on`,
  )
  return rows
}

/**
 * Resolves once somebody has read a file to its end and waits for a row that another transaction
 * holds.
 */
async function somebodyWaits(): Promise<void> {
  await expect
    .poll(
      async () => {
        const { rowCount } = await store.pool.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return rowCount
      },
      { timeout: 60_000, interval: 20 },
    )
    .toBe(1)
}

function withoutEmail(mapping: Mapping): Mapping {
  const columns = Object.entries(mapping.columns).filter(([field]) => field !== 'email')
  return { ...mapping, columns: Object.fromEntries(columns) }
}

function withoutMale(mapping: Mapping): Mapping {
  return { ...mapping, values: { gender: { M: 'X' } } }
}

describe('checking a submission', () => {
  test('says what its rows come to, keeps the file and nothing else of it', async () => {
    const before = await holdings(store)
    const id = await receive(store, GOOD)
    const seen: number[] = []
    const checked = await checkSubmission(store, id, { actor: ACTOR }, (rows) => seen.push(rows))
    expect(checked).toMatchObject({
      ok: true,
      file: { rows: { read: 24, accepted: 24, rejected: 0, blank: 0, leftOut: 0 }, records: 24 },
      submission: { state: 'checked' },
    })
    expect(seen.at(-1)).toBe(24)
    const after = await holdings(store)
    expect(after).toMatchObject({ records: 0, links: 0, filesNamed: 1, auditIsWhole: true })
    expect(after.reach).toEqual(before.reach)
    expect(await readSubmission(store.pool, id)).toMatchObject({
      rows: { read: 24, accepted: 24, rejected: 0, blank: 0, leftOut: 0 },
    })
    const { rows } = await store.pool.query<{ event: string }>(
      'select event from audit_event order by seq desc limit 3',
    )
    expect(rows.map(({ event }) => event)).toEqual([
      'submission.checked',
      'submission.mapped',
      'submission.received',
    ])
  })

  test('keeps the first rows of every finding, and no value', async () => {
    const id = await receive(store, TO_MEND)
    await checkSubmission(store, id, { actor: ACTOR })
    const { rows } = await store.pool.query<{
      code: string
      severity: string
      firstRows: number[]
    }>(
      `select code, severity, first_rows as "firstRows" from finding_count
       where submission_id = $1 and severity = 'must-fix' order by first_rows`,
      [id],
    )
    expect(rows.map(({ firstRows }) => firstRows)).toEqual([[7, 8]])
    expect(JSON.stringify(rows)).not.toContain('02/2021')
  })

  test('leaves a file that cannot be read where it is, since another reading may do', async () => {
    const id = await receive(store, new TextEncoder().encode(`${csvText(children(0, 3))}"open`))
    expect(await checkSubmission(store, id, { actor: ACTOR })).toMatchObject({
      ok: false,
      code: 'quote-unterminated',
    })
    expect(await stateOf(id)).toBe('received')
    expect((await holdings(store)).filesNamed).toBe(1)
  })

  test('can be done again with another mapping, and counts what that one finds', async () => {
    const id = await receive(store, GOOD)
    const first = await checkSubmission(store, id, { actor: ACTOR })
    if (!first.ok) throw new Error(first.code)
    const mapping = withoutEmail(first.file.mapping)
    const { columns } = mapping
    expect(columns).not.toEqual(first.file.mapping.columns)
    const requested = await requestCheck(store, id, { actor: ACTOR, mapping })
    expect(requested).toMatchObject({ ok: true, submission: { state: 'mapped' } })
    const second = await checkSubmission(store, id, { actor: ACTOR })
    expect(second).toMatchObject({ ok: true, file: { mapping: { columns } } })
    expect(await stateOf(id)).toBe('checked')
  })

  test.each([
    ['a mapping that was changed', 'checked', withoutEmail],
    // Nothing but the mapping tells: the state is the same.
    ['a mapping that was changed again', 'mapped', withoutEmail],
    ['a word that got another meaning', 'mapped', withoutMale],
  ] as const)('says nothing of %s meanwhile', async (_, state, change) => {
    const id = await receive(store, GOOD)
    const first = await checkSubmission(store, id, { actor: ACTOR })
    if (!first.ok) throw new Error(first.code)
    const { mapping } = first.file
    if (state === 'mapped') await requestCheck(store, id, { actor: ACTOR, mapping })
    expect(await stateOf(id)).toBe(state)
    const changed = change(mapping)
    expect(changed).not.toEqual(mapping)
    const other = await store.pool.connect()
    try {
      await other.query('begin')
      await lockSubmission(other, id)
      const again = checkSubmission(store, id, { actor: ACTOR })
      await somebodyWaits()
      await changeMapping(store, id, changed, other)
      await changeState(other, id, { to: 'mapped', actor: ACTOR })
      await other.query('commit')
      expect(await again).toMatchObject({ ok: false, code: 'being-loaded' })
    } finally {
      other.release()
    }
    expect(await stateOf(id)).toBe('mapped')
    expect(await sealedMapping(store, id)).toEqual(changed)
    expect(await acceptSubmission(store, id, PLAIN, ACTOR)).toMatchObject({ code: 'not-checked' })
    expect(await checkSubmission(store, id, { actor: ACTOR })).toMatchObject({
      ok: true,
      file: { mapping: changed },
    })
    expect(await acceptSubmission(store, id, PLAIN, ACTOR)).toMatchObject({ ok: true })
  })

  test('compares with the file that stands, and shows the difference before anything is replaced', async () => {
    await take(store, { bytes: GOOD, choices: { confirm: true } })
    const id = await receive(store, csv([...children(1, 13), ...mothers(0, 12)]))
    const checked = await checkSubmission(store, id, { actor: ACTOR })
    expect(checked).toMatchObject({
      ok: true,
      standing: { clients: { same: 23, changed: 0, new: 1, removed: 1 } },
    })
    expect((await holdings(store)).records).toBe(24)
  })
})

describe('accepting a submission', () => {
  async function checkedSubmission(bytes = GOOD): Promise<string> {
    const id = await receive(store, bytes)
    const checked = await checkSubmission(store, id, { actor: ACTOR })
    if (!checked.ok) throw new Error(checked.code)
    return id
  }

  test('sends its job in the same transaction, with nothing in it but who and which', async () => {
    const id = await checkedSubmission()
    const accepted = await acceptSubmission(store, id, PLAIN, ACTOR)
    expect(accepted).toMatchObject({ ok: true, submission: { state: 'accepted' } })
    expect(await jobs()).toEqual([
      { name: 'submission.process', state: 'created', data: { submission: id, actor: ACTOR } },
    ])
    expect(await readProgress(store.pool, id)).toMatchObject({
      kind: 'process',
      stage: 'waiting',
      isStalled: false,
    })
  })

  test('sends no job when the transaction is given up', async () => {
    const id = await checkedSubmission()
    await prepareQueues(store.pool)
    const givenUp = withTransaction(store.pool, async (client) => {
      await sendJob(client, 'process', { submission: id, actor: ACTOR })
      throw new Error('given up')
    })
    await expect(givenUp).rejects.toThrow('given up')
    expect(await jobs()).toEqual([])
    expect(await readProgress(store.pool, id)).toBeUndefined()
  })

  test('[S19] is refused before the file was checked, and while another check is on its way', async () => {
    const id = await receive(store, GOOD)
    expect(await acceptSubmission(store, id, PLAIN, ACTOR)).toMatchObject({ code: 'not-checked' })
    const checked = await checkSubmission(store, id, { actor: ACTOR })
    if (!checked.ok) throw new Error(checked.code)
    await requestCheck(store, id, { actor: ACTOR, mapping: checked.file.mapping })
    expect(await acceptSubmission(store, id, PLAIN, ACTOR)).toMatchObject({ code: 'not-checked' })
    expect(await stateOf(id)).toBe('mapped')
  })

  test('[S19] is refused until must-fix rows are left out and the rest is confirmed', async () => {
    const id = await checkedSubmission(TO_MEND)
    expect(await acceptSubmission(store, id, PLAIN, ACTOR)).toMatchObject({ code: 'must-fix' })
    await store.pool.query(
      `insert into finding_count (submission_id, code, field, severity, rows) values ($1, 'few-clients-return', '', 'confirm', 1)`,
      [id],
    )
    expect(
      await acceptSubmission(store, id, { leaveOut: true, confirm: false }, ACTOR),
    ).toMatchObject({ code: 'to-confirm' })
    expect(
      await acceptSubmission(store, id, { leaveOut: true, confirm: true }, ACTOR),
    ).toMatchObject({ ok: true })
    expect(await readSubmission(store.pool, id)).toMatchObject({ leaveOut: true })
  })

  test('[S46] twice at once gives one acceptance and one job', async () => {
    const id = await checkedSubmission()
    const both = await Promise.all([
      acceptSubmission(store, id, PLAIN, ACTOR),
      acceptSubmission(store, id, PLAIN, ACTOR),
    ])
    expect(both.map(({ ok }) => ok)).toEqual([true, true])
    expect(await jobs()).toHaveLength(1)
    const { rows } = await store.pool.query(
      `select from audit_event where event = 'submission.accepted'`,
    )
    expect(rows).toHaveLength(1)
  })

  test('[S46] takes the place of the submission whose difference was shown, and of no other', async () => {
    const standing = await take(store, { bytes: GOOD, choices: { confirm: true } })
    const id = await checkedSubmission(csv([...children(1, 13), ...mothers(0, 12)]))
    const { reference } = standing.submission
    expect(await acceptSubmission(store, id, PLAIN, ACTOR)).toMatchObject({
      code: 'replace-needed',
      detail: { standing: reference },
    })
    const rival = csv(children(0, 5))
    await take(store, { bytes: rival, choices: { confirm: true, replace: true } })
    expect(
      await acceptSubmission(store, id, { ...PLAIN, replaces: reference }, ACTOR),
    ).toMatchObject({ code: 'replace-needed' })
  })

  test('[S46] of two files for one service and quarter lets one win, although both were accepted', async () => {
    const first = await checkedSubmission()
    const second = await checkedSubmission(csv(children(3, 9)))
    for (const id of [first, second]) {
      expect(await acceptSubmission(store, id, PLAIN, ACTOR)).toMatchObject({ ok: true })
    }
    const choices = { actor: ACTOR, leaveOut: false, confirm: true, replace: false }
    expect(await processSubmission(store, first, choices)).toMatchObject({ ok: true })
    expect(await processSubmission(store, second, choices)).toMatchObject({
      code: 'replace-needed',
    })
    expect(await stateOf(second)).toBe('rejected')
    expect((await holdings(store)).filesNamed).toBe(0)
  })

  test('gives the figures that the same file gives when it is ingested at once', async () => {
    const id = await checkedSubmission(TO_MEND)
    await acceptSubmission(store, id, { leaveOut: true, confirm: true }, ACTOR)
    await processSubmission(store, id, {
      actor: ACTOR,
      leaveOut: true,
      confirm: true,
      replace: false,
    })
    const stepwise = await figures(store)
    const other = await openTestProgramme()
    try {
      await take(other.store, { bytes: TO_MEND, choices: { leaveOut: true, confirm: true } })
      expect(stepwise).toEqual(await figures(other.store))
    } finally {
      await other.close()
    }
  })

  test('works as the portal’s own role, which sends jobs and sees none', async () => {
    const id = await checkedSubmission()
    await prepareQueues(store.pool)
    const pool = openPool((await openLogins(store, ['portal'])).portal)
    try {
      const actor = {
        userId: 'US-TEST',
        role: 'provider',
        providerCode: 'acorn',
        mayExact: false,
      } as const
      const portal = { ...store, database: forActor(pool, actor) }
      const stranger = { ...store, database: forActor(pool, { ...actor, providerCode: 'bridge' }) }
      expect(await acceptSubmission(stranger, id, PLAIN, 'US-TEST')).toMatchObject({
        code: 'submission-unknown',
      })
      expect(await acceptSubmission(portal, id, PLAIN, 'US-TEST')).toMatchObject({ ok: true })
      expect(await readProgress(portal.database, id)).toMatchObject({ stage: 'waiting' })
      expect(await readProgress(stranger.database, id)).toBeUndefined()
      await expect(pool.query('select data from pgboss.job')).rejects.toThrow('permission denied')
    } finally {
      await pool.end()
    }
    expect(await jobs()).toHaveLength(1)
  })
})
