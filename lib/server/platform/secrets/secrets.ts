/** When a secret was made, for the sweep of those whose file is gone. */
export interface SecretListing {
  readonly name: string
  readonly madeAt: Date
}

/** What secrets there are many of: envelopes of files, and keys that uploads are sealed for. */
export type SecretShelf = 'files' | 'sealing'

/**
 * Where keys lie: a private folder or a key vault. Names are our own, `[a-z0-9-]+` alone or on a
 * shelf, as `files/[a-z0-9-]+`. Each throws `keys-unreachable`, or `disk-full`, when it cannot do
 * its work.
 */
export interface Secrets {
  read(name: string): Promise<Uint8Array | undefined>
  /** Writes a secret that is not there yet, whole or not at all; false when it is there already. */
  create(name: string, secret: Uint8Array): Promise<boolean>
  /** Puts another secret in place of one, whole or not at all. */
  replace(name: string, secret: Uint8Array): Promise<void>
  /** Makes a secret unreadable for good, whether or not it is there. */
  erase(name: string): Promise<void>
  /** The secrets on a shelf, by their names there. */
  list(shelf: SecretShelf): AsyncIterable<SecretListing>
}
