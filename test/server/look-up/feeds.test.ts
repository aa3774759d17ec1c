import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { decideShown, NOTHING_HELD, type Shown } from '#core/look-up/rules/decide-shown.ts'
import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { birthOf, daysBefore, feedFiles, type FeedFile } from '#demonstration/look-up/feed-files.ts'
import { LOOK_UP_REGISTER } from '#demonstration/look-up/look-up-register.ts'
import {
  INVENTED_PEOPLE,
  REFERRALS,
  type InventedPerson,
} from '#demonstration/look-up/look-up-people.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { listTasks } from '#server/intake/journey/list-history.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { listDueSubmissions } from '#server/jobs/retention/due.ts'
import { listSources } from '#server/programme/sources/read-sources.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { openTestProgramme, type TestProgramme } from '../setup/open-programme.ts'
import { send } from '../intake/submissions/small-programme.ts'
import { feedOf, lookFor, person, sendFeedTo } from './feed-setting.ts'

/** Feeds of the demonstration all the way into the store, and who is found by what is typed. */

const NOW = new Date()
const TODAY = dayInLondon(NOW)

let programme: TestProgramme
let store: OwnProgrammeStore

beforeAll(async () => {
  programme = await openTestProgramme({}, LOOK_UP_REGISTER)
  store = programme.store
  for (const feed of feedFiles(TODAY)) {
    const sent = await sendFeed(feed)
    expect([feed.service, sent.ok ? 'ok' : sent.code]).toEqual([feed.service, 'ok'])
  }
})
afterAll(() => programme.close())

const sendFeed = (feed: FeedFile) => sendFeedTo(store, feed)
const look = (sought: Partial<InventedPerson>) => lookFor(store, sought)

/** What is shown of each source for somebody who is found once, or by nobody. */
async function shownOf(person: InventedPerson): Promise<Readonly<Record<string, Shown['what']>>> {
  const [found] = await look(person)
  const sources = await listSources(store.pool, store.programme, NOW)
  return Object.fromEntries(
    sources.map((source) => {
      const records = found?.records.filter((record) => record.source === source.code) ?? []
      const held = {
        involvements: records.flatMap(({ involvements }) => involvements),
        births: records.flatMap(({ birth }) => (birth === '' ? [] : [birth])),
      }
      return [source.code, decideShown(source, birthOf(person, TODAY), held, TODAY).what]
    }),
  )
}

test('an officer has one task for each source, its feed, which is in use and never due', async () => {
  const actor: Actor = {
    ...{ userId: 'U-FEEDER11', role: 'provider', providerCode: 'northbank-council' },
    ...{ mayExact: false, purpose: 'look-up' },
  }
  // A quarter later, too: the feed in use came in the one before.
  for (const now of [NOW, new Date(NOW.getTime() + 92 * 86_400_000)]) {
    const listed = await listTasks(store, actor, now)
    if (!listed.ok) throw new Error(listed.code)
    expect(listed.services.map(({ feed }) => feed).sort()).toEqual([
      ...['adult-social-care', 'childrens-social-care', 'school'],
    ])
    for (const { tasks } of listed.services) {
      expect(tasks).toMatchObject([{ status: 'result', state: 'linked', due: null, isLate: false }])
    }
  }
})

describe('the referrals of the guide', () => {
  test.each(REFERRALS)('$what', async ({ people }) => {
    for (const each of people) {
      const shown = await shownOf(each)
      const records = Object.keys(shown).filter((code) => shown[code] === 'records')
      const current = Object.entries(each.with).flatMap(([kind, state]) =>
        state === 'current' ? [kind] : [],
      )
      expect([each.first, ...records.sort()]).toEqual([each.first, ...current.sort()])
    }
  })

  test('show no source to whom it is not for by age', async () => {
    const nine = await shownOf(person('Mia'))
    expect(nine['housing']).toBe('not-for-age')
    expect(nine['adult-social-care']).toBe('not-for-age')
    expect(nine['police']).toBe('not-for-age')
    expect((await shownOf(person('Sara')))['school']).toBe('not-for-age')
  })

  test('tell whom to phone, and what the source says further', async () => {
    const [found] = await look(person('Joy'))
    const housing = found?.records.find(({ source }) => source === 'housing')
    const [involvement] = housing?.involvements ?? []
    expect(involvement).toMatchObject({
      ...{ state: 'current', endDate: '', details: { landlord: 'Oak Homes' } },
      staff: { role: 'housing_officer', team: '', email: '' },
    })
    expect(involvement?.staff.name).toMatch(/^[A-Z][a-z]+ [A-Z]/)
    expect(involvement?.staff.phone).toMatch(/^020 7946 01/)
    expect(housing?.address).toBe('agrees')
  })
})

describe('who is found', () => {
  test('are not twins for each other', async () => {
    const found = await look(person('Lucy'))
    expect(found).toHaveLength(1)
    expect(found[0]?.records.map(({ source }) => source).sort()).toEqual(['primary-care', 'school'])
  })

  test('are two where a mother’s number is on her son’s record, and never one', async () => {
    const found = await look(person('Helen'))
    const certain = found.filter(({ certainty }) => certainty === 'certain')
    expect(certain.flatMap(({ records }) => records.map(({ source }) => source))).toEqual([
      'primary-care',
    ])
    expect(found.filter(({ certainty }) => certainty === 'doubtful')).toMatchObject([
      { because: 'nhs-other-name' },
    ])
  })

  test('are two where a number leads to one and the name to another', async () => {
    const found = await look({ ...person('Olof'), nhs: person('Sara').nhs ?? '' })
    expect(found.length).toBeGreaterThan(1)
    expect(
      found.every(({ records }) => new Set(records.map(({ birth }) => birth)).size === 1),
    ).toBe(true)
  })

  test('are nobody for an address, a surname and a date alone', async () => {
    const { last, birthday, age, postcode } = person('Lucy')
    expect(await look({ last, birthday, age, postcode })).toEqual([])
    expect(await look({ postcode })).toEqual([])
  })
})

describe('a feed', () => {
  const count = async (service: FeedKind) => {
    const { rows } = await store.pool.query<{ linked: number; records: number; kept: number }>(
      `select count(distinct s.id)::int as linked, count(distinct r.id)::int as records,
         count(i.record_id)::int as kept
       from submission s
       join record r on r.submission_id = s.id
       left join involvement i on i.record_id = r.id
       where s.service_code = $1 and s.state = 'linked'`,
      [service],
    )
    return rows[0]
  }
  test('that comes again takes the place of the one before, and never doubles', async () => {
    const before = await count('housing')
    expect(before?.linked).toBe(1)
    const again = feedOf('housing', TODAY)
    const changed = new TextDecoder().decode(again.bytes).replace('Starter', 'Secure')
    expect(await sendFeed({ ...again, bytes: new TextEncoder().encode(changed) })).toMatchObject({
      ok: true,
    })
    expect(await count('housing')).toEqual(before)
    expect(
      (
        await store.pool.query(
          'select from involvement i where not exists (select from record r where r.id = i.record_id)',
        )
      ).rowCount,
    ).toBe(0)
  })

  test('that has not changed is one file on a day, and another on the next', async () => {
    const feed = feedOf('primary-care', TODAY)
    const before = await count('primary-care')
    const first = await sendFeed(feed)
    if (!first.ok) throw new Error(first.code)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 })
    onTestFinished(() => void vi.useRealTimers())
    const next = await sendFeed(feed)
    if (!next.ok) throw new Error(next.code)
    expect(next.submission.reference).not.toBe(first.submission.reference)
    const third = await sendFeed(feed)
    expect(third.ok && third.submission.reference).toBe(next.submission.reference)
    expect(await count('primary-care')).toEqual(before)
  })

  test('of an earlier day than the one in use is refused', async () => {
    const before = await count('school')
    expect(await sendFeed(feedOf('school', daysBefore(TODAY, 3)))).toMatchObject({
      ...{ ok: false, code: 'feed-older' },
    })
    expect(await count('school')).toEqual(before)
  })

  test('of another kind than its source’s is refused', async () => {
    const { bytes, mapping } = feedOf('police', TODAY)
    expect(
      await send(store, { service: 'school', kind: 'police', bytes, choices: { mapping } }),
    ).toMatchObject({ ok: false, code: 'kind-not-of-source' })
  })

  test('tells how good it is, in counts', async () => {
    const { rows } = await store.pool.query<{ feed: Record<string, unknown> }>(
      `select events -> 'feed' as feed from submission where service_code = 'police' and state = 'linked'`,
    )
    expect(rows[0]?.feed).toMatchObject({ asOf: TODAY, none: 0, outside: {} })
  })

  test('that nobody refreshed is removed after the days of its rules', async () => {
    const due = async (days: number) =>
      withTransaction(store.database, (client) =>
        listDueSubmissions(client, {
          before: new Date(0),
          now: new Date(NOW.getTime() + days * 86_400_000),
        }),
      )
    expect(await due(28)).toEqual([])
    expect(await due(29)).toHaveLength(9)
  })

  test('whose agreement has ended is neither asked nor taken', async () => {
    await store.pool.query(
      `update agreement set ended_on = $1 where service_code = 'mental-health'`,
      [daysBefore(TODAY, 1)],
    )
    const [found] = await look(person('Sara'))
    expect(found?.records.map(({ source }) => source).sort()).toEqual(['housing', 'primary-care'])
    expect(await sendFeed(feedOf('mental-health', TODAY))).toMatchObject({
      code: 'agreement-missing',
    })
  })
})

test('keeps nothing clear of whom the feeds are about', async () => {
  const { rows } = await store.pool.query<{ text: string }>(
    'select to_jsonb(i)::text as text from involvement i union all select to_jsonb(r)::text from record r',
  )
  const all = rows.map(({ text }) => text).join('\n')
  for (const { last, postcode, nhs = '-----' } of INVENTED_PEOPLE)
    for (const clear of [last, postcode, nhs]) expect(all.includes(clear)).toBe(false)
})

test('says of a source that never sent anything that there is nothing to rely on', async () => {
  const [source] = await listSources(store.pool, store.programme, NOW)
  if (source === undefined) throw new Error('no source')
  expect(decideShown({ ...source, asOf: null }, '1990-01-01', NOTHING_HELD, TODAY)).toEqual({
    ...{ what: 'no-data', why: 'never-loaded' },
  })
})
