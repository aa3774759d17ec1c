'use server'

import { z } from 'zod'
import { checkAuditChain } from '#server/identity/audit/list-audit.ts'
import type { AuditVerdict } from '#server/identity/audit/verify-audit.ts'
import type { FormState } from '../guards/form-state.ts'
import { runAction, showing } from '../guards/run-action.ts'

/** Recomputes the chain of the audit log and shows the verdict this once. */
export async function checkChain(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema: z.strictObject({}),
    form,
    call: ({ accounts }, actor) => checkAuditChain(accounts.pool, actor),
  })
  return outcome.ok ? showing(verdictWords(outcome.done.verdict)) : outcome.state
}

function verdictWords(verdict: AuditVerdict): string[] {
  if (verdict.ok) {
    const entries = verdict.entries.toLocaleString('en-GB')
    return ['whole', `The chain is intact: all ${entries} entries are as they were written.`]
  }
  const seq = verdict.seq.toLocaleString('en-GB')
  return ['broken', `The chain is broken at entry ${seq} (${verdict.flaw}). Tell the developers.`]
}
