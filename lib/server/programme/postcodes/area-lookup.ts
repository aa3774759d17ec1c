import { createHash } from 'node:crypto'
import type { Area, AreaLookup } from '#core/standard/area.ts'

/**
 * Which ward a postcode lies in. Kept by digest: reference data that everybody may know, but so
 * that a search of the database for somebody's postcode finds nothing. Apart from the database,
 * because a reading process looks up without one.
 */

/**
 * Areas by the digest of their postcode: plain data, so that it may be handed to another process.
 */
export type AreaTable = ReadonlyMap<bigint, Area>

const REMEMBERED = 20_000

/** The look-up over a table; it remembers the last postcodes it was asked for, in memory alone. */
export function areaLookup(table: AreaTable): AreaLookup {
  const remembered = new Map<string, Area | undefined>()
  return {
    find(postcode) {
      if (table.size === 0) return undefined
      const known = remembered.get(postcode)
      if (known !== undefined || remembered.has(postcode)) return known
      const area = table.get(postcodeDigest(postcode))
      if (remembered.size >= REMEMBERED) remembered.clear()
      remembered.set(postcode, area)
      return area
    },
  }
}

/** The first 64 bits of SHA-256 of a normalised postcode. */
export function postcodeDigest(postcode: string): bigint {
  return createHash('sha256').update(postcode).digest().readBigInt64BE(0)
}
