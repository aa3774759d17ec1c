import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { TYPED_LOOK_UP } from '#core/look-up/asking/typed-look-up.ts'
import { written } from '#demonstration/look-up/feed-files.ts'
import { LOOK_UP_REGISTER } from '#demonstration/look-up/look-up-register.ts'
import { startAnswering } from '#server/jobs/asks/answer-asks.ts'
import { tellOfLookUps } from '#server/look-up/limits/tell-of-look-ups.ts'
import { openEventLog } from '#server/platform/logging/event-log.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { TraceFinder, tracesEverywhere } from '../intake/submissions/traces.ts'
import { openTestProgramme, receive, type TestProgramme } from '../setup/open-programme.ts'
import { arriving, owing } from '../setup/kept-post.ts'
import { askPage, feedOf, letIn, sendFeedTo, withRow } from './feed-setting.ts'

/** Words planted in every field of a look-up, and looked for in every table, file, log and mail. */

const PLANTED = {
  ...{ firstName: 'Zebediah', lastName: 'Quillfeather', birth: '1987-11-23', gender: 'M' as const },
  ...{ nhsNumber: '9990010617', postcode: 'NB77 7QX', email: 'zeb.quill@canary.example' },
  mobile: '07700 900 617',
}
const CASE = 'CANARY-77310'
const ROW = {
  ...{ Ref: 'CAN-0001', Forename: PLANTED.firstName, Surname: PLANTED.lastName },
  ...{ DOB: written(PLANTED.birth), Sex: 'M', 'NHS No': PLANTED.nhsNumber },
  Postcode: PLANTED.postcode,
}
/** A gender is one letter of two: it is found everywhere. */
const SOUGHT = TYPED_LOOK_UP.filter((field) => field !== 'gender').map((field) => PLANTED[field])
const FINDER = new TraceFinder([...SOUGHT, CASE])

let programme: TestProgramme

beforeAll(async () => {
  programme = await openTestProgramme({}, LOOK_UP_REGISTER)
  const { store } = programme
  const today = dayInLondon(new Date())
  for (const source of ['housing', 'primary-care', 'mental-health'] as const) {
    const feed = withRow(feedOf(source, today), ROW)
    expect(await sendFeedTo(store, feed)).toMatchObject({ ok: true })
  }
  await letIn(store, ['housing', 'primary-care', 'mental-health'])
  // One that lies there as files do, so that files are looked into.
  await receive(store, new TextEncoder().encode('nothing'), { service: 'police' })
}, 60_000)
afterAll(() => programme.close())

test('[S73] what is typed is in no table, file, log or mail, while a worker is waited for and after it answered', async () => {
  const { store } = programme
  const log = openEventLog(join(store.dataDir, 'logs', 'asks.log'), 'asks', () => undefined)
  const asking = askPage(store, PLANTED, { caseReference: CASE })
  await expect
    .poll(async () => (await store.pool.query('select from ask')).rowCount, { interval: 5 })
    .toBe(1)
  expect(await tracesEverywhere(store, FINDER)).toEqual([])
  const lane = startAnswering(store, log)
  onTestFinished(() => lane.stop())
  expect(await asking).toMatchObject({ ok: true })
  // Of whom there is a record in each, and of nobody; one of them with something to tell of.
  const other = { ...PLANTED, nhsNumber: '', firstName: 'Wolframina' }
  expect(await askPage(store, other, { caseReference: CASE })).toMatchObject({ ok: true })
  const { rows } = await store.pool.query<{ people: number }>(
    'select people from look_up order by id',
  )
  expect(rows).toEqual([{ people: 1 }, { people: 0 }])
  await store.pool.query(`update look_up set alarms = '{own-name}'`)
  await store.pool.query(
    `insert into portal_user (id, email, name, role, code_seed)
     values ('U-MANAGER1', 'm.manager@council.example', 'Max Manager', 'manager', 'x')`,
  )
  const telling = owing(store.pool, () => new Date())
  while ((await tellOfLookUps(telling)) > 0);
  expect(await tracesEverywhere(store, FINDER)).toEqual([])
  const mails = await arriving(telling)
  expect(mails).toHaveLength(2)
  expect(FINDER.search(Buffer.from(JSON.stringify(mails)))).toEqual([])
})

test('the search finds each of them where it is', () => {
  for (const value of [...SOUGHT, CASE])
    expect(FINDER.search(Buffer.from(`{"typed":"${value}"}`))).not.toEqual([])
})
