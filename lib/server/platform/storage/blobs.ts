/** A stored blob as a list shows it. */
export interface BlobListing {
  readonly id: string
  readonly madeAt: Date
}

/**
 * Where the stored forms of files lie: a folder or a container in the cloud. What it holds is
 * encrypted already. Each throws `storage-unavailable` or `disk-full`; whatever its source throws
 * comes out as it is.
 */
export interface Blobs {
  /** Writes a new blob, whole or not at all. */
  write(id: string, chunks: AsyncIterable<Uint8Array>): Promise<void>
  /** Bytes of a blob, or undefined when there is none. */
  size(id: string): Promise<number | undefined>
  /**
   * Exactly `length` bytes from `offset`, fewer at the end; undefined when there is no such blob.
   */
  read(id: string, offset: number, length: number): Promise<Uint8Array | undefined>
  /** Removes a blob with its snapshots and versions, whether or not it is there. */
  erase(id: string): Promise<void>
  /** Every blob, half-written ones of dead processes included. */
  list(): AsyncIterable<BlobListing>
}
