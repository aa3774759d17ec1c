import type * as WebAuthn from '@simplewebauthn/server'

/**
 * The package that makes and checks what passkeys sign, once somebody uses one: to load it takes a third of the time that
 * a command takes to start, and most never need it.
 */
export function webAuthn(): Promise<typeof WebAuthn> {
  return import('@simplewebauthn/server')
}
