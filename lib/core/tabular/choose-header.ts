import { countKnown, readsLikePeople, type HeaderFound } from './find-header.ts'
import { joinHeadings, type JoinedHeadings } from './join-headings.ts'
import { FileRefused, type ReadingChoices } from './table.ts'

/** The top rows of a file, with the header that was found among them. */
export interface HeaderSample {
  readonly rows: readonly (readonly string[])[]
  readonly header: HeaderFound
}

/**
 * The headings of a file: at the row that was chosen, else where they were found; undefined when
 * the chosen row is below those looked at. Throws FileRefused: `header-not-found`, `header-unsure`
 * when a person has to say which row it is, and, of a chosen row, `header-moved` when another holds
 * the headings and `header-holds-people` when none does.
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
  if (header.row < 0) throw new FileRefused('header-not-found', { looked })
  if (!header.isSure) throw new FileRefused('header-unsure', { fileRow: header.row + 1, looked })
  return joinHeadings(rows, header.row)
}

/** A number that was right for last quarter's file may be wrong for this. */
function demandHeadings({ rows, header }: HeaderSample, fileRow: number): void {
  const chosen = fileRow - 1
  if (header.row === chosen || countKnown(rows[chosen] ?? []) >= 2) return
  const isElsewhere = header.isSure && header.known >= 2
  const isJoined = joinHeadings(rows, chosen).upperRow !== undefined
  if (isElsewhere && !isJoined)
    throw new FileRefused('header-moved', { fileRow, found: header.row + 1 })
  if (readsLikePeople(rows, chosen)) throw new FileRefused('header-holds-people', { fileRow })
}
