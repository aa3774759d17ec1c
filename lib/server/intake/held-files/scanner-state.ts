import type pg from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/**
 * How the virus scanner does, as workers wrote it down for the pages that say so; nothing is decided
 * by it.
 */
export interface ScannerState {
  /** `none` where none is set up. */
  readonly state: 'none' | 'answers' | 'away'
  readonly since: Date
}

/** Reads how the virus scanner does. */
export async function readScannerState(on: Database | pg.ClientBase): Promise<ScannerState> {
  const { state, since } = await inPrisma(on, (prisma) => prisma.scannerWatch.findFirstOrThrow())
  // Of which the column's check allows no other.
  return { state: state as ScannerState['state'], since }
}

/** Writes down how it does, where that is news; answers whether it was. */
export async function noteScanner(
  on: Database | pg.ClientBase,
  state: ScannerState['state'],
): Promise<boolean> {
  const { count } = await inPrisma(on, (prisma) =>
    prisma.scannerWatch.updateMany({
      where: { state: { not: state } },
      data: { state, since: new Date() },
    }),
  )
  return count === 1
}
