import type { Actor } from '#server/identity/actors/actor.ts'
import { approvingAct, askingAct } from '#server/identity/approvals/approval.ts'
import type { ApprovalContext } from '#server/identity/approvals/approvals.ts'
import type { RightsKind } from '#core/messages/rights/rights-words.ts'
import { typedPersonSchema } from '#core/rights/typed-person.ts'
import { findAct } from '#server/jobs/acts/acts.ts'
import { approveLift, askLift } from '#server/jobs/acts/lift-acts.ts'
import { approveRights, askRights, readRightsApproval } from '#server/jobs/acts/rights-acts.ts'
import { runAct } from '#server/jobs/worker/run-act.ts'
import {
  findPerson,
  type PersonFound,
  type PersonSought,
} from '#server/linkage/rights/find-person.ts'
import { openRightsRequest, readRightsRequest } from '#server/linkage/rights/handle-requests.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { Unread } from '#server/store/unread.ts'
import { freshFor } from '../../identity/approvals/fresh-for.ts'
import type { Row } from '../../intake/submissions/small-files.ts'

/** Two officers, and a person's request from the asking to what is done. */

export const OFFICER = officer('U-OFFICER1')
export const SECOND = officer('U-OFFICER2')

function officer(userId: string): Actor {
  return { userId, role: 'officer', providerCode: null, mayExact: false }
}

export async function makeOfficers({ pool }: OwnProgrammeStore): Promise<void> {
  for (const { userId } of [OFFICER, SECOND]) {
    await pool.query(
      `insert into portal_user (id, email, name, role) values ($1, $2, 'Olu Officer', 'officer')`,
      [userId, `${userId.toLowerCase()}@programme.example`],
    )
  }
}

export function contextOf({ pool }: OwnProgrammeStore): ApprovalContext {
  return { pool, now: () => new Date() }
}

/** Opens a request that was made today. */
export async function openRequest(store: OwnProgrammeStore, kind: RightsKind): Promise<string> {
  const today = new Date().toISOString().slice(0, 10)
  const opened = await openRightsRequest(contextOf(store), OFFICER, {
    ...{ kind, receivedOn: today, askedBy: 'self', identityCheck: 'document-seen' },
    identityCheckedOn: today,
  })
  if (!opened.ok) throw new Error(opened.code)
  return opened.reference
}

/** What is typed of a person as a row says. */
export function typedOf(row: Row, more: Readonly<Record<string, string>> = {}): object {
  return {
    ...{ firstNames: row.first_name, lastNames: row.last_name, births: row.date_of_birth },
    ...{ genders: row.gender, nhsNumbers: row.nhs_number, postcodes: row.postcode },
    ...{ emails: row.email, mobiles: row.mobile },
    ...{ carerEmails: row.carer_email, carerMobiles: row.carer_mobile },
    ...more,
  }
}

/** Whom to look for, as it comes to a worker. */
export function soughtOf(request: string, typed: object): PersonSought {
  const parsed = typedPersonSchema.parse(typed)
  return { request, service: parsed.service, typed: Unread.of(parsed) }
}

export async function find(
  store: OwnProgrammeStore,
  request: string,
  typed: object,
): Promise<PersonFound> {
  const found = await findPerson(store, OFFICER, soughtOf(request, typed), new Date())
  if (!found.ok) throw new Error(found.code)
  return found
}

/** One officer asks and another approves; answers the act that a worker is sent. */
export async function approveAct(
  store: OwnProgrammeStore,
  request: string,
  everybody = false,
): Promise<string> {
  const context = contextOf(store)
  const asked = await askRights(
    context,
    OFFICER,
    { request, everybody },
    freshFor(OFFICER, askingAct('rights-request'), new Date()),
  )
  if (!asked.ok) throw new Error(asked.code)
  const { reference, boundTo } =
    (await readRightsApproval(context, SECOND, request)) ?? asked.approval
  const view = await readRightsRequest(context, SECOND, request)
  if (!view.ok) throw new Error(view.code)
  const approved = await approveRights(
    context,
    SECOND,
    { request, boundTo, picks: view.picks },
    freshFor(SECOND, approvingAct(reference), new Date()),
  )
  if (!approved.ok) throw new Error(approved.code)
  return approved.id
}

/** The same of lifting a restriction. */
export async function approveLifting(store: OwnProgrammeStore, request: string): Promise<string> {
  const context = contextOf(store)
  const asking = freshFor(OFFICER, askingAct('restriction-lift'), new Date())
  const asked = await askLift(context, OFFICER, { request, reason: 'person-asked' }, asking)
  if (!asked.ok) throw new Error(asked.code)
  const { reference, boundTo } = asked.approval
  const proof = freshFor(SECOND, approvingAct(reference), new Date())
  const approved = await approveLift(context, SECOND, { request, boundTo }, proof)
  if (!approved.ok) throw new Error(approved.code)
  return approved.id
}

/** Has a worker do an act; answers how it ended. */
export async function doAct(store: OwnProgrammeStore, id: string): Promise<string> {
  await runAct(store, {
    id,
    isLast: false,
    onFailure: (fault) => {
      throw fault
    },
  })
  const act = await findAct(store.pool, id)
  return act?.code ?? act?.stage ?? 'none'
}

/** A whole request: opened, searched, agreed, done. */
export async function carryThrough(
  store: OwnProgrammeStore,
  kind: RightsKind,
  typed: object,
  everybody = false,
): Promise<string> {
  const request = await openRequest(store, kind)
  await find(store, request, typed)
  const ended = await doAct(store, await approveAct(store, request, everybody))
  if (ended !== 'done') throw new Error(ended)
  return request
}

/** A restriction lifted, from the asking to what a worker does. */
export async function liftThrough(store: OwnProgrammeStore, request: string): Promise<void> {
  const ended = await doAct(store, await approveLifting(store, request))
  if (ended !== 'done') throw new Error(ended)
}

/** Everything that any table holds, as text. */
export async function everyRow({ pool }: OwnProgrammeStore): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await pool.query<{ line: string }>(`select t::text as line from ${name} t`)
    texts.push(...rows.map(({ line }) => line))
  }
  return texts.join('\n')
}
