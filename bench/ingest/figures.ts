/**
 * What one ingest took, in seconds of the clock; each stage includes those before it but link,
 * which stands alone.
 */
export interface IngestFigures {
  readonly submission: string
  readonly reference: string
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

/** What it took to change a whole store, in seconds of the clock. */
export interface ChangeFigures {
  /** Deciding every record again. */
  readonly relink: number
  /** Taking the small file out, and then the large one. */
  readonly withdrawSmall: number
  readonly withdrawLarge: number
  readonly peakMegabytes: number
}
