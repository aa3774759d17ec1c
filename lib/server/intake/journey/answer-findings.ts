import type pg from 'pg'
import {
  isConfirmReason,
  isLeaveOutReason,
  type ConfirmReason,
} from '#core/messages/findings/answer-reasons.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { requestCheck } from '#server/intake/checking/request-check.ts'
import { startCheck } from './match-columns.ts'
import { findJourney, keepAnswer, lockStep, type StepTaken, type StepForm } from './read-journey.ts'

/**
 * Confirms what was found about a file, with a reason of the list that is kept and offered next
 * quarter; or several findings that one reason holds for, all of them or none.
 */
export async function confirmFinding(
  store: PortalStore,
  actor: Actor,
  form: StepForm,
  given: {
    readonly code: string | readonly string[]
    readonly field: string
    readonly reason: string
  },
): Promise<StepTaken | Refusal<'reason-missing'>> {
  const { field, reason } = given
  if (!isConfirmReason(reason)) return refuse('reason-missing')
  const codes = [...new Set([given.code].flat())]
  return withTransaction(store.database, async (client) => {
    const taken = await lockStep(store, client, actor, form, 'check')
    if (!taken.ok) return taken
    const { id } = taken.journey
    if (!(await areToConfirm(client, id, codes, field))) return refuse('not-found')
    await keepAnswer(client, id)
    for (const code of codes) {
      await keepConfirmation(client, id, { code, field, reason, confirmedBy: actor.userId })
      await appendAudit(client, {
        actor: actor.userId,
        event: 'submission.finding-confirmed',
        subject: form.reference,
        detail: { finding: code, field },
      })
    }
    return taken
  })
}

/** Whether each of these was found and is to be confirmed. */
async function areToConfirm(
  client: pg.ClientBase,
  id: string,
  codes: readonly string[],
  field: string,
): Promise<boolean> {
  const where = { submissionId: BigInt(id), code: { in: [...codes] }, field }
  const found = await inPrisma(client, ({ findingCount }) =>
    findingCount.count({ where: { ...where, severity: 'confirm' } }),
  )
  return found > 0 && found === codes.length
}

async function keepConfirmation(
  client: pg.ClientBase,
  id: string,
  given: { code: string; field: string; reason: ConfirmReason; confirmedBy: string },
): Promise<void> {
  const { code, field, reason, confirmedBy } = given
  const key = { submissionId: BigInt(id), code, field }
  const said = { reason, confirmedBy, confirmedAt: new Date() }
  await inPrisma(client, ({ confirmation }) =>
    confirmation.upsert({
      select: { code: true },
      where: { submissionId_code_field: key },
      create: { ...key, ...said },
      update: said,
    }),
  )
}

/**
 * Leaves the rows that must be fixed out, with a reason of the list; or, without one, takes that
 * back.
 */
export async function leaveRowsOut(
  store: PortalStore,
  actor: Actor,
  form: StepForm,
  given: string | undefined,
): Promise<StepTaken | Refusal<'reason-missing'>> {
  if (given !== undefined && !isLeaveOutReason(given)) return refuse('reason-missing')
  return withTransaction(store.database, async (client) => {
    const taken = await lockStep(store, client, actor, form, 'check')
    if (!taken.ok) return taken
    await keepAnswer(client, taken.journey.id, { leaveOutReason: given ?? null })
    await appendAudit(client, {
      actor: actor.userId,
      event: given === undefined ? 'submission.rows-kept' : 'submission.rows-left-out',
      subject: form.reference,
      detail: { rows: taken.journey.rows?.rejected ?? 0 },
    })
    return taken
  })
}

/** Has a file checked again whose check failed or was never begun. */
export async function checkAgain(
  store: PortalStore,
  actor: Actor,
  reference: string,
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'step-not-reached'>> {
  const journey = await findJourney(store, actor, reference)
  if (journey === undefined) return refuse('not-found')
  const { mapping, isHashed } = journey
  if (mapping === null && !isHashed) return refuse('not-found')
  if (journey.step !== 'check' || journey.state === 'checked') return refuse('step-not-reached')
  if (mapping === null) await requestCheck(store, journey.id, { actor: actor.userId })
  else await startCheck(store, actor, journey, mapping)
  return { ok: true }
}
