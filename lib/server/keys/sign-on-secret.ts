import type { Secrets } from '#server/platform/secrets/secrets.ts'
import { openSecrets, type KeyPlace } from './key-places.ts'

const NAME = 'sign-on'

/** What proves the portal to the organisation whose accounts sign on; undefined where there is none. */
export function readSignOnSecret(secrets: Secrets): Promise<Uint8Array | undefined> {
  return secrets.read(NAME)
}

/** Keeps it with the portal's keys, in place of an earlier one. */
export async function keepSignOnSecret(place: KeyPlace, secret: Uint8Array): Promise<void> {
  await (await openSecrets(place, 'portal')).replace(NAME, secret)
}
