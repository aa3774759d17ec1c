import type { Finding } from '#core/standard/finding.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import { fillGaps } from '#core/filling/fill-gaps.ts'
import { fitRules } from '#core/filling/plan-rules.ts'
import { eventsOf } from '#core/checks/events/events-of.ts'
import type { RowEvents } from '#core/checks/events/row-events.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { mappedRow, type RowMapper } from '#core/mapping/row-mapper.ts'
import { prepareTable } from '#core/preparation/prepare-table.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import type { Table } from '#core/tabular/table.ts'
import { PersonReader, type CheckContext } from './person-reader.ts'
import { RowChecker, type Report } from './row-checker.ts'

/** What is found in a row of a file, and in which of the people that it holds, from 1. */
export type RowFinding = Pick<Finding, 'field' | 'code' | 'severity'> & { readonly part: number }

/** A file whose rows are checked one by one. */
export interface SingleRows extends Pick<Table, 'header' | 'receipt'> {
  readonly mapping: Mapping
  readonly context: Omit<CheckContext, 'areas' | 'date1904'>
}

/** Runs the rules about one row by itself, so that a correction is checked at once. */
export class RowFindings {
  readonly #file: SingleRows
  readonly #mapper: RowMapper
  readonly #reader: PersonReader
  readonly #checker: RowChecker
  readonly #events: RowEvents | undefined
  readonly #mapped = mappedRow()
  #found: RowFinding[] = []
  #part = 1

  private constructor(file: SingleRows, mapper: RowMapper) {
    this.#file = file
    this.#mapper = mapper
    const { context, receipt } = file
    // Areas are facts of a person; no rule looks at them.
    const { date1904 } = receipt
    const whole = { ...context, date1904, areas: NO_AREAS }
    const report: Report = (_, field, code, severity) => {
      this.#found.push({ field, code, severity, part: this.#part })
    }
    this.#reader = new PersonReader(mapper, whole)
    this.#checker = new RowChecker(mapper, context, report)
    this.#events = mapper.kind === 'people' ? undefined : eventsOf(mapper, whole, report)
  }

  /**
   * What checks single rows of a file; undefined where only a whole file tells what is in a row, as
   * where cells are filled from the row above, or where the mapping does not fit.
   */
  static of(file: SingleRows): RowFindings | undefined {
    const { fillDown, filling } = file.mapping.preparation ?? {}
    if (fillDown !== undefined) return undefined
    if (filling?.rules.some(({ kind }) => kind === 'copy-above') === true) return undefined
    const shaped = shapedTable(file, [])
    if (filling !== undefined && fitRules(filling, shaped.header).missing.length > 0)
      return undefined
    const { header } = fillGaps(shaped, filling)
    const compiled = compileMapping(file.mapping, header, undefined, file.mapping.kind)
    return compiled.ok ? new RowFindings(file, compiled.mapper) : undefined
  }

  /** What is found in a row, apart from what only other rows can tell. */
  async in(cells: readonly string[]): Promise<readonly RowFinding[]> {
    this.#found = []
    this.#part = 0
    const shaped = shapedTable(this.#file, [cells])
    const table = fillGaps(shaped, this.#file.mapping.preparation?.filling)
    for await (const { rows, filled } of table.batches()) {
      for (const [index, row] of rows.entries()) {
        this.#part += 1
        if (!isNoRow(row) && !this.#mapper.isBlank(row)) this.#check(row, filled?.[index])
      }
    }
    return this.#found
  }

  #check(cells: readonly string[], filled: readonly number[] | undefined): void {
    this.#mapper.fill(cells, this.#mapped, filled)
    if (this.#events !== undefined) {
      this.#checkEvent(this.#events, cells)
      return
    }
    const person = this.#reader.readPerson(1, this.#mapped)
    const isPair = this.#mapper.shape === 'child-and-carer' && this.#mapper.hasCarer(cells)
    this.#checker.checkAsAbove(1, cells)
    this.#checker.askOfFilled(1, this.#mapped)
    this.#checker.check(person, isPair ? this.#reader.readCarer(person) : undefined)
  }

  /** A row of an activity or of scores, which may name nobody. */
  #checkEvent(events: RowEvents, cells: readonly string[]): void {
    const isNobody = events.namesNobody(this.#mapped)
    const person = isNobody ? undefined : this.#reader.readPerson(1, this.#mapped)
    this.#checker.checkAsAbove(1, cells)
    this.#checker.askOfFilled(1, this.#mapped)
    if (person !== undefined) this.#checker.check(person, undefined)
    events.check({ row: 1, written: cells, mapped: this.#mapped, person })
  }
}

function shapedTable(file: SingleRows, rows: readonly (readonly string[])[]): Table {
  return prepareTable(tableOf(file, rows), file.mapping.preparation, file.context.quarter)
}

function tableOf({ header, receipt }: SingleRows, rows: readonly (readonly string[])[]): Table {
  return {
    ...{ header, receipt },
    async *batches() {
      yield await Promise.resolve({ firstRow: 1, rows })
    },
  }
}
