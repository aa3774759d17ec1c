import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { measureUses } from '#server/figures/measures/measure-use.ts'
import { rotatePlatformKey } from '#server/keys/keys.ts'
import { rotateSource } from '#server/keys/rotate-source.ts'
import { rekeyRecords } from '#server/linkage/links/rekey-records.ts'
import { scrubStaging } from '#server/linkage/processing/scrub-staging.ts'
import { putFramework } from '#server/programme/register/framework-versions.ts'
import { openProgrammeStore, type OwnProgrammeStore } from '#server/store/store.ts'
import {
  activities,
  atActivity,
  FRAMEWORK,
  keptBeside,
  outcomes,
  scored,
} from '../../intake/kinds/kind-files.ts'
import { child, children, csv, type Row } from '../../intake/submissions/small-files.ts'
import { ACTOR, holdings, take, type Sending } from '../../intake/submissions/small-programme.ts'
import { openTestProgramme, type TestProgramme } from '../../setup/open-programme.ts'
import { carryThrough, liftThrough, makeOfficers, typedOf } from './rights-setting.ts'

/** Somebody who was erased, and somebody who is restricted, in files of activities and outcomes that come after. */

const [ERASED, RESTRICTED, OTHER] = [child(0), child(1), child(2)]
const YES = { confirm: true } as const

let programme: TestProgramme
let store: OwnProgrammeStore
let restriction = ''

beforeAll(async () => {
  programme = await openTestProgramme()
  store = programme.store
  await makeOfficers(store)
  await putFramework(store.database, ACTOR, FRAMEWORK, new Date())
  await take(store, { bytes: csv(children(0, 6)) })
  await carryThrough(store, 'erasure', typedOf(ERASED))
  restriction = await carryThrough(store, 'restriction', typedOf(RESTRICTED))
}, 240_000)

afterAll(() => programme.close())

/** All three at two activities, and heads that nobody named. */
function held(more: Partial<Sending> = {}): Sending {
  const all = [ERASED, RESTRICTED, OTHER]
  const nobody = { client_ref: '', attended: '', adults: '4', children: '7' }
  return {
    ...{ kind: 'activities', choices: YES, ...more },
    bytes: activities([
      ...all.map((who) => atActivity('P-1', '2024-05-07', who)),
      ...all.map((who) => atActivity('P-2', '2024-05-14', who)),
      atActivity('P-3', '2024-05-21', nobody),
    ]),
  }
}

/** All three before and after. */
function scores(more: Partial<Sending> = {}): Sending {
  return {
    ...{ kind: 'outcomes', choices: YES, ...more },
    bytes: outcomes(
      [ERASED, RESTRICTED, OTHER].flatMap((who) => [
        scored(who, 'baseline', '2024-04-20', '30'),
        scored(who, 'exit', '2024-06-20', '41'),
      ]),
    ),
  }
}

async function measured(): Promise<unknown> {
  const used = await measureUses(store.pool, 'production', { from: '2024-Q1', to: '2024-Q4' })
  return {
    held: used.activities.map(({ service, attendances, participants }) => [
      ...[service, attendances, participants],
    ]),
    scores: used.scores.map(({ service, scores: all, paired }) => [service, all, paired]),
  }
}

/** What is kept apart of the restricted: attendances and scores. */
async function keptApart(): Promise<unknown> {
  const { rows } = await store.pool.query<{ attendances: number; scores: number }>(
    `select coalesce(sum(jsonb_array_length(kept -> 'attendances')), 0)::int as attendances,
       coalesce(sum(jsonb_array_length(kept -> 'scores')), 0)::int as scores from restricted_record`,
  )
  return rows[0]
}

/** Named by the service's own reference alone. */
const referenceOf = (who: Row): Row => ({
  ...{ ...who, first_name: '', last_name: '', nhs_number: '', carer_email: '', postcode: '' },
})

describe('[S63] who was erased or is restricted, in files of activities and outcomes of later,', () => {
  test('is in no figure, of the service that knew them and of another', async () => {
    for (const service of ['stay-and-play', 'toy-library']) {
      const activity = await take(store, held({ service }))
      expect(activity.file?.stopped).toBe(2)
      const score = await take(store, scores({ service }))
      expect(score.file?.stopped).toBe(2)
    }
    expect(await measured()).toEqual({
      held: [
        ['stay-and-play', 2, 1],
        ['toy-library', 2, 1],
      ],
      scores: [
        ['stay-and-play', 2, 1],
        ['toy-library', 2, 1],
      ],
    })
    expect(await keptBeside(store)).toMatchObject({ attendances: 4, strays: 0 })
    expect(await keptApart()).toEqual({ attendances: 4, scores: 4 })
  })

  test('is known by the service’s own reference alone', async () => {
    const { file } = await take(store, {
      ...{ kind: 'activities', choices: YES, quarter: '2024-Q2' },
      bytes: activities([
        atActivity('P-9', '2024-08-07', referenceOf(ERASED)),
        atActivity('P-9', '2024-08-07', referenceOf(OTHER)),
      ]),
    })
    expect(file?.stopped).toBe(1)
    expect(await measured()).toMatchObject({
      held: [
        ['stay-and-play', 3, 1],
        ['toy-library', 2, 1],
      ],
    })
  })
})

test('[S37] figures stay under new keys, and what is kept apart comes back under them', async () => {
  const agreed = () => Promise.resolve({ ok: true as const })
  const begun = await rotateSource(store, 'operator', '2024-Q3', agreed)
  if (!begun.ok) throw new Error(begun.code)
  await openAnew()
  // In the bridge quarter each row is two records, and one attendance.
  const bridge = await take(store, {
    ...{ kind: 'activities', choices: YES, quarter: '2024-Q3' },
    bytes: activities([
      ...[ERASED, RESTRICTED, OTHER].map((who) => atActivity('P-1', '2024-10-08', who)),
    ]),
  })
  expect(bridge.file?.stopped).toBe(2)
  const rotated = await rotatePlatformKey({ dataDir: store.dataDir })
  await rekeyRecords(store.pool, rotated.platform, ACTOR)
  await openAnew()
  expect(await measured()).toMatchObject({
    held: [
      ['stay-and-play', 4, 1],
      ['toy-library', 2, 1],
    ],
  })
  await liftThrough(store, restriction)
  expect(await measured()).toEqual({
    held: [
      ['stay-and-play', 7, 2],
      ['toy-library', 4, 2],
    ],
    scores: [
      ['stay-and-play', 4, 2],
      ['toy-library', 4, 2],
    ],
  })
  expect(await keptApart()).toEqual({ attendances: 0, scores: 0 })
  expect(await keptBeside(store)).toMatchObject({ attendances: 11, strays: 0 })
}, 240_000)

test('staging that is scrubbed has no activity, attendance or score left, and production all', async () => {
  const [before, figures] = [await keptBeside(store), await measured()]
  for (const file of [held, scores]) {
    const staged = await take(store, file({ dataset: 'staging' }))
    expect(staged.file?.stopped).toBe(1)
  }
  expect(await keptBeside(store)).not.toEqual(before)
  expect(await measured()).toEqual(figures)
  expect(await scrubStaging(store, 'stay-and-play', ACTOR, new Date())).toBe(2)
  expect(await keptBeside(store)).toEqual(before)
  expect(await measured()).toEqual(figures)
  expect((await holdings(store)).strays).toBe(0)
}, 240_000)

async function openAnew(): Promise<void> {
  const { dataDir, env } = store
  await store.close()
  store = await openProgrammeStore({ dataDir, env })
}
