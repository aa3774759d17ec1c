/** How a file is kept from being changed where it lies, from the weakest. */
export type Protection = 'folder' | 'storage' | 'immutable-storage'

/**
 * A place for small files that are written once: none takes the place of another. Names are our
 * own. Each throws `storage-unavailable` or `disk-full`.
 */
export interface OnceWritten {
  /** Writes a new file, whole or not at all; undefined when there is one of that name. */
  create(name: string, bytes: Uint8Array): Promise<Protection | undefined>
  read(name: string): Promise<Uint8Array | undefined>
  names(): Promise<readonly string[]>
}
