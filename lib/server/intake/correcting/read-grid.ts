import type { CheckContext } from '#core/checks/rows/person-reader.ts'
import { RowFindings, type RowFinding } from '#core/checks/rows/row-findings.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import {
  correctRow,
  standingCells,
  touchedRows,
  type CellsByRow,
} from '#core/preparation/corrections/corrections.ts'
import type {
  CorrectionsState,
  GridFinding,
  GridFrame,
  GridPage,
  GridRow,
} from '#core/grid/grid-rows.ts'
import { columnsOfFields } from '#core/preparation/finding-column.ts'
import { placeOf, placeWords } from '#core/preparation/row-places.ts'
import { isFindingsHeading } from '#core/tabular/findings-column.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { furtherContext } from '#server/intake/reading/further-context.ts'
import { dayOfFile, furtherFile } from '#server/intake/held-files/further-file.ts'
import {
  readCorrections,
  type HeldCorrections,
} from '#server/intake/held-files/held-corrections.ts'
import { refuse } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { chosenRows, readFound, type FoundIn, type RowChoice } from './found-rows.ts'
import { openCells, type HeldCells } from './held-cells.ts'
import { noteOpening } from './note-opening.ts'
import { openDraft, type Draft, type DraftRefusal } from './open-draft.ts'

/** Most rows of one answer. */
export const ROWS_AT_ONCE = 200

/** Everything that rows are shown from. */
export interface CorrectedFile {
  readonly draft: Draft
  readonly held: HeldCorrections
  readonly cells: HeldCells
  readonly corrected: CellsByRow
  /** Whether the programme is live: what belongs to tests is then a finding. */
  readonly live: boolean
  /** What a file of a further kind is read by. */
  readonly further: Pick<CheckContext, 'outcomes' | 'day'>
}

/** Opens a draft with its cells and corrections for who corrects it. */
export async function openCorrectedFile(
  store: ProgrammeStore,
  draft: Draft,
): Promise<CorrectedFile> {
  const { journey, fileId } = draft
  const cells = await openCells(store, journey, fileId)
  const held = await readCorrections(store, journey)
  const isApplied = held.basis === cells.index.basis
  const corrected: CellsByRow = isApplied ? standingCells(held.corrections) : new Map()
  const day = await dayOfFile(store.database, journey)
  const readBy = await furtherFile(store.database, journey.kind, day)
  const further = furtherContext(readBy?.further, journey.service)
  return { draft, held, cells, corrected, live: store.programme.live, further }
}

/** Reads a page of the rows that are looked at, with what is found in each as it stands. */
export async function readGrid(
  store: ProgrammeStore,
  actor: Actor,
  reference: string,
  choice: RowChoice,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<({ readonly ok: true; readonly frame: GridFrame } & GridPage) | DraftRefusal> {
  const draft = await openDraft(store, actor, reference)
  if (!draft.ok) return draft
  await noteOpening(store.database, actor, reference)
  const file = await openCorrectedFile(store, draft)
  const found = await readFound(store, draft.journey)
  const rows = chosenRows(choice, found, file.corrected.keys())
  const total = rows?.length ?? file.cells.index.rows
  const first = Math.min(Math.max(0, from), total)
  const last = Math.min(total, first + Math.min(count, ROWS_AT_ONCE))
  const wanted = Array.from(
    { length: last - first },
    (_, at) => rows?.[first + at] ?? first + at + 1,
  )
  return {
    ok: true,
    state: stateOf(file),
    ...{ total, from: first },
    ...(await showRows(file, found, wanted)),
    frame: frameOf(file),
  }
}

/** One row, and the next after it in which something is found. */
export async function readGridRow(
  store: ProgrammeStore,
  actor: Actor,
  reference: string,
  wanted: number,
): Promise<
  | (Pick<GridPage, 'state' | 'words'> & {
      readonly ok: true
      readonly frame: GridFrame
      readonly row: GridRow
      readonly next: number | undefined
    })
  | DraftRefusal
> {
  const draft = await openDraft(store, actor, reference)
  if (!draft.ok) return draft
  await noteOpening(store.database, actor, reference)
  const file = await openCorrectedFile(store, draft)
  const found = await readFound(store, draft.journey)
  const { rows, words } = await showRows(file, found, [wanted])
  const [row] = rows
  if (row === undefined) return refuse('not-found')
  const next = chosenRows({ show: 'findings' }, found, [])?.find((other) => other > row.row)
  return { ok: true, state: stateOf(file), words, frame: frameOf(file), row, next }
}

/** Rows as their uploader sees them, with what is found in each as it stands. */
export async function showRows(
  file: CorrectedFile,
  found: readonly FoundIn[],
  wanted: readonly number[],
): Promise<Pick<GridPage, 'rows' | 'words'>> {
  const { draft, cells, corrected, held } = file
  const columnOf = columnsOfFields(draft.mapping, cells.index.header)
  const checker = rowFindings(file)
  const touched = touchedRows(held.corrections)
  const stored = foundByRow(found, new Set(wanted))
  const rows: GridRow[] = []
  for (const row of wanted) {
    const original = await cells.row(row)
    if (original === undefined) continue
    const standing = corrected.get(row)
    const now = correctRow(original, standing)
    const known = stored.get(row) ?? []
    const isLive = touched.has(row) && checker !== undefined
    const findings = isLive ? await foundNow(checker, { original, now, known }) : known
    rows.push({
      row,
      place: placeWords(placeOf(cells.index, row)),
      cells: now,
      originals: Object.fromEntries(
        [...(standing?.values() ?? [])].map(({ column, original: text }) => [column, text]),
      ),
      findings: onceEach(
        findings.map(({ field, code, severity, part }) => ({
          column: columnOf(field, part),
          ...{ code, severity },
        })),
      ),
    })
  }
  const codes = new Set(rows.flatMap(({ findings }) => findings.map(({ code }) => code)))
  return { rows, words: Object.fromEntries([...codes].map((code) => [code, wordsOf(code)])) }
}

/** What was found of several people of one row in the same cell, or of the row, is said once. */
function onceEach(findings: readonly GridFinding[]): readonly GridFinding[] {
  const keyOf = ({ column, code }: GridFinding): string => `${String(column)} ${code}`
  return [...new Map(findings.map((finding) => [keyOf(finding), finding])).values()]
}

/** Where the corrections of a file stand. */
export function stateOf({ draft, held, cells }: CorrectedFile): CorrectionsState {
  const { journey } = draft
  const { steps, done } = held.corrections
  return {
    version: journey.correctionsVersion,
    corrected: journey.correctedCells,
    canUndo: done > 0,
    canRedo: done < steps.length,
    isChecked: journey.state === 'checked',
    isApplied: steps.length === 0 || held.basis === cells.index.basis,
  }
}

function frameOf({ cells }: CorrectedFile): GridFrame {
  const columns = cells.index.header.flatMap((heading, place) =>
    isFindingsHeading(heading) ? [] : [{ place, heading }],
  )
  return { columns, fileRows: cells.index.rows }
}

/** What checks one row; undefined where only a check of the whole file tells. */
function rowFindings({ draft, cells, live, further }: CorrectedFile): RowFindings | undefined {
  const { header, headerRow, date1904 } = cells.index
  const { journey, mapping } = draft
  return RowFindings.of({
    ...{ header, receipt: { format: 'csv', headerRow, date1904 } },
    mapping,
    context: { quarter: journey.quarter, live, ...further },
  })
}

function foundByRow(
  found: readonly FoundIn[],
  wanted: ReadonlySet<number>,
): Map<number, RowFinding[]> {
  const rows = new Map<number, RowFinding[]>()
  for (const { field, code, severity, rows: listed } of found) {
    for (const { row, part } of listed) {
      if (!wanted.has(row)) continue
      rows.set(row, [...(rows.get(row) ?? []), { field, code, severity, part }])
    }
  }
  return rows
}

/**
 * What is found in a row that was corrected: what the row itself tells now, and what the last check
 * found there that no row tells by itself.
 */
async function foundNow(
  checker: RowFindings,
  {
    original,
    now,
    known,
  }: {
    readonly original: readonly string[]
    readonly now: readonly string[]
    readonly known: readonly RowFinding[]
  },
): Promise<readonly RowFinding[]> {
  const told = new Set((await checker.in(original)).map(keyOf))
  const own = (await checker.in(now)).filter(({ severity }) => severity !== 'note')
  const ownKeys = new Set(own.map(keyOf))
  const ofOthers = known.filter((each) => !told.has(keyOf(each)) && !ownKeys.has(keyOf(each)))
  return [...own, ...ofOthers]
}

function keyOf({ code, field, part }: RowFinding): string {
  return `${code} ${field} ${String(part)}`
}
