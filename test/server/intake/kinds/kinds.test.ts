import { beforeEach, describe, expect, test } from 'vitest'
import {
  measureChanges,
  measureChangesByServices,
  scaleRules,
} from '#core/measures/paired-change.ts'
import { cellNumber, layOutLattice, MEASURE, SPAN } from '#core/disclosure/lattice.ts'
import { countLattice } from '#server/figures/releases/count-lattice.ts'
import { readReleaseLists } from '#server/figures/releases/release-lists.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { measureActivities, measureScores } from '#core/measures/event-measures.ts'
import { putFramework } from '#server/programme/register/framework-versions.ts'
import { measureUses, measureWays } from '#server/figures/measures/measure-use.ts'
import { findLinked } from '#server/intake/submissions/read-submission.ts'
import { relink } from '#server/linkage/links/relink.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import { writeAccessLetter } from '#server/linkage/rights/access-letter.ts'
import {
  carryThrough,
  liftThrough,
  makeOfficers,
  OFFICER,
  typedOf,
} from '../../jobs/carrying-out/rights-setting.ts'
import { child, children, csv, mother, mothers, type Row } from '../submissions/small-files.ts'
import {
  ACTOR,
  figures,
  holdings,
  send,
  take,
  type Sending,
} from '../submissions/small-programme.ts'
import {
  activities,
  atActivity,
  attendedActivities,
  FRAMEWORK,
  keptBeside,
  outcomes,
  personScores,
  scored,
  servicesOfPeople,
} from './kind-files.ts'

/** Files of activities and outcomes beside those of people, all the way into the store. */

let programme: TestProgramme
let store: OwnProgrammeStore

beforeEach(async () => {
  programme = await openTestProgramme()
  store = programme.store
  await putFramework(store.database, ACTOR, FRAMEWORK, new Date())
  return () => programme.close()
})

const YES = { confirm: true } as const
const NOBODY = { client_ref: '', role: '', first_name: '', last_name: '', attended: '' }

const PEOPLE: Sending = { bytes: csv([...children(0, 6), ...mothers(0, 3)]) }
/** Two whom the service sees, one whom no file of people names, twice at one activity, and heads. */
const HELD: Sending = {
  kind: 'activities',
  choices: YES,
  bytes: activities([
    atActivity('P-1', '2024-05-07', child(0)),
    atActivity('P-1', '2024-05-07', child(1)),
    atActivity('P-1', '2024-05-07', child(0)),
    atActivity('P-2', '2024-05-14', child(0)),
    atActivity('P-2', '2024-05-14', child(9)),
    atActivity('P-2', '2024-05-14', { ...child(2), attended: 'no' }),
    atActivity('P-3', '2024-05-21', { ...NOBODY, adults: '12', children: '15' }),
  ]),
}
const SCORED: Sending = {
  kind: 'outcomes',
  choices: YES,
  bytes: outcomes([
    scored(mother(0), 'baseline', '2024-04-20', '30'),
    scored(mother(0), 'follow_up', '2024-06-20', '41.5'),
    scored(mother(1), 'baseline', '2024-04-20', '35'),
    scored(mother(7), 'exit', '2024-06-01', '50'),
  ]),
}

const PERIOD = { from: '2024-Q1', to: '2024-Q4' } as const

async function measured(): Promise<unknown> {
  const { activities: held, scores } = await measureUses(store.pool, 'production', PERIOD)
  return { held, scores }
}

const COUNTED = {
  held: [
    {
      ...{ service: 'stay-and-play', activities: 3, attendances: 4, participants: 3 },
      ...{ anonymousAdults: 12, anonymousChildren: 15 },
    },
  ],
  scores: [
    {
      ...{ service: 'stay-and-play', instrument: 'invented-wellbeing', subScale: '' },
      ...{ scores: 4, baseline: 2, later: 2, paired: 1 },
    },
  ],
}

test(
  'are kept beside people, counted by people, and reach nobody by themselves',
  { timeout: 400_000 },
  async () => {
    await take(store, PEOPLE)
    const before = await figures(store)
    const { beneficiaries } = await holdings(store)
    await take(store, HELD)
    await take(store, SCORED)
    expect(await measured()).toEqual(COUNTED)
    // A person whom no file of people names is a person, and is not reached by service use.
    expect((await holdings(store)).beneficiaries).toBe(beneficiaries + 2)
    expect(await figures(store)).toEqual(before)
    const used = await measureUses(store.pool, 'production', PERIOD)
    expect(used.services).toMatchObject([{ reached: 9, notReached: 0 }])
  },
)

/** What a release would count of the one scale, exactly, in the year to the end of each quarter. */
function releasedChanges(last: '2024-Q2'): Promise<unknown> {
  return withTransaction(store.pool, async (client) => {
    const lists = await readReleaseLists(client, last)
    const lattice = lists === undefined ? undefined : layOutLattice(lists)
    const [scale] = lattice?.use?.scales ?? []
    if (lattice === undefined || scale === undefined) throw new Error('no scale is released')
    const { counts } = await countLattice(client, lattice)
    return lattice.lists.quarters.map((_, quarter) => {
      const of = (group: number): number | undefined =>
        counts[cellNumber(lattice, group, quarter, SPAN.year, MEASURE.people)]
      return { scored: of(scale.scored), paired: of(scale.paired), changed: scale.changed.map(of) }
    })
  })
}

test('are counted in SQL as in memory, in every period', { timeout: 400_000 }, async () => {
  // Those whom it names started on 15 April.
  await take(store, PEOPLE)
  await take(store, HELD)
  await take(store, SCORED)
  const later: Sending = {
    ...{ kind: 'outcomes', quarter: '2024-Q2', choices: YES },
    bytes: outcomes([
      scored(mother(0), 'baseline', '2024-04-20', '30'),
      scored(mother(1), 'exit', '2024-08-20', '52'),
      scored(mother(7), 'baseline', '2024-07-20', '33'),
      // Too long after the start, and too soon after the baseline.
      scored(mother(2), 'baseline', '2024-04-21', '20'),
      scored(mother(2), 'exit', '2024-09-01', '60'),
      scored(mother(8), 'baseline', '2024-07-01', '40'),
      scored(mother(8), 'follow_up', '2024-07-15', '15'),
    ]),
  }
  await take(store, later)
  const held = await attendedActivities(store)
  const scores = await personScores(store)
  for (const period of [
    PERIOD,
    { from: '2024-Q1', to: '2024-Q1' },
    { from: '2024-Q2', to: '2024-Q2' },
    { from: '2024-Q3', to: '2024-Q4' },
  ] as const) {
    const used = await measureUses(store.pool, 'production', period)
    expect(used.activities).toEqual(measureActivities(held, period))
    expect(used.scores).toEqual(measureScores(scores, period))
    const rules = scaleRules(FRAMEWORK)
    expect(used.changes).toEqual(measureChanges(scores, period, rules))
    const ways = await measureWays(store.pool, 'production', period)
    const reachedBy = await servicesOfPeople(store, period)
    expect(ways.changes).toEqual(measureChangesByServices(scores, period, { rules, reachedBy }))
  }
  // A release counts of these whom the year has reached: mothers 0 to 2.
  expect(await releasedChanges('2024-Q2')).toEqual([
    { scored: 2, paired: 1, changed: [1, 0, 0] },
    { scored: 3, paired: 2, changed: [2, 0, 0] },
  ])
  const { scores: all, changes } = await measureUses(store.pool, 'production', PERIOD)
  // Once the baseline that was sent twice; whose exit was before the baseline has no pair.
  expect(all).toMatchObject([{ scores: 10, baseline: 5, later: 5, paired: 4 }])
  // Mother 0 from 30 to 41.5 and mother 1 from 35 to 52: the first just as much as is reliable. Of the others one has a
  // baseline that is no longer valid, two have no valid score after theirs.
  expect(changes).toEqual([
    {
      ...{ service: 'stay-and-play', instrument: 'invented-wellbeing', subScale: '' },
      ...{ paired: 2, change: 28_500, squares: 11_500 ** 2 + 17_000 ** 2, improved: 2, worse: 0 },
      ...{ baseline: 65_000, baselineOnly: 2, onlyBaseline: 73_000, noBaseline: 1 },
    },
  ])
})

test(
  'are the same in whatever order they come, and after linking anew',
  { timeout: 400_000 },
  async () => {
    // Of a second service, which only what activities say of somebody ties to the first.
    const others: Sending = { service: 'toy-library', bytes: csv(TIED.map(withoutNumber)) }
    const tying: Sending = {
      ...{ kind: 'activities', service: 'toy-library', choices: YES },
      bytes: activities(TIED.map((who) => atActivity('T-1', '2024-05-07', who))),
    }
    const orders = [
      [PEOPLE, others, HELD, SCORED, tying],
      [SCORED, tying, HELD, others, PEOPLE],
      [HELD, PEOPLE, tying, SCORED, others],
    ]
    const linked: unknown[] = []
    for (const order of orders) {
      for (const sending of order)
        await take(store, { ...sending, choices: { ...sending.choices, confirm: true } })
      expect(await measured()).toEqual(COUNTED_WITH_TIED)
      const together = await linkedTogether()
      expect(together).toContainEqual(
        expect.stringMatching(/stay-and-play people .*toy-library people /),
      )
      linked.push({ together, reach: await figures(store) })
      expect(linked.at(-1)).toEqual(linked[0])
      const { reach, beneficiaries, links } = await holdings(store)
      await relink(store.pool, { actor: ACTOR, dataset: 'production' })
      expect(await measured()).toEqual(COUNTED_WITH_TIED)
      expect(await holdings(store)).toMatchObject({ reach, beneficiaries, links })
      await withdrawAll()
      expect(await keptBeside(store)).toEqual({
        activities: [],
        attendances: 0,
        scores: [],
        strays: 0,
      })
    }
  },
)

/** What the file of a kind that is in the figures came to beside people. */
async function eventsOf(kind: string): Promise<unknown> {
  const { rows } = await store.pool.query<{ events: unknown }>(
    `select events from submission where file_kind = $1 and state = 'linked'`,
    [kind],
  )
  return rows[0]?.events
}

/** Two of the children by another reference and the mother's address alone, with their NHS number where activities say it. */
const TIED: readonly Row[] = [child(1), child(2)].map((who, n) => ({
  ...who,
  ...{ client_ref: `T-${String(n)}`, first_name: '', last_name: '', postcode: '' },
}))
const withoutNumber = (who: Row): Row => ({ ...who, nhs_number: '' })

const COUNTED_WITH_TIED = {
  ...COUNTED,
  held: [
    ...COUNTED.held,
    {
      ...{ service: 'toy-library', activities: 1, attendances: 2, participants: 2 },
      ...{ anonymousAdults: 0, anonymousChildren: 0 },
    },
  ],
}

/** Which rows of which files are one person, whatever ids they have. */
async function linkedTogether(): Promise<unknown> {
  const { rows } = await store.pool.query<{ place: string[] }>(
    `select array_agg(concat_ws(' ', s.service_code, s.file_kind, r.source_row, r.role)) as place
     from link l join record r on r.id = l.record_id join submission s on s.id = r.submission_id
     group by l.beneficiary_id`,
  )
  return rows.map(({ place }) => place.sort().join(' | ')).sort()
}

async function withdrawAll(): Promise<void> {
  const { rows } = await store.pool.query<{ reference: string }>(
    `select reference from submission where state = 'linked' order by id`,
  )
  for (const { reference } of rows)
    expect(await withdrawSubmission(store, reference, ACTOR)).toMatchObject({ ok: true })
}

test(
  'keep to their kind: each has a place of its own, and is replaced and compared there',
  { timeout: 400_000 },
  async () => {
    await take(store, PEOPLE)
    await take(store, HELD)
    await take(store, SCORED)
    const others = await keptBeside(store)
    const changed: Sending = {
      ...SCORED,
      bytes: outcomes([
        scored(mother(0), 'baseline', '2024-04-20', '30'),
        scored(mother(0), 'follow_up', '2024-06-20', '44'),
        scored(mother(1), 'baseline', '2024-04-20', '35'),
      ]),
    }
    const refused = await send(store, changed)
    expect(refused).toMatchObject({
      code: 'replace-needed',
      difference: { same: 1, changed: 1, new: 0, removed: 1 },
    })
    expect(await keptBeside(store)).toEqual(others)
    await take(store, { ...changed, choices: { ...YES, replace: true } })
    const scores = [{ ...COUNTED.scores[0], scores: 3, later: 1 }]
    expect(await measured()).toEqual({ ...COUNTED, scores })
    // Of people and of activities nothing was replaced.
    expect((await holdings(store)).linked).toHaveLength(3)
  },
)

test(
  'ask about columns that may hold a score and that nobody matched',
  { timeout: 400_000 },
  async () => {
    const open = withColumns(SCORED.bytes, ',IWS follow-up', ',44')
    const sending: Sending = { kind: 'outcomes', bytes: open }
    const refused = await send(store, sending)
    expect(refused).toMatchObject({ code: 'to-confirm' })
    expect(refused.file?.findings.map(({ code, severity }) => `${severity} ${code}`)).toContain(
      'confirm columns-not-matched',
    )
    await take(store, { ...sending, choices: YES })
  },
)

/** The bytes of a file with further cells in its heading and in every row. */
function withColumns(bytes: Sending['bytes'], heading: string, cells: string): Uint8Array {
  const [first = '', ...rows] = new TextDecoder()
    .decode(bytes as Uint8Array)
    .trim()
    .split('\r\n')
  return new TextEncoder().encode([first + heading, ...rows.map((row) => row + cells)].join('\r\n'))
}

test(
  'of the same bytes are files of two kinds where they are sent as two',
  { timeout: 400_000 },
  async () => {
    const { bytes } = SCORED
    const asPeople = await send(store, { bytes, choices: YES })
    expect(asPeople.ok ? asPeople.submission.kind : 'people').toBe('people')
    const taken = await take(store, SCORED)
    expect(taken.submission.kind).toBe('outcomes')
  },
)

test(
  'go with a person who is erased, and are kept apart with one whose data is restricted',
  { timeout: 400_000 },
  async () => {
    await makeOfficers(store)
    await take(store, PEOPLE)
    await take(store, HELD)
    await take(store, SCORED)
    const before = await keptBeside(store)
    const request = await carryThrough(store, 'restriction', typedOf(child(0)))
    const without = { ...COUNTED.held[0], attendances: 2, participants: 2 }
    expect(await measured()).toEqual({ ...COUNTED, held: [without] })
    expect(await keptBeside(store)).toMatchObject({ attendances: 2, strays: 0 })
    await liftThrough(store, request)
    expect(await measured()).toEqual(COUNTED)
    expect(await keptBeside(store)).toEqual(before)

    await carryThrough(store, 'erasure', typedOf(mother(0)))
    // What the file came to says nothing of her any more.
    expect(await eventsOf('outcomes')).toEqual({
      scores: [
        {
          ...{ instrument: 'invented-wellbeing', subScale: '' },
          ...{ scores: 2, baseline: 1, later: 1, paired: 0 },
        },
      ],
    })
    const fewer = { ...COUNTED.scores[0], scores: 2, baseline: 1, later: 1, paired: 0 }
    expect(await measured()).toEqual({ ...COUNTED, scores: [fewer] })
    // Who was erased stays out of every later file, of whatever kind.
    const place = { dataset: 'production', service: 'stay-and-play', quarter: '2024-Q1' } as const
    const standing = await findLinked(store.pool, { ...place, kind: 'outcomes' })
    await withdrawSubmission(store, standing?.reference ?? '', ACTOR)
    await take(store, SCORED)
    expect(await measured()).toEqual({ ...COUNTED, scores: [fewer] })
    expect(await keptBeside(store)).toMatchObject({ strays: 0 })
  },
)

test('are in the letter to who asks what is held about them', { timeout: 400_000 }, async () => {
  await makeOfficers(store)
  await take(store, HELD)
  await take(store, SCORED)
  const held = async (who: Row): Promise<readonly string[]> => {
    const request = await carryThrough(store, 'access', typedOf(who))
    const letter = await writeAccessLetter(store, OFFICER, request, new Date())
    if (!letter.ok) throw new Error(letter.code)
    return letter.records.flatMap(({ holds }) =>
      holds.map(({ name, value }) => `${name}: ${value}`),
    )
  }
  expect(await held(child(0))).toEqual(
    expect.arrayContaining([
      'Came to an activity on: 7 May 2024: Stay and play',
      'Came to an activity on: 14 May 2024: Stay and play',
    ]),
  )
  expect(await held(mother(0))).toEqual(
    expect.arrayContaining(['Score, Follow-up: 41.5 on 20 June 2024: invented-wellbeing']),
  )
})

test('every table that names a record is known to go with it', async () => {
  const { rows } = await store.pool.query<{ name: string }>(
    `select distinct c.table_name::text as name from information_schema.columns c
     join pg_class t on t.relname = c.table_name and t.relkind in ('r', 'p') and not t.relispartition
     where c.table_schema = 'public' and c.column_name = 'record_id' order by 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual([
    // Taken away, set apart and given back with it, as this file shows.
    ...['attendance'],
    // By changes of links, or as requests about it are closed.
    ...['evidence'],
    // As test/server/look-up/objections.test.ts shows.
    ...['involvement'],
    ...['link', 'recent_evidence', 'restricted_record', 'rights_record'],
    ...['score'],
  ])
})

describe('of the issue’s bad input', () => {
  const who = mother(0)
  test.each<[what: string, code: string, sending: Sending]>([
    [
      'a score in words',
      'score-not-a-number',
      { kind: 'outcomes', bytes: outcomes([scored(who, 'baseline', '2024-04-20', 'good')]) },
    ],
    [
      'two scores for one time point',
      'scores-of-one-time',
      {
        kind: 'outcomes',
        bytes: outcomes([
          scored(who, 'baseline', '2024-04-20', '30'),
          scored(who, 'baseline', '2024-04-20', '31'),
        ]),
      },
    ],
    [
      'a follow-up before the baseline',
      'follow-up-before-baseline',
      {
        kind: 'outcomes',
        bytes: outcomes([
          scored(who, 'baseline', '2024-06-20', '30'),
          scored(who, 'follow_up', '2024-04-20', '31'),
        ]),
      },
    ],
    [
      'an activity without a date',
      'activity-date-missing',
      { kind: 'activities', bytes: activities([atActivity('P-1', '', child(0))]) },
    ],
    [
      'a head count beside names',
      'heads-beside-names',
      {
        kind: 'activities',
        bytes: activities([atActivity('P-1', '2024-05-07', { ...child(0), adults: '3' })]),
      },
    ],
  ])('%s stops the file with %s, and leaves nothing', async (_, code, sending) => {
    const sent = await send(store, sending)
    expect(sent.ok).toBe(false)
    const found = sent.ok ? [] : (sent.file?.findings ?? [])
    expect(found.map((finding) => finding.code)).toContain(code)
    expect(found.find((finding) => finding.code === code)?.severity).toBe('must-fix')
    expect(await keptBeside(store)).toEqual({
      activities: [],
      attendances: 0,
      scores: [],
      strays: 0,
    })
    expect((await holdings(store)).records).toBe(0)
  })
})
