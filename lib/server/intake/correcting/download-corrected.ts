import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { CorrectedFormat } from '#server/intake/reading/reading-task.ts'
import { readPieces } from '#server/intake/reading/read-pieces.ts'
import { correctionsToApply } from '#server/intake/held-files/held-corrections.ts'
import { findHeldSource } from '#server/intake/held-files/held-file.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { readingOf } from './held-cells.ts'
import { openDraft, type DraftRefusal } from './open-draft.ts'

const FILE_TYPES: Readonly<Record<CorrectedFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** A file as it is corrected, piece by piece. */
export interface CorrectedDownload {
  readonly ok: true
  /** What to call it: nothing of it comes from the provider. */
  readonly name: string
  readonly type: string
  readonly bytes: ReadableStream<Uint8Array>
}

/**
 * Writes a draft's file as it is corrected, for the service's own system: same columns, same rows,
 * same order, nothing that a spreadsheet would run. The download is audited.
 */
export async function downloadCorrected(
  store: ProgrammeStore,
  actor: Actor,
  reference: string,
  format: CorrectedFormat = 'csv',
): Promise<CorrectedDownload | DraftRefusal> {
  const draft = await openDraft(store, actor, reference)
  if (!draft.ok) return draft
  const { journey, fileId } = draft
  const held = await findHeldSource(store, journey, fileId)
  if (!held.ok) return refuse('file-erased')
  const corrections = await correctionsToApply(store, journey)
  await withTransaction(store.database, (client) =>
    appendAudit(client, {
      actor: actor.userId,
      event: 'submission.corrected-file-downloaded',
      subject: journey.reference,
      detail: { corrected: journey.correctedCells, format },
    }),
  )
  const { source } = held
  const reading = readingOf(journey)
  return {
    ok: true,
    name: `${journey.service}-${journey.quarter}-corrected.${format}`,
    type: FILE_TYPES[format],
    bytes: readPieces({ want: 'corrected', format, source, reading, corrections }),
  }
}
