/**
 * Which ward a postcode lies in, by the digest of the postcode: some tens of thousands in a few
 * arrays, without a clear postcode among them.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import type { Area, AreaLookup } from '#core/standard/area.ts'

/** Postcodes remembered with their answer, in memory alone. */
const REMEMBERED = 20_000

const encoder = new TextEncoder()

/** The first 64 bits of SHA-256 of a normalised postcode, as 16 hexadecimal digits. */
export function postcodeDigestHex(postcode: string): string {
  const digest = sha256(encoder.encode(postcode))
  let hex = ''
  for (let i = 0; i < 8; i++) hex += (digest[i] ?? 0).toString(16).padStart(2, '0')
  return hex
}

/**
 * A look-up over areas by the digests of their postcodes. Areas that are equal should be one
 * object.
 */
export function areasByDigest(areas: ReadonlyMap<string, Area>): AreaLookup {
  const remembered = new Map<string, Area | undefined>()
  return {
    find(postcode) {
      const known = remembered.get(postcode)
      if (known !== undefined || remembered.has(postcode)) return known
      const area = areas.get(postcodeDigestHex(postcode))
      if (remembered.size >= REMEMBERED) remembered.clear()
      remembered.set(postcode, area)
      return area
    },
  }
}
