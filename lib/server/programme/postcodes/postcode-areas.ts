import type pg from 'pg'
import type { Area } from '#core/standard/area.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { normalisePostcode } from '#core/pseudonym/normalising/postcode.ts'
import { CopyBuffer } from '#server/platform/db/copy-buffer.ts'
import { copyIn } from '#server/platform/db/copy-in.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { copyRows } from '#server/platform/db/copy-out.ts'
import { queryText } from '#server/platform/db/queries.ts'
import { postcodeDigest, type AreaTable } from './area-lookup.ts'

/** The programme's postcodes in the store: written once, read for every file. */

/** A row of a postcode file. */
export interface PostcodeRow extends Area {
  readonly postcode: string
}

/** A ward of the programme with its codes of the Office for National Statistics. */
export interface WardCodes {
  readonly code: string
  readonly gss: readonly string[]
  /** A ward that was split or left: a file of today has no postcode in it. */
  readonly isClosed?: boolean
}

/** What was kept of a postcode file. */
export interface PostcodesRead {
  readonly ok: true
  readonly form: 'own' | 'ons'
  readonly rows: readonly PostcodeRow[]
  /** Rows below the header. */
  readonly read: number
  /** Of those kept, how many are no longer in use. */
  readonly terminated: number
  /** Rows whose postcode is none that a person's can be. */
  readonly leftOut: number
  /** The column the deciles were made from; null when the file gives deciles, or none. */
  readonly deprivation: string | null
}

/**
 * Writes the postcodes of a programme; of a postcode that stands there twice the last row counts.
 */
export async function copyPostcodes(
  client: pg.PoolClient,
  rows: readonly PostcodeRow[],
): Promise<number> {
  const byDigest = new Map<bigint, PostcodeRow>()
  for (const row of rows) byDigest.set(postcodeDigest(normalisePostcode(row.postcode).value), row)
  function* encoded(): Generator<Buffer> {
    const buffer = new CopyBuffer()
    const digestBytes = new DataView(new ArrayBuffer(8))
    for (const [digest, row] of byDigest) {
      digestBytes.setBigInt64(0, digest)
      buffer.row(4)
      buffer.bytes(new Uint8Array(digestBytes.buffer))
      buffer.text(row.ward)
      buffer.int2(row.imdDecile === 0 ? null : row.imdDecile)
      buffer.text(row.inArea)
      if (buffer.length > 512 * 1024) yield buffer.take()
    }
    yield buffer.end()
  }
  return copyIn(client, 'postcode_area (digest, ward_code, imd_decile, in_area)', encoded())
}

const AREA = { digest: 'text', ward_code: 'text', imd_decile: 'int2', in_area: 'text' } as const

/**
 * Reads the areas of the store; in a quarter in which a ward was part of another yet, what lies in
 * it lies in that.
 */
export async function readAreas(client: pg.ClientBase, quarter?: Quarter): Promise<AreaTable> {
  const areas = new Map<bigint, Area>()
  const whole = quarter === undefined ? new Map<string, string>() : await wholes(client, quarter)
  const query = queryText('programme/read-areas')
  for await (const { rows, columns } of copyRows(client, query, AREA)) {
    for (let row = 0; row < rows; row++) {
      areas.set(BigInt(columns.digest.values[row] ?? '0'), {
        ward: wardIn(whole, columns.ward_code.values[row] ?? ''),
        imdDecile: columns.imd_decile.values[row] ?? 0,
        inArea: (columns.in_area.values[row] ?? 'unknown') as Area['inArea'],
      })
    }
  }
  return areas
}

/** The wards that were part of another in a quarter, by code. */
async function wholes(client: pg.ClientBase, quarter: Quarter): Promise<Map<string, string>> {
  const split = await inPrisma(client, ({ ward }) =>
    ward.findMany({
      where: { splitFrom: { not: null }, validFrom: { gt: quarter } },
      select: { code: true, splitFrom: true },
    }),
  )
  return new Map(split.map(({ code, splitFrom }) => [code, splitFrom ?? code]))
}

/** A ward as it was: a part of a part is part of the first whole. */
function wardIn(whole: ReadonlyMap<string, string>, ward: string): string {
  const of = whole.get(ward)
  return of === undefined ? ward : wardIn(whole, of)
}
