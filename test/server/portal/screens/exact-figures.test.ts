import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GROUPINGS, measureReach } from '#core/reach/measure.ts'
import { measureOverlap, pairsOf } from '#core/reach/overlap.ts'
import {
  lookAtBeneficiary,
  lookAtRow,
  lookAtDoubts,
  lookAtNextDoubt,
} from '#server/linkage/decisions/look-at-doubts.ts'
import { lookAtQuality } from '#server/figures/measures/look-at-quality.ts'
import { lookAtScorecard } from '#server/figures/measures/look-at-scorecard.ts'
import { lookAtService } from '#server/figures/measures/look-at-service.ts'
import { lookAtUse, lookAtWays } from '#server/figures/measures/look-at-use.ts'
import { lookAtYoung } from '#server/figures/measures/look-at-wards.ts'
import { lookAtOverlap, lookAtReach } from '#server/figures/reach/look-at-reach.ts'
import { markReach } from '#server/figures/reach/mark-reach.ts'
import { measureMarked, overlapMarked } from '#server/figures/reach/read-marks.ts'
import { may } from '#server/identity/actors/actor.ts'
import { children, csv } from '../../intake/submissions/small-files.ts'
import { take } from '../../intake/submissions/small-programme.ts'
import { openScreenSetting, readReachedRows, type ScreenSetting } from './screen-setting.ts'

const YEAR = { from: '2024-Q1', to: '2024-Q4' } as const
const PERIODS = [
  YEAR,
  { from: '2024-Q1', to: '2024-Q1' },
  { from: '2024-Q2', to: '2024-Q3' },
  { from: '2024-Q3', to: '2024-Q4' },
] as const

let setting: ScreenSetting
beforeAll(async () => {
  setting = await openScreenSetting()
})
afterAll(() => setting.close())

describe('an exact screen', () => {
  test('counts what lib/core counts, by whatever it is grouped', async () => {
    const { looks, owner, actors } = setting
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...PERIODS),
        fc.uniqueArray(fc.constantFrom(...GROUPINGS)),
        async (period, by) => {
          const looked = await lookAtReach(looks, actors.exactAnalyst, { ...period, by })
          const counted = measureReach(await readReachedRows(owner, period), by)
          expect(looked).toEqual({ ok: true, reach: counted })
        },
      ),
      { numRuns: 40 },
    )
    const whole = await lookAtReach(looks, actors.exactAnalyst, { ...YEAR, by: [] })
    if (!whole.ok) throw new Error(whole.code)
    const { lower, people, upper } = whole.reach.unique
    // The files hold doubts, so that the bounds are tested and not merely equal.
    expect(lower).toBeLessThan(people)
    expect(upper).toBeGreaterThan(lower)
  })

  test('counts overlaps as lib/core counts them', async () => {
    const { looks, owner, actors } = setting
    for (const period of PERIODS) {
      const looked = await lookAtOverlap(looks, actors.exactAdministrator, period)
      expect(looked).toEqual({
        ok: true,
        pairs: measureOverlap(await readReachedRows(owner, period)),
      })
    }
  })

  test('counts from the marks of the links as they are what lib/core counts, and from no others', async () => {
    const { owner, store } = setting
    await owner.query('delete from reach_marking')
    expect(await measureMarked(owner, YEAR, [])).toBeUndefined()
    expect(await overlapMarked(owner, YEAR)).toBeUndefined()
    expect(await markReach(owner)).toBe('made')
    expect(await markReach(owner)).toBe('there')
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...PERIODS),
        fc.uniqueArray(fc.constantFrom(...GROUPINGS)),
        async (period, by) => {
          const rows = await readReachedRows(owner, period)
          expect(await measureMarked(owner, period, by)).toEqual(measureReach(rows, by))
          expect(await overlapMarked(owner, period)).toEqual(measureOverlap(rows))
        },
      ),
      { numRuns: 40 },
    )
    await take(store, {
      service: 'toy-library',
      quarter: '2024-Q2',
      bytes: csv(children(70, 72)),
      choices: { confirm: true },
    })
    expect(await measureMarked(owner, YEAR, [])).toBeUndefined()
    expect(await markReach(owner)).toBe('made')
    const { rows } = await owner.query(
      'select from reach_mark where linkage_version <> (select linkage_version from reach_marking)',
    )
    expect(rows).toEqual([])
    const counted = measureReach(await readReachedRows(owner, YEAR), [])
    expect(await measureMarked(owner, YEAR, [])).toEqual(counted)
  })

  test('looks with marks and without them see the same, and one is audited as the other', async () => {
    const { looks, owner, actors } = setting
    const look = async (): Promise<unknown> => {
      await owner.query('delete from exact_answer')
      return lookAtReach(looks, actors.exactAnalyst, { ...YEAR, by: ['service', 'ward'] })
    }
    await markReach(owner)
    const before = await setting.countEvents('reach.measured')
    const marked = await look()
    await owner.query('delete from reach_marking')
    expect(await look()).toEqual(marked)
    expect(await setting.countEvents('reach.measured')).toBe(before + 2)
  })

  test('counts again as soon as links have changed, and not before', async () => {
    const { looks, owner, store, actors } = setting
    const look = async (): Promise<number> => {
      const looked = await lookAtReach(looks, actors.exactAnalyst, { ...YEAR, by: [] })
      return looked.ok ? looked.reach.unique.people : -1
    }
    const kept = async (): Promise<number> =>
      (await owner.query('select from exact_answer')).rowCount ?? 0
    const before = await look()
    expect(await kept()).toBeGreaterThan(0)
    // An answer that is taken as it was kept, so that it shows.
    await owner.query(
      `update exact_answer set answer = jsonb_set(answer, '{unique,people}', '7') where question like '%"reach","2024-Q1","2024-Q4"]'`,
    )
    expect(await look()).toBe(7)
    // As another version of the program kept it.
    await owner.query(
      `update exact_answer set question = regexp_replace(question, '"[^"]*"', '"0.0.0"')`,
    )
    expect(await look()).toBe(before)
    await take(store, {
      ...{ service: 'toy-library', quarter: '2024-Q4', bytes: csv(children(60, 65)) },
      choices: { confirm: true },
    })
    expect(await look()).toBe(before + 5)
    expect(await kept()).toBe(1)
    const counted = measureReach(await readReachedRows(owner, YEAR), [])
    expect(await look()).toBe(counted.unique.people)
  })

  test('is of those with leave to see it alone: role and leave together', async () => {
    const { looks, actors } = setting
    for (const actor of [actors.provider, actors.analyst, actors.administrator]) {
      expect(may(actor, 'exact.see')).toBe(false)
      const refused = { ok: false, code: 'not-found' }
      expect(await lookAtReach(looks, actor, { ...YEAR, by: [] })).toEqual(refused)
      expect(await lookAtOverlap(looks, actor, YEAR)).toEqual(refused)
      expect(await lookAtUse(looks, actor, YEAR)).toEqual(refused)
      expect(await lookAtWays(looks, actor, YEAR)).toEqual(refused)
      expect(await lookAtYoung(looks, actor, YEAR, 'wards.measured')).toEqual(refused)
      const last = { asked: undefined, otherwise: YEAR.to }
      expect(await lookAtQuality(looks, actor, last)).toEqual(refused)
      expect(await lookAtScorecard(looks, actor, { ...last, beside: 'year' })).toEqual(refused)
      expect(await lookAtService(looks, actor, { ...last, service: 'any' })).toEqual(refused)
    }
  })

  test('of a service says that its provider reached nobody, and when more time was given', async () => {
    const { looks, owner, actors } = setting
    const look = async (): Promise<unknown> => {
      const asked = { service: 'toy-library', asked: '2025-Q1', otherwise: '2025-Q1' } as const
      const looked = await lookAtService(looks, actors.exactAnalyst, asked)
      return looked.ok
        ? looked.quarters.map(({ reasons }) => reasons.map(({ code }) => code))
        : looked
    }
    const before = await look()
    expect(before).toMatchObject([{}, {}, {}, {}, ['no-file']])
    await owner.query(`insert into nil_return values ('toy-library', '2025-Q1', $1, now())`, [
      actors.exactAnalyst.userId,
    ])
    // A file that came long after it was due came in time where that was allowed.
    await owner.query(
      `insert into extension (service_code, quarter, until, reason, given_by, given_at)
       select 'toy-library', quarter, '2100-01-01', 'staff-away', $1, now() from unnest($2::text[]) as q (quarter)`,
      [actors.exactAnalyst.userId, ['2024-Q1', '2024-Q2', '2024-Q3', '2024-Q4']],
    )
    try {
      const after = (await look()) as string[][]
      expect(after.at(-1)).toEqual(['nobody'])
      expect((before as string[][]).flat()).toContain('late')
      expect(after.flat()).not.toContain('late')
    } finally {
      await owner.query(`delete from nil_return where service_code = 'toy-library'`)
      await owner.query(`delete from extension where service_code = 'toy-library'`)
    }
  })

  test('[S61] leaves an entry of what was asked and by whom', async () => {
    const { looks, owner, actors } = setting
    await lookAtReach(looks, actors.exactAnalyst, { ...YEAR, by: ['ward', 'service'] })
    await lookAtOverlap(looks, actors.exactAnalyst, YEAR)
    await lookAtUse(looks, actors.exactAnalyst, YEAR)
    await lookAtWays(looks, actors.exactAnalyst, YEAR)
    await lookAtYoung(looks, actors.exactAnalyst, YEAR, 'wards.measured')
    await lookAtYoung(looks, actors.exactAnalyst, YEAR, 'not-reached.measured')
    await lookAtScorecard(looks, actors.exactAnalyst, {
      ...{ asked: '2024-Q4', otherwise: '2024-Q1', beside: 'year' },
    })
    const last = { asked: '2024-Q4', otherwise: '2024-Q1' } as const
    await lookAtQuality(looks, actors.exactAnalyst, last)
    await lookAtService(looks, actors.exactAnalyst, { ...last, service: 's1' })
    const { rows } = await owner.query(
      'select actor, event, subject, detail from audit_event order by seq desc limit 9',
    )
    const told = { actor: actors.exactAnalyst.userId, subject: 'production' }
    expect(rows).toEqual([
      {
        ...{ ...told, event: 'service.measured', subject: 's1' },
        detail: { from: '2023-Q4', to: '2024-Q4' },
      },
      { ...told, event: 'quality.measured', detail: { from: '2024-Q1', to: '2024-Q4' } },
      { ...told, event: 'scorecard.measured', detail: { from: '2024-Q4', to: '2024-Q4' } },
      ...['not-reached', 'wards', 'pathways', 'use'].map((page) => ({
        ...{ ...told, event: `${page}.measured`, detail: { from: '2024-Q1', to: '2024-Q4' } },
      })),
      { ...told, event: 'overlap.measured', detail: { from: '2024-Q1', to: '2024-Q4' } },
      {
        ...told,
        event: 'reach.measured',
        detail: { from: '2024-Q1', to: '2024-Q4', by: 'ward service' },
      },
    ])
  })

  test('[S60] shows nothing when its entry cannot be written', async () => {
    const { looks, owner, actors } = setting
    const right = 'execute on function append_audit(text, text, text, jsonb)'
    await owner.query(`revoke ${right} from countonce_exact`)
    try {
      await expect(lookAtReach(looks, actors.exactAnalyst, { ...YEAR, by: [] })).rejects.toThrow(
        'database-refused',
      )
      await expect(lookAtOverlap(looks, actors.exactAnalyst, YEAR)).rejects.toThrow(
        'database-refused',
      )
    } finally {
      await owner.query(`grant ${right} to countonce_exact`)
    }
  })

  test('[S16] signs in apart: the portal’s own connection reads no record and becomes no other', async () => {
    const { looks, pool, actors } = setting
    for (let look = 0; look < 3; look++) {
      await lookAtReach(looks, actors.exactAnalyst, { ...YEAR, by: [] })
    }
    for (const table of [
      'record',
      'link',
      'evidence',
      'recent_evidence',
      'doubt',
      'beneficiary',
      'audit_event',
    ]) {
      await expect(pool.query(`select from ${table} limit 1`)).rejects.toThrow('permission denied')
    }
    for (const role of ['countonce_exact', 'countonce_audit_reader', 'countonce_reader']) {
      await expect(pool.query(`set role ${role}`)).rejects.toThrow('permission denied')
    }
    const submissions = await pool.query('select from submission')
    expect(submissions.rowCount).toBe(0)
  })

  test('[S71] hands its connection to nobody without the right, whatever they would do with it', async () => {
    const { looks, actors } = setting
    const had: unknown[] = []
    for (const [actor, right] of [
      [actors.provider, 'exact.see'],
      [actors.analyst, 'exact.see'],
      [actors.exactAnalyst, 'doubt.decide'],
      [actors.exactAnalyst, 'audit.see'],
      [actors.provider, 'register.see'],
    ] as const) {
      const taken = await looks.take(actor, right, (client) => {
        had.push(client)
        return Promise.resolve({
          ok: true,
          shown: {},
          entry: { event: 'test.looked', subject: '' },
        })
      })
      expect(taken).toEqual({ ok: false, code: 'not-found' })
    }
    expect(had).toEqual([])
    expect(await setting.countEvents('test.looked')).toBe(0)
  })

  test('[S71] leaves no entry of a look that failed, and keeps nothing of what it did', async () => {
    const { looks, actors, owner } = setting
    const kept = async (): Promise<number> =>
      (await owner.query('select from exact_answer')).rowCount ?? 0
    const before = await kept()
    const failing = looks.take(actors.exactAnalyst, 'exact.see', async (client) => {
      await client.query('delete from exact_answer')
      throw new Error('stopped')
    })
    await expect(failing).rejects.toThrow('stopped')
    expect(await kept()).toBe(before)
  })
})

describe('the list of possible matches', () => {
  test('tells places in files and nothing that identifies anybody', async () => {
    const { looks, actors } = setting
    const listed = await lookAtDoubts(looks, actors.exactAnalyst, { kind: '', page: 1 })
    if (!listed.ok) throw new Error(listed.code)
    expect(listed.doubts.length).toBeGreaterThan(1)
    const keys = new Set(listed.doubts.flatMap(({ sides }) => sides.flat().flatMap(Object.keys)))
    expect([...keys].sort()).toEqual([
      'place',
      'quarter',
      'reference',
      'role',
      'row',
      'service',
      'submission',
    ])
    expect(JSON.stringify(listed)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)
    expect(await setting.countEvents('doubts.listed')).toBeGreaterThan(0)
  })

  test('is paged without losing or repeating any', async () => {
    const { looks, actors } = setting
    const all = await lookAtDoubts(looks, actors.administrator, { kind: '', page: 1 })
    const conflicts = await lookAtDoubts(looks, actors.administrator, { kind: 'conflict', page: 1 })
    const near = await lookAtDoubts(looks, actors.administrator, { kind: 'near-match', page: 1 })
    if (!all.ok || !conflicts.ok || !near.ok) throw new Error('refused')
    expect(conflicts.doubts.length + near.doubts.length).toBe(all.doubts.length)
    const beyond = await lookAtDoubts(looks, actors.administrator, { kind: '', page: 999 })
    expect(beyond).toMatchObject({ ok: true, page: all.pages })
  })

  test('is of administrators, and of analysts with leave', async () => {
    const { looks, actors } = setting
    const refused = { ok: false, code: 'not-found' }
    for (const actor of [actors.provider, actors.analyst]) {
      expect(await lookAtDoubts(looks, actor, { kind: '', page: 1 })).toEqual(refused)
      expect(await lookAtBeneficiary(looks, actor, 'CO-AAAA-AAAA-A')).toEqual(refused)
    }
    const next = { skip: 0, isAsked: () => false }
    expect(await lookAtNextDoubt(looks, actors.exactAnalyst, next)).toEqual(refused)
  })

  test('explains a beneficiary by reference, and no other', async () => {
    const { looks, owner, actors } = setting
    const { rows } = await owner.query<{ reference: string }>(
      `select b.reference from beneficiary b join link l on l.dataset = b.dataset and l.beneficiary_id = b.id
       group by b.reference having count(*) > 2 order by b.reference limit 1`,
    )
    const reference = rows[0]?.reference ?? ''
    const looked = await lookAtBeneficiary(looks, actors.administrator, reference.toLowerCase())
    if (!looked.ok) throw new Error(looked.code)
    expect(looked.explanation.reference).toBe(reference)
    expect(looked.explanation.records.length).toBeGreaterThan(2)
    expect(looked.explanation.joins.length).toBe(looked.explanation.records.length - 1)
    const ask = (other: string) => lookAtBeneficiary(looks, actors.administrator, other)
    for (const other of ['', "'; drop table record"])
      expect(await ask(other)).toEqual({ ok: false, code: 'reference-mistyped', detail: {} })
    const meant = { code: 'reference-mistyped', detail: { meant: reference } }
    expect(await ask(reference.slice(0, -1))).toMatchObject(meant)
    expect(await ask('CO-2222-2222-2')).toEqual({ ok: false, code: 'reference-unknown' })
  })
})

test('a row of a submission leads to whom it is counted as, and only for who may see that', async () => {
  const { looks, owner, actors } = setting
  const { rows } = await owner.query<{
    submission: string
    row: number
    header: number
    role: string
    reference: string
  }>(
    `select s.reference as submission, r.source_row as row, (s.receipt ->> 'headerRow')::int as header, r.role, b.reference
     from submission s join record r on r.submission_id = s.id and r.dataset = 'production'
     join link l on l.dataset = 'production' and l.record_id = r.id
     join beneficiary b on b.dataset = 'production' and b.id = l.beneficiary_id
     where s.state = 'linked' and s.receipt ->> 'headerRow' is not null and s.receipt ->> 'places' is null
     order by s.reference, r.source_row, r.role limit 3`,
  )
  expect(rows).toHaveLength(3)
  for (const { submission, row, header, role, reference } of rows) {
    const asked = { submission, fileRow: header + row }
    const found = await lookAtRow(looks, actors.administrator, asked)
    if (!found.ok) throw new Error(found.code)
    expect(found.places).toContainEqual(
      expect.objectContaining({
        submission,
        row,
        role,
        reference,
        place: (header + row).toLocaleString('en-GB'),
      }),
    )
    expect(new Set(found.places.map((place) => place.row))).toEqual(new Set([row]))
    expect(await lookAtRow(looks, actors.provider, asked)).toEqual({ ok: false, code: 'not-found' })
  }
  const [{ submission } = { submission: '' }] = rows
  for (const fileRow of [0, 1, 9_999_999]) {
    const found = await lookAtRow(looks, actors.administrator, { submission, fileRow })
    expect(found).toEqual({ ok: false, code: 'row-empty' })
  }
  expect(
    await lookAtRow(looks, actors.administrator, { submission: 'SU-2222-2222-2', fileRow: 2 }),
  ).toEqual({ ok: false, code: 'not-found' })
  const entries = await owner.query<{ subject: string }>(
    `select distinct subject from audit_event where event = 'row.looked-up' order by subject`,
  )
  const looked = new Set(entries.rows.map(({ subject }) => subject))
  expect(looked).toEqual(new Set(rows.map((row) => row.submission)))
})

test('sets of services make the same pairs whatever their order and however they are parted', () => {
  const services = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e'), {
    minLength: 1,
  })
  fc.assert(
    fc.property(fc.array(services), (people) => {
      const rows = people.flatMap((used, beneficiary) =>
        used.map((service) => ({ beneficiary, service })),
      )
      const pairs = measureOverlap(rows)
      expect(measureOverlap([...rows].reverse())).toEqual(pairs)
      expect(pairsOf(people.map((used) => ({ services: used, people: 1 })))).toEqual(pairs)
      for (const { left, right, people: both } of pairs) {
        const wanted = people.filter((used) => used.includes(left) && used.includes(right))
        expect(both).toBe(wanted.length)
      }
    }),
  )
})
