import type { ResearchCode } from '#core/messages/research/research-words.ts'
import type { Asked } from '#server/figures/extracts/read-cohort.ts'
import {
  findExtract,
  hasExpired,
  listExtracts,
} from '#server/figures/extracts/research-extracts.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { FreshProof } from '#server/identity/actors/fresh-proof.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import {
  askApproval,
  type ApprovalContext,
  type DecisionRefusal,
} from '#server/identity/approvals/approvals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { newReference } from '#server/platform/machine/new-reference.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { approveAndSend, readLatestApproval } from './approved-acts.ts'

/** An extract for researchers: one person asks for it, another approves exactly that, and a worker makes it. */

/** An extract serves so many months at most, and no longer than its project. */
const MONTHS = 12

/** What a project is to be given. */
export interface WantedExtract extends Asked {
  /** The reference of the project. */
  readonly project: string
}

/**
 * Asks a second person to have an extract made, with a fresh second factor. Refused of a project that has ended, and while an
 * earlier extract has expired that nobody certified as destroyed.
 */
export async function askExtract(
  { pool, now }: ApprovalContext,
  actor: Actor,
  { project: given, variables, cohort, firstQuarter, lastQuarter }: WantedExtract,
  fresh: FreshProof,
): Promise<
  | { readonly ok: true; readonly extract: string; readonly approval: Approval }
  | Refusal<'not-found' | 'code-needed' | ResearchCode>
> {
  if (!(await holdsRight(pool, actor, 'research.manage'))) return NOT_HELD
  const today = dayInLondon(now())
  return withTransaction(forActor(pool, actor), async (client) => {
    const project = await inPrisma(client, (prisma) =>
      prisma.researchProject.findUnique({ where: { reference: given.trim().toUpperCase() } }),
    )
    if (project === null || lastQuarter < firstQuarter) return refuse('not-found')
    if (dayOf(project.endsOn) < today) return refuse('research-over')
    const earlier = await listExtracts(client, { project: { reference: project.reference } })
    const isOwed = earlier.some(
      (one) => one.made !== undefined && one.destroyed === undefined && hasExpired(one, today),
    )
    if (isOwed) return refuse('research-not-destroyed')
    const reference = newReference('extract')
    const expiresOn = firstOf(dayOf(project.endsOn), monthsAfter(now(), MONTHS))
    const particulars = {
      ...{ project: project.reference, variables: variables.join(' '), cohort },
      ...{ firstQuarter, lastQuarter, expiresOn },
    }
    const wanted = { kind: 'research-extract', subject: reference, providerCode: null } as const
    const asked = await askApproval(
      client,
      actor,
      { ...wanted, particulars, reason: 'project-asked' },
      fresh,
      now(),
    )
    if (!asked.ok) return asked
    await inPrisma(client, (prisma) =>
      prisma.researchExtract.create({
        select: { id: true },
        data: {
          ...{ reference, projectId: project.id, variables: [...variables], cohort },
          ...{ firstQuarter, lastQuarter, expiresOn: new Date(expiresOn) },
          ...{ askedBy: actor.userId, askedAt: now() },
        },
      }),
    )
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'research.asked', subject: reference },
      detail: { project: project.reference, variables: variables.length, cohort },
    })
    return { ok: true as const, extract: reference, approval: asked.approval }
  })
}

/** The request for a second person about an extract. */
export async function readExtractApproval(
  context: ApprovalContext,
  actor: Actor,
  subject: string,
): Promise<Approval | undefined> {
  return readLatestApproval(context, actor, { kind: 'research-extract', subject })
}

/** Approves an extract as a second person, and has a worker make it. */
export async function approveExtract(
  context: ApprovalContext,
  actor: Actor,
  { extract, boundTo }: { readonly extract: string; readonly boundTo: string },
  fresh: FreshProof,
): Promise<{ readonly ok: true; readonly id: string; readonly project: string } | DecisionRefusal> {
  const asked = await readExtractApproval(context, actor, extract)
  const found = await findExtract(forActor(context.pool, actor), extract)
  if (asked === undefined || found === undefined) return refuse('not-found')
  const { reference } = asked
  const act = { kind: 'research', extract, approval: reference } as const
  const sent = await approveAndSend(context, actor, { reference, boundTo }, fresh, act)
  return sent.ok ? { ...sent, project: found.project.reference } : sent
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

const firstOf = (a: string, b: string): string => (a < b ? a : b)

function monthsAfter(now: Date, months: number): string {
  const there = new Date(now)
  there.setUTCMonth(there.getUTCMonth() + months)
  return dayOf(there)
}
