import { sha256 } from '@noble/hashes/sha2.js'
import { readAreaFile, refuseService, type OpenedAreaFile } from '#core/area-file/area-file.ts'
import { checkTable } from '#core/checks/check-table.ts'
import type { CheckContext } from '#core/checks/rows/person-reader.ts'
import { NO_AREAS } from '#core/standard/area.ts'
import { hashTable, type HashedFile } from '#core/hashed-file/hash-table.ts'
import { openKeyFile } from '#core/key-file/key-file.ts'
import { withNames } from '#core/messages/submissions/kind-words.ts'
import { ALL_PEOPLE } from '#core/preparation/rows-left-out/kept-people.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Code } from '#core/messages/words-of.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { readOverview } from '#core/mapping/overview/overview.ts'
import type { RowMapper } from '#core/mapping/row-mapper.ts'
import { showShape, type ShapeView } from '#core/mapping/overview/shape-view.ts'
import { suggestFurther } from '#core/mapping/suggestions/suggest-further.ts'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'
import { listUnlistedWords } from '#core/mapping/words/unlisted-words.ts'
import { publishedVectors } from '#core/pseudonym/generated/published-vectors.ts'
import { EMPTY_FRAMEWORK } from '#core/framework/framework.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { preparePseudonymKeys, type PseudonymKeys } from '#core/pseudonym/pseudonymise.ts'
import { selfTest } from '#core/pseudonym/self-test.ts'
import { openWithProposals, type OpenedFile } from '#core/preparation/open-prepared.ts'
import { placeOf, placeWords } from '#core/preparation/row-places.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import type { ReadingChoices, ReadingReceipt, Table } from '#core/tabular/table.ts'
import { TOOL_VERSION } from '../../tool.ts'
import { fileSource } from './file-source.ts'
import { findingsCsv, type RowsOfFinding } from './findings-csv.ts'
import type {
  CallRefused,
  Epoch,
  FileTask,
  HasherCalls,
  WorkerMessage,
  WrittenTold,
} from './protocol.ts'
import { PageOutput } from './sending.ts'
import { Cancelled, watchTable } from './watched-table.ts'

/** What a manifest names as its maker. */
const TOOL = 'count-once-hasher.html'
/**
 * The largest file that is read: 2 GB. It is read piece by piece, so that memory does not grow with
 * it.
 */
const LIMITS = { bytes: 2 * 1024 * 1024 * 1024 }
const KEY_FILE_BYTES = 10_000
const AREA_FILE_BYTES = 64 * 1024 * 1024
const SAMPLE_ROWS = 500

interface OpenKey {
  readonly keys: PseudonymKeys
  readonly check: string
  readonly live: boolean
}

/**
 * What one page has opened so far, and the work on it. It holds the key; nothing of it ever leaves.
 */
export class Session implements HasherCalls {
  readonly #post: (message: WorkerMessage, transfer?: ArrayBuffer[]) => void
  readonly #outputs = new Map<Epoch, PageOutput>()
  #selfTest = { passed: 0, failed: 0 }
  #key: OpenKey | undefined
  #bridgeKey: OpenKey | undefined
  #area: OpenedAreaFile | undefined
  #file: File | undefined
  #quarter: Quarter | undefined
  #kind: FileKind = 'people'
  #findings:
    | { readonly receipt: ReadingReceipt; readonly found: readonly RowsOfFinding[] }
    | undefined
  #isCancelled = false

  constructor(post: (message: WorkerMessage, transfer?: ArrayBuffer[]) => void) {
    this.#post = post
  }

  cancel(): void {
    this.#isCancelled = true
  }

  taken(of: Epoch): void {
    this.#outputs.get(of)?.taken()
  }

  /** Runs a call; what was cancelled before it counts no more. */
  async run<Name extends keyof HasherCalls>(
    call: Name,
    argument: Parameters<HasherCalls[Name]>[0],
  ): Promise<{ readonly ok: boolean }> {
    this.#isCancelled = false
    try {
      const work = this[call] as (given: typeof argument) => Promise<{ readonly ok: boolean }>
      return await work.call(this, argument)
    } catch (error) {
      if (error instanceof Cancelled) return refused('hasher-cancelled')
      throw error
    }
  }

  selfTest(): ReturnType<HasherCalls['selfTest']> {
    const { passed, failed } = selfTest(publishedVectors())
    this.#selfTest = { passed, failed }
    return Promise.resolve({ ok: true, passed, failed })
  }

  async openKey({
    file,
    passphrase,
  }: Parameters<HasherCalls['openKey']>[0]): ReturnType<HasherCalls['openKey']> {
    this.#forgetKey()
    if (!this.#isTested()) return refused('hasher-self-test')
    const opened = await openSourceKey(file, passphrase)
    if (!opened.ok) return opened
    this.#key = opened
    return { ok: true, check: opened.check, live: opened.live }
  }

  async openBridgeKey({
    file,
    passphrase,
  }: Parameters<HasherCalls['openBridgeKey']>[0]): ReturnType<HasherCalls['openBridgeKey']> {
    this.#forgetBridgeKey()
    const own = this.#demandKey()
    const opened = await openSourceKey(file, passphrase)
    if (!opened.ok) return opened
    if (opened.check === own.check) {
      opened.keys.engine.dispose()
      return refused('bridge-key-same')
    }
    this.#bridgeKey = opened
    return { ok: true, check: opened.check, live: opened.live }
  }

  async openArea({
    file,
  }: Parameters<HasherCalls['openArea']>[0]): ReturnType<HasherCalls['openArea']> {
    this.#area = undefined
    const { keys } = this.#demandKey()
    if (file.size > AREA_FILE_BYTES) return refused('area-file-unreadable')
    const area = readAreaFile(new Uint8Array(await file.arrayBuffer()), keys.source)
    if (!area.ok) return refused(area.code)
    this.#area = area
    const { programme, providers, services, postcodes, rules, framework } = area
    const told = { programme: programme.name, providers, services, postcodes }
    return {
      ...{ ok: true, ...told },
      ...(rules === undefined ? {} : { rules }),
      ...(framework === undefined ? {} : { framework: framework.framework }),
    }
  }

  async readFile({
    file,
    choices,
    quarter,
    kind,
  }: Parameters<HasherCalls['readFile']>[0]): ReturnType<HasherCalls['readFile']> {
    if (kind === 'outcomes' && this.#area?.framework === undefined)
      return refused('hasher-framework-missing')
    this.#file = file
    this.#findings = undefined
    this.#quarter = quarter
    this.#kind = kind
    const { table, asItStands, proposals } = await this.#openFile(choices)
    const { header } = table
    const given = { header, sampleRows: await sample(table), quarter, receipt: table.receipt }
    const suggested =
      kind === 'people'
        ? suggestMapping(given)
        : suggestFurther(kind, given, this.#area?.framework?.framework)
    const overview = await readOverview(table, suggested.mapping, suggested.suggestions)
    if (overview.rows === 0) return refused('no-rows')
    const shapes: ShapeView[] = []
    for (const proposal of proposals) shapes.push(await showShape(asItStands, proposal, quarter))
    return { ok: true, receipt: asPlain(table.receipt), header, overview, ...suggested, shapes }
  }

  async listWords({
    mapping,
  }: Parameters<HasherCalls['listWords']>[0]): ReturnType<HasherCalls['listWords']> {
    return { ok: true, fields: await listUnlistedWords(await this.#open(mapping), mapping) }
  }

  async check(task: FileTask): ReturnType<HasherCalls['check']> {
    const { table, mapper, context } = await this.#prepare(task)
    const outcome = await checkTable(table, mapper, context, { accept: () => undefined })
    const receipt = asPlain(table.receipt)
    this.#findings = {
      receipt,
      found: outcome.findings.map(({ rowList, ...finding }) => ({
        ...finding,
        rowList: rowList.toBytes(),
      })),
    }
    const { rows, records, familyTies, contactsCounted, linkability, forecast, findings } = outcome
    const { activities, scores } = outcome
    const events = {
      ...(activities === undefined ? {} : { activities }),
      ...(scores === undefined ? {} : { scores }),
    }
    return {
      ok: true,
      rows,
      records,
      familyTies,
      contactsCounted,
      events: withNames(events, this.#area?.framework?.framework ?? EMPTY_FRAMEWORK),
      linkability,
      forecast,
      findings: findings.map(({ code, field, severity, rows: count, firstRows }) => ({
        code,
        field,
        severity,
        rows: count,
        firstRows: firstRows
          .filter((row) => row > 0)
          .map((row) => placeWords(placeOf(receipt, row))),
      })),
    }
  }

  listFindings(): ReturnType<HasherCalls['listFindings']> {
    const { receipt, found } = this.#findings ?? { receipt: { headerRow: 1 }, found: [] }
    return Promise.resolve({ ok: true, csv: findingsCsv(found, receipt) })
  }

  async hash({
    leaveOut,
    confirm,
    ...task
  }: Parameters<HasherCalls['hash']>[0]): ReturnType<HasherCalls['hash']> {
    const { table, mapper, context } = await this.#prepare(task)
    const output = this.#begin('own')
    const old = this.#bridgeKey && { keys: this.#bridgeKey.keys, output: this.#begin('bridge') }
    const hashed = await hashTable(
      {
        table,
        mapper,
        quarter: context.quarter,
        live: context.live,
        areas: context.areas,
        ...(this.#area?.framework === undefined ? {} : { framework: this.#area.framework }),
        unansweredShapes: context.unansweredShapes ?? [],
        provider: task.provider,
        service: task.service,
        target: { keys: this.#demandKey().keys, output },
        ...(old === undefined ? {} : { bridge: old }),
        leaveOut,
        confirm,
        tool: TOOL,
        toolVersion: TOOL_VERSION,
        selfTest: this.#selfTest,
      },
      { sha256: () => sha256.create() },
    )
    if (!hashed.ok) return refused(hashed.code)
    await output.finish()
    await old?.output.finish()
    return { ok: true, own: told(hashed.file), bridge: hashed.bridge && told(hashed.bridge) }
  }

  #isTested(): boolean {
    return this.#selfTest.passed > 0 && this.#selfTest.failed === 0
  }

  #demandKey(): OpenKey {
    if (this.#key === undefined || !this.#isTested()) throw new Error('no key was opened')
    return this.#key
  }

  #begin(of: Epoch): PageOutput {
    const output = new PageOutput(of, this.#post)
    this.#outputs.set(of, output)
    return output
  }

  #forgetBridgeKey(): void {
    this.#bridgeKey?.keys.engine.dispose()
    this.#bridgeKey = undefined
  }

  #forgetKey(): void {
    this.#forgetBridgeKey()
    this.#key?.keys.engine.dispose()
    this.#key = undefined
    this.#area = undefined
  }

  async #open(choices: ReadingChoices): Promise<Table> {
    return (await this.#openFile(choices)).table
  }

  async #openFile(choices: ReadingChoices): Promise<OpenedFile> {
    if (this.#file === undefined || this.#quarter === undefined)
      throw new Error('no file was chosen')
    const source = fileSource(this.#file)
    // Rows of activities and outcomes may name nobody, and count.
    const told = this.#kind === 'people' ? {} : { people: ALL_PEOPLE }
    const opened = await openWithProposals({
      ...{ source, choices: { ...choices, ...told }, quarter: this.#quarter, limits: LIMITS },
    })
    return { ...opened, table: this.#watch(opened.table) }
  }

  #watch(table: Table): Table {
    let reading = 0
    return watchTable(table, {
      begun: () => reading++,
      progress: (rows) => {
        this.#post({ type: 'progress', rows, reading })
      },
      isCancelled: () => this.#isCancelled,
    })
  }

  async #prepare({ mapping, provider, service, quarter }: FileTask): Promise<{
    readonly table: Table
    readonly mapper: RowMapper
    readonly context: CheckContext
  }> {
    if (this.#area !== undefined && refuseService(this.#area, provider, service) !== null)
      throw new Error('the service is not one of the area file')
    const { table, open } = await this.#openFile(mapping)
    const areas = this.#area?.areas ?? NO_AREAS
    const { live } = this.#demandKey()
    const { date1904 } = table.receipt
    return {
      table,
      mapper: mapperOf(mapping, table.header),
      context: {
        ...{ quarter, live, date1904, areas },
        unansweredShapes: open.map(({ shape }) => shape),
        ...(this.#area?.framework === undefined
          ? {}
          : { outcomes: { framework: this.#area.framework.framework, serviceCode: service } }),
      },
    }
  }
}

/** Opens a key file; the raw key is wiped. */
async function openSourceKey(
  file: File,
  passphrase: string,
): Promise<({ readonly ok: true } & OpenKey) | CallRefused> {
  if (file.size > KEY_FILE_BYTES) return refused('key-file-unreadable')
  const opened = await openKeyFile(await file.text(), passphrase, crypto)
  if (!opened.ok) return refused(opened.code)
  const { key, check, live } = opened
  const keys = preparePseudonymKeys(createHmacEngine(), { source: key, platform: [] })
  key.fill(0)
  return { ok: true, keys, check, live }
}

function told({ manifest, manifestBytes, hmacBytes }: HashedFile): WrittenTold {
  return { manifest, manifestBytes, hmacBytes }
}

/** The page has compiled the same mapping before. */
function mapperOf(mapping: Mapping, header: readonly string[]): RowMapper {
  const compiled = compileMapping(mapping, header, undefined, mapping.kind)
  if (!compiled.ok) throw new Error('the mapping cannot be used')
  return compiled.mapper
}

async function sample(table: Table): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = []
  for await (const batch of table.batches()) {
    const present = batch.rows.filter((row) => !isNoRow(row))
    rows.push(...present.slice(0, SAMPLE_ROWS - rows.length))
    if (rows.length >= SAMPLE_ROWS) break
  }
  return rows
}

/** A receipt without what a message cannot carry: a workbook's counts are read as they grow. */
function asPlain<T extends object>(receipt: T): T {
  return { ...receipt }
}

function refused(code: Code, detail: CallRefused['detail'] = {}): CallRefused {
  return { ok: false, code, detail }
}
