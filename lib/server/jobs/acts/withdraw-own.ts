import {
  isWithdrawalReason,
  WITHDRAWAL_REASONS,
} from '#core/messages/submissions/withdrawal-reasons.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { askAct } from './acts.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'
import { findJourney } from '#server/intake/journey/read-journey.ts'

/** Why a provider withdraws its own file: codes of the catalogue that are a provider's to give. */
export const OWN_REASONS = [
  'wrong-file',
  'wrong-period',
  'quality-too-poor',
  'family-asked',
] as const

/** The reasons with their words. */
export const OWN_REASON_CHOICES = OWN_REASONS.map((code) => ({
  value: code,
  text: WITHDRAWAL_REASONS[code],
}))

/** Asks for a provider's own submission to be taken out of the figures; a worker does it. */
export async function withdrawOwn(
  store: ReceivingStore,
  actor: Actor,
  { reference, reason }: { readonly reference: string; readonly reason: string },
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'step-not-reached'>> {
  const journey = await findJourney(store, actor, reference)
  if (journey === undefined) return refuse('not-found')
  if (journey.isBeingWithdrawn) return { ok: true }
  if (journey.state !== 'linked' || !isWithdrawalReason(reason)) return refuse('step-not-reached')
  const asked = await askAct(store.database, actor, {
    kind: 'withdraw',
    submission: reference,
    reason,
  })
  return asked.ok ? { ok: true } : asked
}
