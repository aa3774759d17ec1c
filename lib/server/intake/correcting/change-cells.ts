import type pg from 'pg'
import {
  addStep,
  countCells,
  NO_CORRECTIONS,
  redoStep,
  standingCells,
  takeBackAll,
  undoStep,
  type CorrectedCell,
  type Corrections,
  type ReplacementRule,
} from '#core/preparation/corrections/corrections.ts'
import {
  CELLS_AT_ONCE,
  LONGEST_TEXT,
  type Change,
  type ChangedCells,
  type GivenCell,
} from '#core/grid/grid-rows.ts'
import { replaceText, type Replacement } from '#core/preparation/corrections/replace-text.ts'
import { isFindingsHeading } from '#core/tabular/findings-column.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { changeState } from '#server/intake/submissions/change-state.ts'
import { keepCorrections } from '#server/intake/held-files/held-corrections.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { readFound } from './found-rows.ts'
import { openDraft, type DraftRefusal } from './open-draft.ts'
import {
  openCorrectedFile,
  ROWS_AT_ONCE,
  showRows,
  stateOf,
  type CorrectedFile,
} from './read-grid.ts'

/** Most cells that are kept of a file, and most steps: above it is another file. */
const MOST_CELLS = 200_000
const MOST_STEPS = 5_000

/** Why nothing was changed. */
export type ChangeRefusal =
  | DraftRefusal
  | Refusal<'corrections-stale' | 'corrections-elsewhere' | 'corrections-full' | 'cell-unknown'>

/** The event of each kind of change. */
const EVENTS = {
  set: 'submission.cells-corrected',
  replace: 'submission.cells-corrected',
  undo: 'submission.correction-undone',
  redo: 'submission.correction-redone',
  'take-back': 'submission.corrections-taken-back',
} as const satisfies Record<Change['kind'], string>

/**
 * Changes what is corrected in a draft, from the version a page was made of; refused where another
 * page changed it meanwhile. What was found before stands until the file is checked again, and counts
 * for nothing until then. The audit log has how many cells, and no value.
 */
export async function changeCells(
  store: ProgrammeStore,
  actor: Actor,
  { reference, version }: { readonly reference: string; readonly version: number },
  change: Change,
  now: Date,
): Promise<({ readonly ok: true } & ChangedCells) | ChangeRefusal> {
  // The cells of a file that nobody corrected yet are made before anything is locked.
  const before = await openDraft(store, actor, reference)
  if (!before.ok) return before
  const file = await openCorrectedFile(store, before)
  const done = await withTransaction(store.database, async (client) => {
    await run(client, 'journey/lock', [reference])
    const draft = await openDraft(store, actor, reference, client)
    if (!draft.ok) return draft
    const versions = [before, draft].map(({ journey }) => journey.correctionsVersion)
    if (versions.some((each) => each !== version)) return refuse('corrections-stale')
    const changed = await applyChange(file, change, now)
    if ('ok' in changed) return changed
    return keepChange(client, store, actor, { ...file, draft }, change, changed)
  })
  if (!done.ok) return done
  const after = await openDraft(store, actor, reference)
  if (!after.ok) return after
  const corrected = await openCorrectedFile(store, after)
  const found = await readFound(store, after.journey)
  const shown = await showRows(corrected, found, done.rows.slice(0, ROWS_AT_ONCE))
  const { cells, rows } = done
  return {
    ok: true,
    state: stateOf(corrected),
    cells,
    isMore: rows.length > ROWS_AT_ONCE,
    ...shown,
  }
}

/** What a change comes to: the corrections after it. */
interface Applied {
  readonly corrections: Corrections
  readonly basis: string
}

async function applyChange(
  file: CorrectedFile,
  change: Change,
  now: Date,
): Promise<Applied | Refusal<'corrections-elsewhere' | 'corrections-full' | 'cell-unknown'>> {
  const { basis } = file.cells.index
  const { held } = file
  const isElsewhere = held.corrections.steps.length > 0 && held.basis !== basis
  // Corrections of another reading can be taken back for good, and nothing else.
  if (isElsewhere)
    return change.kind === 'take-back'
      ? { corrections: NO_CORRECTIONS, basis }
      : refuse('corrections-elsewhere')
  const { corrections } = held
  switch (change.kind) {
    case 'undo':
      return { corrections: undoStep(corrections), basis }
    case 'redo':
      return { corrections: redoStep(corrections), basis }
    case 'take-back':
      return { corrections: takeBackAll(corrections), basis }
    case 'set':
    case 'replace': {
      const cells =
        change.kind === 'set' ? await givenCells(file, change.cells) : await replaced(file, change)
      if (cells === undefined) return refuse('cell-unknown')
      if (cells.length === 0) return { corrections, basis }
      const step = { at: now.toISOString(), cells, ...ruleOf(file, change) }
      const next = addStep(corrections, step)
      const kept = next.steps.reduce((sum, { cells: each }) => sum + each.length, 0)
      const isFull = kept > MOST_CELLS || next.steps.length > MOST_STEPS
      return isFull ? refuse('corrections-full') : { corrections: next, basis }
    }
  }
}

/** What is replaced, so that it can be offered for the next file. */
function ruleOf({ cells }: CorrectedFile, change: Change): { readonly rule?: ReplacementRule } {
  if (change.kind !== 'replace') return {}
  const { find, replace, isWhole, isExact, column } = change
  const heading = cells.index.header[column] ?? ''
  return { rule: { find, replace, isWhole, isExact, heading } }
}

/**
 * The cells that are given another text than they have; undefined where there is no such cell, or it
 * cannot hold the text.
 */
async function givenCells(
  file: CorrectedFile,
  given: readonly GivenCell[],
): Promise<CorrectedCell[] | undefined> {
  const changed: CorrectedCell[] = []
  if (given.length > CELLS_AT_ONCE || given.some(({ text }) => text.length > LONGEST_TEXT))
    return undefined
  for (const { row, column, text } of given) {
    const original = (await file.cells.row(row))?.[column]
    if (original === undefined || !isCorrectable(file, column)) return undefined
    const now = file.corrected.get(row)?.get(column)?.text ?? original
    if (text !== now) changed.push({ row, column, text, original })
  }
  return changed
}

/** The cells of a column in which something is replaced. */
async function replaced(
  file: CorrectedFile,
  { column, ...replacement }: { readonly column: number } & Replacement,
): Promise<CorrectedCell[] | undefined> {
  if (!isCorrectable(file, column)) return undefined
  const changed: CorrectedCell[] = []
  for await (const [row, cells] of file.cells.all()) {
    const original = cells[column] ?? ''
    const now = file.corrected.get(row)?.get(column)?.text ?? original
    const text = replaceText(now, replacement)
    if (text === undefined || text === now) continue
    changed.push({ row, column, text: text.slice(0, LONGEST_TEXT), original })
    if (changed.length > MOST_CELLS) break
  }
  return changed
}

/** The column of findings that a report added is ours, and is not read. */
function isCorrectable({ cells }: CorrectedFile, column: number): boolean {
  const heading = cells.index.header[column]
  return heading !== undefined && !isFindingsHeading(heading)
}

/** Keeps the corrections as the next version, in the caller's transaction. */
async function keepChange(
  client: pg.PoolClient,
  store: ProgrammeStore,
  actor: Actor,
  file: CorrectedFile,
  change: Change,
  applied: Applied,
): Promise<{ readonly ok: true; readonly cells: number; readonly rows: readonly number[] }> {
  const { journey, fileId } = file.draft
  const standing = standingCells(applied.corrections)
  const differing = differences(standingCells(file.held.corrections), standing)
  const isSame = applied.corrections === file.held.corrections
  if (isSame) return { ok: true, cells: 0, rows: [] }
  const version = journey.correctionsVersion + 1
  await keepCorrections(store, fileId, version, applied)
  await inPrisma(client, ({ submission }) =>
    submission.update({
      select: { id: true },
      where: { id: BigInt(journey.id) },
      data: { correctionsVersion: version, correctedCells: countCells(standing) },
    }),
  )
  if (journey.state === 'checked')
    await changeState(client, journey.id, { to: 'mapped', actor: actor.userId })
  await appendAudit(client, {
    actor: actor.userId,
    event: EVENTS[change.kind],
    subject: journey.reference,
    detail: { cells: differing.cells, corrected: countCells(standing) },
  })
  return { ok: true, ...differing }
}

type Standing = ReturnType<typeof standingCells>

/** Cells that stand otherwise after a change, and their rows in order. */
function differences(before: Standing, after: Standing): { cells: number; rows: number[] } {
  const rows = new Set<number>()
  let cells = 0
  for (const row of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(row), after.get(row)]
    for (const column of new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])) {
      if (was?.get(column)?.text === is?.get(column)?.text) continue
      cells += 1
      rows.add(row)
    }
  }
  return { cells, rows: [...rows].sort((left, right) => left - right) }
}
