/** For whom passkeys are made, and from where they may come. */
export interface RelyingParty {
  /** The host that passkeys are bound to. */
  readonly id: string
  readonly origins: readonly string[]
}

/**
 * The relying party of a portal at `origin`, which comes from configuration and never from a
 * request. Browsers make no passkey for an address of numbers: on this machine it is the name
 * `localhost`. Source: WebAuthn 3, "relying party identifier".
 */
export function relyingParty(origin: string): RelyingParty {
  const { protocol, hostname, port } = new URL(origin)
  const isLoopback = protocol === 'http:'
  if (!isLoopback) return { id: hostname, origins: [origin] }
  return { id: 'localhost', origins: [`http://localhost${port === '' ? '' : `:${port}`}`] }
}
