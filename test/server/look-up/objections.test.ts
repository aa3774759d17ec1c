import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { makeDemonstrationAccounts } from '#demonstration/demonstration-accounts.ts'
import { carryObjection } from '#demonstration/look-up/carried-objection.ts'
import { LOOK_UP_REGISTER } from '#demonstration/look-up/look-up-register.ts'
import { argonPasswords } from '#server/identity/accounts/passwords.ts'
import { writeAccessLetter } from '#server/linkage/rights/access-letter.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import {
  carryThrough,
  liftThrough,
  makeOfficers,
  OFFICER,
} from '../jobs/carrying-out/rights-setting.ts'
import { openTestProgramme, type TestProgramme } from '../setup/open-programme.ts'
import { feedOf, lookFor, person, sendFeedTo, typedOf } from './feed-setting.ts'

/** Who asks to be left out of a look-up is found by nobody, and by no later feed either. */

const TODAY = dayInLondon(new Date())
const SAMUEL = person('Samuel')

let programme: TestProgramme
let store: OwnProgrammeStore

beforeAll(async () => {
  programme = await openTestProgramme({}, LOOK_UP_REGISTER)
  store = programme.store
  await makeOfficers(store)
  for (const service of ['housing', 'mental-health'] as const)
    expect(await sendFeedTo(store, feedOf(service, TODAY))).toMatchObject({ ok: true })
})
afterAll(() => programme.close())

const involvements = async (): Promise<number> =>
  (await store.pool.query('select from involvement')).rowCount ?? 0

test('a restriction takes records and involvements out, and its lifting brings the same back', async () => {
  const before = await lookFor(store, SAMUEL)
  expect(before[0]?.records.map(({ source }) => source).sort()).toEqual([
    'housing',
    'mental-health',
  ])
  const all = await involvements()
  const request = await carryThrough(store, 'restriction', typedOf(SAMUEL))
  expect(await lookFor(store, SAMUEL)).toEqual([])
  expect(await involvements()).toBe(all - 2)
  await liftThrough(store, request)
  const after = await lookFor(store, SAMUEL)
  expect(after[0]?.records).toEqual(before[0]?.records)
  expect(await involvements()).toBe(all)
})

test('a letter to who asks for access tells each involvement, and who works with them', async () => {
  const request = await carryThrough(store, 'access', typedOf(person('Grace')))
  const letter = await writeAccessLetter(store, OFFICER, request, new Date())
  if (!letter.ok) throw new Error(letter.code)
  const [record] = letter.records
  expect([letter.records.length, record?.service]).toEqual([1, 'Tenancies'])
  expect(record?.holds).toContainEqual({ name: 'Involvement', value: 'Current' })
  expect(record?.holds).toContainEqual({ name: 'Landlord', value: 'Oak Homes' })
  const names = record?.holds.map(({ name }) => name)
  expect(names).toContain('Began')
  expect(names).toContain('Who works with you: name')
  expect(record?.holds.find(({ name }) => name === 'Began')?.value).toMatch(
    /^[0-9]+ [A-Z][a-z]+ 20/,
  )
  expect(letter.logic.join(' ')).toContain('shows people who work with you')
  expect(letter.logic.join(' ')).not.toContain('count how many')
  // Also of one that is set apart.
  await carryThrough(store, 'restriction', typedOf(person('Joy')))
  const apart = await carryThrough(store, 'access', typedOf(person('Joy')))
  const other = await writeAccessLetter(store, OFFICER, apart, new Date())
  expect(other.ok && other.records.map(({ isRestricted }) => isRestricted)).toEqual([true])
  expect(other.ok && other.records[0]?.holds).toContainEqual({
    ...{ name: 'Landlord', value: 'Oak Homes' },
  })
})

test('the demonstration carries its objection out once, and nobody is found who objected', async () => {
  const own = await openTestProgramme({}, LOOK_UP_REGISTER)
  onTestFinished(() => own.close())
  expect(await sendFeedTo(own.store, feedOf('housing', TODAY))).toMatchObject({ ok: true })
  const { pool, programme: ofOwn, keys } = own.store
  const { portalKey } = keys.portal
  const accounts = { pool, portalKey, passwords: argonPasswords(), programme: ofOwn, keys }
  const made = await makeDemonstrationAccounts(accounts)
  expect(made.ok).toBe(true)
  expect(await lookFor(own.store, SAMUEL)).toHaveLength(1)
  expect(await carryObjection(own.store, new Date())).toMatch(/^DR-/)
  expect(await lookFor(own.store, SAMUEL)).toEqual([])
  expect(await lookFor(own.store, person('Olof'))).toHaveLength(1)
  expect(await carryObjection(own.store, new Date())).toBeUndefined()
})

test('an objection holds against every later feed', async () => {
  await carryThrough(store, 'objection', typedOf(SAMUEL))
  expect(await lookFor(store, SAMUEL)).toEqual([])
  const { bytes, ...feed } = feedOf('housing', TODAY)
  const changed = new TextDecoder().decode(bytes).replaceAll('Starter', 'Secure')
  const again = { ...feed, bytes: new TextEncoder().encode(changed) }
  expect(await sendFeedTo(store, again)).toMatchObject({ ok: true })
  expect(await lookFor(store, SAMUEL)).toEqual([])
  const { rows } = await store.pool.query<{ count: number }>(
    `select count(*)::int as count from involvement i
     where not exists (select from record r where r.id = i.record_id)`,
  )
  expect(rows).toEqual([{ count: 0 }])
  // Everybody else is still there.
  expect(await lookFor(store, person('Olof'))).toHaveLength(1)
})
