import type pg from 'pg'
import {
  compareRules,
  factsOfRules,
  rulesOfFacts,
  type RulesOfSource,
} from '#core/look-up/rules/change-rules.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { FreshProof } from '#server/identity/actors/fresh-proof.ts'
import { approvalOf, type Approval } from '#server/identity/approvals/approval.ts'
import {
  approve,
  askApproval,
  dropApproval,
  useAtOnce,
  type ApprovalContext,
  type DecisionRefusal,
  type ShownRequest,
} from '#server/identity/approvals/approvals.ts'
import { readApproval } from '#server/identity/approvals/read-approvals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault, refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readRulesInForce } from './read-rules.ts'

/**
 * Other rules of a source, put in force by two people: one asks for exactly these, another approves them, and the
 * approval puts them in force as the next version. One request of a source waits at a time.
 */

const KIND = 'source-rules'

/** Whose rules, what they are to be, and the version that whoever asks was shown. */
export interface WantedRules {
  readonly source: string
  readonly seen: number
  readonly wanted: RulesOfSource
  readonly reason: string
}

/** Asks a second person for other rules of a source than those in force. */
export async function askRules(
  { pool, now }: ApprovalContext,
  actor: Actor,
  { source, seen, wanted, reason }: WantedRules,
  fresh: FreshProof,
): Promise<
  | { readonly ok: true; readonly approval: Approval }
  | Refusal<'not-found' | 'code-needed' | 'rules-changed' | 'rules-asked' | 'rules-same'>
> {
  if (!(await holdsRight(pool, actor, 'register.change'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    await run(client, 'sources/lock-rules', [source])
    const inForce = await readRulesInForce(client, source)
    if (inForce === undefined) return refuse('not-found')
    if (inForce.version !== seen) return refuse('rules-changed')
    if (compareRules(inForce, wanted).length === 0) return refuse('rules-same')
    const waiting = await findWaiting(client, source, now())
    const particulars = { ...factsOfRules(wanted), version: seen + 1 }
    if (waiting !== undefined && !isSame(waiting, actor, particulars)) return refuse('rules-asked')
    const request = {
      kind: KIND,
      subject: source,
      providerCode: null,
      reason,
      particulars,
    } as const
    return askApproval(client, actor, request, fresh, now())
  })
}

/** Approves as a second person the rules that were shown, which are then in force. */
export async function approveRules(
  context: ApprovalContext,
  actor: Actor,
  shown: ShownRequest,
  fresh: FreshProof,
): Promise<
  { readonly ok: true; readonly source: string } | DecisionRefusal | Refusal<'rules-changed'>
> {
  const { pool, now } = context
  const read = await readApproval(pool, actor, shown.reference, now())
  if (!read.ok) return read
  const { kind, subject: source, particulars } = read.approval
  if (kind !== KIND) return refuse('not-found')
  const inForce = await readRulesInForce(forActor(pool, actor), source)
  if (particulars['version'] !== (inForce?.version ?? 0) + 1) {
    // Another may have approved it in between, which is no other rules.
    const again = await readApproval(pool, actor, shown.reference, now())
    if (again.ok && again.approval.stage === 'waiting') return refuse('rules-changed')
  }
  const lock = (client: pg.ClientBase): Promise<unknown> =>
    run(client, 'sources/lock-rules', [source])
  const put = (client: pg.ClientBase, approval: Approval): Promise<void> =>
    putInForce(client, approval, actor.userId, now())
  const approved = await approve(context, actor, shown, fresh, put, lock)
  return approved.ok ? { ok: true, source } : approved
}

/** The database itself refuses what two people did not agree to, and any version but the next. */
async function putInForce(
  client: pg.ClientBase,
  { subject: source, reference, particulars, askedBy }: Approval,
  approvedBy: string,
  now: Date,
): Promise<void> {
  const { version, ...facts } = particulars
  const [before, after] = [await readRulesInForce(client, source), rulesOfFacts(facts)]
  if (before === undefined || after === undefined || version !== before.version + 1) {
    throw new Fault('unexpected', { approval: 'rules-changed' })
  }
  const used = await useAtOnce(client, { kind: KIND, subject: source, reference, approvedBy }, now)
  if (!used.ok) throw new Fault('unexpected', { approval: used.code })
  await dropApproval(client, { kind: KIND, subject: source }, now)
  await inPrisma(client, ({ sourceRules }) =>
    sourceRules.create({
      select: { version: true },
      data: {
        ...{ serviceCode: source, version, rules: jsonValue(after.rules) },
        coveredFrom: new Date(after.coverage.from),
        coveredTo: after.coverage.to === null ? null : new Date(after.coverage.to),
        ...{ madeBy: askedBy, madeAt: now, approval: reference, approvedBy },
      },
    }),
  )
  await appendAudit(client, {
    ...{ actor: approvedBy, event: 'source-rules.put-in-force', subject: source },
    detail: { version, approval: reference, changed: compareRules(before, after).join(' ') },
  })
}

async function findWaiting(
  client: pg.ClientBase,
  source: string,
  now: Date,
): Promise<Approval | undefined> {
  const row = await inPrisma(client, ({ approval }) =>
    approval.findFirst({
      where: { kind: KIND, subject: source, decidedAt: null, expiresAt: { gte: now } },
    }),
  )
  return row === null ? undefined : approvalOf(row, now)
}

function isSame(
  waiting: Approval,
  { userId }: Actor,
  particulars: Approval['particulars'],
): boolean {
  return (
    waiting.askedBy === userId &&
    Object.entries(particulars).every(([name, said]) => waiting.particulars[name] === said)
  )
}
