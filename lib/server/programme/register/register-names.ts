import type pg from 'pg'
import { readRows } from '#server/platform/db/read-rows.ts'

/** The names of the register by code. */
export interface RegisterNames {
  readonly services: ReadonlyMap<string, string>
  readonly strands: ReadonlyMap<string, string>
  readonly wards: ReadonlyMap<string, string>
}

/** Reads every name of the register. */
export async function readRegisterNames(pool: pg.Pool): Promise<RegisterNames> {
  const rows = await readRows<{ kind: string; code: string; name: string }>(
    pool,
    `select 'service' as kind, code, name from service
     union all select 'strand', code, name from strand
     union all select 'ward', code, name from ward`,
  )
  const ofKind = (wanted: string): Map<string, string> =>
    new Map(rows.filter(({ kind }) => kind === wanted).map(({ code, name }) => [code, name]))
  return { services: ofKind('service'), strands: ofKind('strand'), wards: ofKind('ward') }
}
