import type pg from 'pg'
import type { Involvement } from '#core/look-up/rules/decide-shown.ts'
import type { Compared } from '#core/messages/look-up/look-up-words.ts'
import type { PseudonymField, Pseudonyms } from '#core/pseudonym/kinds.ts'
import { judgeRecord, type Agreement, type PersonMarks } from '#core/rights/agreement.ts'
import { pseudonymsAmong, type Mark } from '#server/intake/stops/sealed-marks.ts'
import { run } from '#server/platform/db/run.ts'

/** Somebody to whom what was typed leads. Several are told apart, and never merged by a look-up. */
export interface FoundPerson {
  /** Tells two of them apart within a worker; never to be shown or kept. */
  readonly key: string
  /**
   * `doubtful` where the NHS number agrees and the name does not, or the name and birth agree and the
   * number or the postcode does not.
   */
  readonly certainty: Agreement['certainty']
  readonly because: Agreement['because']
  readonly records: readonly FoundRecord[]
}

/** What one record of a source says of such a person. */
export interface FoundRecord {
  /** The code of the source. */
  readonly source: string
  /** The reference of its file. */
  readonly submission: string
  readonly role: string
  /** `yyyy`, `yyyy-mm`, or empty. */
  readonly birth: string
  readonly gender: string
  /** Whether the postcode that was typed is the record’s; it cannot be told where the name or birth differs too. */
  readonly address: Compared
  readonly involvements: readonly Involvement[]
}

/**
 * Finds the people to whom pseudonyms of typed identifiers lead, with their records of some sources:
 * those whose agreement is in force. Who may see which of them is decided after. Reads by the index
 * of evidence alone. A weaker likeness than a number, or a name with a birth date, leads to nobody: it
 * is a twin, a parent or a neighbour.
 */
export async function findInvolvement(
  client: pg.ClientBase,
  marks: readonly Mark[],
  sources: readonly string[],
): Promise<readonly FoundPerson[]> {
  const known = marksByField(marks)
  const telling = marks.filter(({ field }) => TELLING.has(field)).map(({ value }) => value)
  if (telling.length === 0 || sources.length === 0) return []
  const rows = await run(client, 'look-up/find-people', [telling, [...sources]])
  return [...Map.groupBy(rows, (row) => row.beneficiary_id)].flatMap(([key, records]) => {
    const told = strongest(
      records.map(({ columns }) => judgeRecord(known, pseudonymsAmong(columns))),
    )
    return told === undefined
      ? []
      : [
          {
            ...{ key, certainty: told.certainty, because: told.because },
            records: records.map((row) => foundRecord(known, row)),
          },
        ]
  })
}

/** What leads to somebody at all; what agrees beside it is seen in the records that are found. */
const TELLING: ReadonlySet<PseudonymField> = new Set<PseudonymField>([
  ...(['nhsNumber', 'nameBirth', 'givenBirthPostcode', 'child', 'childMobile'] as const),
])

/** What is doubtful and shown apart, so that somebody who knows the person can tell. */
const SHOWN_APART: ReadonlySet<Agreement['because']> = new Set<Agreement['because']>([
  ...(['nhs-other-name', 'other-nhs', 'name-moved'] as const),
])

/** The agreement that a person is found by: a certain one before one that is shown apart. */
function strongest(agreements: readonly (Agreement | undefined)[]): Agreement | undefined {
  return (
    agreements.find((each) => each?.certainty === 'certain') ??
    agreements.find((each) => each !== undefined && SHOWN_APART.has(each.because))
  )
}

interface Row {
  readonly service: string
  readonly submission: string
  readonly role: string
  readonly birth: string | null
  readonly gender: string
  readonly columns: unknown
  readonly involvements: unknown
}

function foundRecord(known: PersonMarks, row: Row): FoundRecord {
  const { service, submission, role, birth, gender } = row
  return {
    ...{ source: service, submission, role, birth: birth ?? '', gender },
    address: addressOf(known, pseudonymsAmong(row.columns)),
    // As the query has it.
    involvements: row.involvements as readonly Involvement[],
  }
}

const WITH_POSTCODE = ['birthPostcode', 'namePostcode', 'givenBirthPostcode'] as const

function addressOf(known: PersonMarks, held: Pseudonyms): Compared {
  const asked = WITH_POSTCODE.filter((field) => known.has(field))
  if (asked.length === 0) return 'not-asked'
  const both = asked.filter((field) => held[field] !== null)
  if (both.length === 0) return 'not-held'
  const agrees = (field: PseudonymField): boolean =>
    known.get(field)?.has(held[field] ?? '') === true
  if (both.some(agrees)) return 'agrees'
  return agrees('nameBirth') ? 'differs' : 'cannot-tell'
}

function marksByField(marks: readonly Mark[]): PersonMarks {
  const byField = new Map<Mark['field'], Set<string>>()
  for (const { field, value } of marks)
    byField.set(field, (byField.get(field) ?? new Set()).add(value))
  return byField
}
