import type pg from 'pg'
import type { LinkRecord } from '#core/linkage/part.ts'
import type { Gender, Role } from '#core/standard/roles.ts'
import {
  ofEachPseudonym,
  PSEUDONYM_COLUMNS,
  type PseudonymField,
  type Pseudonyms,
} from '#core/pseudonym/kinds.ts'
import type { CopyBatch } from '#server/platform/db/copy-decoder.ts'
import { copyRows } from '#server/platform/db/copy-out.ts'
import { queryText } from '#server/platform/db/queries.ts'
import { run } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { PSEUDONYM_NAMES, PSEUDONYM_TYPES } from '#server/store/record-columns.ts'

/** The link a record has before it is decided again; all zero when it has none. */
export interface OldLink {
  /**
   * The beneficiary whose reference it brings: its own, or that of the same client in a file this
   * one replaces.
   */
  readonly bringsBeneficiary: number
  readonly part: number
  readonly beneficiary: number
  readonly upper: number
  readonly lower: number
  readonly family: number
  readonly nhs: number
}

/** One part with the links its records have; `links` runs parallel to `records`. */
export interface PartRecords {
  readonly part: number
  readonly records: readonly LinkRecord[]
  readonly links: readonly OldLink[]
}

/** What a submission says of all its records. */
export interface SubmissionFacts {
  readonly service: string
  readonly quarter: string
  readonly epoch: number
}

/** What queries yield of a record. */
const RECORD_COLUMNS = {
  part_id: 'int8',
  id: 'int8',
  submission_id: 'int8',
  source_row: 'int4',
  role: 'text',
  birth: 'text',
  gender: 'text',
  ward: 'text',
  epoch: 'int4',
  ...PSEUDONYM_TYPES,
} as const

/** What read-part-records yields of a record and of the link it has. */
const COLUMNS = {
  ...RECORD_COLUMNS,
  brings_beneficiary_id: 'int8',
  old_part_id: 'int8',
  beneficiary_id: 'int8',
  upper_id: 'int8',
  lower_id: 'int8',
  family_id: 'int8',
  nhs_id: 'int8',
} as const

/** What list-linked-records yields. */
const LINKED_COLUMNS = { ...RECORD_COLUMNS, reached: 'bool' } as const

type RecordBatch = CopyBatch<typeof RECORD_COLUMNS>
type Batch = CopyBatch<typeof COLUMNS>

/** Few, so that the server reads the next while these are decided. */
const BATCH_RECORDS = 1_024

/**
 * Reads the parts whose records have ordinals from `first` up to, not including, `last`; both must
 * be bounds of parts.
 */
export type PartReader = (first: number, last: number) => AsyncGenerator<PartRecords>

/** Opens the parts of scope_part; `isFirst`: no record has a link, and their table is not looked at. */
export async function openParts(
  client: pg.PoolClient,
  dataset: Dataset,
  { isFirst = false }: { readonly isFirst?: boolean } = {},
): Promise<PartReader> {
  const submissions = await readSubmissionFacts(client, dataset)
  return (first, last) => {
    // Nothing was written there yet, and nothing is where nobody has a link.
    const links = isFirst ? 'changed_link' : `link_${dataset}`
    const names = { dataset, links, first, last, ...PSEUDONYM_NAMES }
    return readParts(client, submissions, queryText('linkage/read-part-records', names))
  }
}

async function* readParts(
  client: pg.PoolClient,
  submissions: ReadonlyMap<number, SubmissionFacts>,
  query: string,
): AsyncGenerator<PartRecords> {
  let part = 0
  let records: LinkRecord[] = []
  let links: OldLink[] = []
  for await (const batch of copyRows(client, query, COLUMNS, BATCH_RECORDS)) {
    const parts = batch.columns.part_id.values
    const pseudonyms = pseudonymReaders(batch)
    for (let row = 0; row < batch.rows; row++) {
      const next = parts[row] ?? 0
      if (next !== part) {
        if (records.length > 0) yield { part, records, links }
        part = next
        records = []
        links = []
      }
      records.push(recordAt(batch, row, pseudonyms, submissions))
      links.push(linkAt(batch, row))
    }
  }
  if (records.length > 0) yield { part, records, links }
}

/** One part of the production links, and of each record whether it counts as reached. */
export interface LinkedPart {
  readonly records: readonly LinkRecord[]
  readonly reached: readonly boolean[]
}

/** Reads every record in the figures of production, part after part. */
export async function* readLinkedParts(client: pg.PoolClient): AsyncGenerator<LinkedPart> {
  const submissions = await readSubmissionFacts(client, 'production')
  const query = queryText('reach/list-linked-records', PSEUDONYM_NAMES)
  let part = 0
  let records: LinkRecord[] = []
  let reached: boolean[] = []
  for await (const batch of copyRows(client, query, LINKED_COLUMNS)) {
    const pseudonyms = pseudonymReaders(batch)
    for (let row = 0; row < batch.rows; row++) {
      const next = batch.columns.part_id.values[row] ?? 0
      if (next !== part) {
        if (records.length > 0) yield { records, reached }
        part = next
        records = []
        reached = []
      }
      records.push(recordAt(batch, row, pseudonyms, submissions))
      reached.push(batch.columns.reached.values[row] === 1)
    }
  }
  if (records.length > 0) yield { records, reached }
}

/** The facts of every submission of a dataset, by id. */
async function readSubmissionFacts(
  client: pg.ClientBase,
  dataset: Dataset,
): Promise<Map<number, SubmissionFacts>> {
  const rows = await run(client, 'linkage/list-submission-facts', [dataset])
  return new Map(rows.map((row) => [Number(row.id), row]))
}

type PseudonymReader = (row: number) => string | null
type FieldReader = readonly [PseudonymField, PseudonymReader]

/**
 * Each column is made one string, of which the pseudonyms are slices: a string of its own for each
 * takes several times as long.
 */
function pseudonymReaders({ rows, columns }: RecordBatch): readonly FieldReader[] {
  return PSEUDONYM_COLUMNS.map(({ field, column }) => {
    const { values, nulls } = columns[column]
    const text = Buffer.from(values.buffer, values.byteOffset, rows * 16).toString('latin1')
    const read: PseudonymReader = (row) =>
      nulls[row] === 1 ? null : text.slice(row * 16, row * 16 + 16)
    return [field, read]
  })
}

/** Spread into a record, these keep its shape the same from one to the next, and fast. */
const BLANK: Pseudonyms = ofEachPseudonym(() => null)

function recordAt(
  { columns }: RecordBatch,
  row: number,
  pseudonyms: readonly FieldReader[],
  submissions: ReadonlyMap<number, SubmissionFacts>,
): LinkRecord {
  const submission = columns.submission_id.values[row] ?? 0
  const facts = submissions.get(submission)
  if (facts === undefined) throw new Error(`record of an unknown submission ${submission}`)
  const record: LinkRecord & Record<PseudonymField, string | null> = {
    id: columns.id.values[row] ?? 0,
    service: facts.service,
    quarter: facts.quarter,
    submission,
    sourceRow: columns.source_row.values[row] ?? 0,
    role: (columns.role.values[row] ?? 'adult') as Role,
    birth: columns.birth.values[row] ?? '',
    gender: (columns.gender.values[row] ?? 'unknown') as Gender,
    ward: columns.ward.values[row] ?? '',
    // Of a bridge quarter one row gives a record under each of two keys.
    epoch: columns.epoch.values[row] || facts.epoch,
    ...BLANK,
  }
  for (const [field, read] of pseudonyms) record[field] = read(row)
  return record
}

const NO_LINK: OldLink = {
  bringsBeneficiary: 0,
  part: 0,
  beneficiary: 0,
  upper: 0,
  lower: 0,
  family: 0,
  nhs: 0,
}

function linkAt({ columns }: Batch, row: number): OldLink {
  const bringsBeneficiary = columns.brings_beneficiary_id.values[row] ?? 0
  if (bringsBeneficiary === 0) return NO_LINK
  return {
    bringsBeneficiary,
    part: columns.old_part_id.values[row] ?? 0,
    beneficiary: columns.beneficiary_id.values[row] ?? 0,
    upper: columns.upper_id.values[row] ?? 0,
    lower: columns.lower_id.values[row] ?? 0,
    family: columns.family_id.values[row] ?? 0,
    nhs: columns.nhs_id.values[row] ?? 0,
  }
}
