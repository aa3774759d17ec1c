import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Decision, DecisionSide, LinkRecord } from '#core/linkage/part.ts'
import type { PolicyName } from '#core/linkage/policy.ts'
import type { ReachCounting, ServiceUse } from '#core/reach/reached.ts'
import { makeReference, REFERENCE_BYTES } from '#core/linkage/references.ts'
import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { removeRecords } from '#server/linkage/processing/remove-records.ts'
import { changeLinks, type LinkOutcome, type LinkPace } from '#server/linkage/links/change-links.ts'
import { LIMITS, SERVICES, STRANDS, type SaidFile } from './small-world.ts'

/** A record that stands in the store, with what the tests know of it. */
export interface StandingRecord extends LinkRecord {
  readonly use: ServiceUse
  readonly referralDate?: string
  readonly referralSource?: string
}

/** A file that stands in the store. */
export interface StandingFile {
  readonly submission: string
  readonly reference: string
  readonly service: string
  readonly quarter: Quarter
  readonly counting: ReachCounting
  readonly records: readonly StandingRecord[]
}

/** The uuid that stands for a pseudonym of this name. */
export function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

/** Gives an empty database a small programme whose contacts are soon shared. */
export async function makeProgramme(pool: pg.Pool): Promise<void> {
  await pool.query(
    `insert into programme (code, name, live, years_from, years_to, own_contact_limit, carer_contact_limit)
     values ('small', 'Small', false, '2024-04-01', '2026-03-31', $1, $2)`,
    [LIMITS.own, LIMITS.carer],
  )
  await pool.query(`insert into provider (code, name) values ('p', 'P')`)
  await pool.query(`insert into strand (code, name) values ('a', 'A'), ('b', 'B')`)
  for (const service of SERVICES) {
    await pool.query(
      `insert into service (code, name, strand_code, provider_code) values ($1, $1, $2, 'p')`,
      [service, STRANDS[service]],
    )
  }
}

/** Makes the store what it was before anything was sent. */
export async function emptyStore(pool: pg.Pool): Promise<void> {
  await pool.query(
    `truncate submission, record, evidence, link, beneficiary, beneficiary_alias, doubt, shared_contact, decision
     restart identity cascade`,
  )
  await pool.query(
    `update linkage_state set policy = 'cautious', version = 0, platform_key_check = null`,
  )
}

/** Keeps a file's records in the store, in no figure yet. */
export async function keepFile(
  client: pg.PoolClient,
  dataset: Dataset,
  file: SaidFile,
): Promise<StandingFile> {
  const count = file.rows.flat().length
  const reference = makeReference(new Uint8Array(randomBytes(REFERENCE_BYTES))).replace(
    /^CO-/,
    'SU-',
  )
  const { rows } = await client.query<{ id: string; first: string }>(
    `insert into submission
       (reference, dataset, service_code, quarter, state, file_digest, file_bytes, epoch, counting, records, received_by)
     values ($1, $2, $3, $4, 'pseudonymised', $5, 1, $6, $7, $8, 'test')
     returning id, reserve_record_ids(greatest(1, $8::int)) as first`,
    [
      reference,
      dataset,
      file.service,
      file.quarter,
      randomBytes(32),
      file.epoch,
      file.counting,
      count,
    ],
  )
  const submission = rows[0]?.id ?? ''
  let id = Number(rows[0]?.first)
  const records = file.rows.flatMap((row, index) =>
    row.map(({ status, contacts, startDate, endDate, ...said }): StandingRecord => ({
      ...said,
      id: id++,
      service: file.service,
      quarter: file.quarter,
      submission: Number(submission),
      sourceRow: index + 1,
      epoch: file.epoch,
      use: { status, contacts, startDate, endDate },
    })),
  )
  await client.query(
    `insert into record select r.* from jsonb_populate_recordset(null::public.record, $1::jsonb) as r`,
    [JSON.stringify(records.map((record) => rowOf(dataset, record)))],
  )
  const { service, quarter, counting } = file
  return { submission, reference, service, quarter, counting, records }
}

function rowOf(dataset: Dataset, record: StandingRecord): Record<string, unknown> {
  const blank = (text: string): string | null => (text === '' ? null : text)
  const pseudonyms: Record<string, string | null> = {}
  for (const { field, column } of PSEUDONYM_COLUMNS) {
    const value = record[field]
    pseudonyms[column] = value === null ? null : uuidOf(value)
  }
  return {
    id: record.id,
    dataset,
    submission_id: record.submission,
    source_row: record.sourceRow,
    role: record.role,
    birth: blank(record.birth),
    gender: record.gender,
    ward: blank(record.ward),
    in_area: 'unknown',
    send_or_disability: 'unknown',
    status: blank(record.use.status),
    contacts: record.use.contacts,
    referral_date: blank(record.referralDate ?? ''),
    referral_source: blank(record.referralSource ?? ''),
    start_date: blank(record.use.startDate),
    end_date: blank(record.use.endDate),
    ...pseudonyms,
  }
}

/**
 * Puts a kept file into the figures, and takes out the one whose place it takes; in the caller's
 * transaction. `beside`: where it was kept in a transaction before.
 */
export async function linkFile(
  client: pg.PoolClient,
  dataset: Dataset,
  arriving: StandingFile,
  leaving: StandingFile | undefined,
  pace?: LinkPace,
  beside?: pg.Pool,
): Promise<LinkOutcome> {
  const change = {
    dataset,
    arriving: [arriving.submission],
    leaving: leaving === undefined ? [] : [leaving.submission],
    ...(beside === undefined ? {} : { beside }),
  }
  const outcome = await changeLinks(client, change, undefined, pace)
  if (leaving !== undefined) await forget(client, leaving)
  await client.query(`update submission set state = 'linked' where id = $1`, [arriving.submission])
  return outcome
}

/** Takes a file out, as if it had never come; in the caller's transaction. */
export async function withdrawFile(
  client: pg.PoolClient,
  dataset: Dataset,
  leaving: StandingFile,
): Promise<LinkOutcome> {
  const change = { dataset, arriving: [], leaving: [leaving.submission] }
  const outcome = await changeLinks(client, change)
  await forget(client, leaving)
  return outcome
}

async function forget(client: pg.PoolClient, file: StandingFile): Promise<void> {
  await removeRecords(client, file.submission)
  await client.query(`update submission set state = 'withdrawn' where id = $1`, [file.submission])
}

/** The side of a decision that speaks of a record; undefined when it has no client. */
export function sideOf({ client, birth, gender, nameBirth }: LinkRecord): DecisionSide | undefined {
  return client === null ? undefined : { client, birth, gender, nameBirth }
}

/**
 * Takes a decision as it is, without asking whether it contradicts others; in the caller's
 * transaction. Answers its id.
 */
export async function insertDecision(
  client: pg.PoolClient,
  dataset: Dataset,
  decision: Decision,
): Promise<number> {
  const { kind, left } = decision
  const right = kind === 'nhs-wrong' ? undefined : decision.right
  const uuid = (name: string | null | undefined): string | null =>
    name === null || name === undefined ? null : uuidOf(name)
  const { rows } = await client.query<{ id: string }>(
    `insert into decision (dataset, kind, left_client, left_birth, left_gender, left_name_birth,
       right_client, right_birth, right_gender, right_name_birth, nhs_number, reason, decided_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'test', 'test') returning id`,
    [
      dataset,
      kind,
      uuid(left.client),
      left.birth,
      left.gender,
      uuid(left.nameBirth),
      uuid(right?.client),
      right?.birth ?? null,
      right?.gender ?? null,
      uuid(right?.nameBirth),
      uuid(kind === 'nhs-wrong' ? decision.nhsNumber : null),
    ],
  )
  return Number(rows[0]?.id)
}

/** The clients a decision speaks of, as they are stored. */
export function decidedClients(decision: Decision): string[] {
  const { left } = decision
  const right = decision.kind === 'nhs-wrong' ? [] : [decision.right]
  return [left, ...right].map(({ client }) => uuidOf(client))
}

/** Makes a policy the one a dataset is linked by; in the caller's transaction. */
export async function setPolicy(
  client: pg.PoolClient,
  dataset: Dataset,
  policy: PolicyName,
): Promise<void> {
  await client.query('update linkage_state set policy = $2 where dataset = $1', [dataset, policy])
}
