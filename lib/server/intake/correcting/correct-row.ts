import type { Actor } from '#server/identity/actors/actor.ts'
import { refuse } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { changeCells, type ChangeRefusal } from './change-cells.ts'
import { readGridRow } from './read-grid.ts'

/** Texts for the cells of one row. */
export interface RowTexts {
  readonly row: number
  readonly texts: readonly { readonly column: number; readonly text: string }[]
}

/**
 * Gives the cells of one row what a form says of them; what is as it was is no correction. Answers
 * whether nothing is left to be fixed in the row.
 */
export async function correctGridRow(
  store: ProgrammeStore,
  actor: Actor,
  form: { readonly reference: string; readonly version: number },
  { row, texts }: RowTexts,
  now: Date,
): Promise<{ readonly ok: true; readonly isClear: boolean } | ChangeRefusal> {
  const view = await readGridRow(store, actor, form.reference, row)
  if (!view.ok) return view
  // A line of a form holds no line break: a cell with one that was left alone comes back without.
  const cells = texts.flatMap(({ column, text }) => {
    const shown = view.row.cells[column]?.replace(/[\r\n]/g, '')
    return shown === text ? [] : [{ row, column, text }]
  })
  if (cells.length === 0)
    return view.state.version === form.version
      ? { ok: true, isClear: true }
      : refuse('corrections-stale')
  const done = await changeCells(store, actor, form, { kind: 'set', cells }, now)
  if (!done.ok) return done
  const after = done.rows.find((each) => each.row === row)
  return { ok: true, isClear: after === undefined || after.findings.length === 0 }
}
