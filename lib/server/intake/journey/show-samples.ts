import { columnLetters } from '#core/tabular/column-letters.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { readAnswer } from '#server/intake/reading/read-answer.ts'
import { findHeldSource, toldOfKind } from '#server/intake/held-files/held-file.ts'
import { readRemembered } from '#server/intake/held-files/service-mapping.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { Unread } from '#server/store/unread.ts'
import { READERS } from './readers.ts'
import { findJourney } from './read-journey.ts'
import { mayTakeStep } from './steps.ts'

/**
 * Shows a few values of a held file unmasked to the person who uploaded it, and to nobody else. They
 * are read from the file anew, passed on as they come and kept nowhere. Each look is audited with the places of the columns:
 * headings may hold what should have been a row.
 */
export async function showSamples(
  store: ProgrammeStore,
  actor: Actor,
  reference: string,
): Promise<Unread | Refusal<'not-found' | 'not-uploader' | 'file-erased' | 'step-not-reached'>> {
  const journey = await findJourney(store, actor, reference)
  if (journey === undefined || journey.isHashed) return refuse('not-found')
  if (journey.receivedBy !== actor.userId) return refuse('not-uploader')
  const { step, reading, quarter, service, kind, fileId } = journey
  if (step === 'upload' || fileId === null) return refuse('file-erased')
  if (!mayTakeStep(step, 'match', false)) return refuse('step-not-reached')
  const held = await findHeldSource(store, journey, fileId)
  if (!held.ok) return refuse('file-erased')
  const { source } = held
  const remembered = await readRemembered(store, { service, kind })
  const { mapping: previous } = journey
  const read = await READERS.pass(() =>
    readAnswer({
      ...{ want: 'samples', source, reading, previous, remembered, quarter },
      ...toldOfKind(kind),
    }),
  )
  if (!read.ok) return refuse('file-erased')
  await withTransaction(store.database, (client) =>
    appendAudit(client, {
      actor: actor.userId,
      event: 'submission.samples-shown',
      subject: reference,
      detail: {
        columns: read.columns.map(columnLetters).join(' '),
      },
    }),
  )
  return read.answer
}
