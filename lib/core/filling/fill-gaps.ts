import { valueKey } from '#core/mapping/words/code-reader.ts'
import { whyLeftOut } from '#core/preparation/rows-left-out/left-out-row.ts'
import { MovedSigns, type MovedRows } from '#core/preparation/moved-signs.ts'
import { recalling } from '#core/remembered/recalling.ts'
import type { WordDigests } from '#core/remembered/word-digests.ts'
import { isBlank } from '#core/tabular/header/headings.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import type { CellSign, SheetSigns } from '#core/tabular/workbook/sheet-signs.ts'
import { FileRefused, type RowBatch, type Table } from '#core/tabular/table.ts'
import { findInText } from './find-in-text.ts'
import { planRules, type FillingPlan, type PlannedRule } from './plan-rules.ts'
import type { RuleEffect } from './rule-effect.ts'
import { FILLING_LIMITS, type Filling, type WordPair } from './rules.ts'

/**
 * A table with its gaps filled by rules, in their order; the table itself where there are none. Rows
 * keep their numbers, and rows that are blank or left out stay as they are. Words that are
 * remembered are found by their `digests`, a month without a year by the `quarter`. Throws FileRefused:
 * `filling-column-missing`.
 */
export function fillGaps(
  table: Table,
  filling: Filling | undefined,
  digests?: WordDigests,
  quarter?: Quarter,
): Table {
  if (filling === undefined || filling.rules.length === 0) return table
  const { plan, misfits } = planRules(filling, table.header)
  const [misfit] = misfits
  if (misfit !== undefined)
    throw new FileRefused('filling-column-missing', {
      heading: misfit.heading,
      rule: misfit.place + 1,
    })
  const { header } = plan
  let fillers: readonly Filler[] = []
  let signs = signsOf(table, plan)
  return {
    header,
    // Counts in it grow as the table is read.
    get receipt() {
      const { receipt } = table
      const gaps = plan.rules.map((_, place) => fillers[place]?.effect ?? NOTHING)
      return { ...receipt, prepared: { ...receipt.prepared, gaps } }
    },
    get signs() {
      return signs
    },
    async *batches() {
      fillers = plan.rules.map((planned) => new Filler(planned, digests, quarter))
      signs = signsOf(table, plan)
      const own = table.header.length
      const isUnread = (row: number, column: number): boolean =>
        UNREAD.some((sign) => isListed(table.signs?.cellsWith(sign, column) ?? [], row))
      for await (const batch of table.batches()) {
        // The sheets that are read as one table are known once rows come.
        const firstRows = table.receipt.places?.sheets?.map(({ firstRow }) => firstRow) ?? []
        yield fillBatch(batch, fillers, new Set(firstRows), header.length - own, isUnread)
      }
    },
  }
}

/** Cells that read as blank and are not: what they show is asked for, and no rule hides it. */
const UNREAD: readonly CellSign[] = ['formula', 'error']

/** Whether a number is in an ascending list. */
function isListed(ascending: readonly number[], wanted: number): boolean {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return ascending[low] === wanted
}

const NOTHING: RuleEffect = { rows: 0, filled: 0, changed: 0, without: 0 }

function fillBatch(
  { firstRow, rows }: RowBatch,
  fillers: readonly Filler[],
  firstRows: ReadonlySet<number>,
  added: number,
  isUnread: (row: number, column: number) => boolean,
): RowBatch {
  const filled: (readonly number[])[] = []
  return {
    firstRow,
    rows: rows.map((row, index) => {
      if (firstRows.has(firstRow + index)) for (const filler of fillers) filler.begin()
      filled.push(NO_COLUMNS)
      if (isNoRow(row)) {
        if (whyLeftOut(row) !== undefined) for (const filler of fillers) filler.begin()
        return row
      }
      const cells = [...row, ...new Array<string>(added).fill('')]
      if (isBlank(row)) {
        for (const filler of fillers) filler.begin()
        return cells
      }
      const columns = new Set<number>()
      for (const filler of fillers)
        if (!isUnread(firstRow + index, filler.column)) filler.fill(cells, columns)
      if (columns.size > 0) filled[index] = [...columns]
      return cells
    }),
    filled,
  }
}

const NO_COLUMNS: readonly number[] = []

/** Where a value comes from: of a row, or of what was there before it. */
type Give = (cells: readonly string[]) => string

/** Follows one rule down a table. */
class Filler {
  readonly #planned: PlannedRule
  readonly #give: Give
  readonly #effect = { rows: 0, filled: 0, changed: 0, without: 0 }
  #above = ''

  constructor(
    planned: PlannedRule,
    digests: WordDigests | undefined,
    quarter: Quarter | undefined,
  ) {
    this.#planned = planned
    this.#give = giverOf(planned, () => this.#above, digests, quarter)
  }

  get column(): number {
    return this.#planned.column
  }

  get effect(): RuleEffect {
    return { ...this.#effect }
  }

  /** What stands above is of another block. */
  begin(): void {
    this.#above = ''
  }

  /** Fills the rule's cell where it is to; `columns` are those that hold what a rule gave. */
  fill(cells: string[], columns: Set<number>): void {
    const { rule, column } = this.#planned
    const cell = cells[column] ?? ''
    this.#effect.rows++
    if (rule.kind === 'translate') this.#translate(cells, columns)
    else if (isEmpty(cell) || 'when' in rule) {
      const value = this.#give(cells)
      if (isEmpty(value) || value.length > FILLING_LIMITS.value) this.#effect.without++
      else if (value !== cell) {
        this.#effect[isEmpty(cell) ? 'filled' : 'changed']++
        cells[column] = value
        columns.add(column)
      }
    }
    this.#above = cells[column] ?? ''
  }

  /** The file's own value in other words is still given; one that is taken away is not. */
  #translate(cells: string[], columns: Set<number>): void {
    const { column } = this.#planned
    const cell = cells[column] ?? ''
    const word = isEmpty(cell) ? undefined : this.#give(cells)
    if (word === undefined || word === cell) return
    this.#effect.changed++
    cells[column] = word
    if (isEmpty(word)) columns.delete(column)
  }
}

function giverOf(
  { rule, column, from }: PlannedRule,
  above: () => string,
  digests: WordDigests | undefined,
  quarter: Quarter | undefined,
): Give {
  const [first = -1] = from
  switch (rule.kind) {
    case 'default':
      return () => rule.value
    case 'look-up': {
      const words = byWord(rule.words, digests)
      return (cells) => words(cells[first] ?? '') ?? ''
    }
    case 'translate': {
      const words = byWord(rule.words, digests)
      return (cells) => words(cells[column] ?? '') ?? cells[column] ?? ''
    }
    case 'copy-above':
      return above
    case 'take-from':
      return (cells) => cells[first] ?? ''
    case 'split':
      return (cells) => partOf(cells[first] ?? '', rule.separator, rule.part)
    case 'join':
      return (cells) =>
        from
          .map((at) => (cells[at] ?? '').trim())
          .filter((cell) => cell !== '')
          .join(rule.separator)
    case 'derive':
      return (cells) => findInText(short(cells[first] ?? ''), rule.what, quarter)
  }
}

/** Of words that are listed twice the first counts. */
function byWord(
  words: readonly WordPair[],
  digests: WordDigests | undefined,
): (cell: string) => string | undefined {
  const found = new Map<string, string>()
  for (const { word, becomes } of words)
    if (!found.has(valueKey(word))) found.set(valueKey(word), becomes)
  if (digests === undefined || !words.some(({ word }) => digests.isDigest(word)))
    return (cell) => found.get(valueKey(cell))
  const recall = recalling((word) => {
    const sealed = found.get(digests.word(word))
    return sealed === undefined ? undefined : digests.open(word, sealed)
  })
  return (cell) => found.get(valueKey(cell)) ?? recall(valueKey(cell))
}

/** A cell without the separator has no parts: what it holds is something else. */
function partOf(cell: string, separator: string, part: number | 'last'): string {
  if (!cell.includes(separator)) return ''
  const parts = short(cell).split(separator)
  return (part === 'last' ? parts.at(-1) : parts[part - 1])?.trim() ?? ''
}

/** Nothing is looked for in what is no cell of a person, but a text; nor is a part of one taken. */
function short(cell: string): string {
  return cell.length > FILLING_LIMITS.value ? '' : cell
}

function isEmpty(cell: string): boolean {
  return cell === '' || cell.trim() === ''
}

/** What the eye sees of the cells: of a column that rules add, of those that it is made of. */
function signsOf(table: Table, { rules }: FillingPlan): SheetSigns | undefined {
  const own = table.header.length
  if (table.signs === undefined) return undefined
  const sourcesOf = (column: number, seen: ReadonlySet<number>): number[] => {
    if (column < own) return [column]
    return rules
      .filter((planned) => planned.column === column)
      .flatMap(({ from }) => from)
      .filter((at) => !seen.has(at))
      .flatMap((at) => sourcesOf(at, new Set([...seen, at])))
  }
  const inPlace = (rows: readonly number[] = []): MovedRows => ({ rows, numberOf: (row) => row })
  return new MovedSigns({
    isWhole: () => table.signs?.isWhole === true,
    rowsWith: (sign) => [inPlace(table.signs?.rowsWith(sign))],
    cellsWith: (sign, column) =>
      [...new Set(sourcesOf(column, new Set([column])))].map((from) =>
        inPlace(table.signs?.cellsWith(sign, from)),
      ),
    isTelling: (sign) => table.signs?.isTelling(sign) === true,
  })
}
