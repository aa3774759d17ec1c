import { haveAdded } from '#core/preparation/added-columns.ts'
import { chooseMarkedRows } from '#core/preparation/rows-left-out/choose-marked-rows.ts'
import type { RowSign } from '#core/tabular/workbook/sheet-signs.ts'
import type { Encoding, ReadingChoices, Separator } from '#core/tabular/table.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import {
  findJourney,
  keepAnswer,
  lockStep,
  type Journey,
  type StepForm,
  type StepTaken,
} from './read-journey.ts'
import { beginJourney } from './begin-journey.ts'
import { openProfile, type FILE_WAITS, type HeldReading } from './held-profile.ts'
import { readAnew, type ReadingRefusedWhy } from './read-anew.ts'

/** What the page "what we read" shows. */
export interface ReadingView {
  readonly ok: true
  readonly journey: Journey
  /** The file as it is read now; a refusal when it cannot be read as it was chosen to be. */
  readonly reading: Exclude<HeldReading, typeof FILE_WAITS>
}

/**
 * Reads a held file for the pages that show it; undefined when there is no such submission of the
 * actor's.
 */
export async function describeReading(
  store: PortalStore,
  actor: Actor,
  reference: string,
): Promise<ReadingView | Refusal<'not-found' | 'file-erased' | 'file-waits'>> {
  const journey = await findBegun(store, actor, reference)
  if (journey === undefined) return refuse('not-found')
  if (journey.fileId === null) return refuse('file-erased')
  if (!journey.isBegun) return refuse('file-waits')
  const reading = await openProfile(store, journey, journey.reading, journey.mapping)
  if (!reading.ok && reading.code === 'file-waits') return refuse('file-waits')
  return { ok: true, journey, reading }
}

/** The way of a file; one that no worker had read when it came begins now. */
async function findBegun(
  store: PortalStore,
  actor: Actor,
  reference: string,
): Promise<Journey | undefined> {
  const journey = await findJourney(store, actor, reference)
  if (journey === undefined || journey.fileId === null || journey.isBegun) return journey
  const submission = await readSubmission(store.database, journey.id)
  if (submission === undefined) return undefined
  await beginJourney(store, actor, submission)
  return findJourney(store, actor, reference)
}

/** How a person says that a file is to be read; empty is found in the file. */
export interface ChosenReading {
  readonly encoding: Encoding | ''
  readonly separator: Separator | ''
  readonly sheet: string
  readonly headerRow: number | null
  /** Rows of a sheet that are left out by how they look. */
  readonly leaveOutMarked?: readonly RowSign[]
}

/**
 * Has a file read in another way. What it cannot be read as is refused with the reason, and nothing
 * changes; else how its columns are matched is to be looked at again.
 */
export async function chooseReading(
  store: PortalStore,
  actor: Actor,
  form: StepForm,
  wanted: ChosenReading,
): Promise<StepTaken | ReadingRefusedWhy | Refusal<'file-waits'>> {
  const before = await findJourney(store, actor, form.reference)
  if (before === undefined) return refuse('not-found')
  if (before.fileId === null) return refuse('file-erased')
  const choices = asChoices(wanted, before.reading)
  return readAnew(store, actor, form, before, {
    ...{ step: 'read', choices, event: 'submission.reading-chosen' },
    settled: ({ shapes }) => ({ readAt: null, shapedAt: shapes.length === 0 ? new Date() : null }),
    detail: { encoding: choices.encoding ?? 'found', headerRow: choices.headerRow ?? 'found' },
  })
}

/** Says that the file was read as it was meant; matching its columns comes next. */
export async function confirmReading(
  store: PortalStore,
  actor: Actor,
  form: StepForm,
): Promise<StepTaken> {
  return withTransaction(store.database, async (client) => {
    const taken = await lockStep(store, client, actor, form, 'read')
    if (!taken.ok) return taken
    const { id, isRead, header } = taken.journey
    // Where the headings are is still to be said.
    if (header.length === 0) return refuse('step-not-reached')
    await keepAnswer(client, id, isRead ? {} : { readAt: new Date() })
    await appendAudit(client, {
      actor: actor.userId,
      event: 'submission.reading-confirmed',
      subject: form.reference,
    })
    return taken
  })
}

/**
 * The choices of a form. What was said of how the rows are kept was said of other rows; how they
 * look stays, and so do columns that were added, with the children whose they are, and the rules for
 * filling gaps.
 */
function asChoices(
  { encoding, separator, sheet, headerRow, leaveOutMarked = [] }: ChosenReading,
  { preparation = {} }: ReadingChoices,
): ReadingChoices {
  const { addedColumns, childrenAcross, filling } = preparation
  const kept = {
    ...(addedColumns === undefined ? {} : { addedColumns }),
    ...(childrenAcross !== undefined && haveAdded(preparation) ? { childrenAcross } : {}),
    ...(filling === undefined ? {} : { filling }),
  }
  return {
    ...chooseMarkedRows(
      Object.keys(kept).length === 0 ? {} : { preparation: kept },
      leaveOutMarked,
    ),
    ...(encoding === '' ? {} : { encoding }),
    ...(separator === '' ? {} : { separator }),
    ...(sheet === '' ? {} : { sheet }),
    ...(headerRow === null ? {} : { headerRow }),
  }
}
