import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSource, readAnswer } from '#server/look-up/asking/read-answer.ts'
import { alarmsOf } from '#server/look-up/asking/ask-look-up.ts'
import { sayOfLookUp } from '#server/look-up/asking/after-look-up.ts'
import { startLookUp } from '#server/look-up/asking/start-look-up.ts'
import { MOST_IN_A_DAY, SHOWN_FOR, VOLUME_ALARM_AT } from '#server/look-up/limits/look-up-limits.ts'
import { tellOfLookUps } from '#server/look-up/limits/tell-of-look-ups.ts'
import { giveSources, readGrants } from '#server/look-up/watching/grants.ts'
import { listLookUps, readWatched, writeLookUps } from '#server/look-up/watching/list-look-ups.ts'
import { findLookUpsOf } from '#server/look-up/watching/look-ups-of-person.ts'
import { measureLookUps } from '#server/look-up/watching/measures.ts'
import { drawSample, judgeLookUp } from '#server/look-up/watching/spot-checks.ts'
import { listsOf } from '#core/look-up/asking/typed-look-up.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { Unread } from '#server/store/unread.ts'
import { nhsNumber } from '../intake/submissions/small-files.ts'
import { arriving, owing } from '../setup/kept-post.ts'
import type { TestProgramme } from '../setup/open-programme.ts'
import {
  answerOf,
  ask,
  child,
  MANAGER,
  mother,
  openLookUp,
  PRACTITIONER,
  shownIn,
  typedOf,
} from './look-up-setting.ts'

let programme: TestProgramme
let store: OwnProgrammeStore

/** Born on a day on which they are five today, whatever day it is. */
const PUPIL = { ...child(5), date_of_birth: `${String(new Date().getUTCFullYear() - 6)}-01-02` }
const TWIN = { ...PUPIL, client_ref: 'C-1905', first_name: 'Zuleika', nhs_number: nhsNumber(905) }
const MOTHER = mother(5)
const NOBODY = typedOf({ ...child(77), date_of_birth: PUPIL.date_of_birth })

beforeAll(async () => {
  programme = await openLookUp({
    'stay-and-play': [PUPIL, TWIN, child(8)],
    'toy-library': [MOTHER, mother(8)],
    'health-visiting': [PUPIL, MOTHER],
  })
  store = programme.store
}, 120_000)
afterAll(() => programme.close())

const watch = () => ({
  ...{ pool: store.pool, portalKey: store.keys.portal.portalKey, now: () => new Date() },
  programme: store.programme,
})

test('shows a child and a mother in every source that has them, and the twin to nobody who did not ask for them', async () => {
  const answer = await answerOf(store, typedOf(PUPIL))
  // Housing is not for children: it is not there at all.
  expect(shownIn(answer).map((rows) => rows.sort())).toEqual([
    ['community-health records', 'school records'],
  ])
  expect(answer.people[0]?.compared).toEqual({
    ...{ certainty: 'certain', birth: 'agrees', gender: 'agrees', address: 'agrees' },
  })
  const adult = await answerOf(store, typedOf(MOTHER))
  expect(shownIn(adult).map((rows) => rows.sort())).toEqual([
    ['community-health records', 'housing records'],
  ])
  expect(shownIn(await answerOf(store, typedOf(TWIN)))[0]).toContain('community-health none')
})

test('is one and the same answer for nobody, nobody current and somebody who objected', async () => {
  const nobody = await answerOf(store, NOBODY)
  await store.pool.query(`update involvement set state = 'historic'`)
  const nobodyCurrent = await answerOf(store, typedOf(PUPIL))
  await store.pool.query(`update involvement set state = 'current'`)
  for (const { people } of [nobody, nobodyCurrent]) {
    expect(people).toHaveLength(1)
    expect(people[0]?.compared).toBeNull()
    expect(people[0]?.rows.map(({ shown }) => shown)).toEqual(['none', 'none'])
  }
  const told = ({ people }: typeof nobody): string => JSON.stringify(people)
  expect(told(nobodyCurrent)).toBe(told(nobody))
})

test('opens one source at a time, audits four levels apart, and shows nothing to anybody else or later', async () => {
  const { reference, people } = await answerOf(store, typedOf(PUPIL))
  const [row] = people[0]?.rows ?? []
  expect(row?.opened).toBeNull()
  const opening = { reference, person: 1, source: row?.source.code ?? '' }
  const opened = await openSource(store, PRACTITIONER, opening, new Date())
  if (!opened.ok) throw new Error(opened.code)
  expect(opened.people[0]?.rows.map(({ opened: details }) => details?.length ?? null)).toEqual([
    1,
    null,
  ])
  expect(opened.people[0]?.rows[0]?.opened?.[0]?.staff.phone).toBe('020 7946 0123')
  await openSource(store, PRACTITIONER, opening, new Date())
  const { rows } = await store.pool.query<{ event: string }>(
    'select event from audit_event where subject = $1 order by seq',
    [reference],
  )
  expect(rows.map(({ event }) => event)).toEqual([
    ...['look-up.searched', 'look-up.presented', 'look-up.presented'],
    ...['look-up.details-seen', 'look-up.source-seen'],
  ])
  const other = { ...PRACTITIONER, userId: 'U-OTHER111' }
  expect(await readAnswer(store, other, reference, new Date())).toMatchObject({ code: 'not-found' })
  expect(await readAnswer(store, MANAGER, reference, new Date())).toMatchObject({
    code: 'not-found',
  })
  const later = new Date(Date.now() + SHOWN_FOR + 1)
  expect(await readAnswer(store, PRACTITIONER, reference, later)).toMatchObject({
    code: 'look-up-over',
  })
  const unseen = { reference, person: 1, source: 'toy-library' }
  expect(await openSource(store, PRACTITIONER, unseen, new Date())).toMatchObject({
    code: 'not-found',
  })
})

test('looks the mother up in the same act as the child, also from an answer of that act, and lists them all', async () => {
  const child = await ask(store, typedOf(PUPIL))
  const parent = await ask(store, typedOf(MOTHER), { act: child.ok ? child.reference : '' })
  const third = await ask(store, typedOf(TWIN), { act: parent.ok ? parent.reference : '' })
  const start = await startLookUp(store, PRACTITIONER, new Date())
  const references = [third, parent, child].map((each) => each.ok && each.reference)
  expect(start.ok && start.recent.slice(0, 3)).toMatchObject(
    references.map((reference) => ({ reference, isFirst: reference === references.at(-1) })),
  )
  const { rows } = await store.pool.query<{ acts: string }>(
    'select count(distinct act_id) as acts from look_up where reference = any($1) and act_id is not null',
    [references],
  )
  expect(rows).toEqual([{ acts: '1' }])
})

test('asks no source that was taken away, or whose agreement ended this morning, also of an answer that is shown', async () => {
  const { reference } = await answerOf(store, typedOf(PUPIL))
  const all = ['stay-and-play', 'toy-library', 'health-visiting']
  await giveSources(watch(), MANAGER, PRACTITIONER.userId, all.slice(0, 2))
  const after = await readAnswer(store, PRACTITIONER, reference, new Date())
  expect(after.ok && shownIn(after)).toEqual([['school records']])
  await giveSources(watch(), MANAGER, PRACTITIONER.userId, all)
  await store.pool.query(
    `update agreement set ended_on = current_date - 1 where service_code = 'health-visiting'`,
  )
  // Of three sources one is not complete any more: nobody is let in.
  expect(await ask(store, typedOf(PUPIL))).toMatchObject({ code: 'look-up-not-open' })
  const start = await startLookUp(store, PRACTITIONER, new Date())
  expect(start.ok && start.problem).toBe('look-up-not-open')
  await store.pool.query('update agreement set ended_on = null')
  expect(await readGrants(watch(), MANAGER)).toMatchObject({ isLaunched: true })
})

test('says who has read the guidance as it is now, and lets nobody in by an older one', async () => {
  const hasRead = async (): Promise<unknown> => {
    const grants = await readGrants(watch(), MANAGER)
    return grants.ok && grants.practitioners.map(({ readGuidance }) => readGuidance)
  }
  expect(await hasRead()).toEqual([true])
  const shift = (by: number) =>
    store.pool.query('update look_up_guidance set version = version + $1', [by])
  await shift(1)
  expect(await hasRead()).toEqual([false])
  expect(await ask(store, typedOf(PUPIL))).toMatchObject({ code: 'look-up-guidance' })
  await shift(-1)
})

test.each([
  [
    'a colleague, however their name is written',
    { firstName: 'Łucja', lastName: 'Novák' },
    ['colleague'],
  ],
  ['the practitioner’s own last name', { lastName: 'WÖRKER' }, ['own-name']],
  ['an address of the own organisation', { email: 'a.b@Council.Example' }, ['own-organisation']],
  ['nobody near', { firstName: 'Lucja', lastName: 'Nowak', email: 'a@elsewhere.example' }, []],
  ['what was not typed', {}, []],
])('tells who watches of %s', async (_, typed, alarms) => {
  await store.pool.query(
    `insert into portal_user (id, email, name, role, provider_code)
     select 'U-COLLEAGU', 'l.n@council.example', 'Lucja Novak', 'provider', provider_code
     from portal_user where id = $1 on conflict do nothing`,
    [PRACTITIONER.userId],
  )
  const own = await store.pool.query<{ provider_code: string }>(
    'select provider_code from portal_user where id = $1',
    [PRACTITIONER.userId],
  )
  const actor = { ...PRACTITIONER, providerCode: own.rows[0]?.provider_code ?? '' }
  const blank = { firstName: '', lastName: '', birth: '', gender: '', nhsNumber: '' } as const
  const whom = { ...blank, postcode: '', email: '', mobile: '', ...typed }
  expect(await alarmsOf(store.pool, actor, whom)).toEqual(alarms)
})

test('two people whom identifiers lead to are shown as two, each opened apart', async () => {
  const both = typedOf(PUPIL, { nhsNumber: TWIN.nhs_number })
  const { people } = await answerOf(store, both)
  expect(people.map(({ compared }) => compared?.certainty).sort()).toEqual(['certain', 'doubtful'])
  expect(
    people.flatMap(({ rows }) => rows).filter(({ shown }) => shown === 'records'),
  ).toHaveLength(3)
})

test('slows after five that found nobody, stops at the cap of a day, and tells who watches once', async () => {
  const now = new Date(Date.now() + 86_400_000 * 2)
  const at = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000)
  await made(4, 0, at(-1))
  expect(await ask(store, NOBODY, {}, now)).toMatchObject({ ok: true })
  expect(await ask(store, NOBODY, {}, now)).toMatchObject({ code: 'look-up-wait' })
  expect(await ask(store, typedOf(PUPIL), {}, at(2))).toMatchObject({ ok: true })
  await made(VOLUME_ALARM_AT - 7, 1, at(3))
  expect(await ask(store, typedOf(PUPIL), {}, at(4))).toMatchObject({ ok: true })
  await made(MOST_IN_A_DAY - VOLUME_ALARM_AT - 1, 1, at(5))
  // One is left: of three at once one is made.
  const atOnce = await Promise.all([1, 2, 3].map(() => ask(store, typedOf(PUPIL), {}, at(6))))
  expect(atOnce.filter(({ ok }) => ok)).toHaveLength(1)
  expect(atOnce.find(({ ok }) => !ok)).toMatchObject({ code: 'look-ups-many' })
  // However many follow, up to a hundred and past it: none is made, and the refusal is audited.
  expect(await ask(store, typedOf(PUPIL), {}, at(7))).toMatchObject({ code: 'look-ups-many' })
  const refused = await store.pool.query<{ reason: string }>(
    `select detail ->> 'reason' as reason from audit_event where event = 'access.refused' and actor = $1`,
    [PRACTITIONER.userId],
  )
  expect(refused.rows).toContainEqual({ reason: 'look-ups-many' })
  await store.pool.query(`delete from look_up where case_sealed = ''`)
  const listed = await listLookUps(watch(), MANAGER, { ...ALL, only: 'alarms' })
  expect(listed.ok && listed.lookUps.flatMap(({ alarms }) => alarms)).toContain('volume')

  await store.pool.query(`update portal_user set code_seed = 'x' where role = 'manager'`)
  const telling = owing(store.pool, () => now)
  while ((await tellOfLookUps(telling)) > 0);
  const mails = await arriving(telling)
  expect(new Set(mails.map(({ to }) => to))).toEqual(new Set(['m.manager@council.example']))
  expect(mails.filter(({ text }) => text.includes('Many look-ups within 24 hours'))).toHaveLength(1)
  expect(JSON.stringify(mails)).not.toContain(PUPIL.last_name)
}, 60_000)

/** Look-ups that were made before, under other cases. */
async function made(count: number, people: number, when: Date): Promise<void> {
  await store.pool.query(
    `insert into look_up (reference, asked_by, asked_at, purpose, case_sealed, case_digest, people, sources, available)
     select 'LU-' || gen_random_uuid(), $1, $2, 'safeguarding', $5::bytea, '', $3, 3, $3 from generate_series(1, $4)`,
    [PRACTITIONER.userId, when, people, count, Buffer.alloc(0)],
  )
}

const ALL = { by: '', purpose: '', caseReference: '', from: '', to: '', only: 'all', page: 1 }

test('whoever looked a person up is found by the same identifiers typed again, by who watches alone', async () => {
  const { reference } = await answerOf(
    store,
    typedOf(mother(8)),
    new Date(Date.now() + 86_400_000 * 4),
  )
  const lists = () => Unread.of(listsOf(typedOf(mother(8), { postcode: '' })))
  const found = await findLookUpsOf(store, MANAGER, lists(), new Date())
  expect(found).toMatchObject({ ok: true, references: [reference] })
  expect(await findLookUpsOf(store, PRACTITIONER, lists(), new Date())).toMatchObject({
    code: 'not-found',
  })
  const nobody = Unread.of(listsOf(typedOf(child(66))))
  expect(await findLookUpsOf(store, MANAGER, nobody, new Date())).toMatchObject({ references: [] })
})

test('who watches filters, exports, draws by lot and judges; and measures tell nobody', async () => {
  const byCase = await listLookUps(watch(), MANAGER, { ...ALL, caseReference: 'cin-20418' })
  expect(byCase.ok && byCase.count).toBeGreaterThan(5)
  expect(byCase.ok && byCase.lookUps[0]?.caseReference).toBe('CIN-20418')
  const none = await listLookUps(watch(), MANAGER, { ...ALL, caseReference: 'CIN-1' })
  expect(none).toMatchObject({ count: 0 })
  expect(await listLookUps(watch(), PRACTITIONER, ALL)).toMatchObject({ code: 'not-found' })
  const csv = (await writeLookUps(watch(), MANAGER, ALL)) ?? ''
  expect(csv.split('\r\n')[1]).toContain('Pat Worker')
  expect(await drawSample(watch(), MANAGER)).toEqual({ ok: true, drawn: 10 })
  const sampled = await listLookUps(watch(), MANAGER, { ...ALL, only: 'sampled' })
  const [one] = sampled.ok ? sampled.lookUps : []
  if (one === undefined) throw new Error('nothing drawn')
  expect(await judgeLookUp(watch(), MANAGER, one.reference, 'in-order')).toEqual({ ok: true })
  await sayOfLookUp(
    store,
    PRACTITIONER,
    one.reference,
    { what: 'contact', contact: 'same-day' },
    new Date(),
  )
  expect(await readWatched(watch(), MANAGER, one.reference)).toMatchObject({
    ...{ verdict: 'in-order', checkedBy: 'Max Manager' },
  })
  const period = { from: '2020-01-01', to: '2040-01-01' }
  const measures = await measureLookUps(watch(), MANAGER, period)
  expect(measures.ok && measures.contacts.find(({ name }) => name === 'The same day')?.count).toBe(
    1,
  )
  expect(JSON.stringify(measures)).not.toContain('Pat')
})
