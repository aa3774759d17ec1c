import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { measureFamilies, type FamilyRecord } from '#core/measures/families-reached.ts'
import { measurePathways, measureServicesUsed } from '#core/measures/pathways.ts'
import { usesOf, type UsedRecord } from '#core/measures/person-use.ts'
import { measureReferrals, measureUse } from '#core/measures/use-measures.ts'
import { isReached, type ReachCounting, type ServiceUse } from '#core/reach/reached.ts'
import { measureQuality } from '#core/measures/data-quality.ts'
import { measureYoung, type BornRow } from '#core/measures/young-children.ts'
import { readQuarterFacts } from '#server/figures/measures/look-at-service.ts'
import { measureYoungChildren } from '#server/figures/measures/look-at-wards.ts'
import { measureFile, type FileRecord } from '#core/measures/file-measures.ts'
import { measureQualities, readFileQualities } from '#server/figures/measures/file-qualities.ts'
import { runForRow } from '#server/platform/db/run.ts'
import {
  measureUses,
  measureWays,
  type MeasuredUse,
  type MeasuredWays,
} from '#server/figures/measures/measure-use.ts'
import { withinTime } from '../../../setup/within-time.ts'
import {
  type OpenSmallStore,
  openSmallStore,
  SmallProgramme,
} from '../../linkage/small-programme.ts'
import { fileOf, QUARTERS, SERVICES, usedInWays } from '../../linkage/small-world.ts'

let open: OpenSmallStore

beforeAll(async () => {
  open = await openSmallStore()
})

afterAll(() => open.close())

const DAYS = [
  '',
  '2024-03-02',
  '2024-04-01',
  '2024-06-30',
  '2024-07-01',
  '2024-08-09',
  '2025-01-20',
]

/** What a record says of use, beside what the small programme's files say already. */
const uses = fc.record({
  referralDate: fc.constantFrom(...DAYS),
  startDate: fc.constantFrom(...DAYS),
  endDate: fc.constantFrom('', ...DAYS),
  referralSource: fc.constantFrom('', 'gp', 'self', 'health_visitor'),
  status: fc.constantFrom('', 'active', 'completed', 'left_early', 'waiting', 'declined'),
  contacts: fc.constantFrom(null, 0, 1, 2, 3, 9),
})

const worlds = usedInWays(uses)

/** Every linked record, read plainly. */
async function linkedRecords(): Promise<(UsedRecord & FamilyRecord)[]> {
  const { rows } = await open.store.pool.query<
    Omit<UsedRecord & FamilyRecord, 'isReached'> & { counting: 'contacts' | 'active-enrolment' }
  >(
    `select l.beneficiary_id::int as beneficiary, l.family_id::int as family, r.role, s.service_code as service, s.quarter,
       s.counting, r.contacts,
       r.client_pseudonym::text as client, coalesce(to_char(r.last_contact_date, 'YYYY-MM-DD'), '') as "lastContactDate",
       coalesce(to_char(r.referral_date, 'YYYY-MM-DD'), '') as "referralDate",
       coalesce(to_char(r.start_date, 'YYYY-MM-DD'), '') as "startDate",
       coalesce(to_char(r.end_date, 'YYYY-MM-DD'), '') as "endDate",
       coalesce(r.referral_source, '') as "referralSource", coalesce(r.status, '') as status
     from record r join submission s on s.id = r.submission_id join link l on l.record_id = r.id
     where r.dataset = 'production'`,
  )
  return rows.map((row) => ({ ...row, isReached: isReached(row, row.quarter, row.counting) }))
}

/** Every record of a file, read plainly. */
async function fileRecords(submission: string): Promise<FileRecord[]> {
  const { rows } = await open.store.pool.query<
    Omit<FileRecord, 'reachedBy'> & { quarter: (typeof QUARTERS)[number] }
  >(
    `select r.contacts, s.quarter, coalesce(r.status, '') as status, coalesce(r.birth, '') as birth, r.gender,
       r.in_area as "inArea", coalesce(r.ethnicity, '') as ethnicity, coalesce(r.main_language, '') as "mainLanguage",
       coalesce(to_char(r.referral_date, 'YYYY-MM-DD'), '') as "referralDate",
       coalesce(to_char(r.start_date, 'YYYY-MM-DD'), '') as "startDate",
       coalesce(to_char(r.end_date, 'YYYY-MM-DD'), '') as "endDate"
     from record r join submission s on s.id = r.submission_id where s.id = $1`,
    [submission],
  )
  return rows.map((row) => ({
    ...row,
    reachedBy: {
      contacts: isReached(row, row.quarter, 'contacts'),
      'active-enrolment': isReached(row, row.quarter, 'active-enrolment'),
    },
  }))
}

/** Every record of somebody reached, read plainly. */
async function reachedRows(): Promise<
  (BornRow & { readonly quarter: (typeof QUARTERS)[number] })[]
> {
  const { rows } = await open.store.pool.query<
    BornRow & ServiceUse & { quarter: (typeof QUARTERS)[number]; counting: ReachCounting }
  >(
    `select l.beneficiary_id::int as beneficiary, l.family_id::int as family, l.upper_id::int as upper, l.lower_id::int as lower,
       l.nhs_id::text as nhs, s.service_code as service, coalesce(r.ward, '') as ward, s.quarter, '' as strand, r.role,
       coalesce(r.birth, '') as birth, s.counting, r.contacts, coalesce(r.status, '') as status,
       coalesce(to_char(r.start_date, 'YYYY-MM-DD'), '') as "startDate",
       coalesce(to_char(r.end_date, 'YYYY-MM-DD'), '') as "endDate"
     from record r join submission s on s.id = r.submission_id join link l on l.record_id = r.id
     where r.dataset = 'production'`,
  )
  return rows.filter((row) => isReached(row, row.quarter, row.counting))
}

/** Between the births of the small world. */
const AGE = 9

describe('use of services in SQL', () => {
  test('equals use in memory in every period, however services were used', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const programme = await SmallProgramme.begin(open.store)
        for (const file of world) await programme.send(file)
        const records = await linkedRecords()
        const reached = await reachedRows()
        for (const { submission, quarter } of programme.files) {
          expect(
            await runForRow(open.store.pool, 'submissions/measure-file', [
              'production',
              submission,
            ]),
          ).toEqual(measureFile(await fileRecords(submission), quarter))
        }
        for (const [first, last] of [
          [0, 2],
          [0, 0],
          [1, 1],
          [1, 2],
        ] as const) {
          const period = { from: QUARTERS[first], to: QUARTERS[last] }
          const told = usesOf(records, period)
          const of = (service: string) => told.filter((use) => use.service === service)
          const services = SERVICES.filter((service) => of(service).length > 0)
          const expected: MeasuredUse = {
            services: services.map((service) => ({ service, ...measureUse(of(service), period) })),
            referrals: services.flatMap((service) =>
              measureReferrals(of(service), period).map((row) => ({ service, ...row })),
            ),
            ...{ activities: [], scores: [], changes: [] },
          }
          expect(await measureUses(open.store.pool, 'production', period)).toEqual(expected)
          const ways: MeasuredWays = {
            servicesUsed: measureServicesUsed(told),
            pathways: measurePathways(told, period),
            families: measureFamilies(records, period),
            changes: [],
          }
          expect(await measureWays(open.store.pool, 'production', period)).toEqual(ways)
          const ofPeriod = reached.filter(
            ({ quarter }) => quarter >= period.from && quarter <= period.to,
          )
          expect(await measureYoungChildren(open.store.pool, 'production', period, AGE)).toEqual(
            measureYoung(ofPeriod, period.to, AGE),
          )
        }
      }),
      { numRuns: 4, plugins: [withinTime(500_000)] },
    )
  }, 600_000)

  test('is what docs/measures.md says of its example', async () => {
    const programme = await SmallProgramme.begin(open.store)
    const child = { role: 'child', birth: '2022-05', gender: 'F' } as const
    const person = (name: string) => ({ ...child, nhsNumber: name, client: name })
    const ended = { endDate: '2024-08-31', status: 'completed' } as const
    await programme.send(
      fileOf('s1', '2024-Q1', [
        ...[
          { ...person('amara'), referralDate: '2024-04-01', startDate: '2024-04-11', contacts: 3 },
        ],
        ...[{ ...person('bo'), referralDate: '2024-04-01', startDate: '2024-05-31', contacts: 1 }],
        ...[{ ...person('cyd'), referralDate: '2024-05-01', status: 'waiting', contacts: 0 }],
      ]),
    )
    await programme.send(
      fileOf('s1', '2024-Q2', [
        { ...person('amara'), startDate: '2024-04-11', contacts: 1, ...ended },
      ]),
    )
    await programme.send(
      fileOf('s2', '2024-Q2', [
        { ...person('amara'), contacts: 2 },
        { ...person('bo'), contacts: 1 },
      ]),
    )
    const first = await measureUses(open.store.pool, 'production', {
      ...{ from: '2024-Q1', to: '2024-Q1' },
    })
    expect(first.services).toEqual([
      {
        ...{ service: 's1', reached: 2, fresh: 2, notReached: 1 },
        ...{ referred: 3, noReferral: 0 },
        waits: {
          ...{ started: 2, known: 2, overFourWeeks: 1 },
          days: { lowerQuartile: 22.5, median: 35, upperQuartile: 47.5 },
        },
        waiting: { people: 1, known: 1, overFourWeeks: 1 },
        contacts: {
          known: 2,
          total: 4,
          each: { lowerQuartile: 1.5, median: 2, upperQuartile: 2.5 },
        },
        kept: { starters: 2, two: 1, four: 0, eight: 0 },
        ...{ completed: 0, leftEarly: 0, declined: 0, noStatus: 0 },
      },
    ])
    const both = await measureUses(open.store.pool, 'production', {
      ...{ from: '2024-Q1', to: '2024-Q2' },
    })
    expect(both.services[0]).toMatchObject({
      ...{ service: 's1', reached: 2, completed: 1 },
      kept: { starters: 2, two: 1, four: 1, eight: 0 },
    })
    const ways = await measureWays(open.store.pool, 'production', {
      ...{ from: '2024-Q1', to: '2024-Q2' },
    })
    expect(ways.servicesUsed).toEqual([{ services: 2, people: 2 }])
    expect(ways.pathways).toEqual([{ first: 's1', next: 's2', people: 2 }])
  })

  test('counts contacts of a row that a file repeats once, also in a bridge quarter', async () => {
    const programme = await SmallProgramme.begin(open.store)
    const dee = { role: 'child', birth: '2022-05', nhsNumber: 'dee', client: 'dee' } as const
    const row = { ...dee, startDate: '2024-04-11', contacts: 3 }
    await programme.send(
      fileOf('s1', '2024-Q1', [row, row, { ...row, contacts: 2 }, { ...row, client: 'other' }]),
    )
    const contacts = async (): Promise<unknown> => {
      const [first] = (
        await measureUses(open.store.pool, 'production', { from: '2024-Q1', to: '2024-Q1' })
      ).services
      return first?.contacts.total
    }
    expect(await contacts()).toBe(8)
    // Of a bridge quarter each record is there under two keys.
    await open.store.pool.query(
      `update record set epoch = 2, client_pseudonym = gen_random_uuid() where source_row = 2`,
    )
    expect(await contacts()).toBe(8)
  })

  test('is nothing where nobody was sent', async () => {
    await SmallProgramme.begin(open.store)
    const period = { from: '2024-Q1', to: '2024-Q4' } as const
    expect(await measureUses(open.store.pool, 'production', period)).toEqual({
      ...{ services: [], referrals: [], activities: [], scores: [], changes: [] },
    })
    expect(await measureWays(open.store.pool, 'production', period)).toMatchObject({
      ...{ servicesUsed: [], pathways: [], changes: [], families: { families: 0, ofNoFamily: 0 } },
    })
  })
})

describe('quality of files in SQL', () => {
  const person = { role: 'child', birth: '2022-05', gender: 'F' } as const
  const gone = { birth: '', gender: 'unknown', ethnicity: 'Z' } as const

  test('equals quality in memory, of every service with a file in the quarter', async () => {
    const programme = await SmallProgramme.begin(open.store)
    await programme.send(
      fileOf('s1', '2024-Q1', [
        { ...person, nhsNumber: 'amara', client: 'amara' },
        { ...person, ...gone, nhsNumber: 'bo', client: 'bo' },
      ]),
    )
    await programme.send(fileOf('s2', '2024-Q1', [{ ...person, nhsNumber: 'cyd', client: 'cyd' }]))
    await programme.send(fileOf('s1', '2024-Q2', [{ ...person, nhsNumber: 'dee', client: 'dee' }]))
    await programme.withdraw('s1', '2024-Q2')
    const linkability = { strong: 7, weak: 2, none: 1 }
    // Half past eleven at night by universal time is the next day in London in summer.
    await open.store.pool.query(
      `update submission set rows_accepted = 9, rows_rejected = 3, linkability = $1,
         received_at = '2024-07-14T23:30:00Z' where service_code = 's1'`,
      [JSON.stringify({ evidence: linkability })],
    )
    await open.store.pool.query(
      `update submission set received_at = '2024-06-20T12:00:00Z' where service_code = 's2'`,
    )
    const [file] = programme.files
    const rows = await fileRecords(file?.submission ?? '')
    expect(rows).toHaveLength(2)
    const files = { dataset: 'production', from: '2024-Q1', to: '2024-Q2' } as const
    const measured = await measureQualities(open.store.pool, files)
    expect(measured.map(({ service, quarter }) => [service, quarter])).toEqual([
      ['s1', '2024-Q1'],
      ['s2', '2024-Q1'],
    ])
    expect(measured[0]?.quality).toEqual(
      measureQuality(
        {
          ...{ quarter: '2024-Q1', rowsAccepted: 9, rowsRejected: 3, linkability },
          receivedOn: '2024-07-15',
        },
        rows,
      ),
    )
    expect(measured[0]?.quality).toMatchObject({ usable: { part: 9, whole: 12 }, daysAfter: 15 })
    expect(measured[1]?.quality).toMatchObject({ matchable: { part: 0, whole: 0 }, daysAfter: -10 })
    const facts = await readQuarterFacts(open.store.pool, 'production', 's1', [
      ...(['2024-Q1', '2024-Q2'] as const),
    ])
    expect(facts).toEqual([
      {
        ...{ quarter: '2024-Q1', hasFile: true, isNil: false, isReplacement: false },
        // It was due on 30 July.
        ...{ daysLate: -15, rowsUsed: 9, rowsOut: 3, withdrawn: 0, counting: 'contacts' },
        ...{ settled: 0, registerChanges: 0, frameworkVersions: 0 },
      },
      {
        ...{ quarter: '2024-Q2', hasFile: false, isNil: false, isReplacement: false },
        ...{ daysLate: null, rowsUsed: 0, rowsOut: 0, withdrawn: 1, counting: null },
        ...{ settled: 0, registerChanges: 0, frameworkVersions: 0 },
      },
    ])
    // Of a file whose check did not count it, who may read no record is told nothing; of another, what its check counted.
    const kept = { ...measureFile(rows, '2024-Q1'), facts: 3 }
    await open.store.pool.query(
      `update submission set figures = $1 where service_code = 's1' and quarter = '2024-Q1'`,
      [JSON.stringify({ own: kept })],
    )
    const own = await readFileQualities(open.store.pool, { ...files, service: 's1' })
    expect(own).toMatchObject([{ own: kept, quality: { complete: { part: 3, whole: 10 } } }])
    expect(await readFileQualities(open.store.pool, { ...files, service: 's2' })).toMatchObject([
      { own: null, quality: { complete: { part: 0, whole: 0 } } },
    ])
  })
})
