import type { Quarter } from '#core/standard/quarter.ts'
import { fillGaps } from '#core/filling/fill-gaps.ts'
import type { WordDigests } from '#core/remembered/word-digests.ts'
import { DEFAULT_LIMITS } from '#core/tabular/limits.ts'
import { openTable } from '#core/tabular/open-table.ts'
import { asReturned } from '#core/tabular/returned-report.ts'
import {
  FileRefused,
  type ByteSource,
  type ReadingChoices,
  type ReadingLimits,
  type Table,
} from '#core/tabular/table.ts'
import { withAddedColumns } from './added-columns.ts'
import { findAlikeSheets } from './proposals/alike-sheets.ts'
import {
  cellsOfSheet,
  correctCells,
  readingBasis,
  type CorrectionsToApply,
} from './corrections/corrections.ts'
import { batchesOf, joinSheets, type JoinedSheet } from './shapes/join-sheets.ts'
import { sourcesOf } from './shapes/joint-headings.ts'
import { leaveRowsOut } from './rows-left-out/leave-rows-out.ts'
import { prepareTable } from './prepare-table.ts'
import type { Preparation } from './preparation.ts'
import { proposeShapes } from './proposals/propose-shapes.ts'
import { unanswered, type Proposal } from './proposals/proposals.ts'

/** A file and how it is opened. */
export interface FileToOpen {
  readonly source: ByteSource
  readonly choices: ReadingChoices
  /** Sessions are counted in it, of a file as it stands none are; months are placed in it. */
  readonly quarter?: Quarter
  readonly limits?: Partial<ReadingLimits>
  /** What is corrected in it. */
  readonly corrections?: CorrectionsToApply
  /** What finds words of rules that are remembered as digests. */
  readonly digests?: WordDigests
}

/** A file with the shapes that it seems to have, as its columns are to be matched. */
export interface OpenedFile {
  /** As its owner knows it: its own rows and headings, of one sheet. */
  readonly asItStands: Table
  /** As it is prepared; the same where nothing is. */
  readonly table: Table
  readonly proposals: readonly Proposal[]
  /** Those that nobody has taken or turned down: the file is not to be taken before somebody does. */
  readonly open: readonly Proposal[]
  /** The preparation in use. */
  readonly preparation: Preparation | undefined
}

/**
 * Opens a file, proposes the shapes that it seems to have, and prepares it as chosen. Where nothing
 * is chosen, what was used for this service before is used again if it answers every proposal; else
 * the file stays as it stands. Without a proposal the rules for filling gaps are used again. Throws
 * FileRefused.
 */
export async function openWithProposals(
  file: FileToOpen,
  before?: Preparation | ((at: Pick<OpenedFile, 'asItStands' | 'proposals'>) => Preparation),
): Promise<OpenedFile> {
  const { choices } = file
  const asItStands = await openPeople(file)
  const own = withOwnColumns(file)
  const proposals = await proposeShapes(
    own === file ? asItStands : await openPeople(own),
    choices,
    async (sheet) => leaveRowsOut(await openSheet(own, asItStands, sheet), choices.people),
  )
  const preparation =
    choices.preparation ??
    usedAgain(typeof before === 'function' ? before({ asItStands, proposals }) : before, proposals)
  return {
    asItStands,
    table: isChanged(preparation) ? await openPrepared(using(file, preparation)) : asItStands,
    proposals,
    open: unanswered(proposals, preparation),
    preparation,
  }
}

/** What was used before, where it answers every proposal; where there are none, its rules alone. */
function usedAgain(
  before: Preparation | undefined,
  proposals: readonly Proposal[],
): Preparation | undefined {
  if (before === undefined || unanswered(proposals, before).length > 0) return undefined
  if (proposals.length > 0) return before
  const { filling } = before
  return filling === undefined ? undefined : { filling }
}

/**
 * Opens a file as the table whose columns are matched: read as `choices` say, a report of findings
 * that came back as the file it was made from, as it is corrected, without the rows that are not
 * people, then prepared, then with its gaps filled. Throws FileRefused.
 */
export async function openPrepared(file: FileToOpen): Promise<Table> {
  const { choices, digests, quarter } = file
  return fillGaps(await openShaped(file), choices.preparation?.filling, digests, quarter)
}

async function openShaped(file: FileToOpen): Promise<Table> {
  const { choices, quarter, corrections } = file
  const { preparation } = choices
  const found = await findSheets(file)
  if (found === undefined) return prepareTable(await openPeople(file), preparation, quarter)
  const raw = joinFound(file, found)
  const isAbout = corrections?.basis === readingBasis(raw, choices)
  const headers = found.sheets.map(({ header }) => header)
  const sheets: JoinedSheet[] = []
  for (const { name, header } of found.sheets) {
    const open = async (numbersBefore: number, parts: number): Promise<Table> => {
      const sheet = await openSheet(file, found.first, name)
      const cells = isAbout
        ? cellsOfSheet(
            corrections.cells,
            numbersBefore / parts,
            sourcesOf(headers, header, addedIn(choices)),
          )
        : new Map()
      return prepareTable(
        leaveRowsOut(correctCells(sheet, cells), choices.people),
        preparation,
        quarter,
      )
    }
    sheets.push({ name, header: (await open(0, 1)).header, open })
  }
  return joinSheets(raw, sheets, joining(file, found))
}

/**
 * Opens a file with all its own rows under its own headings, as it is corrected; the sheets that
 * are read as one table after each other. What is corrected is applied where the file is read as it
 * was when it was corrected. Throws FileRefused.
 */
export async function openAsItStands(file: FileToOpen): Promise<Table> {
  const { choices, corrections } = file
  const found = await findSheets(file)
  const table = found === undefined ? await openRaw(file) : joinFound(file, found)
  const isAbout = corrections?.basis === readingBasis(table, choices)
  return isAbout ? correctCells(table, corrections.cells) : table
}

/** A sheet of a file, with its name where the file has sheets. */
export interface NamedTable {
  readonly name: string | undefined
  readonly table: Table
}

/**
 * The same sheet by sheet, each under its own headings, where several are read as one table. One is
 * to be read to its end before the next is asked for. Throws FileRefused.
 */
export async function* openSheetsAsTheyStand(file: FileToOpen): AsyncGenerator<NamedTable> {
  const { choices, corrections } = file
  const found = await findSheets(file)
  if (found === undefined) {
    const table = await openAsItStands(file)
    yield { name: table.receipt.sheet, table }
    return
  }
  const isAbout = corrections?.basis === readingBasis(joinFound(file, found), choices)
  const headers = found.sheets.map(({ header }) => header)
  let rowsBefore = 0
  for (const { name, header } of found.sheets) {
    const sheet = await openSheet(file, found.first, name)
    const cells = isAbout
      ? cellsOfSheet(corrections.cells, rowsBefore, sourcesOf(headers, header, addedIn(choices)))
      : new Map()
    let rows = 0
    const table: Table = {
      ...correctCells(sheet, cells),
      async *batches() {
        for await (const batch of batchesOf({ name, table: correctCells(sheet, cells) })) {
          rows += batch.rows.length
          yield batch
        }
      },
    }
    yield { name, table }
    rowsBefore += rows
  }
}

/** One sheet of a file as it is corrected, without the rows that are not people. */
async function openPeople(file: FileToOpen): Promise<Table> {
  const { choices, corrections } = file
  const raw = await openRaw(file)
  const isAbout = corrections?.basis === readingBasis(raw, choices)
  return leaveRowsOut(isAbout ? correctCells(raw, corrections.cells) : raw, choices.people)
}

/**
 * Every row of a sheet, with the columns that were added; a report of findings that came back is
 * read as the file it was made from.
 */
async function openRaw({ source, choices, limits }: FileToOpen): Promise<Table> {
  const table = asReturned(await openTable(source, choices, limits))
  return withAddedColumns(table, addedIn(choices))
}

/** A sheet by its name; the row of headings that was chosen is that of the sheet read alone. */
async function openSheet(file: FileToOpen, own: Table, sheet: string): Promise<Table> {
  if (own.receipt.sheet === sheet) return openRaw(file)
  const choices = { ...file.choices, sheet }
  Reflect.deleteProperty(choices, 'headerRow')
  return openRaw({ ...file, choices })
}

/** Whether a preparation changes the rows or columns that the file has. */
function isChanged(preparation: Preparation | undefined): preparation is Preparation {
  const { sheets, fillDown, register, childrenAcross, filling } = preparation ?? {}
  return [sheets, fillDown, register, childrenAcross, filling].some((step) => step !== undefined)
}

function using(file: FileToOpen, preparation: Preparation): FileToOpen {
  return { ...file, choices: { ...file.choices, preparation } }
}

function addedIn({ preparation }: ReadingChoices): readonly string[] {
  return preparation?.addedColumns ?? []
}

/** The file without columns that were added: what it seems to be is told of its own. */
function withOwnColumns(file: FileToOpen): FileToOpen {
  if (addedIn(file.choices).length === 0) return file
  const preparation = { ...file.choices.preparation }
  Reflect.deleteProperty(preparation, 'addedColumns')
  return using(file, preparation)
}

/** The sheets that are read as one table. */
interface SheetsToJoin {
  readonly first: Table
  readonly sheets: readonly { readonly name: string; readonly header: readonly string[] }[]
  readonly left: readonly string[]
}

/**
 * The sheets that a preparation wants together; undefined where it wants none, or the file has
 * none: it is the table already, as when a report of findings comes back.
 */
async function findSheets(file: FileToOpen): Promise<SheetsToJoin | undefined> {
  const wanted = file.choices.preparation?.sheets
  if (wanted === undefined) return undefined
  const own = withOwnColumns(file)
  const first = await openRaw(own)
  if (first.receipt.sheet === undefined) return undefined
  const { taken, left } = await sheetsWanted(first, wanted, (sheet) => openSheet(own, first, sheet))
  const sheets: { name: string; header: readonly string[] }[] = []
  for (const name of taken)
    sheets.push({ name, header: (await openSheet(file, first, name)).header })
  return { first, sheets, left }
}

function joinFound(file: FileToOpen, { first, sheets, left }: SheetsToJoin): Table {
  const joined = sheets.map(({ name, header }) => ({
    name,
    header,
    open: () => openSheet(file, first, name),
  }))
  return joinSheets(first, joined, joining(file, { left }))
}

function joining({ choices, limits }: FileToOpen, { left }: Pick<SheetsToJoin, 'left'>) {
  return { left, rowLimit: limits?.rows ?? DEFAULT_LIMITS.rows, added: addedIn(choices) }
}

async function sheetsWanted(
  table: Table,
  wanted: NonNullable<Preparation['sheets']>,
  readSheet: (name: string) => Promise<Table>,
): Promise<{ taken: readonly string[]; left: readonly string[] }> {
  const all = (table.receipt.sheets ?? []).filter(({ holdsData }) => holdsData)
  if (typeof wanted !== 'string') {
    const missing = wanted.find((name) => !all.some((sheet) => sheet.name === name))
    if (missing !== undefined) throw new FileRefused('sheet-not-found', { sheet: missing })
    return withLeft(all, (name) => wanted.includes(name))
  }
  const found = await findAlikeSheets(table, readSheet)
  const alike = (found?.alike ?? all).filter(
    ({ name, hidden }) => !hidden || wanted === 'alike-and-hidden' || name === table.receipt.sheet,
  )
  return withLeft(all, (name) => alike.some((sheet) => sheet.name === name))
}

function withLeft(
  all: readonly { readonly name: string }[],
  isTaken: (name: string) => boolean,
): { taken: readonly string[]; left: readonly string[] } {
  const names = all.map(({ name }) => name)
  return { taken: names.filter(isTaken), left: names.filter((name) => !isTaken(name)) }
}
