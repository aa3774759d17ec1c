import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import { askApproval, type ApprovalContext } from '#server/identity/approvals/approvals.ts'
import type { FreshProof } from '#server/identity/actors/fresh-proof.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ReportFacts } from '#server/linkage/relinking/keep-report.ts'
import { may, type Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { actOf, LINKS, readAct, type Act } from './acts.ts'
import { approveAct, readLatestApproval } from './approved-acts.ts'

/** Reports of what another policy of linkage would change, and having everybody decided again as one says. */

/** The last acts that tried or changed the links of everybody, the latest first. */
export async function listRelinkActs(database: Database, actor: Actor): Promise<readonly Act[]> {
  if (!may(actor, 'linkage.change')) return []
  const rows = await inPrisma(database, ({ act }) =>
    act.findMany({ where: { subject: LINKS }, orderBy: { id: 'desc' }, take: 20 }),
  )
  return rows.map(actOf)
}

/** What may be told of the report that an act came to; undefined when it came to none. */
export function readReportFacts({ request, stage, result }: Act): ReportFacts | undefined {
  // Written by a worker of ours.
  return request.kind === 'try-policy' && stage === 'done' ? (result as ReportFacts) : undefined
}

/**
 * Asks for a second person to have everybody decided again as a report says, with a fresh second
 * factor.
 */
export async function askRelink(
  { pool, now }: ApprovalContext,
  actor: Actor,
  { report, reason }: { readonly report: string; readonly reason: string },
  fresh: FreshProof,
): Promise<
  { readonly ok: true; readonly approval: Approval } | Refusal<'not-found' | 'code-needed'>
> {
  const read = await readAct(pool, actor, report)
  const facts = read.ok ? readReportFacts(read.act) : undefined
  if (facts === undefined) return refuse('not-found')
  return withTransaction(forActor(pool, actor), (client) =>
    askApproval(
      client,
      actor,
      {
        ...{ kind: 'relink', subject: report, providerCode: null, reason },
        particulars: { ...facts },
      },
      fresh,
      now(),
    ),
  )
}

/** The latest request for what a report says, for who may ask or approve it. */
export function readReportApproval(
  context: ApprovalContext,
  actor: Actor,
  report: string,
): Promise<Approval | undefined> {
  return readLatestApproval(context, actor, { kind: 'relink', subject: report })
}

/** Approves what a report says, and has a worker do it. */
export function approveRelink(
  context: ApprovalContext,
  actor: Actor,
  { report, boundTo }: { readonly report: string; readonly boundTo: string },
  fresh: FreshProof,
): ReturnType<typeof approveAct> {
  const at = { kind: 'relink', act: report, boundTo } as const
  return approveAct(context, actor, at, fresh, ({ request }, approval) =>
    request.kind === 'try-policy'
      ? { kind: 'relink', policy: request.policy, report, approval }
      : undefined,
  )
}
