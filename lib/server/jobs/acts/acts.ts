import type { Code } from '#core/messages/words-of.ts'
import type pg from 'pg'
import { withTransaction } from '#server/platform/db/pool.ts'
import { z } from 'zod'
import { isQuarter, type Quarter } from '#core/standard/quarter.ts'
import { isDecisionReason, type DecisionReason } from '#core/messages/decision-refusals.ts'
import { isWithdrawalReason, type WithdrawalReason } from '#core/messages/withdrawal-reasons.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ReleaseDraft } from '#server/figures/releases/make-release.ts'
import { may, type Actor, type Right } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { demandQueues, sendAct } from '#server/platform/queue/send-job.ts'

/**
 * What administrators ask for and a worker does, because it changes links or counts everybody: the portal's own role can do
 * neither. Who asks is authorised when asking, and again as they are when it is done.
 */

const place = z.strictObject({
  submission: z.string().max(20),
  row: z.number().int().positive(),
  role: z.enum(['child', 'parent', 'adult']),
})
const profile = z.enum(['programme', 'public'])
const quarter = z.custom<Quarter>((value) => typeof value === 'string' && isQuarter(value))

const schema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('withdraw'),
    submission: z.string().max(20),
    reason: z.custom<WithdrawalReason>((value) => isWithdrawalReason(String(value))),
  }),
  z.strictObject({
    kind: z.literal('decide'),
    decision: z.enum(['same', 'different']),
    left: place,
    right: place,
    reason: z.custom<DecisionReason>((value) => isDecisionReason(String(value))),
  }),
  z.strictObject({ kind: z.literal('undo-decision'), decision: z.number().int().positive() }),
  z.strictObject({ kind: z.literal('draft-release'), profile, lastQuarter: quarter }),
  z.strictObject({
    kind: z.literal('make-release'),
    profile,
    lastQuarter: quarter,
    // What the draft was counted from: what was not looked at is not published.
    linkageVersion: z.number().int(),
    // Who asked for the draft: somebody else has to ask for the release.
    draftedBy: z.string().max(20),
  }),
])

/** What is asked for. */
export type ActRequest = z.infer<typeof schema>

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
  'draft-release': 'release.make',
  'make-release': 'release.make',
}

/** Whether an actor may ask for an act, and have it done. */
export function mayAct(actor: Actor, request: ActRequest): boolean {
  const isOwnWithdrawal = request.kind === 'withdraw' && may(actor, 'submission.withdraw-own')
  return isOwnWithdrawal || may(actor, RIGHT_OF[request.kind])
}

/** Whether what is asked for is about something that the actor reaches: a provider's own submissions, or anything. */
export async function reachesSubject(
  client: pg.Pool | pg.ClientBase,
  actor: Actor,
  request: ActRequest,
): Promise<boolean> {
  if (request.kind !== 'withdraw' || actor.role !== 'provider') return true
  const { rowCount } = await client.query(
    `select from submission join service on service.code = service_code
      where reference = $1 and provider_code = $2`,
    [request.submission, actor.providerCode],
  )
  return rowCount === 1
}

/** Asks for an act: written, audited and sent to the workers in one transaction. */
export async function askAct(
  pool: pg.Pool,
  actor: Actor,
  given: ActRequest,
): Promise<{ readonly ok: true; readonly id: string } | Refusal<'not-found'>> {
  const parsed = schema.safeParse(given)
  if (!parsed.success || !mayAct(actor, parsed.data)) return refuse('not-found')
  const request = parsed.data
  const subject = subjectOf(request)
  await demandQueues(pool)
  return withTransaction(forActor(pool, actor), async (client) => {
    if (!(await reachesSubject(client, actor, request))) return refuse('not-found')
    const { rows } = await client.query<{ id: string }>(
      'insert into act (kind, subject, request, asked_by) values ($1, $2, $3, $4) returning id',
      [request.kind, subject, JSON.stringify(request), actor.userId],
    )
    const id = rows[0]?.id ?? ''
    await sendAct(client, id)
    await appendAudit(client, {
      actor: actor.userId,
      event: 'act.asked',
      subject,
      detail: { kind: request.kind },
    })
    return { ok: true, id }
  })
}

function subjectOf(request: ActRequest): string {
  if (request.kind === 'withdraw') return request.submission
  if (request.kind === 'decide' || request.kind === 'undo-decision') return 'production'
  return `${request.profile} ${request.lastQuarter}`
}

/**
 * Asks for the release of a draft to be made, from what the draft was counted from. Two people release figures: whoever asked for
 * the draft is refused.
 */
export async function askRelease(
  pool: pg.Pool,
  actor: Actor,
  draftId: string,
): Promise<{ readonly ok: true; readonly id: string } | Refusal<'not-found' | 'second-person'>> {
  const read = await readAct(pool, actor, draftId)
  if (!read.ok) return read
  const { request } = read.act
  const draft = readDraft(read.act)
  if (draft === undefined || request.kind !== 'draft-release') return refuse('not-found')
  if (read.act.askedBy === actor.userId) return refuse('second-person')
  const { profile: wanted, lastQuarter } = request
  const { linkageVersion } = draft
  return askAct(pool, actor, {
    kind: 'make-release',
    ...{ profile: wanted, lastQuarter, linkageVersion, draftedBy: read.act.askedBy },
  })
}

/** The draft that an act came to; undefined when it came to none. */
export function readDraft({ request, stage, result }: Act): ReleaseDraft | undefined {
  if (request.kind !== 'draft-release' || stage !== 'done') return undefined
  // Written by a worker of ours, and shown to those who asked for it.
  return result as ReleaseDraft
}

const SELECT = `
  select id::text, subject, request, asked_by as "askedBy", asked_at as "askedAt", stage, code, reference, result
  from act`

/** Reads an act for whoever may ask for the like. */
export async function readAct(
  pool: pg.Pool,
  actor: Actor,
  id: string,
): Promise<{ readonly ok: true; readonly act: Act } | Refusal<'not-found'>> {
  if (!/^[0-9]{1,15}$/.test(id)) return refuse('not-found')
  const act = await findAct(pool, id)
  return act === undefined || !mayAct(actor, act.request) ? refuse('not-found') : { ok: true, act }
}

/** The last act that an actor may know of about something; undefined when there was none. */
export async function readLastAct(
  pool: pg.Pool,
  actor: Actor,
  subject: string,
): Promise<Act | undefined> {
  const { rows } = await query<Act>(pool, `${SELECT} where subject = $1 order by id desc limit 1`, [
    subject,
  ])
  return rows.find((act) => mayAct(actor, act.request))
}

/** An act by its id. */
export async function findAct(pool: pg.Pool, id: string): Promise<Act | undefined> {
  return (await query<Act>(pool, `${SELECT} where id = $1`, [id])).rows[0]
}

async function query<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  statement: string,
  values: unknown[],
): Promise<pg.QueryResult<Row>> {
  return pool.query<Row>(statement, values).catch((error: unknown) => {
    throw databaseFault(error)
  })
}
