import type pg from 'pg'
import type { Stage } from '#core/messages/register/stage-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { FreshProof } from '#server/identity/actors/fresh-proof.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import {
  askApproval,
  useApproval,
  type ApprovalContext,
  type UseRefusal,
} from '#server/identity/approvals/approvals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { enterRefusal, holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { stageOf } from '#server/programme/register/read-programme.ts'
import { readCards } from './read-board.ts'

/**
 * A service's way from stage to stage. Into production and out of it takes two people, and into it a
 * passed checklist, both when it is asked and when it is done.
 */

/** Where a service is to go. */
export interface Move {
  readonly service: string
  readonly to: Stage
}

type MoveRefusal = Refusal<'not-found' | 'stage-same' | 'stage-takes-two' | 'checklist-open'>

/** Moves a service between stages in which nothing counts. */
export async function moveService(
  { pool, now }: ApprovalContext,
  actor: Actor,
  { service, to }: Move,
): Promise<{ readonly ok: true } | MoveRefusal> {
  if (!(await holdsRight(pool, actor, 'stage.change'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const from = await lockStage(client, service)
    if (from === undefined) return refuse('not-found')
    if (from === to) return refuse('stage-same')
    if (from === 'production' || to === 'production') return refuse('stage-takes-two')
    await setStage(client, { service, to }, now())
    await audit(client, actor.userId, { service, to }, from)
    return { ok: true }
  })
}

/** Asks a second person to let a service into production, or out of it into staging. */
export async function askMove(
  { pool, now }: ApprovalContext,
  actor: Actor,
  { service, to, reason }: Move & { readonly reason: string },
  fresh: FreshProof,
): Promise<
  { readonly ok: true; readonly approval: Approval } | MoveRefusal | Refusal<'code-needed'>
> {
  if (!(await holdsRight(pool, actor, 'stage.change'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const from = await lockStage(client, service)
    if (from === undefined) return refuse('not-found')
    const problem = await findProblem(client, { service, to }, from, now())
    if (problem !== undefined) return problem
    return askApproval(
      client,
      actor,
      {
        ...{ kind: 'service-stage', subject: service, providerCode: null, reason },
        particulars: { from, to },
      },
      fresh,
      now(),
    )
  })
}

/** Moves a service as a second person approved, while what was so then still is. */
export async function moveAsApproved(
  { pool, now }: ApprovalContext,
  actor: Actor,
  reference: string,
  fresh: FreshProof,
): Promise<{ readonly ok: true; readonly service: string } | UseRefusal | MoveRefusal> {
  const moved = await withTransaction(forActor(pool, actor), async (client, giveUp) => {
    const approved = { reference, kinds: ['service-stage'] } as const
    const used = await useApproval(client, actor, approved, fresh, now())
    if (!used.ok) return used
    const { subject: service, particulars } = used.approval
    // What we wrote ourselves.
    const to = particulars['to'] as Stage
    const from = await lockStage(client, service)
    if (from !== particulars['from']) return giveUp(refuse('stage-same' as const))
    const problem = await findProblem(client, { service, to }, from as Stage, now())
    if (problem !== undefined) return giveUp(problem)
    await setStage(client, { service, to }, now())
    await audit(client, actor.userId, { service, to }, from as Stage)
    return { ok: true as const, service }
  })
  return enterRefusal(pool, actor, moved, 'use')
}

async function findProblem(
  client: pg.ClientBase,
  { service, to }: Move,
  from: Stage,
  now: Date,
): Promise<MoveRefusal | undefined> {
  if (from === to) return refuse('stage-same')
  // Between staging and production, one step at a time.
  const isBetween =
    (from === 'staging' && to === 'production') || (from === 'production' && to === 'staging')
  if (!isBetween) return refuse('stage-same')
  if (to !== 'production') return undefined
  const card = (await readCards(client, now)).find(({ code }) => code === service)
  if (card === undefined) return refuse('not-found')
  return Object.values(card.passed).every(Boolean) ? undefined : refuse('checklist-open')
}

/** Where a service is, until the transaction ends; undefined where there is none. */
async function lockStage(client: pg.PoolClient, service: string): Promise<Stage | undefined> {
  await run(client, 'programme/lock-register', [])
  const found = await inPrisma(client, (prisma) =>
    prisma.service.findUnique({ where: { code: service }, select: { stage: true } }),
  )
  return found === null ? undefined : stageOf(found)
}

async function setStage(client: pg.PoolClient, { service, to }: Move, now: Date): Promise<void> {
  await inPrisma(client, (prisma) =>
    prisma.service.update({
      where: { code: service },
      data: { stage: to, stageSince: now },
      select: { code: true },
    }),
  )
}

async function audit(
  client: pg.PoolClient,
  actor: string,
  { service, to }: Move,
  from: Stage,
): Promise<void> {
  await appendAudit(client, {
    ...{ actor, event: 'service.moved', subject: service },
    detail: { from, to },
  })
}
