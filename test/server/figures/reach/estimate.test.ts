import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GROUPINGS } from '#core/reach/measure.ts'
import { estimateApart } from '#server/figures/reach/estimate-apart.ts'
import { lookAtReach, type LookedReach } from '#server/figures/reach/look-at-reach.ts'
import { makeEstimate } from '#server/figures/reach/make-estimate.ts'
import { prepareWorker } from '#server/store/logins.ts'
import { children, csv } from '../../intake/submissions/small-files.ts'
import { take } from '../../intake/submissions/small-programme.ts'
import { openScreenSetting, type ScreenSetting } from '../../portal/screens/screen-setting.ts'

const YEAR = { from: '2024-Q1', to: '2024-Q4' } as const
const FEW = { copies: 20 } as const

let setting: ScreenSetting
beforeAll(async () => {
  setting = await openScreenSetting()
})
afterAll(() => setting.close())

async function look(by: readonly (typeof GROUPINGS)[number][] = []): Promise<LookedReach> {
  const looked = await lookAtReach(setting.looks, setting.actors.exactAnalyst, { ...YEAR, by })
  if (!looked.ok) throw new Error(looked.code)
  return looked
}

async function keptEstimates(): Promise<unknown[]> {
  const { rows } = await setting.owner.query<{ linkage_version: string; mistakes: Buffer }>(
    'select linkage_version, mistakes from reach_estimate',
  )
  return rows
}

describe('the estimate of production', () => {
  test('is missing from exact figures until it is made, and then stands beside each of them', async () => {
    expect((await look()).estimated).toBeUndefined()
    expect(await makeEstimate(setting.owner, FEW)).toBe('made')
    for (const by of [[], [...GROUPINGS], ['ward'], ['strand', 'role']] as const) {
      const { reach, estimated } = await look(by)
      if (estimated === undefined) throw new Error('not estimated')
      expect(estimated.cells).toHaveLength(reach.cells.length)
      for (const { people, children: young, adults, families } of [
        estimated.unique,
        ...estimated.cells,
      ]) {
        for (const { low, estimate, high } of [people, young, adults, families]) {
          expect(low).toBeLessThanOrEqual(estimate)
          expect(estimate).toBeLessThanOrEqual(high)
        }
      }
      const { people } = estimated.unique
      expect(Math.abs(people.estimate - reach.unique.people)).toBeLessThan(
        0.2 * reach.unique.people,
      )
    }
  })

  test('says by service how many rows have no strong evidence', async () => {
    const { estimated } = await look()
    const { rows } = await setting.owner.query<{ service: string; rows: number; open: number }>(
      `select s.service_code as service, count(*)::int as rows,
         count(*) filter (where num_nonnulls(nhs_number_pseudonym, child_pseudonym, child_mobile_pseudonym) = 0)::int as open
       from record_production r join submission s on s.id = r.submission_id
       where s.state = 'linked' group by 1 order by 1`,
    )
    const told = estimated?.services.map((service) => ({
      service: service.service,
      rows: service.rows,
      open: service.withoutStrong,
    }))
    expect(told?.sort((a, b) => (a.service < b.service ? -1 : 1))).toEqual(rows)
  })

  test('says how many children and adults are tied to nobody', async () => {
    const { estimated, reach } = await look()
    if (estimated === undefined) throw new Error('not estimated')
    const { families, unique } = estimated
    expect(families.children).toBe(reach.unique.children)
    expect(families.childrenAlone).toBeGreaterThanOrEqual(families.withoutCarer)
    expect(families.childrenAlone).toBeLessThanOrEqual(reach.unique.families)
    expect(families.adultsAlone).toBeLessThanOrEqual(families.adults)
    expect(unique.families.low).toBeLessThanOrEqual(reach.unique.families)
  })

  test('is made once for the links as they are, and is the same whenever it is made', async () => {
    expect(await makeEstimate(setting.owner, FEW)).toBe('there')
    const before = await keptEstimates()
    await setting.owner.query('delete from reach_estimate')
    expect(await makeEstimate(setting.owner, FEW)).toBe('made')
    expect(await keptEstimates()).toEqual(before)
  })

  test('goes as soon as links change, and waits while they are about to', async () => {
    const { store, owner } = setting
    await take(store, {
      service: 'toy-library',
      quarter: '2024-Q2',
      bytes: csv(children(70, 72)),
      choices: { confirm: true },
    })
    expect((await look()).estimated).toBeUndefined()
    const { rows } = await owner.query<{ id: string }>('select max(id) as id from submission')
    await owner.query(
      `insert into submission_job (submission_id, kind, stage) values ($1, 'process', 'waiting')
       on conflict (submission_id) do update set kind = 'process', stage = 'waiting'`,
      [rows[0]?.id],
    )
    expect(await makeEstimate(owner, FEW)).toBe('later')
    await owner.query(`delete from submission_job where kind = 'process' and stage = 'waiting'`)
    expect(await makeEstimate(owner, FEW)).toBe('made')
    expect((await look()).estimated).toBeDefined()
  })

  test('is of nobody’s links where they change while it is made', async () => {
    const { owner } = setting
    await owner.query('delete from reach_estimate')
    const making = makeEstimate(owner, { copies: 400 })
    await owner.query(`update linkage_state set version = version + 1 where dataset = 'production'`)
    const end = await making
    // Had it begun later than the change, it would be of the links after it.
    const { rows } = await owner.query(
      `select from reach_estimate where linkage_version <> (select version from linkage_state where dataset = 'production')`,
    )
    expect(['later', 'made']).toContain(end)
    expect(rows).toEqual([])
  })

  test('is made by a worker’s own login in a thread, and nothing is kept of one that is stopped', async () => {
    const { owner, store } = setting
    await owner.query('delete from reach_estimate')
    const worker = await prepareWorker(store)
    const stopped = estimateApart(worker)
    await stopped.stop()
    expect(await stopped.ended).toBe('later')
    expect(await keptEstimates()).toEqual([])
    expect(await estimateApart(worker).ended).toBe('made')
    expect((await look()).estimated).toBeDefined()
  })
})
