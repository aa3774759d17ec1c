import type { ReadingLimits } from './table.ts'

/** What a file may hold unless the caller says otherwise: 200 MB, 2,000,000 rows, 500 columns. */
export const DEFAULT_LIMITS: ReadingLimits = {
  bytes: 200 * 1024 * 1024,
  rows: 2_000_000,
  columns: 500,
}

/**
 * Most characters in one row, and so in one cell. A row that is longer is a quote that was never
 * closed, or no table; reading on would hold the rest of the file in memory.
 */
export const ROW_CHARACTERS = 1_000_000

/** Most rows in one batch. */
export const BATCH_ROWS = 4_000

/** How many rows at the top are looked at to find the separator, the sheet and the header. */
export const SAMPLE_ROWS = 200
