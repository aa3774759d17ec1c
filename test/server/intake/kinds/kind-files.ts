import type { Framework } from '#core/framework/framework.ts'
import type { AttendedActivity } from '#core/measures/event-measures.ts'
import type { DatedScore } from '#core/measures/paired-change.ts'
import type { Period } from '#core/measures/person-use.ts'
import { isReached, type ReachCounting, type ServiceUse } from '#core/reach/reached.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import type { Row } from '../submissions/small-files.ts'

/** Files of activities and outcomes of the small programme, and what they are held against. */

/** An instrument that is invented and measures nothing. */
export const FRAMEWORK: Framework = {
  outcomes: [{ code: 'wellbeing', label: 'Parents are well' }],
  measures: [{ code: 'parent-wellbeing', outcome: 'wellbeing', label: 'Wellbeing of the parent' }],
  instruments: [
    {
      ...{ code: 'invented-wellbeing', label: 'Invented wellbeing scale', words: ['IWS'] },
      ...{ measure: 'parent-wellbeing', least: 14, most: 70, invented: true },
      ...{ better: 'higher', reliableChange: { by: 11.5, source: 'Invented' } },
      timePoints: [
        { point: 'baseline', latest: 5 },
        { point: 'follow_up', earliest: 30, latest: 90 },
        { point: 'exit', earliest: 0 },
      ],
      services: ['stay-and-play', 'toy-library'],
    },
  ],
}

const PERSON = [
  ...(['client_ref', 'role', 'first_name', 'last_name', 'date_of_birth', 'gender'] as const),
  ...(['nhs_number', 'carer_email', 'postcode'] as const),
]

type Cells = Readonly<Record<string, string>>

function linesOf(columns: readonly string[], rows: readonly Cells[]): Uint8Array {
  const lines = rows.map((row) => columns.map((column) => row[column] ?? '').join(','))
  return new TextEncoder().encode([columns.join(','), ...lines, ''].join('\r\n'))
}

const ACTIVITY = ['activity_ref', 'activity_date', 'activity_type', 'venue_postcode']

/** One row of a file of activities: somebody at one, or heads. */
export function atActivity(ref: string, day: string, who: Row | Cells): Cells {
  return {
    ...{ activity_ref: ref, activity_date: day, activity_type: 'Stay and play' },
    ...{ venue_postcode: 'SE11 6AA', attended: 'yes' },
    ...(who as Cells),
  }
}

/** Rows of activities as a file. */
export function activities(rows: readonly Cells[]): Uint8Array {
  return linesOf([...ACTIVITY, ...PERSON, 'attended', 'adults', 'children'], rows)
}

/** One row of a file of outcomes. */
export function scored(
  who: Row,
  timePoint: 'baseline' | 'follow_up' | 'exit',
  day: string,
  score: string,
): Cells {
  return {
    ...(who as Cells),
    ...{ measure: 'IWS', time_point: timePoint, score_date: day, score },
  }
}

/** Rows of scores as a file. */
export function outcomes(rows: readonly Cells[]): Uint8Array {
  return linesOf([...PERSON, 'measure', 'time_point', 'score_date', 'score'], rows)
}

/** Everything that is kept beside records, without ids. */
export async function keptBeside(store: Pick<OwnProgrammeStore, 'pool'>): Promise<unknown> {
  const { rows } = await store.pool.query<{ kept: unknown }>(
    `select jsonb_build_object(
       'activities', (select coalesce(jsonb_agg(jsonb_build_array(s.service_code, s.quarter, a.day, a.type, a.ward, a.adults, a.children)
          order by s.service_code, s.quarter, a.day, a.adults), '[]') from activity a join submission s on s.id = a.submission_id),
       'attendances', (select count(*) from attendance),
       'scores', (select coalesce(jsonb_agg(jsonb_build_array(s.service_code, s.quarter, c.instrument, c.time_point, c.day, c.thousandths)
          order by s.service_code, s.quarter, c.time_point, c.day, c.thousandths), '[]') from score c join submission s on s.id = c.submission_id),
       'strays', (select count(*) from attendance t where not exists (select from record r where r.id = t.record_id)
             and not exists (select from restricted_record x where x.record_id = t.record_id))
         + (select count(*) from score c where not exists (select from record r where r.id = c.record_id)
             and not exists (select from restricted_record x where x.record_id = c.record_id))) as kept`,
  )
  return rows[0]?.kept
}

/** Every activity of a file in the figures, read plainly. */
export async function attendedActivities({
  pool,
}: Pick<OwnProgrammeStore, 'pool'>): Promise<AttendedActivity[]> {
  const { rows } = await pool.query<AttendedActivity>(
    `select s.service_code as service, s.quarter, a.adults, a.children,
       array(select l.beneficiary_id::int from attendance t join link l on l.record_id = t.record_id
              where t.submission_id = a.submission_id and t.activity = a.number) as attendees
     from activity a join submission s on s.id = a.submission_id where s.state = 'linked'`,
  )
  return rows
}

/** Every score of a file in the figures, read plainly. */
export async function personScores({
  pool,
}: Pick<OwnProgrammeStore, 'pool'>): Promise<DatedScore[]> {
  const { rows } = await pool.query<DatedScore>(
    `select l.beneficiary_id::int as beneficiary, s.service_code as service, s.quarter, c.instrument,
       c.sub_scale as "subScale", c.time_point as "timePoint", to_char(c.day, 'YYYY-MM-DD') as day, c.thousandths,
       coalesce((select to_char(min(r.start_date), 'YYYY-MM-DD') from record r join submission f on f.id = r.submission_id
          join link k on k.record_id = r.id
          where k.beneficiary_id = l.beneficiary_id and f.service_code = s.service_code and f.file_kind = 'people'
            and f.state = 'linked'), '') as "startDay"
     from score c join submission s on s.id = c.submission_id join link l on l.record_id = c.record_id
     where s.state = 'linked'`,
  )
  return rows
}

/** How many services reached each person in a period, of those whom any did. */
export async function servicesOfPeople(
  { pool }: Pick<OwnProgrammeStore, 'pool'>,
  { from, to }: Period,
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await pool.query<
    ServiceUse & { beneficiary: number; service: string; quarter: Quarter; counting: ReachCounting }
  >(
    `select l.beneficiary_id::int as beneficiary, s.service_code as service, s.quarter, s.counting, r.contacts,
       coalesce(r.status, '') as status, coalesce(to_char(r.start_date, 'YYYY-MM-DD'), '') as "startDate",
       coalesce(to_char(r.end_date, 'YYYY-MM-DD'), '') as "endDate"
     from record r join submission s on s.id = r.submission_id join link l on l.record_id = r.id
     where s.state = 'linked' and s.file_kind = 'people' and s.quarter between $1 and $2`,
    [from, to],
  )
  const reached = rows.filter((row) => isReached(row, row.quarter, row.counting))
  return new Map(
    [...Map.groupBy(reached, ({ beneficiary }) => beneficiary)].map(([person, own]) => [
      person,
      new Set(own.map(({ service }) => service)).size,
    ]),
  )
}
