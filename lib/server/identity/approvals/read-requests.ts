import { forActor } from '#server/identity/actors/for-actor.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Approval } from './approval.ts'
import { type ApprovalContext } from './approvals.ts'
import { listApprovals, readApproval } from './read-approvals.ts'

/** A request as pages show it: people and services by name. */
export interface RequestView {
  readonly approval: Approval
  readonly askedBy: string
  readonly decidedBy: string | null
  /** The name of the user or the service it is about; its reference where it is neither. */
  readonly about: string
  readonly isOwn: boolean
}

/** The requests that an actor reaches, the newest first; about one subject if named. */
export async function readRequests(
  context: ApprovalContext,
  actor: Actor,
  subject?: string,
): Promise<readonly RequestView[]> {
  const of = subject === undefined ? {} : { subject }
  const approvals = await listApprovals(context.pool, actor, context.now(), of)
  return viewRequests(context, actor, approvals)
}

/** One request that an actor reaches. */
export async function readRequest(
  context: ApprovalContext,
  actor: Actor,
  reference: string,
): Promise<{ readonly ok: true; readonly request: RequestView } | Refusal<'not-found'>> {
  const read = await readApproval(context.pool, actor, reference, context.now())
  if (!read.ok) return read
  const [request] = await viewRequests(context, actor, [read.approval])
  return request === undefined ? refuse('not-found') : { ok: true, request }
}

async function viewRequests(
  { pool }: ApprovalContext,
  actor: Actor,
  approvals: readonly Approval[],
): Promise<RequestView[]> {
  const people = approvals.flatMap(({ askedBy, decidedBy, subject }) => [
    ...[askedBy, decidedBy ?? '', subject],
  ])
  const names = await readUserNames(pool, people)
  const services = await inPrisma(forActor(pool, actor), (prisma) =>
    prisma.service.findMany({
      where: { code: { in: approvals.map(({ subject }) => subject) } },
      select: { code: true, name: true },
    }),
  )
  const serviceNames = new Map(services.map(({ code, name }) => [code, name]))
  return approvals.map((approval) => {
    const { askedBy, decidedBy, subject, particulars } = approval
    return {
      approval,
      askedBy: names.get(askedBy) ?? askedBy,
      decidedBy: decidedBy === null ? null : (names.get(decidedBy) ?? decidedBy),
      about:
        names.get(subject) ??
        serviceNames.get(subject) ??
        (typeof particulars['name'] === 'string' ? particulars['name'] : subject),
      isOwn: askedBy === actor.userId,
    }
  })
}
