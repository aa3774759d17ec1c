import type pg from 'pg'
import type { FindingCount } from '#core/standard/finding.ts'
import type { Mapping, Suggestion } from '#core/mapping/mapping.ts'
import type { ReadingReceipt } from '#core/tabular/table.ts'
import type { Opened, OutcomeRead } from '#server/intake/reading/reading-task.ts'
import type { Comparison, Past } from './compare-submission.ts'
import type { RowCounts } from './read-submission.ts'

/** What checking a file came to: counts and codes, never a value. */
export interface CheckedFile {
  readonly mapping: Mapping
  /** Every suggestion for its columns, certain or not. */
  readonly suggestions: readonly Suggestion[]
  readonly receipt: ReadingReceipt
  readonly rows: RowCounts
  readonly records: number
  readonly familyTies: number
  readonly findings: readonly FindingCount[]
  readonly outcome: OutcomeRead
  /** How it compares with the service's own past. */
  readonly comparisons: readonly Comparison[]
}

/** Brings together what the thread found and what the store found. */
export function checkedFile(
  read: { opened: Opened; receipt: ReadingReceipt; outcome: OutcomeRead },
  { findings: found, comparisons }: Past,
): CheckedFile {
  const { outcome } = read
  return {
    mapping: read.opened.mapping,
    suggestions: read.opened.suggestions,
    receipt: read.receipt,
    rows: outcome.rows,
    records: outcome.records,
    familyTies: outcome.familyTies,
    findings: [
      ...outcome.findings.map(({ code, field, severity, rows }) => ({
        code,
        field,
        severity,
        rows,
      })),
      ...found.map((finding) => ({ ...finding, rows: 1 })),
    ],
    outcome,
    comparisons,
  }
}

/** Writes what a check came to beside its submission, in the caller's transaction. */
export async function saveOutcome(
  client: pg.PoolClient,
  id: string,
  file: CheckedFile,
): Promise<void> {
  const { rows, outcome } = file
  await client.query(
    `update submission set mapping = $2, receipt = $3, rows_read = $4, rows_accepted = $5, rows_rejected = $6,
       rows_blank = $7, records = $8, family_ties = $9, linkability = $10
     where id = $1`,
    [
      id,
      JSON.stringify(file.mapping),
      JSON.stringify(file.receipt),
      rows.read,
      rows.accepted,
      rows.rejected,
      rows.blank,
      file.records,
      file.familyTies,
      JSON.stringify({ evidence: outcome.linkability, columns: outcome.columns }),
    ],
  )
  await client.query('delete from finding_count where submission_id = $1', [id])
  await client.query(
    `insert into finding_count (submission_id, code, field, severity, rows, first_rows)
     select $1, code, field, severity, rows, coalesce(string_to_array(nullif(first_rows, ''), ' ')::int[], '{}')
     from unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::text[])
       as f (code, field, severity, rows, first_rows)`,
    [
      id,
      file.findings.map(({ code }) => code),
      file.findings.map(({ field }) => field),
      file.findings.map(({ severity }) => severity),
      file.findings.map((finding) => finding.rows),
      // Lists of different lengths make no array of PostgreSQL's: each is written out.
      file.findings.map((_, index) => outcome.findings[index]?.firstRows.join(' ') ?? ''),
    ],
  )
  await saveRowLists(client, id, outcome)
  await saveComparisons(client, id, file.comparisons)
}

/** Every row of every finding: row numbers, so that a page can show all of them. */
async function saveRowLists(
  client: pg.PoolClient,
  id: string,
  { findings }: OutcomeRead,
): Promise<void> {
  await client.query('delete from finding_row_list where submission_id = $1', [id])
  await client.query(
    `insert into finding_row_list (submission_id, code, field, severity, rows)
     select $1, code, field, severity, rows
     from unnest($2::text[], $3::text[], $4::text[], $5::bytea[]) as f (code, field, severity, rows)`,
    [
      id,
      findings.map(({ code }) => code),
      findings.map(({ field }) => field),
      findings.map(({ severity }) => severity),
      findings.map(({ rowList }) => Buffer.from(rowList)),
    ],
  )
}

async function saveComparisons(
  client: pg.PoolClient,
  id: string,
  comparisons: readonly Comparison[],
): Promise<void> {
  await client.query('delete from comparison where submission_id = $1', [id])
  for (const { against, otherId, same, changed, new: arrived, removed } of comparisons) {
    await client.query(
      `insert into comparison (submission_id, against, other_id, same, changed, new, removed)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, against, otherId, same, changed, arrived, removed],
    )
  }
}
