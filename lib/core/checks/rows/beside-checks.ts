import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { RowMapper } from '#core/mapping/row-mapper.ts'
import type { Severity } from '#core/standard/finding.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { AgeBeside } from './age-beside.ts'
import type { PersonRow } from './check.ts'
import { consentRefusal } from './consent-columns.ts'
import { NameBeside } from './name-beside.ts'
import { OtherRows } from './other-rows.ts'

/**
 * What columns that nothing is mapped to say against the person of a row: an age that is not that of
 * the date of birth, a note that the person is not to count, a consent that was not given. Whoever
 * looks at the file sees them.
 */

type ReportFile = (field: string, code: FindingCode, severity: Severity) => void
type Report = (row: number, field: string, code: FindingCode, severity: Severity) => void

/** What people write beside somebody who is not to be counted. */
const NOT_TO_COUNT =
  /\b(?:duplicates?|dup(?:e|licated)?|already (?:counted|on (?:the|this))|do(?:n['’]?t| not) (?:count|include|use|send)|not (?:to be )?(?:counted|included)|exclude[ds]?|(?:entered|added|created) (?:in|by) (?:error|mistake)|void|cancell?ed|to be (?:deleted|removed)|delete[ds]?|remove (?:this|from)|wrong (?:child|person|family|service)|not (?:ours|eligible)|ineligible|test (?:record|entry|client|patient|data))\b/i
/** Headings of columns that are ticked for whoever is not to be counted, or for whoever is. */
const OUT_HEADING =
  /^(?:is )?(?:deleted?|removed?|void(?:ed)?|duplicates?|dup|excluded?|exclude from .{1,30}|do not (?:count|include)|not counted|archived?|cancell?ed|inactive|test(?: record)?)\s*[?]?$/i
const IN_HEADING =
  /^(?:is )?(?:included?|include in .{1,30}|counts?|counted|to (?:be )?count(?:ed)?|count[?]|in scope|eligible|valid)\s*[?]?$/i
/** And of columns that say whether somebody still comes: who was seen in the quarter may have left since. */
const ACTIVE_HEADING =
  /^(?:is )?(?:still |currently )?(?:active|current|live)(?: (?:client|member|participant|record|case|user|status))?\s*[?]?$/i
/** And of columns that are filled in for whoever is not: a day, or the record that stays. */
const GONE_HEADING =
  /^(?:date )?(?:deleted|removed|voided|archived|erased|merged)(?: (?:at|on|date|into|with))$|^date (?:deleted|removed|voided|archived|erased|merged)$|^(?:duplicate|copy) of$|^(?:date of death|death date|deceased(?: date| on)?|dod|died(?: on)?)$|^(?:erasure|deletion|right to erasure) (?:requested|request|date)(?: (?:at|on))?$/i
const YES = /^(?:y|yes|true|1|x|✓|✔|t)$/i
const NO = /^(?:n|no|false|0|✗|✘|f)$/i
const NOTHING = /^(?:n|no|false|f|0|n\/?a|none|null|never|-+)?$/i
/** Longer notes are looked at to here. */
const LONGEST_NOTE = 300
/** Different cells of a column that are remembered. */
const MOST_KNOWN = 2_000

interface RemarkColumn {
  readonly column: number
  /** Fewer characters say nothing. */
  readonly least: number
  /** It says nothing of somebody who had no contact in the quarter, whom no figure counts. */
  readonly isOfSeen: boolean
  readonly isRemark: (cell: string) => boolean
  readonly known: Map<string, boolean>
}

interface ConsentColumn {
  readonly column: number
  readonly isRefusal: (cell: string) => boolean
}

/** Looks at such columns of one file. */
export class BesideChecks {
  readonly #report: Report
  readonly #age: AgeBeside
  readonly #remarks: readonly RemarkColumn[]
  readonly #consents: readonly ConsentColumn[]
  readonly #others: OtherRows
  readonly #names: NameBeside

  constructor(header: readonly string[], mapper: RowMapper, quarter: Quarter, report: Report) {
    this.#report = report
    const unused = [...header.entries()].filter(([column]) => !mapper.fieldOf.has(column))
    this.#age = new AgeBeside(mapper.has('date_of_birth') ? unused : [])
    this.#remarks = unused.map(([column, heading]) => ({
      column,
      ...remarkTest(heading.trim()),
      known: new Map<string, boolean>(),
    }))
    this.#others = new OtherRows(unused, quarter, report)
    this.#names = new NameBeside(unused, mapper)
    this.#consents = unused.flatMap(([column, heading]) => {
      const isRefusal = consentRefusal(heading)
      return isRefusal === undefined ? [] : [{ column, isRefusal }]
    })
  }

  /** Asks about the person of a row. */
  check(row: number, cells: readonly string[], person: PersonRow): void {
    const code = this.#age.ask(cells, person)
    if (code !== undefined) this.#report(row, 'date_of_birth', code, 'confirm')
    const blankName = this.#names.blankName(cells, person)
    if (blankName !== undefined) this.#report(row, blankName, 'name-beside-blank', 'confirm')
    for (const remark of this.#remarks) {
      if (remark.isOfSeen && person.contacts === 0) continue
      if (!isRemarked(remark, cells[remark.column] ?? '')) continue
      this.#report(row, '', 'row-noted-out', 'confirm')
      break
    }
    if (this.#consents.some(({ column, isRefusal }) => isRefusal((cells[column] ?? '').trim())))
      this.#report(row, '', 'consent-not-given', 'confirm')
    this.#others.check(row, cells)
  }

  /** Asks about the file as a whole, once all rows were seen. */
  report(report: ReportFile): void {
    this.#others.report(report)
    this.#age.report(report)
  }
}

function remarkTest(heading: string): Pick<RemarkColumn, 'least' | 'isOfSeen' | 'isRemark'> {
  const plain = heading.replace(/[_.]+/g, ' ')
  if (GONE_HEADING.test(plain))
    return { least: 1, isOfSeen: false, isRemark: (cell) => !NOTHING.test(cell) }
  const isOfSeen = ACTIVE_HEADING.test(plain)
  const ticked = OUT_HEADING.test(plain) ? YES : isOfSeen || IN_HEADING.test(plain) ? NO : undefined
  if (ticked === undefined)
    return { least: 3, isOfSeen, isRemark: (cell) => NOT_TO_COUNT.test(cell) }
  return { least: 1, isOfSeen, isRemark: (cell) => ticked.test(cell) || NOT_TO_COUNT.test(cell) }
}

function isRemarked({ least, known, isRemark }: RemarkColumn, cell: string): boolean {
  if (cell.length < least) return false
  const seen = known.get(cell)
  if (seen !== undefined) return seen
  const is = isRemark(cell.slice(0, LONGEST_NOTE).trim())
  if (known.size < MOST_KNOWN) known.set(cell, is)
  return is
}
