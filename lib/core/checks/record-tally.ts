import { blankCode } from '#core/pseudonym/columns.ts'
import type { NormalisedIdentifiers } from '#core/pseudonym/identifiers.ts'
import { PSEUDONYM_COLUMNS, type PseudonymColumn } from '#core/pseudonym/kinds.ts'
import type { KeptFinding } from '#core/pseudonym/normalising/normalised-value.ts'

/**
 * What the records of a file amount to: pseudonyms made and blank, by column, and how many can be
 * matched.
 */

/** How many records carry what evidence, from the file alone. */
export interface Linkability {
  /**
   * An NHS number; a child with a carer's email or mobile, birth, gender and first name; or name,
   * birth and postcode.
   */
  readonly strong: number
  /** An own email address alone. */
  readonly weak: number
  /** Nothing to match by: each is counted as one more person. */
  readonly none: number
}

/** How many pseudonyms of a column are made, and why the rest are blank; together, the records. */
export interface ColumnCount {
  readonly made: number
  readonly blank: Readonly<Record<string, number>>
}

export type Evidence = keyof Linkability

const NHS_NUMBER = 1 << indexOf('nhs_number_pseudonym')
const CHILD = (1 << indexOf('child_pseudonym')) | (1 << indexOf('child_mobile_pseudonym'))
const EMAIL = 1 << indexOf('email_pseudonym')
const NAME_BIRTH_POSTCODE =
  (1 << indexOf('name_birth_pseudonym')) | (1 << indexOf('name_postcode_pseudonym'))

function indexOf(column: PseudonymColumn): number {
  return PSEUDONYM_COLUMNS.findIndex((rule) => rule.column === column)
}

/** What a person can be matched by, once the made columns are known; bit n stands for column n. */
export function evidenceOf(made: number): Evidence {
  if ((made & NHS_NUMBER) !== 0 || (made & CHILD) !== 0) return 'strong'
  if ((made & NAME_BIRTH_POSTCODE) === NAME_BIRTH_POSTCODE) return 'strong'
  return (made & EMAIL) !== 0 ? 'weak' : 'none'
}

interface Count {
  records: number
}

/** Counts by code; row after row has mostly the same one, so the last is looked at first. */
class BlankCounts {
  readonly #byCode = new Map<string, Count>()
  #lastCode = ''
  #last: Count = { records: 0 }

  add(code: string, times: 1 | -1): void {
    if (code !== this.#lastCode) {
      const known = this.#byCode.get(code)
      this.#last = known ?? { records: 0 }
      if (known === undefined) this.#byCode.set(code, this.#last)
      this.#lastCode = code
    }
    this.#last.records += times
  }

  counts(): Iterable<readonly [string, Count]> {
    return this.#byCode
  }
}

/** Adds up records; a record can be taken off again when its row turns out to be left out. */
export class RecordTally {
  readonly #made = new Float64Array(PSEUDONYM_COLUMNS.length)
  readonly #blank = PSEUDONYM_COLUMNS.map(() => new BlankCounts())
  readonly #evidence = { strong: 0, weak: 0, none: 0 }
  readonly #kept = new Map<KeptFinding, number>()
  #records = 0
  #ties = 0

  /** Adds a record, or with −1 takes it off; answers what it can be matched by. */
  add(person: NormalisedIdentifiers, times: 1 | -1): Evidence {
    let made = 0
    for (let column = 0; column < PSEUDONYM_COLUMNS.length; column++) {
      const rule = PSEUDONYM_COLUMNS[column]
      const blanks = this.#blank[column]
      if (rule === undefined || blanks === undefined) continue
      const code = blankCode(rule, person)
      if (code === '') {
        made |= 1 << column
        this.#made[column] = (this.#made[column] ?? 0) + times
      } else blanks.add(code, times)
    }
    const evidence = evidenceOf(made)
    this.#evidence[evidence] += times
    this.#records += times
    for (const finding of person.findings)
      this.#kept.set(finding, (this.#kept.get(finding) ?? 0) + times)
    return evidence
  }

  /** Adds or takes off a row that gives a child and a carer. */
  addTie(times: 1 | -1): void {
    this.#ties += times
  }

  get records(): number {
    return this.#records
  }

  get familyTies(): number {
    return this.#ties
  }

  get linkability(): Linkability {
    return { ...this.#evidence }
  }

  /** Findings on values that are kept, by code, over all records. */
  get keptFindings(): Readonly<Record<string, number>> {
    return withoutZeros([...this.#kept])
  }

  get columns(): Readonly<Record<PseudonymColumn, ColumnCount>> {
    return Object.fromEntries(
      PSEUDONYM_COLUMNS.map(({ column }, index): [PseudonymColumn, ColumnCount] => [
        column,
        {
          made: this.#made[index] ?? 0,
          blank: withoutZeros(
            [...(this.#blank[index]?.counts() ?? [])].map(([code, { records }]) => [code, records]),
          ),
        },
      ]),
    ) as Record<PseudonymColumn, ColumnCount>
  }
}

function withoutZeros(counts: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries(
    counts.filter(([, count]) => count > 0).sort(([left], [right]) => (left < right ? -1 : 1)),
  )
}
