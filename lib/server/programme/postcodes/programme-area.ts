import type pg from 'pg'
import type { NamedCode, PostcodeAreas, ProgrammeArea } from '#core/area-file/area-file.ts'
import { readAreas } from './postcode-areas.ts'
import { readProgramme } from '#server/programme/register/read-programme.ts'

/**
 * What a hasher must know of a programme: its register, and which ward each postcode of its area lies in, by digest. A ward
 * that the postcode file names beside those of the register is one that a hashed file may name.
 */
export async function readProgrammeArea(
  pool: pg.Pool,
): Promise<{ readonly area: ProgrammeArea; readonly postcodes: PostcodeAreas }> {
  const { code, name } = await readProgramme(pool)
  const providers = await pool.query<NamedCode>('select code, name from provider order by code')
  const services = await pool.query<NamedCode & { provider: string }>(
    'select code, name, provider_code as provider from service order by code',
  )
  const client = await pool.connect()
  try {
    const areas = await readAreas(client)
    return {
      area: {
        programme: { code, name },
        providers: providers.rows,
        services: services.rows,
        wards: await listKnownWards(client),
      },
      postcodes: Array.from(areas, ([digest, area]) => [
        BigInt.asUintN(64, digest).toString(16).padStart(16, '0'),
        area,
      ]),
    }
  } finally {
    client.release()
  }
}

/** The wards of the register, and those that postcodes lie in beside them. */
export async function listKnownWards(client: pg.Pool | pg.ClientBase): Promise<NamedCode[]> {
  const { rows } = await client.query<NamedCode>(
    `select code, name from ward
     union all
     select distinct ward_code, ward_code from postcode_area
      where ward_code <> '' and not exists (select from ward where code = ward_code)
     order by code`,
  )
  return rows
}
