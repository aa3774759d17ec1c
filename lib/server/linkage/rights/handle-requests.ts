import { createHash } from 'node:crypto'
import type pg from 'pg'
import { placeOf, placeWords } from '#core/preparation/row-places.ts'
import { frameMessage } from '#core/pseudonym/netstring.ts'
import type { BecauseCode, Certainty } from '#core/rights/agreement.ts'
import { dueDay } from '#core/rights/request-clock.ts'
import type {
  CLOSING_REASONS,
  EXTENSION_REASONS,
  IDENTITY_CHECKS,
  RIGHTS_ASKERS,
  RightsCode,
  RightsKind,
} from '#core/messages/rights/rights-words.ts'
import type { Role } from '#core/standard/roles.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { dropApproval } from '#server/identity/approvals/approvals.ts'
import { appendAudit, type AuditDetail } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { placingOf } from '#server/linkage/decisions/list-doubts.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { newReference } from '#server/platform/machine/new-reference.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import {
  findRightsRequest,
  holdRightsRequest,
  rightsRequestOf,
  type RightsRequest,
} from './rights-request.ts'

/** What officers do with a request of a person, short of what is done with records. */

/** Where requests are kept, and the clock they go by. */
export interface RightsContext {
  readonly pool: Database
  readonly now: () => Date
}

/** What is written down when a person has asked. Days are yyyy-mm-dd. */
export interface NewRequest {
  readonly kind: RightsKind
  readonly receivedOn: string
  readonly askedBy: keyof typeof RIGHTS_ASKERS
  readonly identityCheck: keyof typeof IDENTITY_CHECKS
  readonly identityCheckedOn: string
}

/** Opens a request: its month counts from the day on which the person asked. */
export async function openRightsRequest(
  { pool, now }: RightsContext,
  actor: Actor,
  { receivedOn, identityCheckedOn, ...given }: NewRequest,
): Promise<{ readonly ok: true; readonly reference: string } | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'rights.handle'))) return NOT_HELD
  const today = dayInLondon(now())
  if (receivedOn > today || identityCheckedOn > today) return refuse('not-found')
  const reference = newReference('rights-request')
  return withTransaction(forActor(pool, actor), async (client) => {
    await inPrisma(client, (prisma) =>
      prisma.rightsRequest.create({
        select: { id: true },
        data: {
          ...{ ...given, reference, openedBy: actor.userId, openedAt: now() },
          receivedOn: new Date(receivedOn),
          dueOn: new Date(dueDay(receivedOn, false)),
          identityCheckedOn: new Date(identityCheckedOn),
        },
      }),
    )
    const detail = { kind: given.kind, from: given.askedBy, check: given.identityCheck }
    await enter(client, actor, reference, 'opened', detail)
    return { ok: true, reference }
  })
}

/** The latest requests, those that are open first, by the day on which they are due. */
export async function listRightsRequests(
  pool: Database,
  actor: Actor,
): Promise<readonly RightsRequest[]> {
  if (!(await holdsRight(pool, actor, 'rights.handle'))) return []
  const rows = await inPrisma(forActor(pool, actor), (prisma) =>
    prisma.rightsRequest.findMany({
      // Open comes after closed and done in the alphabet.
      orderBy: [{ state: 'desc' }, { dueOn: 'asc' }, { id: 'desc' }],
      take: 100,
    }),
  )
  return rows.map(rightsRequestOf)
}

/** A record that was found, as an officer sees it: nothing in it identifies anybody. */
export interface FoundRow {
  readonly number: number
  readonly service: string
  readonly quarter: string
  readonly submission: string
  /** Where it stands in the file, as its spreadsheet counts: “7”, “7 of sheet May”. */
  readonly place: string
  readonly role: Role
  readonly isStaging: boolean
  readonly isRestricted: boolean
  readonly certainty: Certainty
  readonly because: BecauseCode
  readonly agreed: readonly string[]
  readonly picked: boolean
}

/** A request with the records that were found for it. */
export interface RightsView {
  readonly ok: true
  readonly request: RightsRequest
  readonly found: readonly FoundRow[]
  /**
   * What two officers agree about, as a digest: the kind, the latest search, whose marks keep somebody
   * out later, and the records that are picked. Another search, of whomever, is another.
   */
  readonly picks: string
}

/** Whether what was found for a request that is done was removed by the schedule: a letter would say that nothing is held. */
export function isForgotten({
  request: { state, records },
  found,
}: Omit<RightsView, 'ok' | 'picks'>): boolean {
  return state === 'done' && found.filter(({ picked }) => picked).length < (records ?? 0)
}

/** Reads one request and what was found for it; that an officer looked is audited. */
export async function readRightsRequest(
  { pool }: RightsContext,
  actor: Actor,
  reference: string,
): Promise<RightsView | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'rights.handle'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const request = await findRightsRequest(client, reference)
    if (request === undefined) return refuse('not-found')
    const view = await viewOf(client, request)
    await enter(client, actor, request.reference, 'read', { records: view.found.length })
    return view
  })
}

/** The same in the caller's transaction, which knows who may. */
export async function viewOf(client: pg.ClientBase, request: RightsRequest): Promise<RightsView> {
  const { rows, receipts } = await inPrisma(client, async (prisma) => {
    const rows = await prisma.rightsRecord.findMany({
      where: { requestId: BigInt(request.id) },
      orderBy: { number: 'asc' },
    })
    const sent = await prisma.submission.findMany({
      where: { reference: { in: [...new Set(rows.map(({ submission }) => submission))] } },
      select: { reference: true, receipt: true },
    })
    return { rows, receipts: new Map(sent.map((of) => [of.reference, of.receipt])) }
  })
  const picked = rows.filter((row) => row.picked).map((row) => `${row.dataset} ${row.recordId}`)
  return {
    ok: true,
    request,
    found: rows.map(({ number, quarter, submission, agreed, ...row }) => ({
      ...{ number, quarter, submission, agreed, picked: row.picked },
      ...{ service: row.serviceCode, role: row.role as Role },
      place: placeWords(placeOf(placingOf(receipts.get(submission)), row.sourceRow)),
      ...{ isStaging: row.dataset === 'staging', isRestricted: row.restricted },
      certainty: row.certainty as Certainty,
      because: row.because as BecauseCode,
    })),
    picks: createHash('sha256')
      .update(
        frameMessage([request.kind, request.searchedAt?.toISOString() ?? '', ...picked.sort()]),
      )
      .digest('hex'),
  }
}

/** Picks the records that are the person's, by their numbers; the others are not. */
export async function pickRecords(
  { pool }: RightsContext,
  actor: Actor,
  { reference, numbers }: { readonly reference: string; readonly numbers: readonly number[] },
): Promise<{ readonly ok: true } | Refusal<'not-found' | RightsCode>> {
  return withOpen({ pool }, actor, reference, async (client, request) => {
    const of = { requestId: BigInt(request.id) }
    const { count } = await inPrisma(client, async ({ rightsRecord }) => {
      await rightsRecord.updateMany({ where: of, data: { picked: false } })
      return rightsRecord.updateMany({
        where: { ...of, number: { in: [...numbers] } },
        data: { picked: true },
      })
    })
    await enter(client, actor, request.reference, 'picked', { records: count })
    return { ok: true as const }
  })
}

/** Extends the time, once, with a reason that the person was told within the first month. */
export async function extendRequest(
  { pool, now }: RightsContext,
  actor: Actor,
  given: { readonly reference: string; readonly reason: keyof typeof EXTENSION_REASONS },
): Promise<{ readonly ok: true } | Refusal<'not-found' | RightsCode>> {
  return withOpen({ pool }, actor, given.reference, async (client, request) => {
    const { dueOn, receivedOn, extendedFor, reference } = request
    const today = dayInLondon(now())
    if (extendedFor !== null || dueOn.toISOString().slice(0, 10) < today)
      return refuse('rights-late')
    const due = dueDay(receivedOn.toISOString().slice(0, 10), true)
    await inPrisma(client, (prisma) =>
      prisma.rightsRequest.update({
        select: { id: true },
        where: { reference },
        data: { dueOn: new Date(due), extendedFor: given.reason },
      }),
    )
    await enter(client, actor, reference, 'extended', { reason: given.reason, due })
    return { ok: true as const }
  })
}

/**
 * Closes a request for which nothing is done; what was found and typed for it is forgotten, and
 * nobody need approve any more what was asked for.
 */
export async function closeRequest(
  { pool, now }: RightsContext,
  actor: Actor,
  given: { readonly reference: string; readonly reason: keyof typeof CLOSING_REASONS },
): Promise<{ readonly ok: true } | Refusal<'not-found' | RightsCode>> {
  return withOpen({ pool }, actor, given.reference, async (client, { reference }) => {
    await inPrisma(client, (prisma) =>
      prisma.rightsRequest.update({
        select: { id: true },
        where: { reference },
        data: { state: 'closed', outcome: given.reason, closedAt: now() },
      }),
    )
    await dropApproval(client, { kind: 'rights-request', subject: reference }, now())
    await enter(client, actor, reference, 'closed', { reason: given.reason })
    return { ok: true as const }
  })
}

async function withOpen<Done extends { readonly ok: true } | Refusal<RightsCode>>(
  { pool }: Pick<RightsContext, 'pool'>,
  actor: Actor,
  reference: string,
  step: (client: pg.PoolClient, request: RightsRequest) => Promise<Done>,
): Promise<Done | Refusal<'not-found' | RightsCode>> {
  if (!(await holdsRight(pool, actor, 'rights.handle'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const request = await holdRightsRequest(client, reference)
    if (request === undefined) return refuse('not-found')
    if (request.state !== 'open') return refuse('rights-over')
    return step(client, request)
  })
}

async function enter(
  client: pg.ClientBase,
  { userId }: Actor,
  subject: string,
  step: 'opened' | 'read' | 'picked' | 'extended' | 'closed',
  detail: AuditDetail,
): Promise<void> {
  await appendAudit(client, { actor: userId, event: `rights.${step}`, subject, detail })
}
