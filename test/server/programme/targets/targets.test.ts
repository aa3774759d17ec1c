import { afterAll, beforeAll, expect, test } from 'vitest'
import { seenTargets, type Target } from '#core/measures/targets.ts'
import {
  exportTargets,
  importTargets,
  lookAtTargets,
  readServiceTargets,
  setServiceTargets,
  setTargets,
} from '#server/programme/targets/targets.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import {
  openAccountSetting,
  type AccountSetting,
  type TestUser,
} from '../../identity/accounts/account-setting.ts'

/** What services aim at, on the portal's own connection. */

let setting: AccountSetting
let administrator: TestUser
beforeAll(async () => {
  setting = await openAccountSetting()
  administrator = await setting.makeUser({ role: 'administrator' })
})
afterAll(() => setting.close())

const REACHED: Target = {
  ...{ service: 'heron-play', quarter: '2024-Q1', indicator: 'reached', value: 40 },
}
const WAIT: Target = { ...REACHED, indicator: 'wait', value: 20.5 }

test('are kept as they change, and each change is an entry of the audit trail', async () => {
  const { context, owner } = setting
  const { actor } = administrator
  expect(await setTargets(context, actor, [REACHED, WAIT])).toEqual({ ok: true, changes: 2 })
  expect(await setTargets(context, actor, [REACHED, WAIT])).toEqual({ ok: true, changes: 0 })
  const taken = { ...WAIT, value: null }
  expect(await setTargets(context, actor, [{ ...REACHED, value: 50 }, taken])).toEqual({
    ...{ ok: true, changes: 2 },
  })
  const read = await lookAtTargets(context, actor, 'register.see', '2024-Q1')
  expect(read.ok && read.targets).toEqual(new Map([['heron-play', new Map([['reached', 50]])]]))
  const { rows } = await owner.query(
    `select indicator, value, set_by = $1 as own from service_target order by id`,
    [actor.userId],
  )
  expect(rows).toEqual([
    { indicator: 'reached', value: 40, own: true },
    { indicator: 'wait', value: 20.5, own: true },
    { indicator: 'reached', value: 50, own: true },
    { indicator: 'wait', value: null, own: true },
  ])
  const { rows: events } = await owner.query(
    `select subject, detail from audit_event where event = 'targets.set' order by seq`,
  )
  expect(events).toEqual([
    { subject: '2024-Q1', detail: { changes: 2, services: 1, takenBack: 0 } },
    { subject: '2024-Q1', detail: { changes: 2, services: 1, takenBack: 1 } },
  ])
})

test('are read by the service’s own people, and set by none of them', async () => {
  const { pool } = setting.context
  const of = (providerCode: string): Promise<ReadonlyMap<string, number>> =>
    readServiceTargets(forActor(pool, { role: 'provider', providerCode }), 'heron-play', '2024-Q1')
  expect(await of('heron')).toEqual(new Map([['reached', 50]]))
  expect(await of('otter')).toEqual(new Map())
  const own = forActor(pool, { role: 'provider', providerCode: 'heron' })
  await expect(
    withTransaction(own, (client) =>
      run(client, 'targets/insert-targets', [
        ['heron-play'],
        ['2024-Q1'],
        ['reached'],
        [1],
        'somebody',
        new Date(),
      ]),
    ),
  ).rejects.toThrow(Error)
  expect(await of('heron')).toEqual(new Map([['reached', 50]]))
})

test('of two administrators at once one sets them, and the other is told', async () => {
  const { context } = setting
  const { actor } = administrator
  const { actor: other } = await setting.makeUser({ role: 'administrator' })
  const given = { service: 'heron-play', quarter: '2024-Q3', seen: seenTargets(undefined) } as const
  const values = [{ indicator: 'reached', value: 40 }] as const
  const set = await Promise.all([
    setServiceTargets(context, actor, { ...given, values }),
    setServiceTargets(context, other, { ...given, values: [{ indicator: 'wait', value: 9 }] }),
  ])
  expect(set.filter(({ ok }) => ok)).toEqual([{ ok: true, changes: 1 }])
  expect(set.filter(({ ok }) => !ok)).toMatchObject([{ code: 'targets-changed' }])
  const read = await lookAtTargets(context, actor, 'register.see', '2024-Q3')
  const standing = read.ok ? read.targets.get('heron-play') : undefined
  expect(standing?.size).toBe(1)
  const taken = { ...given, seen: seenTargets(standing), values: [{ ...values[0], value: null }] }
  expect(await setServiceTargets(context, actor, taken)).toMatchObject({ ok: true })
})

test('come in from a file, all of it or nothing, and go out as the same file', async () => {
  const { context } = setting
  const { actor } = administrator
  const wrong =
    'service,quarter,indicator,target\r\nheron-play,2024-Q2,reached,30\r\nx,2024-Q2,reached,3'
  expect(await importTargets(context, actor, wrong)).toEqual({
    ...{ ok: false, code: 'targets-unreadable' },
    problems: ['Row 3: the service is not a code of the register'],
  })
  expect(await importTargets(context, actor, '"')).toMatchObject({ code: 'targets-unreadable' })
  const right = 'service,quarter,indicator,target\r\nheron-play,2024-Q2,daysAfter,-3\r\n'
  expect(await importTargets(context, actor, right)).toEqual({ ok: true, changes: 1 })
  const exported = await exportTargets(context, actor)
  const text = exported.ok ? exported.csv : ''
  expect(text).toContain('heron-play,2024-Q2,daysAfter,-3\r\n')
  expect(await importTargets(context, actor, text)).toEqual({ ok: true, changes: 0 })
})

test('are set by administrators, and seen by those who see figures', async () => {
  const { context } = setting
  const { actor: provider } = await setting.makeUser({ role: 'provider' })
  const { actor: analyst } = await setting.makeUser({ role: 'analyst' })
  for (const actor of [provider, analyst]) {
    for (const outcome of [
      await setTargets(context, actor, [REACHED]),
      await importTargets(context, actor, ''),
      await exportTargets(context, actor),
      await lookAtTargets(context, actor, 'register.see', '2024-Q1'),
    ])
      expect(outcome).toMatchObject({ ok: false, code: 'not-found' })
  }
  const exact = { ...analyst, mayExact: true }
  expect(await lookAtTargets(context, exact, 'exact.see', '2024-Q1')).toMatchObject({ ok: true })
})
