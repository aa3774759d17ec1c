import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Severity } from '#core/standard/finding.ts'

/**
 * What columns that nothing is mapped to, or that of roles, say of whose the row is: somebody who
 * works here, another quarter, another service.
 */

type ReportFile = (field: string, code: FindingCode, severity: Severity) => void
type ReportRow = (row: number, field: string, code: FindingCode, severity: Severity) => void

const WORKER =
  /^(?:(?:paid |bank |sessional |nursery |family |support |outreach |key |youth |play |social |community |health )?(?:staff|workers?|practitioners?|facilitators?|managers?|tutors?|trainers?|keyworker)(?: members?)?|volunteers?|trustees?|health visitors?|midwi(?:fe|ves)|co-?ordinators?|administrators?)$/i

/**
 * Said of a role, wherever in it: “peer volunteer”, “family support worker”. “Practitioner” and
 * “professional” alone are words for an adult whom a service reached.
 */
const ROLE_OF_WORKER =
  /\b(?:staff|volunteers?|trustees?|facilitators?|co-?ordinators?|administrators?|(?:key|support|outreach|youth|play|family) ?workers?)\b/i
/** Of a family all the same: “volunteer mum”, “child of staff”. */
const ROLE_OF_CLIENT =
  /\b(?:child(?:ren)?|baby|sibling|parents?|carers?|mums?|mothers?|dads?|fathers?|guardians?|grandparents?|clients?|service users?|participants?|non|not)\b/i

const QUARTER_HEADING =
  /^(?:reporting |data |financial )?(?:quarter|qtr|period|month)(?: ?(?:name|of (?:contact|report)))?$/i
const QUARTER =
  /^(?:(?<year>20[0-9]{2})(?:[/-](?:20)?[0-9]{2})?[ -]*)?q(?:uarter|tr)? ?(?<number>[1-4])(?:[ -]*(?<after>20[0-9]{2})(?:[/-](?:20)?[0-9]{2})?)?$/i
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const MONTH = /^(?<name>[a-z]{3})[a-z]*[ ,-]*(?<year>20[0-9]{2}|[0-9]{2})?$/i

const SERVICE_HEADING =
  /^(?:name of )?(?:service|programme|program|project|scheme|strand)(?: ?name)?$/i
/** Different words under such a heading that are remembered. */
const MOST_SERVICES = 50

/** Looks at such columns of one file. */
export class OtherRows {
  readonly #quarter: Quarter
  readonly #report: ReportRow
  readonly #unused: readonly number[]
  readonly #role: number
  readonly #quarters: readonly number[]
  readonly #services: readonly { readonly column: number; readonly names: Set<string> }[]

  constructor(
    unused: readonly (readonly [column: number, heading: string])[],
    /** The column of roles; or −1. */
    role: number,
    quarter: Quarter,
    report: ReportRow,
  ) {
    const headed = (heading: RegExp): readonly number[] =>
      unused.filter(([, text]) => heading.test(text.trim())).map(([column]) => column)
    this.#role = role
    this.#quarter = quarter
    this.#report = report
    this.#unused = unused.map(([column]) => column)
    this.#quarters = headed(QUARTER_HEADING)
    this.#services = headed(SERVICE_HEADING).map((column) => ({ column, names: new Set() }))
  }

  /** Asks about a row. */
  check(row: number, cells: readonly string[]): void {
    if (
      saysWorker(cells[this.#role] ?? '') ||
      this.#unused.some((column) => isWorker(cells[column] ?? ''))
    )
      this.#report(row, '', 'row-of-worker', 'confirm')
    if (this.#quarters.some((column) => isOtherQuarter(cells[column] ?? '', this.#quarter)))
      this.#report(row, '', 'row-of-other-quarter', 'confirm')
    for (const { column, names } of this.#services) {
      const name = (cells[column] ?? '').trim().toLowerCase()
      if (name !== '' && names.size < MOST_SERVICES) names.add(name)
    }
  }

  /** Asks about the file, once all rows were seen. */
  report(report: ReportFile): void {
    if (this.#services.some(({ names }) => names.size > 1))
      report('', 'rows-of-several-services', 'confirm')
  }
}

function isWorker(cell: string): boolean {
  return cell.length > 4 && cell.length < 40 && WORKER.test(cell.trim())
}

function saysWorker(role: string): boolean {
  return role.length < 60 && ROLE_OF_WORKER.test(role) && !ROLE_OF_CLIENT.test(role)
}

/** Whether a cell names a quarter or a month, and not this quarter or a month of it. */
function isOtherQuarter(cell: string, quarter: Quarter): boolean {
  const text = cell.trim()
  const [year = '', number = ''] = quarter.split('-Q')
  const said = QUARTER.exec(text)?.groups
  if (said !== undefined) {
    const saidYear = said['year'] ?? said['after'] ?? year
    return said['number'] !== number || saidYear !== year
  }
  const month = MONTH.exec(text)?.groups
  const at = MONTHS.indexOf((month?.['name'] ?? '').toLowerCase())
  if (month === undefined || at < 0) return false
  // The first quarter begins in April; its year is the one in which the financial year begins.
  const its = Math.floor(((at + 9) % 12) / 3) + 1
  const saidYear = month['year']
  const isOtherYear =
    saidYear !== undefined &&
    Number(saidYear.slice(-2)) !== (Number(year) + (its === 4 ? 1 : 0)) % 100
  return its !== Number(number) || isOtherYear
}
