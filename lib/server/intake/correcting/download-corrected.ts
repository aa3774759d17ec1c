import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { readPieces } from '#server/intake/reading/read-pieces.ts'
import { correctionsToApply } from '#server/intake/submissions/held-corrections.ts'
import { findHeldSource } from '#server/intake/submissions/held-file.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { readingOf } from './held-cells.ts'
import { openDraft, type DraftRefusal } from './open-draft.ts'

/** A file as it is corrected, piece by piece. */
export interface CorrectedDownload {
  readonly ok: true
  /** What to call it: nothing of it comes from the provider. */
  readonly name: string
  readonly bytes: ReadableStream<Uint8Array>
}

/**
 * Writes a draft's file as it is corrected, for the service's own system: same columns, same rows,
 * same order, every cell neutralised. The download is audited.
 */
export async function downloadCorrected(
  store: ProgrammeStore,
  actor: Actor,
  reference: string,
): Promise<CorrectedDownload | DraftRefusal> {
  const draft = await openDraft(store.database, actor, reference)
  if (!draft.ok) return draft
  const { journey, fileId } = draft
  const held = await findHeldSource(store, journey, fileId)
  if (!held.ok) return refuse('file-gone')
  const corrections = await correctionsToApply(store, journey)
  await withTransaction(store.database, (client) =>
    appendAudit(client, {
      actor: actor.userId,
      event: 'submission.corrected-file-downloaded',
      subject: journey.reference,
      detail: { corrected: journey.correctedCells },
    }),
  )
  const { source } = held
  return {
    ok: true,
    name: `${journey.service}-${journey.quarter}-corrected.csv`,
    bytes: readPieces({ want: 'corrected', source, reading: readingOf(journey), corrections }),
  }
}
