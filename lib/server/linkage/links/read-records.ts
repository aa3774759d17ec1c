import type pg from 'pg'
import type { LinkRecord } from '#core/linkage/part.ts'
import type { Gender, Role } from '#core/standard/roles.ts'
import type { CopyBatch, CopyColumn } from '#server/platform/db/copy-decoder.ts'
import { copyRows } from '#server/platform/db/copy-out.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { datasetQuery } from './dataset-query.ts'

/** The link a record has before it is decided again; all zero when it has none. */
export interface OldLink {
  /** The beneficiary whose reference it brings: its own, or that of the same client in a file this one replaces. */
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

// prettier-ignore
const KINDS = [
  'int4', 'int8', 'int8', 'int8', 'int4', 'text', 'text', 'text', 'text',
  'uuid', 'uuid', 'uuid', 'uuid', 'uuid', 'uuid', 'uuid', 'uuid', 'uuid', 'uuid', 'uuid', 'uuid',
  'int8', 'int8', 'int8', 'int8', 'int8', 'int8', 'int8',
  'int4',
] as const

type Batch = CopyBatch<typeof KINDS>

/** Few, so that the server reads the next while these are decided. */
const BATCH_RECORDS = 1_024

/** Reads the parts whose records have ordinals from `first` up to, not including, `last`; both must be bounds of parts. */
export type PartReader = (first: number, last: number) => AsyncGenerator<PartRecords>

/** Opens the parts of scope_part. */
export async function openParts(client: pg.PoolClient, dataset: Dataset): Promise<PartReader> {
  const submissions = await readSubmissionFacts(client, dataset)
  const query = datasetQuery('read-part-records', dataset)
  return (first, last) =>
    readParts(
      client,
      submissions,
      query.replaceAll('{first}', String(first)).replaceAll('{last}', String(last)),
    )
}

async function* readParts(
  client: pg.PoolClient,
  submissions: ReadonlyMap<number, SubmissionFacts>,
  query: string,
): AsyncGenerator<PartRecords> {
  let part = 0
  let records: LinkRecord[] = []
  let links: OldLink[] = []
  for await (const batch of copyRows(client, query, KINDS, BATCH_RECORDS)) {
    const parts = batch.columns[1].values
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

/** The facts of every submission of a dataset, by id. */
async function readSubmissionFacts(
  client: pg.ClientBase,
  dataset: Dataset,
): Promise<Map<number, SubmissionFacts>> {
  const { rows } = await client.query<{
    id: string
    service: string
    quarter: string
    epoch: number
  }>('select id, service_code as service, quarter, epoch from submission where dataset = $1', [
    dataset,
  ])
  return new Map(rows.map((row) => [Number(row.id), row]))
}

type PseudonymReader = (row: number) => string | null

/** Each column is made one string, of which the pseudonyms are slices: a string of its own for each takes several times as long. */
function pseudonymReaders(batch: Batch): readonly PseudonymReader[] {
  return batch.columns.slice(9, 21).map((column) => {
    const { values, nulls } = column as CopyColumn<'uuid'>
    const text = Buffer.from(values.buffer, values.byteOffset, batch.rows * 16).toString('latin1')
    return (row: number) => (nulls[row] === 1 ? null : text.slice(row * 16, row * 16 + 16))
  })
}

function recordAt(
  batch: Batch,
  row: number,
  pseudonyms: readonly PseudonymReader[],
  submissions: ReadonlyMap<number, SubmissionFacts>,
): LinkRecord {
  const [, , ids, submissionIds, sourceRows, roles, births, genders, wards] = batch.columns
  const submission = submissionIds.values[row] ?? 0
  const facts = submissions.get(submission)
  if (facts === undefined) throw new Error(`record of an unknown submission ${submission}`)
  const read = (column: number): string | null => pseudonyms[column]?.(row) ?? null
  return {
    id: ids.values[row] ?? 0,
    service: facts.service,
    quarter: facts.quarter,
    submission,
    sourceRow: sourceRows.values[row] ?? 0,
    role: (roles.values[row] ?? 'adult') as Role,
    birth: births.values[row] ?? '',
    gender: (genders.values[row] ?? 'unknown') as Gender,
    ward: wards.values[row] ?? '',
    // Of a bridge quarter one row gives a record under each of two keys.
    epoch: batch.columns[28].values[row] || facts.epoch,
    nhsNumber: read(0),
    child: read(1),
    childMobile: read(2),
    email: read(3),
    carerEmail: read(4),
    mobile: read(5),
    carerMobile: read(6),
    nameBirth: read(7),
    birthPostcode: read(8),
    namePostcode: read(9),
    givenBirthPostcode: read(10),
    client: read(11),
  }
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
  const bringsBeneficiary = columns[21].values[row] ?? 0
  if (bringsBeneficiary === 0) return NO_LINK
  return {
    bringsBeneficiary,
    part: columns[22].values[row] ?? 0,
    beneficiary: columns[23].values[row] ?? 0,
    upper: columns[24].values[row] ?? 0,
    lower: columns[25].values[row] ?? 0,
    family: columns[26].values[row] ?? 0,
    nhs: columns[27].values[row] ?? 0,
  }
}
