import type pg from 'pg'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Role } from '#core/standard/roles.ts'
import type { ReachedRow } from '#core/reach/measure.ts'
import { isReached, type ReachCounting } from '#core/reach/reached.ts'
import { makeUserId, type UserRole } from '#server/identity/actors/user.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { prepareQueues } from '#server/platform/queue/send-job.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { Looks } from '#server/identity/audit/looks.ts'
import { openLogins } from '#server/store/logins.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { openTestProgramme } from '../../setup/open-programme.ts'
import { child, children, csv, mother, mothers } from '../../intake/submissions/small-files.ts'
import { take } from '../../intake/submissions/small-programme.ts'

/** A small programme with files in the figures, and the portal's own connection to it. */
export interface ScreenSetting {
  readonly store: OwnProgrammeStore
  /** The owner's connection, to look behind the scenes. */
  readonly owner: pg.Pool
  /** The portal's, bound by row-level security. */
  readonly pool: pg.Pool
  /** The portal's way to what that may not read. */
  readonly looks: Looks
  /** The portal's to releases. */
  readonly releases: pg.Pool
  readonly actors: {
    readonly provider: Actor
    readonly analyst: Actor
    /** An analyst with leave to see exact figures. */
    readonly exactAnalyst: Actor
    readonly administrator: Actor
    readonly exactAdministrator: Actor
  }
  /** How often an event stands in the audit log. */
  countEvents(event: string): Promise<number>
  close(): Promise<void>
}

/** Opens one: two services in two quarters, with families in both, near matches and a conflict. */
export async function openScreenSetting(): Promise<ScreenSetting> {
  const programme = await openTestProgramme()
  const { store } = programme
  const logins = await openLogins(store, ['portal', 'exact', 'audit', 'reader'])
  const pool = openPool(logins.portal)
  const releases = openPool(logins.reader)
  const looks = new Looks(logins)
  await prepareQueues(store.pool)
  await sendFiles(store)
  const owner = store.pool
  return {
    store,
    owner,
    pool,
    looks,
    releases,
    actors: {
      provider: await makeActor(owner, 'provider', true),
      analyst: await makeActor(owner, 'analyst', false),
      exactAnalyst: await makeActor(owner, 'analyst', true),
      administrator: await makeActor(owner, 'administrator', false),
      exactAdministrator: await makeActor(owner, 'administrator', true),
    },
    async countEvents(event) {
      const { rows } = await owner.query<{ n: number }>(
        'select count(*)::int as n from audit_event where event = $1',
        [event],
      )
      return rows[0]?.n ?? 0
    },
    async close() {
      await pool.end()
      await releases.end()
      await looks.close()
      await programme.close()
    },
  }
}

async function sendFiles(store: OwnProgrammeStore): Promise<void> {
  const choices = { confirm: true, leaveOut: true }
  await take(store, { bytes: csv([...children(0, 30), ...mothers(0, 20)]), choices })
  // Known by other references here, some without NHS number, one at another number: near matches
  // and a conflict.
  const others = [
    ...children(10, 40).map((row, index) => ({ ...row, client_ref: `H-${index}` })),
    { ...child(3), client_ref: 'H-moved', nhs_number: '', postcode: 'SE11 6JA', carer_email: '' },
    { ...child(4), client_ref: 'H-other', nhs_number: child(45).nhs_number ?? '' },
    { ...mother(5), client_ref: 'H-mother', nhs_number: '', date_of_birth: '1981-07-09' },
  ]
  await take(store, { service: 'health-visiting', bytes: csv(others), choices })
  await take(store, {
    service: 'toy-library',
    bytes: csv(children(20, 35).map((row, index) => ({ ...row, client_ref: `T-${index}` }))),
    choices,
  })
  await take(store, {
    quarter: '2024-Q2',
    bytes: csv([
      ...children(0, 15).map((row, index) => ({ ...row, contacts: index < 3 ? '0' : '2' })),
      ...mothers(0, 10),
    ]),
    choices,
  })
}

export async function makeActor(owner: pg.Pool, role: UserRole, mayExact: boolean): Promise<Actor> {
  const userId = makeUserId()
  const providerCode = role === 'provider' ? 'acorn' : null
  await owner.query(
    `insert into portal_user (id, email, name, role, provider_code, may_see_exact)
     values ($1, $2, $3, $4, $5, $6)`,
    [userId, `${userId.toLowerCase()}@example.org`, `Sam ${role}`, role, providerCode, mayExact],
  )
  return { userId, role, providerCode, mayExact }
}

/**
 * The records of everybody reached in a period, told by lib/core: what exact screens must count.
 */
export async function readReachedRows(
  owner: pg.Pool,
  { from, to }: { from: Quarter; to: Quarter },
): Promise<ReachedRow[]> {
  interface Row extends Omit<ReachedRow, 'ward'> {
    readonly quarter: Quarter
    readonly counting: ReachCounting
    readonly role: Role
    readonly ward: string | null
    readonly status: string | null
    readonly contacts: number | null
    readonly startDate: string | null
    readonly endDate: string | null
  }
  const { rows } = await owner.query<Row>(
    `select l.beneficiary_id::int as beneficiary, l.family_id::int as family, l.upper_id::int as upper,
       l.lower_id::int as lower, l.nhs_id::int as nhs, s.service_code as service, v.strand_code as strand,
       s.quarter, s.counting, r.role, r.ward, r.status, r.contacts, r.start_date::text as "startDate",
       r.end_date::text as "endDate"
     from record r join link l on l.dataset = r.dataset and l.record_id = r.id
     join submission s on s.id = r.submission_id join service v on v.code = s.service_code
     where s.state = 'linked' and s.dataset = 'production'`,
  )
  return rows
    .filter((row) => row.quarter >= from && row.quarter <= to)
    .filter((row) =>
      isReached(
        {
          status: row.status ?? '',
          contacts: row.contacts,
          startDate: row.startDate ?? '',
          endDate: row.endDate ?? '',
        },
        row.quarter,
        row.counting,
      ),
    )
    .map((row) => ({ ...row, ward: row.ward ?? '' }))
}
