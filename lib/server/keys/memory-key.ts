import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'

/**
 * The key of what is remembered of services' files between quarters. It follows from the portal's
 * own, so that the portal can hold a new file's headings against what is remembered; the workers
 * have it as well, since they remember.
 */
export function memoryKey(portalKey: Uint8Array): Uint8Array {
  return purposeKey(portalKey, 'what is remembered')
}

/** The key of what is remembered of one service: digests of two services cannot be compared. */
export function serviceMemoryKey(memory: Uint8Array, service: string): Uint8Array {
  return purposeKey(memory, `service ${service}`)
}
