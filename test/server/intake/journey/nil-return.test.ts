import { describe, expect, test } from 'vitest'
import { listTasks, readHistory } from '#server/intake/journey/list-history.ts'
import { declareNobody, takeBackNobody } from '#server/intake/journey/nil-return.ts'
import {
  ACORN,
  BRIDGE,
  csvOf,
  match,
  mustUpload,
  NOW,
  settingOfFile,
  range,
} from './journey-setting.ts'

const PLACE = { service: 'stay-and-play', quarter: '2024-Q1' }

const setting = settingOfFile()

/** What the list of tasks says of the place, and its history of nobody. */
async function told(quarter = PLACE.quarter): Promise<{ status: unknown; by: unknown }> {
  const store = setting.storeOf(ACORN)
  const listed = await listTasks(store, ACORN, NOW, true)
  if (!listed.ok) throw new Error(listed.code)
  const service = listed.services.find((one) => one.service === PLACE.service)
  const history = await readHistory(store, ACORN, { ...PLACE, quarter }, NOW)
  if (!history.ok) throw new Error(history.code)
  return {
    status: service?.tasks.find((task) => task.quarter === quarter)?.status,
    by: history.nobody?.by,
  }
}

test('the list of tasks says by when a file is due, and from the day after that it was', async () => {
  const due = async (now: Date): Promise<unknown> => {
    const listed = await listTasks(setting.storeOf(ACORN), ACORN, now, true)
    if (!listed.ok) throw new Error(listed.code)
    const service = listed.services.find((one) => one.service === PLACE.service)
    const task = service?.tasks.find(({ quarter }) => quarter === PLACE.quarter)
    return { due: task?.due, isLate: task?.isLate }
  }
  const [last, next] = [new Date('2024-07-30T22:59:00Z'), new Date('2024-07-30T23:01:00Z')]
  expect(await due(last)).toEqual({ due: '2024-07-30', isLate: false })
  expect(await due(next)).toEqual({ due: '2024-07-30', isLate: true })
  const store = setting.storeOf(ACORN)
  await declareNobody(store, ACORN, PLACE, NOW)
  expect(await due(last)).toEqual({ due: null, isLate: false })
  await setting.owner.pool.query(`delete from nil_return where service_code = $1`, [PLACE.service])
})

test('the list of tasks says what stops a file, and only where it does', async () => {
  const { pool } = setting.owner
  const stop = async (): Promise<unknown> => {
    const listed = await listTasks(setting.storeOf(ACORN), ACORN, NOW, true)
    if (!listed.ok) throw new Error(listed.code)
    const service = listed.services.find((one) => one.service === PLACE.service)
    const of = (wanted: string) => service?.tasks.find(({ quarter }) => quarter === wanted)?.stop
    return [of('2024-Q1'), of('2024-Q2')]
  }
  expect(await stop()).toEqual([null, null])
  await pool.query(
    `insert into reporting_quarter (quarter, deadline, closed) values ('2024-Q1', '2024-07-30', true)`,
  )
  expect(await stop()).toEqual(['quarter-closed', null])
  await pool.query(`update agreement set ended_on = '2024-07-31' where service_code = $1`, [
    PLACE.service,
  ])
  expect(await stop()).toEqual(['quarter-closed', 'agreement-missing'])
  const uncovered = { ...PLACE, quarter: '2024-Q2' }
  expect(await declareNobody(setting.storeOf(ACORN), ACORN, uncovered, NOW)).toMatchObject({
    code: 'agreement-missing',
  })
  await pool.query(`delete from nil_return where service_code = $1`, [PLACE.service])
  await pool.query(`delete from reporting_quarter`)
  await pool.query(`update agreement set ended_on = null where service_code = $1`, [PLACE.service])
})

test('the list of tasks says of a closed service its last quarter and what goes on, and asks for no later one', async () => {
  const { pool } = setting.owner
  const close = (last: string | null, into: string | null): Promise<unknown> =>
    pool.query('update service set closed_after = $2, merged_into = $3 where code = $1', [
      ...[PLACE.service, last, into],
    ])
  const listed = async (): Promise<unknown> => {
    const all = await listTasks(setting.storeOf(ACORN), ACORN, NOW, true)
    if (!all.ok) throw new Error(all.code)
    const service = all.services.find((one) => one.service === PLACE.service)
    return [service?.end, service?.tasks.map(({ quarter }) => quarter)]
  }
  const quarters = ['2024-Q4', '2024-Q3', '2024-Q2', '2024-Q1']
  expect(await listed()).toEqual([null, quarters])
  await close('2024-Q2', null)
  expect(await listed()).toEqual([{ last: '2024-Q2', goesOnAs: null }, quarters.slice(2)])
  await close('2023-Q4', 'health-visiting')
  expect(await listed()).toEqual([{ last: '2023-Q4', goesOnAs: 'Health Visiting' }, []])
  expect(await declareNobody(setting.storeOf(ACORN), ACORN, PLACE, NOW)).toMatchObject({
    code: 'service-closed',
  })
  await close(null, null)
})

describe('that nobody was reached', () => {
  test('is said once, shown in the list and the history, and taken back', async () => {
    const store = setting.storeOf(ACORN)
    expect(await told()).toEqual({ status: 'not-started', by: undefined })
    expect(await declareNobody(store, ACORN, PLACE, NOW)).toEqual({ ok: true })
    expect(await declareNobody(store, ACORN, PLACE, NOW)).toEqual({ ok: true })
    expect(await told()).toEqual({ status: 'nobody', by: 'Somebody' })
    expect(await takeBackNobody(store, ACORN, PLACE, NOW)).toEqual({ ok: true })
    expect(await takeBackNobody(store, ACORN, PLACE, NOW)).toEqual({ ok: true })
    expect(await told()).toEqual({ status: 'not-started', by: undefined })
    const { rows } = await setting.owner.pool.query<{ event: string }>(
      `select event from audit_event where subject = $1 and event like 'nil-return.%' order by seq`,
      [PLACE.service],
    )
    expect(rows.map(({ event }) => event).slice(-2)).toEqual([
      'nil-return.declared',
      'nil-return.taken-back',
    ])
  })

  test('[S14] is said by the service’s own provider alone', async () => {
    const theirs = { service: 'health-visiting', quarter: PLACE.quarter }
    const nowhere = { service: 'no-such-service', quarter: PLACE.quarter }
    const store = setting.storeOf(ACORN)
    const refused = await declareNobody(store, ACORN, theirs, NOW)
    expect(refused).toEqual(await declareNobody(store, ACORN, nowhere, NOW))
    expect(refused).toMatchObject({ ok: false, code: 'not-found' })
    const { rowCount } = await setting.owner.pool.query('select from nil_return')
    expect(rowCount).toBe(0)
    expect((await declareNobody(setting.storeOf(BRIDGE), BRIDGE, theirs, NOW)).ok).toBe(true)
    expect(await takeBackNobody(store, ACORN, theirs, NOW)).toMatchObject({ code: 'not-found' })
  })

  test('is refused for a quarter that has not begun', async () => {
    const later = { ...PLACE, quarter: '2031-Q1' }
    expect(await declareNobody(setting.storeOf(ACORN), ACORN, later, NOW)).toMatchObject({
      code: 'not-found',
    })
  })

  test('is neither said nor taken back of a closed quarter, but by who has an extension', async () => {
    const { pool } = setting.owner
    const store = setting.storeOf(ACORN)
    expect(await declareNobody(store, ACORN, PLACE, NOW)).toEqual({ ok: true })
    await pool.query(
      `insert into reporting_quarter (quarter, deadline, closed) values ('2024-Q1', '2024-07-30', true)`,
    )
    for (const change of [declareNobody, takeBackNobody]) {
      expect(await change(store, ACORN, PLACE, NOW)).toMatchObject({ code: 'quarter-closed' })
    }
    expect((await told()).status).toBe('nobody')
    await pool.query(
      `insert into extension (service_code, quarter, until, reason, given_by, given_at)
       values ($1, $2, '2025-02-03', 'staff-away', 'test', now())`,
      [PLACE.service, PLACE.quarter],
    )
    expect(await takeBackNobody(store, ACORN, PLACE, NOW)).toEqual({ ok: true })
    await pool.query('delete from extension')
    await pool.query('delete from reporting_quarter')
  })

  test('is refused while a file is there, and ends when one is submitted', async () => {
    const store = setting.storeOf(ACORN)
    const place = { ...PLACE, quarter: '2024-Q2' }
    expect((await declareNobody(store, ACORN, place, NOW)).ok).toBe(true)
    const { reference } = await mustUpload(setting, csvOf(range(1, 30)), place)
    expect((await told(place.quarter)).status).toBe('read')
    expect(await declareNobody(store, ACORN, place, NOW)).toMatchObject({ code: 'nil-with-file' })
    await match(setting, reference)
    await setting.work(reference)
    expect((await told(place.quarter)).by).toBe('Somebody')
    await setting.owner.pool.query(
      `update submission set state = 'accepted' where reference = $1`,
      [reference],
    )
    expect((await told(place.quarter)).by).toBeUndefined()
  })
})
