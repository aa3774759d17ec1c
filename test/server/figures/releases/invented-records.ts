import type pg from 'pg'
import type { ReachedRow } from '#core/reach/measure.ts'
import type { Role } from '#core/standard/roles.ts'

/** A record of somebody reached, as it lies in the store, with who it is by linkage. */
export interface InventedRecord extends Omit<ReachedRow, 'strand' | 'ward' | 'nhs'> {
  readonly nhs: number | null
  /** A ward of the register, another ward, or null. */
  readonly ward: string | null
  readonly inArea: 'yes' | 'no' | 'unknown'
  readonly gender: 'M' | 'F' | 'X' | 'unknown'
  readonly ethnicity: string | null
  readonly birth: string | null
  readonly role: Role
  /** 0 of somebody who was not reached. */
  readonly contacts: number
  readonly status?: 'active' | 'completed' | 'left_early' | 'waiting' | 'declined'
  /** Came to an activity of the service in the quarter. */
  readonly attended?: boolean
}

/** Whether a record says that its person was reached. */
export function isReachedRecord({ contacts, status = 'active' }: InventedRecord): boolean {
  return contacts >= 1 && status !== 'waiting' && status !== 'declined'
}

/** Services of the invented programme and their strands. */
export const STRAND_OF: Readonly<Record<string, string>> = {
  'baby-club': 'early',
  'talk-time': 'early',
  'wise-meals': 'food',
}
export const WARDS = ['east', 'north', 'west']

/** Makes the register of the invented programme. */
export async function insertRegister(pool: pg.Pool): Promise<void> {
  await pool.query(
    `insert into programme (code, name, live, years_from, years_to) values ('p', 'Invented', false, '2023-04-01', '2026-03-31')`,
  )
  await pool.query(`insert into ward select code, initcap(code) from unnest($1::text[]) code`, [
    WARDS,
  ])
  await pool.query(`insert into strand values ('early', 'Early Years'), ('food', 'Food')`)
  await pool.query(`insert into provider values ('charity', 'Charity')`)
  await pool.query(
    `insert into service (code, name, strand_code, provider_code)
     select code, initcap(code), strand, 'charity' from unnest($1::text[], $2::text[]) as listed (code, strand)`,
    [Object.keys(STRAND_OF), Object.values(STRAND_OF)],
  )
}

/**
 * Replaces whatever records there are by these, each service and quarter a linked submission of its
 * own.
 */
export async function replaceRecords(
  pool: pg.Pool,
  records: readonly InventedRecord[],
): Promise<void> {
  await pool.query('delete from attendance')
  await pool.query('delete from link')
  await pool.query('delete from record')
  await pool.query('delete from submission')
  await pool.query(
    `insert into submission (reference, dataset, service_code, quarter, state, file_digest, file_bytes, received_by)
     select service || quarter, 'production', service, quarter, 'linked', convert_to(service || quarter, 'UTF8'), 1, 'test'
     from (select distinct r->>'service' as service, r->>'quarter' as quarter from jsonb_array_elements($1::jsonb) r) as file`,
    [JSON.stringify(records)],
  )
  await pool.query(
    `insert into record (id, dataset, submission_id, source_row, role, birth, gender, ward, in_area, ethnicity, send_or_disability, contacts, status)
     select number, 'production', s.id, number, r->>'role', r->>'birth', r->>'gender', r->>'ward', r->>'inArea', r->>'ethnicity', 'unknown', (r->>'contacts')::int, r->>'status'
     from jsonb_array_elements($1::jsonb) with ordinality as listed (r, number)
     join submission s on s.service_code = r->>'service' and s.quarter = r->>'quarter'`,
    [JSON.stringify(records)],
  )
  await pool.query(
    `insert into attendance (record_id, submission_id, activity)
     select number, s.id, 0
     from jsonb_array_elements($1::jsonb) with ordinality as listed (r, number)
     join submission s on s.service_code = r->>'service' and s.quarter = r->>'quarter'
     where (r->>'attended')::boolean`,
    [JSON.stringify(records)],
  )
  await pool.query(
    `insert into link (dataset, record_id, part_id, beneficiary_id, upper_id, lower_id, family_id, nhs_id)
     select 'production', number, 1, (r->>'beneficiary')::bigint, (r->>'upper')::bigint, (r->>'lower')::bigint, (r->>'family')::bigint, (r->>'nhs')::bigint
     from jsonb_array_elements($1::jsonb) with ordinality as listed (r, number)`,
    [JSON.stringify(records)],
  )
}
