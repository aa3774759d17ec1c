import { createHmac } from 'node:crypto'
import { tidyCase } from '#core/look-up/asking/typed-look-up.ts'
import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import { openBytes, sealBytes } from '#server/platform/secrets/sealed-bytes.ts'

/**
 * Case references of look-ups: typed, so never kept in the clear. Each is sealed for its look-up under the portal's
 * key, to be read by who watches, with a keyed digest by which those of one case are found.
 */

/** Seals the case reference of a look-up. */
export function sealCase(
  portalKey: Uint8Array,
  lookUp: string,
  given: string,
): Uint8Array<ArrayBuffer> {
  return sealBytes(
    purposeKey(portalKey, 'cases of look-ups'),
    lookUp,
    new TextEncoder().encode(tidyCase(given)),
  )
}

/** Opens it again. Throws `keys-damaged`. */
export function openCase(portalKey: Uint8Array, lookUp: string, sealed: Uint8Array): string {
  const bytes = openBytes(purposeKey(portalKey, 'cases of look-ups'), lookUp, sealed)
  return new TextDecoder().decode(bytes)
}

/** What look-ups of one case have in common. */
export function digestCase(portalKey: Uint8Array, given: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    createHmac('sha256', purposeKey(portalKey, 'digests of cases'))
      .update(tidyCase(given))
      .digest(),
  )
}
