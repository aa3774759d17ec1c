import type pg from 'pg'
import { Option } from 'commander'
import { APPROVAL_KINDS, type ApprovalKind } from '#server/identity/approvals/approval-kinds.ts'
import { askingAct, usingAct, type Wanted } from '#server/identity/approvals/approval.ts'
import { askApproval, useApproval, type UseRefusal } from '#server/identity/approvals/approvals.ts'
import { auditSettingUp, isSettingUp } from '#server/identity/approvals/setting-up.ts'
import { recordRefusal } from '#server/identity/audit/refusals.ts'
import { proveOperator, type ProvedOperator } from '#server/identity/accounts/step-up.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { openPortalKey } from '#server/keys/portal-key.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { ask } from './ask.ts'
import { UsageError } from './run-command.ts'
import { print, REFUSED, sayRefusal } from './terminal.ts'
import { OPERATOR } from './with-store.ts'

/**
 * What takes two people, at the command line: the first run of a command asks, under a named
 * account with its present code. An administrator other than that approves in the portal. The same
 * command, run again by the one who asked and with another code, does it.
 */

/** What a command that takes two people is asked with. */
export interface ConsentOptions {
  as?: string
  reason?: string
}

/** A command that may go on: who acts, and how its approval is used up where that is recorded. */
export interface Consented {
  readonly ok: true
  /** As the audit log names them. */
  readonly by: string
  readonly operator: ProvedOperator | undefined
  readonly reference: string
  readonly use: (client: pg.ClientBase) => Promise<{ readonly ok: true } | UseRefusal>
}

/**
 * Whether a command may go on. Otherwise it has asked, and says what it waits for. A programme that
 * is still being set up has nobody to ask: the operator acts alone, and that is audited.
 */
export async function demandConsent(
  store: OwnProgrammeStore,
  wanted: Omit<Wanted, 'reason'>,
  { as, reason }: ConsentOptions,
): Promise<Consented | Refusal> {
  if (wanted.kind !== 'source-key-export' && (await isSettingUp(store.pool))) {
    return {
      ...{ ok: true, by: OPERATOR, operator: undefined, reference: '' },
      use: async (client) => {
        await auditSettingUp(client, OPERATOR, wanted.kind, wanted.subject)
        return { ok: true }
      },
    }
  }
  if (as === undefined) {
    throw new UsageError('this takes two administrators: say with --as which of them asks.')
  }
  const operator = await proveUser(store, as)
  if (!operator.ok) return operator
  const { actor } = operator
  const now = new Date()
  const asked = await withTransaction(store.pool, (client) =>
    askApproval(
      client,
      actor,
      { ...wanted, reason: reason ?? APPROVAL_KINDS[wanted.kind].reasons[0] },
      operator.freshFor(askingAct(wanted.kind)),
      now,
    ),
  )
  const refused = async <R extends Refusal>(refusal: R): Promise<R> => {
    await recordRefused(store, refusal, wanted.kind, actor.userId)
    return refusal
  }
  if (!asked.ok) return refused(asked.code === 'not-found' ? refuse('not-administrator') : asked)
  const { reference, stage } = asked.approval
  if (stage === 'waiting') return refused(refuse('consent-waits', { request: reference }))
  return {
    ...{ ok: true, by: actor.userId, operator, reference },
    use: async (client) => {
      const fresh = operator.freshFor(usingAct(reference))
      const given = { reference, kinds: [wanted.kind] }
      const used = await useApproval(client, actor, given, fresh, new Date())
      return used.ok ? used : refused(used)
    },
  }
}

/** What is refused at the command line for want of a right or of a second person is an entry of the trail. */
export async function recordRefused(
  { pool }: Pick<OwnProgrammeStore, 'pool'>,
  { code }: Refusal,
  what: ApprovalKind,
  actor = OPERATOR,
): Promise<void> {
  await recordRefusal(pool, {
    ...{ event: 'access.refused', reason: code, actor, from: null },
    at: `command-line ${what}`,
  })
}

/** Says why a command does not go on; what it asked for is printed, to be told to who approves. */
export function sayConsent(agreed: Consented | Refusal): number {
  if (agreed.ok) return REFUSED
  const request = agreed.detail?.['request']
  if (agreed.code === 'consent-waits' && request !== undefined) print(String(request))
  return sayRefusal(agreed)
}

/** The option that says why something is asked for. */
export function reasonOption(kind: ApprovalKind): Option {
  const [usual, ...others] = APPROVAL_KINDS[kind].reasons
  return new Option('--reason <code>', 'why it is asked for').choices([usual, ...others])
}

/** A user at the command line, by the present code of their authenticator. */
export async function proveUser(
  { pool, dataDir, env }: OwnProgrammeStore,
  user: string,
): Promise<ProvedOperator | Refusal> {
  const code = await ask(`One-time code of ${user}: `, 'COUNTONCE_CODE')
  const portalKey = await openPortalKey({ dataDir, env })
  return proveOperator({ pool, portalKey, now: () => new Date() }, { user, code })
}
