import type pg from 'pg'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'

/** The names of the register by code. */
export interface RegisterNames {
  readonly services: ReadonlyMap<string, string>
  readonly strands: ReadonlyMap<string, string>
  readonly wards: ReadonlyMap<string, string>
}

/** Reads every name of the register, as it was in a quarter where one is given. */
export async function readRegisterNames(
  on: Database | pg.ClientBase,
  quarter: Quarter | null = null,
): Promise<RegisterNames> {
  const rows = await run(on, 'programme/read-names', [quarter])
  const ofKind = (wanted: string): Map<string, string> =>
    new Map(rows.filter(({ kind }) => kind === wanted).map(({ code, name }) => [code, name]))
  return { services: ofKind('service'), strands: ofKind('strand'), wards: ofKind('ward') }
}
