import type pg from 'pg'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'
import type { ApprovalKind } from './approval-kinds.ts'

/**
 * Whether there can be no second person yet: a programme that never had two administrators, and is
 * a demonstration or holds no file. Whoever is disabled counts, so that it does not come back.
 * Read as the owner, who alone sees every submission.
 */
export async function isSettingUp(on: Database | pg.ClientBase): Promise<boolean> {
  const [row] = await run(on, 'approvals/is-setting-up', [])
  return row?.setting_up ?? true
}

/** Records that an operator did alone what takes two people once there are two. */
export async function auditSettingUp(
  client: pg.ClientBase,
  operator: string,
  kind: ApprovalKind,
  subject: string,
): Promise<void> {
  await appendAudit(client, {
    actor: operator,
    event: 'approval.not-needed',
    subject,
    detail: { kind, why: 'setting-up' },
  })
}
