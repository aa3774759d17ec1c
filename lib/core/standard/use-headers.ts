import type { PeopleFieldName } from './fields.ts'

/** Headers of one field: known, known where the data agree, and weak ones, with commas between. */
export type FieldWords = readonly [
  field: PeopleFieldName,
  known: string,
  ifConfirmed: string,
  weak: string,
]

/** Appointments that were made may not have been kept. */
const BOOKED = /(?:appointments|meetings) made$/

/** “Number of visits”, “how many times seen”, “sessions attended”: what is counted, and how it is said. */
const COUNTED = countedHeaders()

function countedHeaders(): string {
  const counts = ['number of', 'no of', 'total', 'total number of', 'how many', 'count of', '#']
  const things =
    'contacts,sessions,visits,home visits,attendances,appointments,meetings,classes,groups,workshops,interactions'
  const done = ['attended', 'completed', 'received', 'had', 'kept', 'accessed', 'made']
  const times = ['attended', 'seen', 'visited', 'met', 'contacted', 'came', 'present', 'here']
  return [
    ...things
      .split(',')
      .flatMap((thing) => [
        ...counts.map((count) => `${count} ${thing}`),
        ...['', ...counts].flatMap((count) => done.map((act) => `${count} ${thing} ${act}`)),
      ]),
    ...['', ...counts].flatMap((count) => times.map((act) => `${count} times ${act}`)),
  ]
    .filter((header) => !BOOKED.test(header))
    .join(', ')
}

/** What is written above columns about how somebody used a service (`header-synonyms.ts`). */
export const USE_WORDS: readonly FieldWords[] = [
  [
    'referral_date',
    `
      referral date, date of referral, date referred, referred on, referral received,
      referral received date, date referral received, referral request received date,
      referred date, date of referral received, referral dt, received date, date received,
      booking date, date of booking, date of referral to service
    `,
    '',
    `
      referral, referred
    `,
  ],
  [
    'start_date',
    `
      start date, date started, started, date of start, service start date, start of service,
      programme start date, enrolment date, enrollment date, date enrolled,
      date of enrolment, registration date, date registered, date of registration,
      registered on, joined, date joined, joining date, join date, date of joining,
      admission date, case start date, case opened, date opened, date case opened, open date,
      opened, case open date, episode start, episode start date, start of episode,
      first contact date, date of first contact, first attended, first appointment,
      first appointment date, first session, first session date, date of first session,
      date first seen, first seen, date first attended, first attendance date,
      intervention start date, date accepted, accepted date, start, commencement date,
      date commenced, course start date, involvement start date, pack given date,
      date pack given, date pack issued, pack issued date, date issued, date given
    `,
    '',
    `
      date, date added, created, created date, date created
    `,
  ],
  [
    'end_date',
    `
      end date, date ended, ended, finish date, date finished, closure date, date closed,
      case closed, date case closed, case closure date, closed, closed date, close date,
      discharge date, date of discharge, discharged, date discharged, exit date,
      date of exit, leaving date, date left, leave date, date of leaving, service end date,
      end of service, programme end date, episode end, episode end date, completion date,
      date completed, date of completion, withdrawal date, intervention end date,
      case end date, end, course end date, involvement end date, left
    `,
    '',
    '',
  ],
  [
    'referral_source',
    `
      referral source, source of referral, referred by, referrer, referrer type,
      referring agency, referral from, referred from, referral agency, referral route,
      referral pathway, source of referral code, who referred, referral type,
      how did you hear about us, how heard, source referral, referrer role,
      referring organisation, referring service, referral organisation,
      referring professional, referral method
    `,
    '',
    `
      source, route, pathway, referral, how did you hear
    `,
  ],
  [
    'status',
    `
      status, case status, client status, current status, engagement status, service status,
      referral status, programme status, enrolment status, participation status,
      attendance status overall, outcome status, status of case, status of client,
      registration status, service user status, status at end of quarter,
      status end of quarter
    `,
    '',
    `
      state, stage, outcome, closure reason, reason for leaving
    `,
  ],
  [
    'contacts',
    `
      contact count, contacts attended, sessions, visits, contacts, attendances,
      attendance count, total attended, attended contacts, attended sessions, packs given,
      number of packs, packs received, f2f contacts, face to face contacts, attended appointments,
      loans, books borrowed, session count, visit count, home visits,
      ${COUNTED}
    `,
    `
      attended, attendance
    `,
    `
      count, total, contact, activity, qty, quantity
    `,
  ],
  [
    'last_contact_date',
    `
      last contact date, date of last contact, last contact, date last contact,
      last contacted, last seen, date last seen, last seen date, last attended,
      date last attended, last attended date, last attendance, last attendance date,
      date of last attendance, last visit, last visit date, date of last visit, last session,
      last session date, date of last session, last session attended, last appointment,
      last appointment date, date of last appointment, most recent contact,
      most recent contact date, most recent attendance, most recent visit,
      most recent session, latest contact, latest contact date, latest attendance,
      date of most recent contact, date most recent contact, last date attended,
      last date seen, last activity date, last activity, last contact dt
    `,
    '',
    '',
  ],
  [
    'contact_date',
    `
      contact date, date of contact, session date, date of session, appointment date,
      date of appointment, visit date, date of visit, attendance date, date of attendance,
      activity date, date of activity, date attended, attended date, care contact date,
      event date, date of event, class date, group date, date seen, attended on,
      meeting date, interaction date, date of interaction, session day, contact dt,
      contact date time, appointment date time, session date time, care contact date time
    `,
    `
      date
    `,
    `
      day, when
    `,
  ],
  [
    'attended',
    `
      attended y n, attended yes no, did attend, attendance status, attendance outcome,
      attendance code, attended or did not attend, attended or dna, attended dna,
      contact outcome, appointment status, appointment outcome, appointment attendance,
      was attended, session attended, attended flag, attendance flag, attended session,
      attended appointment, contact attended, attend, register mark, attendance mark,
      presence
    `,
    `
      attended, attendance, present
    `,
    `
      outcome, status
    `,
  ],
]
