/**
 * What one ingest took, in seconds of the clock; each stage includes those before it but link,
 * which stands alone.
 */
export interface IngestFigures {
  readonly submission: string
  readonly read: number
  readonly check: number
  readonly pseudonymise: number
  /** Reading, checking, pseudonymising and copying into the store, in one transaction. */
  readonly load: number
  readonly link: number
  /** From the first byte to the figures, the file's encryption included. */
  readonly whole: number
  readonly peakMegabytes: number
}
