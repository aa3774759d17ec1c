/**
 * Comments on the cells of a sheet: how many, and on which rows one says that the row is not to
 * count. Their words are looked at and forgotten; no finding or receipt holds one.
 */

/** Rows that are remembered; a sheet with more has other troubles. */
const MOST_ROWS = 100_000

/** What people write beside somebody who is not to be counted. */
const NOT_TO_COUNT =
  /\b(duplicates?|dup(e|licated)?|same (child|person|family|as)|already (counted|on|in)|left|leaver|moved|do(n['’]?t| not) (count|include|use|send)|not (to be )?(counted|included)|exclude[ds]?|ignore|delete[ds]?|remove[ds]?|withdr(ew|awn)|cancelled|closed|transferred|never (came|attended)|wrong (child|person|family|service)|not (ours|eligible)|error|mistake|test)\b/i

/** What Excel writes into the old kind of comment where there is a thread beside it. */
const THREAD_NOTICE = /^\[Threaded comment\][\s\S]*?(Comment:|$)/

/** Whether a comment says that what it stands beside is not to count. */
export function saysNotToCount(comment: string): boolean {
  return NOT_TO_COUNT.test(comment.replace(THREAD_NOTICE, ''))
}

/** The comments of one sheet. */
export class SheetComments {
  readonly #cells = new Set<string>()
  readonly #rows = new Set<number>()

  /** Adds the text of a comment on a cell; a thread has several. */
  add(cell: string, fileRow: number, text: string): void {
    if (this.#cells.size < MOST_ROWS) this.#cells.add(cell)
    if (this.#rows.size < MOST_ROWS && saysNotToCount(text)) this.#rows.add(fileRow)
  }

  /** Cells with a comment. */
  get count(): number {
    return this.#cells.size
  }

  /** Whether a comment on the row says that it is not to count. */
  isRemark(fileRow: number): boolean {
    return this.#rows.size > 0 && this.#rows.has(fileRow)
  }
}
