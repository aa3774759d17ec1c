import { createHash } from 'node:crypto'
import { writeHashedHeader } from '#core/hashed-file/write-hashed-rows.ts'
import { manifestOf, readManifest, writeManifest } from '#core/hashed-file/manifest.ts'
import {
  SealedRows,
  WORK_COLUMNS,
  type SealedOutcome,
  type SealingRefusal,
} from '#core/hashed-file/sealed-rows.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { manifestHmac } from '#core/pseudonym/keys.ts'
import type { SelfTestResult } from '#core/pseudonym/self-test.ts'
import { openTable } from '#core/tabular/open-table.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { TOOL_VERSION } from '../tool.ts'
import { REFUSED, type Console } from './console.ts'
import { openFileSource } from './file-source.ts'
import { asStopped, demandFree, LIMITS, writeBeside } from './hash-file.ts'
import { notReadable, openArea, openKey } from './open-keys.ts'
import { hashedNames, OutputFiles, type HashedNames } from './output-files.ts'
import { readPassphrase } from './passphrase.ts'
import { stopped, Stopped } from './stopped.ts'

/** What is sealed, and for whom: the command line's options, read. */
export interface SealRequest {
  /** What count_once.hashed_file answered, as CSV. */
  readonly workFile: string
  readonly key: string
  readonly provider: string
  readonly service: string
  readonly quarter: Quarter
  readonly area: string | undefined
  /** NAME.csv. */
  readonly out: string
}

/** What was sealed. */
export interface Sealed {
  readonly check: string
  readonly outcome: SealedOutcome
  readonly files: HashedNames
}

/** The tool that a manifest of such a file names. */
const TOOL = 'count-once-sql'

/**
 * Makes a hashed file and its signed manifest of rows that a database hashed, or throws Stopped and
 * leaves nothing: one cell outside the grammar of its column is enough.
 */
export async function sealFile(
  request: SealRequest,
  selfTest: SelfTestResult,
  terminal: Console,
): Promise<Sealed> {
  const names = hashedNames(request.out)
  const source = await openFileSource(request.workFile)
  if (source === undefined) throw notReadable(request.workFile)
  const files = new OutputFiles()
  try {
    demandFree([names], undefined)
    const passphrase = await readPassphrase('COUNTONCE_PASSPHRASE', 'key file', terminal)
    const opened = await openKey(request.key, passphrase)
    const { provider, service, quarter } = request
    const area =
      request.area === undefined
        ? undefined
        : await openArea(request.area, opened, provider, service)
    const table = await openTable(source, {}, LIMITS)
    if (table.header.join() !== WORK_COLUMNS.join()) throw stopped('seal-columns')
    const wards = area === undefined ? undefined : new Set(area.wards.map(({ code }) => code))
    const rows = new SealedRows({ quarter, sourceKeyCheck: opened.check, wards })
    const digest = createHash('sha256')
    const csv = await files.begin(names.csv)
    let csvBytes = 0
    const write = async (bytes: Uint8Array): Promise<void> => {
      digest.update(bytes)
      csvBytes += bytes.length
      await csv.write(bytes)
    }
    await write(writeHashedHeader())
    for await (const batch of table.batches()) {
      let lines = ''
      for (const cells of batch.rows) {
        const line = rows.add(cells)
        if (typeof line !== 'string') throw asRefused(line)
        lines += line
      }
      await write(new TextEncoder().encode(lines))
    }
    const manifestBytes = writeManifest(
      manifestOf(rows.outcome, {
        sourceKeyCheck: opened.check,
        live: opened.live,
        provider,
        service,
        quarter,
        bridgeFor: null,
        tool: TOOL,
        toolVersion: TOOL_VERSION,
        selfTest,
        csvBytes,
        csvSha256: digest.digest('hex'),
      }),
    )
    // What the portal would refuse, such as a reason code that there is not, is refused here.
    if (!readManifest(manifestBytes).ok) throw stopped('seal-cell')
    const hmacBytes = new TextEncoder().encode(
      `${manifestHmac(opened.keys.source, manifestBytes)}\n`,
    )
    await writeBeside(files, { manifestBytes, hmacBytes }, names)
    await files.complete()
    return { check: opened.check, outcome: rows.outcome, files: names }
  } catch (error) {
    throw asStopped(error)
  } finally {
    await files.discard()
    await source.close()
  }
}

/** The refusal with the row and the column, never the value. */
function asRefused({ code, row, column }: SealingRefusal): Stopped {
  const { title, fix } = wordsOf(code)
  return new Stopped(code, { title: `Row ${row}, ${column}: ${title}`, fix }, REFUSED)
}
