import type { Change, OfferedReplacement } from '#core/grid/grid-rows.ts'
import type { StepForm } from '#server/intake/journey/read-journey.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import type { AnsweredFile } from '#server/store/asker.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import type { changeCells } from './change-cells.ts'
import type { correctGridRow, RowTexts } from './correct-row.ts'
import type { RowChoice } from './found-rows.ts'
import type { DraftRefusal } from './open-draft.ts'
import type { readGrid, readGridRow } from './read-grid.ts'

/**
 * What a page asks of a worker about the cells of a draft: they come sealed for the session of who
 * uploaded it, and are opened in the request that holds its cookie.
 */

type Answered<Of extends (...given: never[]) => Promise<unknown>> =
  | Awaited<ReturnType<Of>>
  | Refusal<'file-waits'>

/** Asks for a page of rows. */
export function askGrid(
  { asker }: PortalStore,
  reference: string,
  choice: RowChoice,
  range: { readonly from: number; readonly count: number },
): Promise<Answered<typeof readGrid>> {
  return asker.ask('grid', { reference, choice, range })
}

/** Asks for one row, and the next after it in which something is found. */
export function askGridRow(
  { asker }: PortalStore,
  reference: string,
  row: number,
): Promise<Answered<typeof readGridRow>> {
  return asker.ask('grid-row', { reference, row })
}

/** Asks for cells to be changed, from the version that a page was made of. */
export function askChange(
  { asker }: PortalStore,
  form: StepForm,
  change: Change,
): Promise<Answered<typeof changeCells>> {
  return asker.ask('change-cells', { form, change })
}

/** Asks for the cells of one row to be given what a form says of them. */
export function askRowCorrected(
  { asker }: PortalStore,
  form: StepForm,
  { row, texts }: RowTexts,
): Promise<Answered<typeof correctGridRow>> {
  return asker.ask('correct-row', { form, row, texts })
}

/** Asks what the service replaced before that this draft says again; nothing where nobody answers. */
export async function askOffers(
  { asker }: PortalStore,
  reference: string,
): Promise<readonly OfferedReplacement[]> {
  const offers = await asker.ask<readonly OfferedReplacement[]>('offers', { reference })
  return 'ok' in offers ? [] : offers
}

/** Asks for the file as it is corrected. */
export function askCorrectedFile(
  { asker }: PortalStore,
  reference: string,
  format: 'csv' | 'xlsx',
): Promise<AnsweredFile | DraftRefusal | Refusal<'file-waits'>> {
  return asker.ask('corrected-file', { reference, format })
}
