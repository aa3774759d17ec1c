import type pg from 'pg'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { withChoices } from '#server/intake/journey/held-profile.ts'
import { findJourney, type Journey } from '#server/intake/journey/read-journey.ts'
import { mayTakeStep } from '#server/intake/journey/steps.ts'
import type { Database } from '#server/platform/db/database.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'

/** A draft that its uploader may correct: checked once, held, not submitted. */
export interface Draft {
  readonly ok: true
  readonly journey: Journey
  readonly fileId: string
  readonly mapping: Mapping
}

/** Why a file cannot be corrected in the browser. */
export type DraftRefusal = Refusal<
  'not-found' | 'not-uploader' | 'no-longer-open' | 'file-erased' | 'step-not-reached'
>

/**
 * The draft of a reference for who corrects it. Values are shown to the person who uploaded it alone;
 * others of the organisation learn that it is theirs to correct, everybody else that there is no such
 * file.
 */
export async function openDraft(
  store: Pick<ReceivingStore, 'database' | 'files'>,
  actor: Actor,
  reference: string,
  on: Database | pg.ClientBase = store.database,
): Promise<Draft | DraftRefusal> {
  const journey = await findJourney(store, actor, reference, on)
  if (journey === undefined || journey.isHashed) return refuse('not-found')
  if (journey.receivedBy !== actor.userId) return refuse('not-uploader')
  const { fileId, mapping, step, rows } = journey
  if (step === 'progress' || step === 'result') return refuse('no-longer-open')
  if (step === 'upload' || fileId === null) return refuse('file-erased')
  if (!mayTakeStep(step, 'check', false) || mapping === null || rows === null)
    return refuse('step-not-reached')
  return { ok: true, journey, fileId, mapping: withChoices(journey.reading, mapping) }
}
