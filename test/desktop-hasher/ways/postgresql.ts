import { readFile } from 'node:fs/promises'
import { readAreaFile } from '#core/area-file/area-file.ts'
import { postcodeDigestHex } from '#core/area-file/area-table.ts'
import { ServiceDateReader } from '#core/checks/rows/service-date.ts'
import { PEOPLE_FIELD_NAMES, SLOT, type PeopleFieldName } from '#core/standard/fields.ts'
import { isQuarter } from '#core/standard/quarter.ts'
import { HASHED_COLUMNS, hashedHeader } from '#core/hashed-file/hashed-columns.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import { mappedRow } from '#core/mapping/row-mapper.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { normalisePostcode } from '#core/pseudonym/normalising/postcode.ts'
import { installInPostgresql } from '../postgresql-database.ts'
import { stageInPostgresql } from '../staged-in-postgresql.ts'
import type { StagedRow } from '../staged-rows.ts'
import type { GivenToHash, Way } from './way.ts'

/** The functions inside PostgreSQL. */
export const postgresqlFunctions: Way = {
  name: 'the PostgreSQL functions',
  hash: async (given) => {
    const database = await installInPostgresql()
    const { client } = database
    try {
      const rows = stagedRows(given)
      await stageInPostgresql(client, rows)
      for (const [digest, ward, decile, inArea] of await areaRows(given, rows)) {
        await client.query(`insert into count_once.area values (decode($1, 'hex'), $2, $3, $4)`, [
          digest,
          ward,
          decile,
          inArea,
        ])
      }
      const made = await client.query<Record<string, string | number>>(
        'select h.* from count_once.hashed_file($1, $2, $3, $4, $5, $6) as h',
        [
          given.sourceKey,
          given.provider,
          given.service,
          given.quarter,
          await isLive(given),
          'child-and-carer',
        ],
      )
      return { csv: asText(made.rows) }
    } finally {
      await database.close()
    }
  },
}

/**
 * What a trust's view would give: identifiers as they stand, the dataset's own codes, dates as
 * dates.
 */
function stagedRows({ messy, quarter }: GivenToHash): StagedRow[] {
  if (!isQuarter(quarter)) throw new Error(quarter)
  const dates = new ServiceDateReader(quarter, false)
  const fields = Object.keys(messy.mapping.columns) as PeopleFieldName[]
  const compiled = compileMapping(
    messy.mapping,
    fields.map((field) => String(messy.mapping.columns[field])),
  )
  if (!compiled.ok) throw new Error('the mapping does not compile')
  const mapped = mappedRow()
  return messy.rows.map((row) => {
    compiled.mapper.fill(
      fields.map((field) => row[field] ?? ''),
      mapped,
    )
    const staged: Record<string, string> = {}
    for (const name of PEOPLE_FIELD_NAMES) {
      const cell = mapped.cells[SLOT[name]] ?? ''
      if (/^(?:contact_date|attended)$/.test(name)) continue
      if (name.endsWith('_date')) staged[name] = dates.read(cell).value
      else if (name === 'contacts')
        staged[name] = /^[0-9]{1,5}(?:[.]0+)?$/.test(cell.trim()) ? String(Number(cell)) : ''
      else staged[name] = cell
    }
    return staged
  })
}

/** The areas of the postcodes that occur, from the area file. */
async function areaRows(
  { area, sourceKey }: GivenToHash,
  rows: readonly StagedRow[],
): Promise<(readonly [string, string, number | null, string])[]> {
  const opened = readAreaFile(await readFile(area), createHmacEngine().prepareKey(sourceKey))
  if (!opened.ok) throw new Error(opened.code)
  const postcodes = new Set(rows.map((row) => normalisePostcode(row['postcode'] ?? '').value))
  return [...postcodes].flatMap((postcode) => {
    const found = postcode === '' ? undefined : opened.areas.find(postcode)
    if (found === undefined) return []
    const decile = found.imdDecile === 0 ? null : found.imdDecile
    return [[postcodeDigestHex(postcode), found.ward, decile, found.inArea] as const]
  })
}

/** What the key file says of the programme. */
async function isLive({ key }: GivenToHash): Promise<boolean> {
  const [header = '{}'] = (await readFile(key, 'utf8')).split('\n')
  return (JSON.parse(header) as { live: boolean }).live
}

function asText(rows: readonly Readonly<Record<string, string | number>>[]): string {
  const lines = rows
    .filter((row) => row['row_status'] === 'accepted')
    .map((row) => HASHED_COLUMNS.map(({ name }) => row[name]).join())
  return `${[hashedHeader('people'), ...lines].join('\n')}\n`
}
