import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '#server/platform/db/run.ts'
import { importPopulations } from '#server/programme/populations/import-populations.ts'
import { openAccountSetting, type AccountSetting } from '../../identity/accounts/account-setting.ts'

/** How many people live in wards, as an operator imports it. */

let setting: AccountSetting
beforeAll(async () => {
  setting = await openAccountSetting()
  await setting.owner.query(
    `insert into ward (code, name) values ('brook', 'Brook'), ('hill', 'Hill End')`,
  )
})
afterAll(() => setting.close())

function file(places: readonly (readonly [ward: string, year: number, each: number])[]): string {
  const rows = places.flatMap(([ward, year, each]) =>
    Array.from({ length: 91 }, (_, age) => [ward, year, age, each].join(',')),
  )
  return ['\uFEFFward,year,age,people', ...rows, ''].join('\r\n')
}

test('a file takes the place of its years alone, and one that cannot be read of nothing', async () => {
  const ward = 'brook'
  const { owner } = setting
  const take = (text: string) => importPopulations(owner, 'operator', text)
  const living = (year: number) => run(owner, 'measures/ward-populations', [4, year])
  const each = (year: number, people: number) =>
    [0, 1, 2, 3].map((age) => ({ ward, year, age, people }))
  expect(await living(2024)).toEqual([])
  expect(await take(file([[ward, 2022, 10]]))).toMatchObject({ ok: true, missing: ['hill'] })
  expect(await take(file([[ward, 2023, 20]]))).toMatchObject({ ok: true })
  expect(await take(file([[ward, 2023, 30]]))).toMatchObject({ ok: true })
  expect(await take(file([['elsewhere', 2023, 40]]))).toMatchObject({ ok: false })
  expect(await take('ward,"year')).toMatchObject({ ok: false })
  expect(await living(2024)).toEqual(each(2023, 30))
  expect(await living(2022)).toEqual(each(2022, 10))
  // Before the first there is the first.
  expect(await living(2010)).toEqual(each(2022, 10))
  const { rows } = await owner.query<{ detail: unknown }>(
    `select detail from audit_event where event = 'populations.imported' order by seq desc limit 1`,
  )
  expect(rows[0]?.detail).toEqual({
    ...{ years: '2023', wards: 1, missing: 1, others: 0 },
  })
})
