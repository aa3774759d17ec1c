import {
  NO_CORRECTIONS,
  standingCells,
  type CellsByRow,
  type CorrectedCell,
  type Corrections,
  type CorrectionsToApply,
  type ReplacementRule,
} from '#core/preparation/corrections/corrections.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { BesideName } from '#server/platform/storage/kept-beside.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { Submission } from '#server/intake/submissions/read-submission.ts'

/**
 * What a person corrects in a held file, kept beside it: encrypted as it is and erased with it, and
 * nowhere else. Two places take turns, so that what stands is whole while the next is written; which
 * of them stands, the database says by a number that rises.
 */

/** Rises when what is kept has other members. */
const FORMAT = 'countonce-corrections-1'

/** Corrections, and how the file was read when they were made. */
export interface HeldCorrections {
  readonly basis: string
  readonly corrections: Corrections
}

interface KeptCorrections {
  readonly format: string
  readonly version: number
  readonly basis: string
  readonly done: number
  /** Row, column, text and the file's own text of each cell: many have a hundred thousand. */
  readonly steps: readonly {
    readonly at: string
    readonly cells: readonly (readonly [number, number, string, string])[]
    readonly rule?: ReplacementRule
  }[]
}

/** Which corrections are wanted. */
export type CorrectionsOf = Pick<Submission, 'fileId'> &
  Partial<Pick<Submission, 'correctionsVersion'>>

/** None are made yet, of a file read in whatever way. */
const NONE: HeldCorrections = { basis: '', corrections: NO_CORRECTIONS }

/**
 * What is corrected in a held file. Throws `database-busy` when what is kept is not the version that
 * was asked for: it was changed since, and a file must not be checked without what its sender
 * corrected.
 */
export async function readCorrections(
  { files }: Pick<ProgrammeStore, 'files'>,
  { fileId, correctionsVersion: version = 0 }: CorrectionsOf,
): Promise<HeldCorrections> {
  if (fileId === null || version === 0) return NONE
  const file = await files.openBeside(fileId, placeOf(version))
  if (file === undefined) throw new Fault('database-busy', { reason: 'corrections' })
  const text = Buffer.from(await file.read(0, file.size)).toString('utf8')
  // What lies there is authenticated: this program wrote it, or an older one.
  const kept = JSON.parse(text) as KeptCorrections
  if (kept.format !== FORMAT || kept.version !== version) {
    throw new Fault('database-busy', { reason: 'corrections' })
  }
  const steps = kept.steps.map(({ cells, ...step }) => ({ ...step, cells: cells.map(asCell) }))
  return { basis: kept.basis, corrections: { steps, done: kept.done } }
}

/**
 * Keeps what is corrected as a version, beside the one that stands. It stands once the database says
 * so.
 */
export async function keepCorrections(
  { files }: Pick<ProgrammeStore, 'files'>,
  fileId: string,
  version: number,
  { basis, corrections }: HeldCorrections,
): Promise<void> {
  const kept: KeptCorrections = {
    ...{ format: FORMAT, version, basis, done: corrections.done },
    steps: corrections.steps.map(({ cells, ...step }) => ({
      ...step,
      cells: cells.map(({ row, column, text, original }) => [row, column, text, original] as const),
    })),
  }
  await files.keepBeside(fileId, placeOf(version), inOnePiece(kept))
}

/** What a reading of the file is to correct. */
export async function correctionsToApply(
  store: Pick<ProgrammeStore, 'files'>,
  submission: CorrectionsOf,
): Promise<CorrectionsToApply> {
  const { basis, corrections } = await readCorrections(store, submission)
  const cells: CellsByRow = standingCells(corrections)
  return { basis, cells }
}

function placeOf(version: number): BesideName {
  return version % 2 === 0 ? 'corrections-0' : 'corrections-1'
}

function asCell(kept: readonly [number, number, string, string]): CorrectedCell {
  const [row, column, text, original] = kept
  return { row, column, text, original }
}

async function* inOnePiece(kept: KeptCorrections): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(JSON.stringify(kept), 'utf8'))
}
