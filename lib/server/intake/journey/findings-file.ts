import type { FindingCode } from '#core/messages/findings/findings.ts'
import { mappedHeadings } from '#core/mapping/mapped-headings.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readPieces } from '#server/intake/reading/read-pieces.ts'
import type { RowsFound } from '#server/intake/reading/reading-task.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { correctionsToApply } from '#server/intake/held-files/held-corrections.ts'
import { findHeldSource } from '#server/intake/held-files/held-file.ts'
import { columnOf } from './read-check.ts'
import { findJourney } from './read-journey.ts'

/** A provider's own file with a column of findings, piece by piece. */
export interface FindingsFile {
  readonly ok: true
  /** What to call it: nothing of it comes from the provider. */
  readonly name: string
  readonly bytes: ReadableStream<Uint8Array>
}

/**
 * Writes the held file of a checked submission, as it is corrected, with what was found in each row;
 * every cell neutralised. It has every cell in the clear, so who uploaded it gets it and nobody else. The download is audited.
 */
export async function writeFindingsFile(
  store: ProgrammeStore,
  actor: Actor,
  reference: string,
): Promise<FindingsFile | Refusal<'not-found' | 'not-uploader' | 'file-erased'>> {
  const journey = await findJourney(store, actor, reference)
  if (journey?.mapping == null || journey.state !== 'checked') return refuse('not-found')
  if (journey.receivedBy !== actor.userId) return refuse('not-uploader')
  if (journey.fileId === null) return refuse('file-erased')
  const rows = await run(store.database, 'journey/read-finding-rows', [journey.id])
  const found = rows.flatMap(({ code, field, rows: bytes }): RowsFound[] => {
    // A code that we wrote ourselves.
    const { title } = wordsOf(code as FindingCode)
    const column = columnOf(journey, field)
    return [{ words: column === '' ? title : `${column}: ${title}`, rows: new Uint8Array(bytes) }]
  })
  const reading = { ...journey.reading, expectedHeadings: mappedHeadings(journey.mapping) }
  const held = await findHeldSource(store, journey, journey.fileId)
  if (!held.ok) return refuse('file-erased')
  const { source } = held
  const parts = journey.receipt?.places?.parts ?? 1
  const corrections = await correctionsToApply(store, journey)
  await withTransaction(store.database, (client) =>
    appendAudit(client, {
      actor: actor.userId,
      event: 'submission.findings-downloaded',
      subject: reference,
    }),
  )
  return {
    ok: true,
    name: `${journey.service}-${journey.quarter}-findings.csv`,
    bytes: readPieces({ want: 'report', source, reading, found, parts, corrections }),
  }
}
