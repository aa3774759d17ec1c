import type { FileProfile } from '#core/mapping/overview/file-profile.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { columnsSince } from '#core/mapping/fit-mapping.ts'
import { mappedHeadings } from '#core/mapping/mapped-headings.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import { keepReceipt } from '#server/intake/outcomes/save-outcome.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { readHeldFile } from './held-profile.ts'
import type { JourneyWords } from './journey-words.ts'
import {
  keepWords,
  lockStep,
  type FileRefusal,
  type Journey,
  type StepForm,
  type StepTaken,
} from './read-journey.ts'

/** Why a file cannot be read as it was chosen to be. */
export interface ReadingRefusedWhy {
  readonly ok: false
  readonly code: 'file-unreadable'
  readonly why: FileRefusal
}

/** What a person said of how a file is read. */
interface Choice {
  readonly step: 'read' | 'shape' | 'match'
  readonly choices: ReadingChoices
  /** What of the way is settled, once the file was read so. */
  readonly settled: (reading: FileProfile) => Partial<Record<'readAt' | 'shapedAt', Date | null>>
  readonly event:
    | 'submission.reading-chosen'
    | 'submission.shapes-chosen'
    | 'submission.filling-chosen'
  readonly detail: Readonly<Record<string, string | number>>
}

/**
 * Reads a held file as it is chosen to be read and keeps the choice with its way: how its columns are
 * matched is to be looked at again. What it cannot be read as is refused with the reason, and nothing changes.
 */
export async function readAnew(
  store: PortalStore,
  actor: Actor,
  form: StepForm,
  before: Journey,
  { step, choices, settled, event, detail }: Choice,
): Promise<StepTaken | ReadingRefusedWhy | Refusal<'file-waits'>> {
  const reading = await readHeldFile(store, before, choices, before.mapping)
  if (!reading.ok) {
    if (reading.code === 'file-waits') return refuse('file-waits')
    const { code, detail: why } = reading
    return { ok: false, code: 'file-unreadable', why: { code, detail: why } }
  }
  return withTransaction(store.database, async (client) => {
    const taken = await lockStep(store, client, actor, form, step)
    if (!taken.ok) return taken
    const { header, receipt } = reading
    const words = { reading: choices, header, ...stillMatched(taken.journey, header) }
    await keepWords(client, store, taken.journey, words, {
      fileRows: reading.overview.rows,
      ...settled(reading),
      ...{ matchedAt: null, valuedAt: null },
    })
    const submission = await readSubmission(client, taken.journey.id)
    if (submission !== undefined) await keepReceipt(client, store, submission, receipt)
    await appendAudit(client, { actor: actor.userId, event, subject: form.reference, detail })
    return taken
  })
}

/**
 * What holds of how columns were matched under other headings: those that came since are to be
 * asked, and where one is gone that was used, all are.
 */
function stillMatched(
  { mapping, header: before, unasked = [] }: Journey,
  header: readonly string[],
): Partial<JourneyWords> {
  const since = columnsSince(header, before)
  if (mapping === null || since.length === 0) return {}
  return mappedHeadings(mapping).every((heading) => header.includes(heading))
    ? { unasked: [...unasked.filter((heading) => header.includes(heading)), ...since] }
    : { mapping: null, unasked: [] }
}
