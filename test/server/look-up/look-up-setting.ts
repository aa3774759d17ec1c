import { typedPersonSchema } from '#core/rights/typed-person.ts'
import { listsOf, type TypedLookUp } from '#core/look-up/asking/typed-look-up.ts'
import type { LookUpAnswer } from '#core/look-up/asking/answer.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { readGuidance } from '#server/look-up/asking/after-look-up.ts'
import {
  lookUpPerson,
  type LookedUp,
  type LookUpAsked,
} from '#server/look-up/asking/look-up-person.ts'
import { readAnswer } from '#server/look-up/asking/read-answer.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { Unread } from '#server/store/unread.ts'
import { child, csv, mother, type Row } from '../intake/submissions/small-files.ts'
import { take } from '../intake/submissions/small-programme.ts'
import { openTestProgramme, type TestProgramme } from '../setup/open-programme.ts'

/** A small look-up: three sources with a few people, a practitioner who was given them, and a manager. */

export const PRACTITIONER: Actor = {
  ...{ userId: 'U-PRACTICE', role: 'practitioner', providerCode: 'lambeth', mayExact: false },
  purpose: 'look-up',
}
export const MANAGER: Actor = {
  ...{ userId: 'U-MANAGER1', role: 'manager', providerCode: null, mayExact: false },
  purpose: 'look-up',
}

/** The sources: services of the small programme, with what kind of source each is here. */
export const SOURCES = {
  'stay-and-play': 'school',
  'toy-library': 'housing',
  'health-visiting': 'community-health',
} as const

/** Opens one: in each source the people of `rows`, whose involvement is current. */
export async function openLookUp(
  rows: Readonly<Record<keyof typeof SOURCES, readonly Row[]>>,
): Promise<TestProgramme> {
  const programme = await openTestProgramme()
  const { store } = programme
  for (const [service, people] of Object.entries(rows)) {
    await take(store, { bytes: csv(people), service })
  }
  await becomeLookUp(store)
  await readGuidance(store, PRACTITIONER, new Date())
  return {
    ...programme,
    store: { ...store, programme: { ...store.programme, purpose: 'look-up' } },
  }
}

/** What a people's programme is not: for a test of asking alone, its files are feeds. */
async function becomeLookUp({ pool }: OwnProgrammeStore): Promise<void> {
  await withTransaction(pool, async (client) => {
    await client.query('set local session_replication_role = replica')
    await client.query(`update programme set purpose = 'look-up'`)
    await client.query(
      `insert into portal_user (id, email, name, role, provider_code) values
        ('U-PRACTICE', 'p.worker@council.example', 'Pat Worker', 'practitioner', (select code from provider order by code limit 1)),
        ('U-MANAGER1', 'm.manager@council.example', 'Max Manager', 'manager', null)`,
    )
    for (const [service, kind] of Object.entries(SOURCES)) {
      await client.query(
        `insert into source (service_code, kind, area, no_record)
         values ($1, $2, 'Lambeth', 'They may be known elsewhere.')`,
        [service, kind],
      )
      await client.query(
        `insert into source_rules (service_code, version, rules, covered_from, made_by, made_at)
         values ($1, 1, $2, '2020-01-01', 'operator', now())`,
        [service, JSON.stringify(RULES[kind])],
      )
      await client.query(
        `insert into look_up_grant (user_id, source, given_by, given_at) values ('U-PRACTICE', $1, 'U-MANAGER1', now())`,
        [service],
      )
      await client.query(
        `update submission set file_kind = $2, as_of = current_date where service_code = $1`,
        [service, kind],
      )
    }
    await client.query(`update agreement set purposes = '{look-up}', valid_to = null`)
    await client.query(`update service set stage = 'production'`)
    await client.query(
      `insert into involvement (record_id, submission_id, place, state, start_date, staff_name, staff_phone, details)
       select id, submission_id, 0, 'current', '2024-04-15', 'Sam Carter', '020 7946 0123', '{}' from record_production`,
    )
  })
}

const RULES = {
  school: { shows: 'current', ageFrom: 4, ageTo: 20, staleDays: 7, removalDays: 28 },
  housing: { shows: 'current', ageFrom: 16, ageTo: null, staleDays: 7, removalDays: 28 },
  'community-health': {
    shows: 'current',
    ageFrom: null,
    ageTo: null,
    staleDays: 7,
    removalDays: 28,
  },
} as const

/** What a practitioner types about the person of a row. */
export function typedOf(row: Row, more: Partial<TypedLookUp> = {}): TypedLookUp {
  return {
    ...{ firstName: row.first_name ?? '', lastName: row.last_name ?? '' },
    ...{ birth: row.date_of_birth ?? '', nhsNumber: row.nhs_number ?? '' },
    gender: row.gender === 'F' || row.gender === 'M' ? row.gender : '',
    ...{ postcode: row.postcode ?? '', email: row.email ?? '', mobile: row.mobile ?? '' },
    ...more,
  }
}

/** Looks somebody up as the portal's form does. */
export function ask(
  store: OwnProgrammeStore,
  typed: TypedLookUp,
  more: Partial<Omit<LookUpAsked, 'typed'>> = {},
  now = new Date(),
): Promise<LookedUp> {
  const { birth, gender } = typed
  const asked = {
    purpose: 'safeguarding',
    caseReference: 'CIN-20418',
    act: null,
    alarms: [],
  } as const
  const lists = Unread.of(typedPersonSchema.parse(listsOf(typed)))
  return lookUpPerson(store, PRACTITIONER, { ...asked, birth, gender, ...more, typed: lists }, now)
}

/** The same, and what it shows. */
export async function answerOf(
  store: OwnProgrammeStore,
  typed: TypedLookUp,
  now = new Date(),
): Promise<LookUpAnswer> {
  const looked = await ask(store, typed, {}, now)
  if (!looked.ok) throw new Error(looked.code)
  const answer = await readAnswer(store, PRACTITIONER, looked.reference, now)
  if (!answer.ok) throw new Error(answer.code)
  return answer
}

/** A person as each source says of them: `school records`. */
export function shownIn({ people }: LookUpAnswer): string[][] {
  return people.map(({ rows }) => rows.map(({ source, shown }) => `${source.kind} ${shown}`))
}

export { child, mother }
