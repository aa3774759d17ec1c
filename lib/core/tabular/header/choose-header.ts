import { knownHeading } from '#core/standard/header-reading.ts'
import { maskValue } from '#core/mapping/overview/mask-value.ts'
import { countKnown, readsLikePeople, type HeaderFound } from './find-header.ts'
import { joinHeadings, type JoinedHeadings } from './join-headings.ts'
import { FileRefused, type ReadingChoices, type TopRows } from '#core/tabular/table.ts'

/** The top rows of a file, with the header that was found among them. */
export interface HeaderSample {
  readonly rows: readonly (readonly string[])[]
  readonly header: HeaderFound
}

/**
 * The headings of a file: at the row that was chosen, else where they were found; undefined when
 * the chosen row is below those looked at. Throws FileRefused: `header-not-found`,
 * `header-in-column`, `header-unsure` when a person has to say which row it is, and, of a chosen
 * row, `header-moved` when another holds the headings and `header-holds-people` when none does.
 */
export function chooseHeader(
  { rows, header }: HeaderSample,
  { headerRow }: Pick<ReadingChoices, 'headerRow'>,
): JoinedHeadings | undefined {
  if (headerRow !== undefined) {
    if (headerRow > rows.length) return undefined
    demandHeadings({ rows, header }, headerRow)
    return joinHeadings(rows, headerRow - 1)
  }
  const looked = rows.length
  if (header.row < 0) throw new FileRefused('header-not-found', { looked }, topRows(rows, 0))
  if (header.isInColumn === true) throw new FileRefused('header-in-column')
  if (!header.isSure) {
    const fileRow = header.row + 1
    throw new FileRefused('header-unsure', { fileRow, looked }, topRows(rows, header.row))
  }
  return joinHeadings(rows, header.row)
}

/** A number that was right for last quarter's file may be wrong for this. */
function demandHeadings({ rows, header }: HeaderSample, fileRow: number): void {
  const chosen = fileRow - 1
  if (header.row === chosen || countKnown(rows[chosen] ?? []) >= 2) return
  const isElsewhere = header.isSure && header.known >= 2
  const isJoined = joinHeadings(rows, chosen).upperRow !== undefined
  if (isElsewhere && !isJoined)
    throw new FileRefused(
      'header-moved',
      { fileRow, found: header.row + 1 },
      topRows(rows, header.row),
    )
  if (readsLikePeople(rows, chosen))
    throw new FileRefused('header-holds-people', { fileRow }, topRows(rows, chosen))
}

/** Rows and cells of a row that a person sees around the one in question. */
const ABOVE = 3
const SHOWN = 8

/** The rows around one; headings that are known stand as they are. */
function topRows(rows: readonly (readonly string[])[], row: number): TopRows {
  const from = Math.max(0, row - ABOVE)
  return {
    firstRow: from + 1,
    rows: rows.slice(from, from + SHOWN).map((cells) => cells.slice(0, SHOWN).map(shownHeading)),
  }
}

function shownHeading(cell: string): string {
  return knownHeading(cell) === undefined ? maskValue(cell) : cell.trim()
}
