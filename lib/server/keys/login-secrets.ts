import { randomBytes } from 'node:crypto'
import { refuseKey } from '#core/pseudonym/keys.ts'
import type { Login } from '#server/identity/actors/login-roles.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { openSecrets, type KeyPlace } from './key-places.ts'

/**
 * What a part of the server signs in to the database with: 32 random bytes of its own in the place
 * of who uses it, the workers' or the portal's; made when first asked for. Throws `keys-weak` when
 * what is kept is no such secret.
 */
export async function openLoginSecret(place: KeyPlace, login: Login): Promise<Uint8Array> {
  const secrets = await openSecrets(place, login === 'worker' ? 'worker' : 'portal')
  const name = `${login}-role`
  // Whoever comes second reads what the first wrote.
  await ((await secrets.read(name)) ?? secrets.create(name, new Uint8Array(randomBytes(32))))
  const secret = (await secrets.read(name)) ?? new Uint8Array()
  const reason = refuseKey(secret)
  if (reason !== null) throw new Fault('keys-weak', { what: name, reason })
  return secret
}

/** The same where it is there already; undefined where no process of the installation was started yet. */
export async function readLoginSecret(
  place: KeyPlace,
  login: Login,
): Promise<Uint8Array | undefined> {
  const secrets = await openSecrets(place, login === 'worker' ? 'worker' : 'portal')
  return secrets.read(`${login}-role`)
}
