import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { written } from '#demonstration/look-up/feed-files.ts'
import { INVENTED_PEOPLE } from '#demonstration/look-up/look-up-people.ts'
import { LOOK_UP_REGISTER } from '#demonstration/look-up/look-up-register.ts'
import { typedPersonSchema } from '#core/rights/typed-person.ts'
import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { answerAsk } from '#server/jobs/asks/answers.ts'
import { loadSubmission } from '#server/intake/loading/load-submission.ts'
import { receiveSubmission } from '#server/intake/submissions/receive-submission.ts'
import { pseudonymsOfTyped } from '#server/linkage/rights/typed-pseudonyms.ts'
import { processSubmission } from '#server/linkage/processing/process-submission.ts'
import { openSource, readAnswer } from '#server/look-up/asking/read-answer.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { listSources } from '#server/programme/sources/read-sources.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { Unread } from '#server/store/unread.ts'
import { csv, type Row } from '../intake/submissions/small-files.ts'
import { ACTOR, inPieces, take } from '../intake/submissions/small-programme.ts'
import { carryThrough, makeOfficers } from '../jobs/carrying-out/rights-setting.ts'
import { openTestProgramme, type TestProgramme } from '../setup/open-programme.ts'
import { feedOf, formOf, letIn, person, sendFeedTo, typedOf, withRow } from './feed-setting.ts'
import { answerOf, PRACTITIONER, shownIn } from './look-up-setting.ts'

/** What goes wrong around a look-up, each with one outcome, in a look-up with sources of the demonstration. */

const TODAY = dayInLondon(new Date())
const SOURCES: readonly FeedKind[] = ['housing', 'mental-health', 'primary-care', 'school']

let programme: TestProgramme
let store: OwnProgrammeStore

beforeAll(async () => {
  programme = await openTestProgramme({}, LOOK_UP_REGISTER)
  store = programme.store
  await makeOfficers(store)
  await letIn(store, [...SOURCES, 'acute-care'])
  for (const source of SOURCES)
    expect(await sendFeedTo(store, feedOf(source, TODAY))).toMatchObject({ ok: true })
}, 60_000)
afterAll(() => programme.close())

/** Another moment, so that no test waits for the limits of the one before. */
let day = 0
const later = (): Date => new Date(Date.now() + (day += 1) * 1_000)

const shownFor = async (first: string): Promise<string[]> =>
  (shownIn(await answerOf(store, formOf(person(first)), later()))[0] ?? []).sort()

test('a feed that fails holds up no other, and what was there of its source stays', async () => {
  const asOf = async (code: string) =>
    (await listSources(store.pool, store.programme, new Date())).find((each) => each.code === code)
      ?.asOf
  const acute = feedOf('acute-care', TODAY)
  const housing = feedOf('housing', TODAY)
  const school = new TextDecoder().decode(feedOf('school', TODAY).bytes)
  const [failed, cut, whole] = await Promise.all([
    sendFeedTo(store, { ...acute, bytes: new Uint8Array([0x50, 0x4b, 3, 4, 0]) }),
    sendFeedTo(store, { ...housing, bytes: housing.bytes.slice(0, 40) }),
    sendFeedTo(store, {
      ...feedOf('school', TODAY),
      bytes: new TextEncoder().encode(school.replaceAll('Hilltop Primary', 'Valley Primary')),
    }),
  ])
  expect([failed.ok, cut.ok, whole.ok]).toEqual([false, false, true])
  expect(await Promise.all(['acute-care', 'housing', 'school'].map(asOf))).toEqual([
    ...[null, TODAY, TODAY],
  ])
  expect(await shownFor('Olof')).toEqual([
    ...['acute-care no-data', 'housing records', 'mental-health none', 'primary-care none'],
  ])
  const kept = await store.pool.query(
    `select from involvement where details ->> 'school_name' like 'Hilltop%'`,
  )
  expect(kept.rowCount).toBe(0)
  // The same feed, sent whole, is taken.
  expect(await sendFeedTo(store, acute)).toMatchObject({ ok: true })
  expect(await shownFor('Olof')).toContain('acute-care records')
})

test('a feed that is half loaded is not shown: the one before is, until the other is whole', async () => {
  const { service, bytes, mapping } = feedOf('housing', TODAY)
  const without = new TextDecoder()
    .decode(bytes)
    .split('\r\n')
    .filter((row) => !row.includes('Olof'))
  const received = await receiveSubmission(store, {
    ...{ service, quarter: '2024-Q1', dataset: 'production', limit: 10_000_000, actor: ACTOR },
    bytes: inPieces(new TextEncoder().encode(without.join('\r\n'))),
  })
  if (!received.ok) throw new Error(received.code)
  const choices = { actor: ACTOR, leaveOut: false, confirm: true, replace: false, mapping }
  const loaded = await loadSubmission(store, received.submission, choices)
  expect(loaded).toMatchObject({ ok: true, submission: { state: 'pseudonymised' } })
  // Its rows are there, beside those of the feed before.
  expect(await shownFor('Olof')).toContain('housing records')
  expect(await shownFor('Sara')).toContain('housing records')
  const { reference } = await answerOf(store, formOf(person('Sara')), later())
  const opening = { reference, person: 1, source: 'housing' }
  const opened = await openSource(store, PRACTITIONER, opening, new Date())
  expect(
    opened.ok && opened.people[0]?.rows.flatMap(({ opened: each }) => each ?? []),
  ).toHaveLength(1)
  expect(await processSubmission(store, received.submission.id, choices)).toMatchObject({
    ok: true,
  })
  expect(await shownFor('Olof')).toContain('housing none')
  expect(await shownFor('Sara')).toContain('housing records')
})

test('a person in two records of one source is one person, with both involvements', async () => {
  const { first, last, gender, postcode } = person('Sara')
  const twice = withRow(feedOf('housing', TODAY), {
    ...{ Ref: 'HOU-7000', Forename: first, Surname: last, Sex: gender, Postcode: postcode },
    ...{ DOB: written(formOf(person('Sara')).birth), 'Housing officer': 'Wren Second' },
  })
  expect(await sendFeedTo(store, twice)).toMatchObject({ ok: true })
  const now = later()
  const { reference, people } = await answerOf(store, formOf(person('Sara')), now)
  expect(people).toHaveLength(1)
  const opening = { reference, person: 1, source: 'housing' }
  expect(await openSource(store, PRACTITIONER, opening, now)).toMatchObject({ ok: true })
  const answer = await readAnswer(store, PRACTITIONER, reference, now)
  const opened = answer.ok
    ? answer.people[0]?.rows.find(({ source }) => source.code === 'housing')?.opened
    : null
  expect(opened?.map(({ staff }) => staff.name)).toHaveLength(2)
  expect(opened?.map(({ staff }) => staff.name)).toContain('Wren Second')
})

test('an agreement that ended this morning takes its source alone out of the answer', async () => {
  const before = await shownFor('Sara')
  const { reference } = await answerOf(store, formOf(person('Sara')), later())
  await store.pool.query(
    `update agreement set ended_on = $1::date - 1 where service_code = 'mental-health'`,
    [TODAY],
  )
  const rest = before.filter((row) => !row.startsWith('mental-health'))
  expect(rest).toHaveLength(before.length - 1)
  expect(await shownFor('Sara')).toEqual(rest)
  // Also where the answer was there in time.
  const opening = { reference, person: 1, source: 'mental-health' }
  expect(await openSource(store, PRACTITIONER, opening, new Date())).toMatchObject({
    code: 'not-found',
  })
  expect(await sendFeedTo(store, feedOf('mental-health', TODAY))).toMatchObject({
    code: 'agreement-missing',
  })
  await store.pool.query('update agreement set ended_on = null')
})

test('an objection answers as nobody does, also in an answer that was shown before', async () => {
  const daniel = formOf(person('Daniel'))
  const shown = await answerOf(store, daniel, later())
  expect(shown.people[0]?.compared).not.toBeNull()
  const of = async (typed: typeof daniel) => (await answerOf(store, typed, later())).people
  const nobody = await of({ ...daniel, firstName: 'Zuleika', nhsNumber: '' })
  await carryThrough(store, 'objection', typedOf(person('Daniel')))
  expect(JSON.stringify(await of(daniel))).toBe(JSON.stringify(nobody))
  const opening = { reference: shown.reference, person: 1, source: 'primary-care' }
  expect(await openSource(store, PRACTITIONER, opening, new Date())).toMatchObject({
    code: 'look-up-changed',
  })
})

test('a look-up without a purpose, or with one that is none, is not made', async () => {
  const lookUps = async () => (await store.pool.query('select from look_up')).rowCount
  const before = await lookUps()
  const given = { caseReference: 'CIN-1', act: null, birth: '', gender: '', alarms: [] }
  for (const purpose of [undefined, '', 'curiosity'])
    await expect(
      (async () =>
        answerAsk(store, 'look-up', { ...given, purpose }, PRACTITIONER, Unread.of({})))(),
    ).rejects.toThrow('purpose')
  expect(await lookUps()).toBe(before)
})

test('a reach programme that is fed with the same people shares no pseudonym with it', async () => {
  const reach = await openTestProgramme()
  onTestFinished(() => reach.close())
  const people = INVENTED_PEOPLE.filter(({ with: sources }) => sources['primary-care'])
  const rows = people.map((each, at): Row => {
    const { firstName, lastName, birth, gender, nhsNumber, postcode } = formOf(each)
    return {
      ...{ client_ref: `C-${at}`, role: each.age < 18 ? 'child' : 'parent', gender },
      ...{ first_name: firstName, last_name: lastName, date_of_birth: birth },
      ...{ nhs_number: nhsNumber, postcode, start_date: '2024-04-15', contacts: '1' },
    }
  })
  await take(reach.store, { bytes: csv(rows), choices: { confirm: true, leaveOut: true } })
  const held = await Promise.all([store, reach.store].map(heldBy))
  const typed = Unread.of(typedPersonSchema.parse(typedOf(person('Sara'))))
  const day = { year: 2026, month: 12, day: 1 }
  const marks = await Promise.all(
    [store, reach.store].map(async ({ keys }) =>
      (await pseudonymsOfTyped(keys, typed, { day, live: false, codes: undefined }))?.map(
        ({ value }) => value,
      ),
    ),
  )
  // Sara is in both, and each knows her by its own alone.
  const known = held.map((values) => marks.map((own) => own?.some((value) => values.has(value))))
  expect(known).toEqual([
    [true, false],
    [false, true],
  ])
  const [lookUp = new Set(), other = new Set()] = held
  expect([...lookUp].filter((value) => other.has(value))).toEqual([])
})

async function heldBy({ pool }: OwnProgrammeStore): Promise<Set<string>> {
  const { rows } = await pool.query<{ value: string }>(
    'select value from evidence union select value from recent_evidence',
  )
  return new Set(rows.map(({ value }) => value))
}
