import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { NO_AREAS } from '#core/standard/area.ts'
import { preparedByRules } from '#core/area-file/area-file.ts'
import type { CheckOutcome } from '#core/checks/check-outcome.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { hashTable, type HashedFile } from '#core/hashed-file/hash-table.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { MappingRefusal } from '#core/mapping/field-claims.ts'
import { parseMappingFile } from '#core/mapping/mapping-file.ts'
import { mappedHeadings } from '#core/mapping/mapped-headings.ts'
import type { ProposalTold } from '#core/preparation/proposals/proposals.ts'
import { ALL_PEOPLE, type KeptPeople } from '#core/preparation/rows-left-out/kept-people.ts'
import { lastingMapping } from '#core/mapping/lasting-mapping.ts'
import type { Mapping, Suggestion } from '#core/mapping/mapping.ts'
import type { RowMapper } from '#core/mapping/row-mapper.ts'
import { suggestMapping, type SuggestedMapping } from '#core/mapping/suggestions/suggest.ts'
import { suggestFurther } from '#core/mapping/suggestions/suggest-further.ts'
import type { VersionedFramework } from '#core/hashed-file/hashed-events.ts'
import { unaskedColumns, type UnaskedColumn } from '#core/mapping/unasked-columns.ts'
import type { SelfTestResult } from '#core/pseudonym/self-test.ts'
import { openWithProposals, type OpenedFile } from '#core/preparation/open-prepared.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import {
  FileRefused,
  type Encoding,
  type ReadingReceipt,
  type ReadingTold,
  type Table,
} from '#core/tabular/table.ts'
import { TOOL_VERSION } from '../tool.ts'
import { FAULT, REFUSED, USAGE, type Console } from './console.ts'
import { openFileSource } from './file-source.ts'
import { notReadable, openArea, openKey, readText, type OpenedKey } from './open-keys.ts'
import { FileThere, hashedNames, OutputFiles, type HashedNames } from './output-files.ts'
import { readPassphrase } from './passphrase.ts'
import { stopped } from './stopped.ts'
import type { ColumnNames } from './tell.ts'

/** What is hashed, and how: the command line's options, read. */
export interface HashRequest {
  readonly file: string
  readonly key: string
  readonly bridgeKey: string | undefined
  readonly provider: string
  readonly service: string
  readonly quarter: Quarter
  /** What its rows are about, where that is said. */
  readonly kind: FileKind | undefined
  readonly area: string | undefined
  readonly mapping: string | undefined
  readonly headerRow: number | undefined
  readonly encoding: Encoding | undefined
  readonly people: KeptPeople | undefined
  readonly saveMapping: string | undefined
  readonly leaveOut: boolean
  readonly confirm: boolean
  /** NAME.csv. */
  readonly out: string
}

/** What a run came to, in any case: what it has is told. */
export interface HashReport {
  check?: string
  bridgeCheck?: string
  receipt?: ReadingReceipt
  /** Shapes that the file seems to have and nobody has taken or turned down. */
  proposals?: readonly ProposalTold[]
  suggestions?: readonly Suggestion[]
  mappingRefusals?: readonly MappingRefusal[]
  columnOf?: ColumnNames
  outcome?: CheckOutcome
  files?: readonly HashedNames[]
}

/**
 * Rows and bytes that one file may have: what the numbers of rows in a hashed file can name within
 * some 300 MB of memory.
 */
export const LIMITS = { rows: 5_000_000, bytes: 8 * 1024 ** 3 }
const SAMPLE_ROWS = 500

/**
 * Makes the hashed file and its manifest, or throws Stopped and leaves nothing. What is learnt on
 * the way is kept in `report`, so that a refusal is told with what led to it.
 */
export async function hashFile(
  request: HashRequest,
  selfTest: SelfTestResult,
  terminal: Console,
  report: HashReport,
  isCancelled: () => boolean,
): Promise<void> {
  const names = [hashedNames(request.out)]
  if (request.bridgeKey !== undefined) names.push(hashedNames(request.out, true))
  const source = await openFileSource(request.file)
  if (source === undefined) throw notReadable(request.file)
  const files = new OutputFiles()
  try {
    demandFree(names, request.saveMapping)
    const chosen = await readMappingFile(request.mapping)
    const { own, old } = await openKeys(request, terminal)
    report.check = own.check
    if (old !== undefined) report.bridgeCheck = old.check
    const area =
      request.area === undefined
        ? undefined
        : await openArea(request.area, own, request.provider, request.service)
    const kind = request.kind ?? chosen?.kind ?? 'people'
    const framework = area?.framework
    // Before anything is read: nothing of such a file could be said without it.
    if (kind === 'outcomes' && framework === undefined) throw stopped('hasher-framework-missing')
    // The rules of an area file fill the gaps of a service's files of people.
    const rules = kind === 'people' ? area?.rules : undefined
    const preparation = preparedByRules(rules, request.service, chosen?.preparation)
    const prepared = preparation === undefined ? {} : { preparation }
    const told = toldOf(request, kind)
    const choices = {
      ...chosen,
      ...prepared,
      ...told,
      ...(chosen === undefined ? {} : { expectedHeadings: mappedHeadings(chosen) }),
    }
    const opened = await openWithProposals({
      source,
      choices,
      quarter: request.quarter,
      limits: LIMITS,
    })
    const { table } = opened
    report.proposals = opened.open
    report.receipt = table.receipt
    const { mapper, unaskedColumns } = await openMapping(
      { ...request, ...prepared },
      { chosen, opened, report, kind, framework, told },
    )
    report.columnOf = mapper.columnOf
    const [csv, bridgeCsv] = await Promise.all(names.map(({ csv }) => files.begin(csv)))
    if (csv === undefined) throw new Error('no file was begun')
    const hashed = await hashTable(
      {
        table,
        mapper,
        quarter: request.quarter,
        live: own.live,
        areas: area?.areas ?? NO_AREAS,
        ...(framework === undefined ? {} : { framework }),
        unansweredShapes: opened.open.map(({ shape }) => shape),
        unaskedColumns,
        provider: request.provider,
        service: request.service,
        target: { keys: own.keys, output: csv },
        ...(old === undefined || bridgeCsv === undefined
          ? {}
          : { bridge: { keys: old.keys, output: bridgeCsv } }),
        leaveOut: request.leaveOut,
        confirm: request.confirm,
        tool: 'countonce-hash',
        toolVersion: TOOL_VERSION,
        selfTest,
      },
      {
        sha256: () => createHash('sha256'),
        progress: (rows) => {
          terminal.showProgress(`${rows} rows read`)
        },
        isCancelled,
      },
    )
    if (hashed.outcome !== undefined) report.outcome = hashed.outcome
    if (!hashed.ok) throw stopped(hashed.code, hashed.code === 'hasher-cancelled' ? FAULT : REFUSED)
    const made = hashed.bridge === undefined ? [hashed.file] : [hashed.file, hashed.bridge]
    for (const [index, file] of made.entries()) await writeBeside(files, file, names[index])
    await files.complete()
    report.files = names
  } catch (error) {
    throw asStopped(error)
  } finally {
    await files.discard()
    await source.close()
  }
}

/** Refuses before anything is read what would be refused at the end. */
export function demandFree(names: readonly HashedNames[], saveMapping: string | undefined): void {
  const wanted = names.flatMap(({ csv, manifest, hmac }) => [csv, manifest, hmac])
  if (saveMapping !== undefined) wanted.push(saveMapping)
  for (const path of wanted) demandFreePath(path)
}

/** Refuses a name where something is already. */
export function demandFreePath(path: string): void {
  if (existsSync(path)) throw new FileThere(path)
}

async function openKeys(
  { key, bridgeKey }: HashRequest,
  terminal: Console,
): Promise<{ own: OpenedKey; old: OpenedKey | undefined }> {
  const own = await openKey(key, await readPassphrase('COUNTONCE_PASSPHRASE', 'key file', terminal))
  if (bridgeKey === undefined) return { own, old: undefined }
  const old = await openKey(
    bridgeKey,
    await readPassphrase('COUNTONCE_BRIDGE_PASSPHRASE', 'old key file', terminal),
  )
  if (old.check === own.check) throw stopped('bridge-key-same')
  return { own, old }
}

async function readMappingFile(path: string | undefined): Promise<Mapping | undefined> {
  if (path === undefined) return undefined
  const parsed = parseMappingFile(await readText(path))
  if (parsed.ok) return parsed.mapping
  throw stopped('mapping-file-unusable', USAGE, { path, why: parsed.code, at: parsed.at })
}

/**
 * What the command line says of how the file is read. Rows of activities and outcomes may name
 * nobody, and count.
 */
function toldOf({ headerRow, encoding, people }: HashRequest, kind: FileKind): ReadingTold {
  return {
    ...(kind === 'people' ? {} : { people: ALL_PEOPLE }),
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(people === undefined ? {} : { people }),
  }
}

/** What a file is matched by, and what was learnt of it so far. */
interface ToMatch {
  /** The mapping that was given. */
  readonly chosen: Mapping | undefined
  readonly opened: OpenedFile
  readonly report: HashReport
  readonly kind: FileKind
  readonly framework: VersionedFramework | undefined
  readonly told: ReadingTold
}

/**
 * The mapping that was given, else what is certain of the suggestions, with the columns that nobody
 * was asked about; what cannot be used stops.
 */
async function openMapping(
  request: HashRequest & Pick<Mapping, 'preparation'>,
  { chosen, opened: { table }, report, kind, framework, told }: ToMatch,
): Promise<{ mapper: RowMapper; unaskedColumns: readonly UnaskedColumn[] }> {
  const { header } = table
  const suggested =
    chosen === undefined
      ? await suggest({ quarter: request.quarter, kind, framework }, table)
      : undefined
  if (suggested !== undefined) report.suggestions = suggested.suggestions
  const mapping = {
    ...(chosen ?? suggested?.mapping ?? { columns: {} }),
    ...(request.preparation === undefined ? {} : { preparation: request.preparation }),
    ...told,
  }
  if (request.saveMapping !== undefined) await saveMapping(request.saveMapping, mapping)
  const compiled = compileMapping(mapping, header, undefined, kind)
  if (compiled.ok) {
    const unasked = suggested === undefined ? [] : unaskedColumns({ header, ...suggested })
    return { mapper: compiled.mapper, unaskedColumns: unasked }
  }
  report.mappingRefusals = compiled.refusals
  const isIncomplete = compiled.refusals.every(({ code }) => code === 'mapping-field-missing')
  throw stopped(isIncomplete ? 'mapping-incomplete' : 'mapping-unusable')
}

/**
 * Writes the mapping in use, at once: it is what somebody needs to fix what is refused after it.
 */
async function saveMapping(path: string, mapping: Mapping): Promise<void> {
  const files = new OutputFiles()
  try {
    const file = await files.begin(path)
    const lasting = lastingMapping(mapping)
    await file.write(new TextEncoder().encode(`${JSON.stringify(lasting, null, 2)}\n`))
    await files.complete()
  } finally {
    await files.discard()
  }
}

async function suggest(
  { quarter, kind, framework }: Pick<ToMatch, 'kind' | 'framework'> & Pick<HashRequest, 'quarter'>,
  table: Table,
): Promise<SuggestedMapping> {
  const sampleRows: (readonly string[])[] = []
  for await (const { rows } of table.batches()) {
    const present = rows.filter((row) => !isNoRow(row))
    sampleRows.push(...present.slice(0, SAMPLE_ROWS - sampleRows.length))
    if (sampleRows.length >= SAMPLE_ROWS) break
  }
  const { header, receipt } = table
  const source = { header, sampleRows, quarter, receipt }
  return kind === 'people'
    ? suggestMapping(source)
    : suggestFurther(kind, source, framework?.framework)
}

/** Writes the manifest and its signature beside a hashed file. */
export async function writeBeside(
  files: OutputFiles,
  { manifestBytes, hmacBytes }: Pick<HashedFile, 'manifestBytes' | 'hmacBytes'>,
  names: HashedNames | undefined,
): Promise<void> {
  if (names === undefined) throw new Error('a file without a name')
  await (await files.begin(names.manifest)).write(manifestBytes)
  await (await files.begin(names.hmac)).write(hmacBytes)
}

/** What can be told of an error in a line; anything else is a fault and passes. */
export function asStopped(error: unknown): unknown {
  if (error instanceof FileRefused) return stopped(error.code, REFUSED, error.detail)
  if (error instanceof FileThere) return stopped('output-exists', USAGE, { path: error.path })
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? ''
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return stopped('output-disk-full', FAULT)
  if (['ENOENT', 'EACCES', 'EPERM', 'EROFS'].includes(code)) {
    return stopped('output-not-writable', USAGE)
  }
  return error
}
