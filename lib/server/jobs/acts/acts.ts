import type { Code } from '#core/messages/words-of.ts'
import type pg from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import type { Act as ActRow } from '#server/platform/db/generated/client.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { z } from 'zod'
import { isQuarter, type Quarter } from '#core/standard/quarter.ts'
import {
  DECISION_KINDS,
  isDecisionReason,
  type DecisionReason,
} from '#core/messages/review/decision-refusals.ts'
import { isDoubtCode } from '#core/messages/linkage/linkage-words.ts'
import {
  isWithdrawalReason,
  type WithdrawalReason,
} from '#core/messages/submissions/withdrawal-reasons.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { isOfProvider, may, type Actor, type Right } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { demandQueues, sendAct } from '#server/platform/queue/send-job.ts'

/**
 * What administrators ask for and a worker does, because it changes links or counts everybody: the
 * portal's own role can do neither. Who asks is authorised when asking, and again as they are when
 * it is done.
 */

const place = z.strictObject({
  submission: z.string().max(20),
  row: z.number().int().positive(),
  role: z.enum(['child', 'parent', 'adult']),
})
const policy = z.enum(['cautious', 'leap-2020'])
const profile = z.enum(['programme', 'public'])
const quarter = z.custom<Quarter>((value) => typeof value === 'string' && isQuarter(value))

/** What can be asked for, as it is written and sent. */
export const actRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('withdraw'),
    submission: z.string().max(20),
    reason: z.custom<WithdrawalReason>((value) => isWithdrawalReason(String(value))),
  }),
  z.strictObject({
    kind: z.literal('decide'),
    decision: z.enum(DECISION_KINDS),
    left: place,
    right: place,
    reason: z.custom<DecisionReason>((value) => isDecisionReason(String(value))),
    // The code of the doubt, and the last answer that the page showed.
    about: z.string().refine(isDoubtCode).optional(),
    seen: z.number().int().nonnegative().optional(),
  }),
  z.strictObject({ kind: z.literal('undo-decision'), decision: z.number().int().positive() }),
  z.strictObject({ kind: z.literal('draw-sample') }),
  z.strictObject({
    kind: z.literal('scrub-staging'),
    service: z.string().regex(/^[a-z0-9-]{1,64}$/),
  }),
  z.strictObject({ kind: z.literal('try-policy'), policy }),
  z.strictObject({
    kind: z.literal('relink'),
    policy,
    // The act of the report: what was not looked at is not done.
    report: z.string().regex(/^[0-9]{1,15}$/),
    approval: z.string().max(20),
  }),
  z.strictObject({ kind: z.literal('draft-release'), profile, lastQuarter: quarter }),
  z.strictObject({
    kind: z.literal('make-release'),
    profile,
    lastQuarter: quarter,
    // The act of the draft: what was not looked at is not published.
    draft: z.string().regex(/^[0-9]{1,15}$/),
    // The reference of the approval: somebody else than whoever had the draft counted gave it.
    approval: z.string().max(20),
  }),
  z.strictObject({
    kind: z.literal('rights'),
    // The request of a person, and the approval of a second officer.
    request: z.string().max(20),
    approval: z.string().max(20),
    // Not what was asked for is done, but its restriction lifted.
    lifts: z.literal(true).optional(),
  }),
  z.strictObject({
    kind: z.literal('research'),
    // The extract, and the approval of a second person.
    extract: z.string().max(20),
    approval: z.string().max(20),
  }),
])

/** What is asked for. */
export type ActRequest = z.infer<typeof actRequestSchema>

/** How far an act is. */
export type ActStage = 'waiting' | 'running' | 'done' | 'refused' | 'failed'

/** An act as it stands. */
export interface Act {
  readonly id: string
  readonly subject: string
  readonly request: ActRequest
  readonly askedBy: string
  readonly askedAt: Date
  readonly stage: ActStage
  readonly code: Code | null
  readonly reference: string | null
  readonly result: unknown
}

const RIGHT_OF: Readonly<Record<ActRequest['kind'], Right>> = {
  withdraw: 'submission.withdraw-any',
  decide: 'doubt.decide',
  'undo-decision': 'doubt.decide',
  'draw-sample': 'doubt.decide',
  'scrub-staging': 'stage.change',
  'try-policy': 'linkage.change',
  relink: 'linkage.change',
  'draft-release': 'release.make',
  'make-release': 'release.make',
  rights: 'rights.handle',
  research: 'research.manage',
}

/** Whether an actor may ask for an act, and have it done. */
export function mayAct(actor: Actor, request: ActRequest): boolean {
  const isOwnWithdrawal = request.kind === 'withdraw' && may(actor, 'submission.withdraw-own')
  return isOwnWithdrawal || may(actor, RIGHT_OF[request.kind])
}

/** The same; that they may not is an entry of the audit trail. */
export async function mayAsk(
  database: Database,
  actor: Actor,
  request: ActRequest,
): Promise<boolean> {
  return mayAct(actor, request) || holdsRight(database, actor, RIGHT_OF[request.kind])
}

/**
 * Whether what is asked for is about something that the actor reaches: a provider's own
 * submissions, or anything.
 */
export async function reachesSubject(
  on: Database | pg.ClientBase,
  actor: Actor,
  request: ActRequest,
): Promise<boolean> {
  if (request.kind !== 'withdraw' || !isOfProvider(actor)) return true
  const { providerCode } = actor
  if (providerCode === null) return false
  const own = await inPrisma(on, ({ submission }) =>
    submission.count({ where: { reference: request.submission, service: { providerCode } } }),
  )
  return own === 1
}

/** What one person asks for alone. */
export type OwnRequest = Exclude<
  ActRequest,
  { readonly kind: 'draft-release' | 'make-release' | 'relink' | 'rights' | 'research' }
>

/** Asks for an act: written, audited and sent to the workers in one transaction. */
export async function askAct(
  database: Database,
  actor: Actor,
  given: OwnRequest,
): Promise<{ readonly ok: true; readonly id: string } | Refusal<'not-found'>> {
  const parsed = actRequestSchema.safeParse(given)
  if (!parsed.success) return refuse('not-found')
  if (!(await mayAsk(database, actor, parsed.data))) return NOT_HELD
  const request = parsed.data
  if (!isOwn(request)) return refuse('not-found')
  await demandQueues(database)
  return withTransaction(forActor(database, actor), async (client) => {
    if (!(await reachesSubject(client, actor, request))) return refuse('not-found')
    return { ok: true, id: await sendRequest(client, actor, request) }
  })
}

const OF_TWO: readonly ActRequest['kind'][] = [
  ...(['draft-release', 'make-release', 'relink', 'rights', 'research'] as const),
]

function isOwn(request: ActRequest): request is OwnRequest {
  return !OF_TWO.includes(request.kind)
}

/** Writes an act, sends it to the workers and audits that it was asked for, in the transaction of `client`. */
export async function sendRequest(
  client: pg.ClientBase,
  actor: Actor,
  request: ActRequest,
): Promise<string> {
  const subject = subjectOf(request)
  const asked = await inPrisma(client, ({ act }) =>
    act.create({
      data: { kind: request.kind, subject, request: { ...request }, askedBy: actor.userId },
      select: { id: true },
    }),
  )
  const id = String(asked.id)
  await sendAct(client, id)
  await appendAudit(client, {
    actor: actor.userId,
    event: 'act.asked',
    subject,
    detail: { kind: request.kind },
  })
  return id
}

/** What acts about the links of everybody are about. */
export const LINKS = 'links'

function subjectOf(request: ActRequest): string {
  if (request.kind === 'withdraw') return request.submission
  if (request.kind === 'scrub-staging') return request.service
  if (request.kind === 'rights') return request.request
  if (request.kind === 'research') return request.extract
  if (request.kind === 'draft-release' || request.kind === 'make-release') {
    return `${request.profile} ${request.lastQuarter}`
  }
  return request.kind === 'try-policy' || request.kind === 'relink' ? LINKS : 'production'
}

/** Two rows that somebody asked a worker to decide about. */
export type AskedPair = Pick<Extract<ActRequest, { readonly kind: 'decide' }>, 'left' | 'right'>

/** The rows that workers are still to decide about: nobody need be asked about these. */
export async function listAskedPairs(database: Database): Promise<readonly AskedPair[]> {
  const waiting = await inPrisma(database, ({ act }) =>
    act.findMany({
      where: { kind: 'decide', stage: { in: ['waiting', 'running'] } },
      select: { request: true },
    }),
  )
  // As askAct wrote them.
  return waiting.map(({ request }) => request as AskedPair)
}

/** Reads an act for whoever may ask for the like. */
export async function readAct(
  database: Database,
  actor: Actor,
  id: string,
): Promise<{ readonly ok: true; readonly act: Act } | Refusal<'not-found'>> {
  if (!/^[0-9]{1,15}$/.test(id)) return refuse('not-found')
  const act = await findAct(database, id)
  if (act === undefined) return refuse('not-found')
  return (await mayAsk(database, actor, act.request)) ? { ok: true, act } : NOT_HELD
}

/** The last act that an actor may know of about something; undefined when there was none. */
export async function readLastAct(
  database: Database,
  actor: Actor,
  subject: string,
): Promise<Act | undefined> {
  const last = await inPrisma(database, ({ act }) =>
    act.findFirst({ where: { subject }, orderBy: { id: 'desc' } }),
  )
  if (last === null) return undefined
  const act = actOf(last)
  return mayAct(actor, act.request) ? act : undefined
}

/** An act by its id. */
export async function findAct(database: Database, id: string): Promise<Act | undefined> {
  const found = await inPrisma(database, ({ act }) => act.findUnique({ where: { id: BigInt(id) } }))
  return found === null ? undefined : actOf(found)
}

/** A row as it was written by `askAct` and the worker. */
export function actOf({
  id,
  subject,
  request,
  askedBy,
  askedAt,
  stage,
  code,
  reference,
  result,
}: ActRow): Act {
  return {
    ...{ id: String(id), subject, askedBy, askedAt, reference, result },
    code: code as Act['code'],
    request: request as ActRequest,
    stage: stage as ActStage,
  }
}
