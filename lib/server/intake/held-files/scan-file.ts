import { Fault } from '#server/platform/faults/fault.ts'
import {
  readScannerPlace,
  scanBytes,
  type ScannerPlace,
  type ScanVerdict,
} from '#server/platform/scanning/clamd.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { noteScanner } from './scanner-state.ts'

/**
 * What a person sends is scanned for viruses before anything of it is parsed, where a scanner is set up
 * (docs/decisions/malware.md). That it passed lies beside the file under the file's own key, which workers
 * alone have: whoever writes to database or storage cannot say it.
 */

/** No scanner answers: the file waits. */
export interface ScannerAway {
  readonly ok: false
  readonly code: 'scanner-away'
  readonly detail: Readonly<Record<string, never>>
}

/** What a scanner found speaks against the file. */
export interface ScanRefusal {
  readonly ok: false
  readonly code: 'malware-found' | 'scan-too-large'
  readonly detail: Readonly<Record<string, never>>
}

/** Why a held file is not read: for good, or until a scanner answers. */
export type NotPassed = ScanRefusal | ScannerAway

const PASSED = { ok: true } as const

const NOT_PASSED: Readonly<Record<Exclude<ScanVerdict, 'clean'>, ScanRefusal>> = {
  infected: { ok: false, code: 'malware-found', detail: {} },
  'too-large': { ok: false, code: 'scan-too-large', detail: {} },
}

/** Files that this process has scanned at this moment: several may ask for one. */
const UNDER_WAY = new Map<string, Promise<ScanVerdict>>()

/** Whether a held file may be read: it was scanned and is clean, or there is no scanner. */
export async function scanHeldFile(
  store: Pick<ProgrammeStore, 'files' | 'env' | 'database'>,
  id: string,
): Promise<typeof PASSED | NotPassed> {
  const place = readScannerPlace(store.env)
  if (place === undefined || (await hasPassed(store, id))) return PASSED
  try {
    const scanning = UNDER_WAY.get(id) ?? scan(store, place, id).finally(() => UNDER_WAY.delete(id))
    UNDER_WAY.set(id, scanning)
    const verdict = await scanning
    return verdict === 'clean' ? PASSED : NOT_PASSED[verdict]
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'scanner-away') throw error
    await noteScanner(store.database, 'away')
    return { ok: false, code: 'scanner-away', detail: {} }
  }
}

async function scan(
  { files }: Pick<ProgrammeStore, 'files'>,
  place: ScannerPlace,
  id: string,
): Promise<ScanVerdict> {
  const verdict = await scanBytes(place, async () => {
    const opened = await files.open(id, 'scanned')
    if (!opened.ok) throw new Fault(opened.code)
    return opened.file.stream()
  })
  if (verdict === 'clean') await files.keepBeside(id, 'scan', passed())
  return verdict
}

async function hasPassed({ files }: Pick<ProgrammeStore, 'files'>, id: string): Promise<boolean> {
  try {
    return (await files.openBeside(id, 'scan')) !== undefined
  } catch (error) {
    // Somebody changed it: the file is scanned again.
    if (error instanceof Fault && error.code === 'file-damaged') return false
    throw error
  }
}

async function* passed(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from('clean'))
}
