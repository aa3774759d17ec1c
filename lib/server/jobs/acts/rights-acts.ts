import type { RightsCode } from '#core/messages/rights/rights-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { FreshProof } from '#server/identity/actors/fresh-proof.ts'
import type { Approval } from '#server/identity/approvals/approval.ts'
import {
  askApproval,
  type ApprovalContext,
  type DecisionRefusal,
} from '#server/identity/approvals/approvals.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { deletesPeople } from '#core/messages/rights/rights-words.ts'
import { viewOf } from '#server/linkage/rights/handle-requests.ts'
import { holdRightsRequest } from '#server/linkage/rights/rights-request.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { approveAndSend, readLatestApproval } from './approved-acts.ts'

/** A second officer for what is done about a person's records, who sees what the first one picked. */

/** What a second officer is asked for. */
export interface WantedRights {
  /** The reference of the request. */
  readonly request: string
  /** Of somebody who is deleted: whether held files go of every organisation, and not only of those that sent them. */
  readonly everybody?: boolean
}

/**
 * Asks a second officer to have done what a request is for, with the records that are picked now and a
 * fresh second factor. Refused before anybody was looked for, and a correction of nothing.
 */
export async function askRights(
  { pool, now }: ApprovalContext,
  actor: Actor,
  { request: reference, everybody = false }: WantedRights,
  fresh: FreshProof,
): Promise<
  | { readonly ok: true; readonly approval: Approval }
  | Refusal<'not-found' | 'code-needed' | RightsCode>
> {
  if (!(await holdsRight(pool, actor, 'rights.handle'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const request = await holdRightsRequest(client, reference)
    if (request === undefined) return refuse('not-found')
    if (request.state !== 'open') return refuse('rights-over')
    const { found, picks } = await viewOf(client, request)
    const records = found.filter(({ picked }) => picked).length
    if (request.searchedAt === null || (request.kind === 'rectification' && records === 0)) {
      return refuse('rights-nothing-picked')
    }
    return askApproval(
      client,
      actor,
      {
        ...{ kind: 'rights-request', subject: request.reference, providerCode: null },
        particulars: {
          ...{ kind: request.kind, records, picks },
          ...(deletesPeople(request.kind) ? { everybody } : {}),
        },
        reason: 'person-asked',
      },
      fresh,
      now(),
    )
  })
}

/** The latest request for a second officer about one request of a person. */
export async function readRightsApproval(
  context: ApprovalContext,
  actor: Actor,
  subject: string,
): Promise<Approval | undefined> {
  return readLatestApproval(context, actor, { kind: 'rights-request', subject })
}

/** Whether held files of every organisation go with it. */
export function isOfEverybody({ particulars }: Pick<Approval, 'particulars'>): boolean {
  return particulars['everybody'] === true
}

/** Whether what was asked for is what somebody was shown, by its digest (RightsView). */
export function isAskedFor({ particulars }: Approval, picks: string): boolean {
  return particulars['picks'] === picks
}

/**
 * Approves as a second officer what is picked, and has a worker do it. `picks` says what this officer
 * was shown: what was picked after the asking, or looked for, is nothing that was asked for.
 */
export async function approveRights(
  context: ApprovalContext,
  actor: Actor,
  given: { readonly request: string; readonly boundTo: string; readonly picks: string },
  fresh: FreshProof,
): Promise<{ readonly ok: true; readonly id: string } | DecisionRefusal | Refusal<RightsCode>> {
  const { request, boundTo, picks } = given
  const asked = await readRightsApproval(context, actor, request)
  if (asked === undefined) return refuse('not-found')
  if (!isAskedFor(asked, picks)) return refuse('rights-changed')
  const { reference } = asked
  const act = { kind: 'rights', request, approval: reference } as const
  return approveAndSend(context, actor, { reference, boundTo }, fresh, act)
}
