import { isDeepStrictEqual } from 'node:util'
import { mappedHeadings } from '#core/mapping/mapped-headings.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import { READERS } from '#server/intake/journey/readers.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { BLOCK_ROWS, CELLS_FORMAT, type CellsIndex } from '#server/intake/reading/kept-cells.ts'
import { readPieces } from '#server/intake/reading/read-pieces.ts'
import { findHeldSource } from '#server/intake/held-files/held-file.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { OpenFile } from '#server/platform/storage/file-store.ts'
import type { ProgrammeStore } from '#server/store/store.ts'

/**
 * The cells of a held file as it came, row by row: made when somebody first corrects it, by one reading,
 * and kept beside the file, encrypted like it and erased with it. What is corrected lies elsewhere,
 * so that they need not be made again.
 */
export class HeldCells {
  readonly index: CellsIndex
  readonly #file: OpenFile
  readonly #blocks = new Map<number, readonly (readonly string[])[]>()

  constructor(file: OpenFile, index: CellsIndex) {
    this.#file = file
    this.index = index
  }

  /** The cells of a row, from 1; undefined where the file has no such row. */
  async row(row: number): Promise<readonly string[] | undefined> {
    if (!Number.isInteger(row) || row < 1 || row > this.index.rows) return undefined
    const block = await this.#block(Math.floor((row - 1) / BLOCK_ROWS))
    return block[(row - 1) % BLOCK_ROWS]
  }

  /** Every row with its number; the blocks are not held. */
  async *all(): AsyncGenerator<readonly [row: number, cells: readonly string[]]> {
    for (let block = 0; block * BLOCK_ROWS < this.index.rows; block += 1) {
      const rows = await this.#read(block)
      for (const [at, cells] of rows.entries()) yield [block * BLOCK_ROWS + at + 1, cells]
    }
  }

  async #block(block: number): Promise<readonly (readonly string[])[]> {
    const held = this.#blocks.get(block) ?? (await this.#read(block))
    this.#blocks.set(block, held)
    return held
  }

  async #read(block: number): Promise<readonly (readonly string[])[]> {
    const from = this.index.starts[block] ?? 0
    const to = this.index.starts[block + 1] ?? from
    const bytes = await this.#file.read(from, to - from)
    // What lies there is authenticated: this program wrote it.
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as string[][]
  }
}

/** The cells of a draft's file as it is chosen to be read. Throws `file-erased` once it is gone. */
export async function openCells(
  store: ProgrammeStore,
  journey: Journey,
  fileId: string,
): Promise<HeldCells> {
  const kept = await readKept(store, fileId, journey)
  if (kept !== undefined) return kept
  await makeOnce(store, journey, fileId)
  const made = await readKept(store, fileId, journey)
  // Another process makes them at this moment.
  if (made === undefined) throw new Fault('database-busy', { reason: 'cells' })
  return made
}

/** Files whose cells are being made by this process: two tabs need them at once. */
const MAKING = new Map<string, Promise<void>>()

async function makeOnce(store: ProgrammeStore, journey: Journey, fileId: string): Promise<void> {
  const making =
    MAKING.get(fileId) ??
    READERS.pass(() => make(store, journey, fileId)).finally(() => MAKING.delete(fileId))
  MAKING.set(fileId, making)
  await making
}

async function make(store: ProgrammeStore, journey: Journey, fileId: string): Promise<void> {
  const held = await findHeldSource(store, journey, fileId)
  if (!held.ok) throw new Fault('file-erased')
  const { source } = held
  const reading = readingOf(journey)
  const pieces = readPieces({ want: 'cells', source, reading })
  await store.files.keepBeside(fileId, 'cells', pieces)
}

async function readKept(
  { files }: ProgrammeStore,
  fileId: string,
  journey: Journey,
): Promise<HeldCells | undefined> {
  const file = await files.openBeside(fileId, 'cells')
  if (file === undefined || file.size < 4) return undefined
  const length = Buffer.from(await file.read(file.size - 4, 4)).readUInt32BE()
  const list = await file.read(file.size - 4 - length, length)
  const index = JSON.parse(Buffer.from(list).toString('utf8')) as CellsIndex
  if (index.format !== CELLS_FORMAT || !isReadSo(index, journey)) return undefined
  return new HeldCells(file, index)
}

/** How a draft is read: its headings may be found by what is matched. */
export function readingOf({ reading, mapping }: Journey): ReadingChoices {
  return mapping === null ? reading : { ...reading, expectedHeadings: mappedHeadings(mapping) }
}

function isReadSo(index: CellsIndex, { reading, receipt }: Journey): boolean {
  const names = ['encoding', 'separator', 'sheet', 'headerRow'] as const
  // What else is prepared is done to rows that are as they stand.
  const [kept, wanted] = [index.reading, reading].map(({ preparation }) => [
    preparation?.sheets,
    preparation?.addedColumns,
  ])
  return (
    names.every((name) => index.reading[name] === reading[name]) &&
    isDeepStrictEqual(kept, wanted) &&
    index.headerRow === (receipt?.headerRow ?? index.headerRow)
  )
}
