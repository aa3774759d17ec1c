/**
 * The whole way from a table to a hashed file and its manifest, as the command line and the
 * browser's worker go it. The checks and pseudonyms are the portal's own code; clock, files and
 * threads stay outside. Memory is bounded whatever the file holds: records leave a batch at a time.
 * Source: docs/pseudonymisation.md, "Hashed file".
 */
import type { CheckOutcome, CheckSink } from '#core/checks/check-outcome.ts'
import { checkTable } from '#core/checks/check-table.ts'
import { NO_EVENTS, type KeptActivity, type PersonEvents } from '#core/checks/events/kept-events.ts'
import type { NumberList } from '#core/checks/number-list.ts'
import type { CheckContext } from '#core/checks/rows/person-reader.ts'
import { whatStops, type FileStop } from '#core/checks/what-stops.ts'
import { isReachKind, type ReachKind } from '#core/standard/further-fields.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import type { RowMapper } from '#core/mapping/row-mapper.ts'
import { hexOf, keyCheckValue, manifestHmac } from '#core/pseudonym/keys.ts'
import { MessageBatch, type TakenBatch } from '#core/pseudonym/message-batch.ts'
import { pseudonymiseBatch, type PseudonymKeys } from '#core/pseudonym/pseudonymise.ts'
import type { Table } from '#core/tabular/table.ts'
import type { VersionedFramework } from './hashed-events.ts'
import { manifestOf, writeManifest, type Manifest } from './manifest.ts'
import { HashedRowWriter, writeHashedHeader } from './write-hashed-rows.ts'

/**
 * SHA-256 as bytes come: Node's createHash('sha256') and @noble/hashes' sha256.create() are both of
 * this form.
 */
export interface IncrementalDigest {
  update(bytes: Uint8Array): unknown
  digest(): Uint8Array
}

/** Where the lines of a hashed file go. */
export interface HashedOutput {
  /** Takes bytes at the end; they are written over once it has answered. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** Forgets everything written so far: the file is begun again. */
  restart(): Promise<void>
}

/** One key and where what is made with it goes. */
export interface HashedTarget {
  /** Without platform keys: what comes out are source pseudonyms. */
  readonly keys: PseudonymKeys
  readonly output: HashedOutput
}

/** What is hashed, for whom, and what a person has agreed to. */
export interface HashingTask {
  readonly table: Table
  readonly mapper: RowMapper
  readonly quarter: Quarter
  /** The flag of the key file. */
  readonly live: boolean
  readonly areas: CheckContext['areas']
  /** What scores are of: a mapping of outcomes is refused without it. */
  readonly framework?: VersionedFramework
  /** Shapes that the file seems to have and nobody has taken or turned down. */
  readonly unansweredShapes?: NonNullable<CheckContext['unansweredShapes']>
  /** Columns that may hold something of the standard, where nobody was asked about them. */
  readonly unaskedColumns?: NonNullable<CheckContext['unaskedColumns']>
  readonly provider: string
  readonly service: string
  readonly target: HashedTarget
  /** In a bridge quarter the old key: the same rows in the same order. */
  readonly bridge?: HashedTarget
  /** Rows with a must-fix finding are left out, and counted as rejected. */
  readonly leaveOut: boolean
  /** What is to be confirmed was confirmed. */
  readonly confirm: boolean
  readonly tool: string
  readonly toolVersion: string
  readonly selfTest: { readonly passed: number; readonly failed: number }
}

/** What the outside gives. */
export interface HashingSurroundings {
  readonly sha256: () => IncrementalDigest
  /**
   * Told after every batch how many rows of this reading were read; a reading may be followed by
   * another.
   */
  readonly progress?: (rows: number) => void
  /** Asked after every batch. */
  readonly isCancelled?: () => boolean
}

/** Why no hashed file was made. */
export type HashingRefusal =
  /** A published vector did not come out, or none was run. */
  | 'hasher-self-test'
  | 'hasher-cancelled'
  /** Scores, and nothing that says what they are of. */
  | 'hasher-framework-missing'
  /** A feed of a look-up’s source. */
  | 'hasher-feed'
  /**
   * What was found and not answered for: dates written month first, rows to fix or to leave out,
   * what is to be confirmed.
   */
  | FileStop['code']

/** A hashed file that is written, with what is to be written beside it. */
export interface HashedFile {
  readonly manifest: Manifest
  readonly manifestBytes: Uint8Array<ArrayBuffer>
  /** The content of NAME.manifest.hmac. */
  readonly hmacBytes: Uint8Array<ArrayBuffer>
}

export type Hashed =
  | {
      readonly ok: true
      readonly outcome: CheckOutcome
      readonly file: HashedFile
      readonly bridge?: HashedFile
    }
  | {
      readonly ok: false
      readonly code: HashingRefusal
      /** What the check of the file came to, when it was read to its end. */
      readonly outcome?: CheckOutcome
    }

/** Records that leave at once: a megabyte of lines and more. */
const RECORDS_AT_ONCE = 1_000

/**
 * Hashes a table. Whatever was written to an output is of no use unless it answers ok: the caller
 * discards it.
 */
export async function hashTable(
  task: HashingTask,
  surroundings: HashingSurroundings,
): Promise<Hashed> {
  const { passed, failed } = task.selfTest
  if (failed > 0 || passed === 0) return { ok: false, code: 'hasher-self-test' }
  if (task.mapper.kind === 'outcomes' && task.framework === undefined)
    return { ok: false, code: 'hasher-framework-missing' }
  const { kind } = task.mapper
  if (!isReachKind(kind)) return { ok: false, code: 'hasher-feed' }
  const watched = { ...task, table: watchTable(task.table, surroundings) }
  const makeRun = (): Run => new Run(watched, kind, surroundings)
  try {
    const first = makeRun()
    const outcome = await first.hash(undefined)
    const { leaveOut, confirm: confirmed } = task
    const stop = whatStops(outcome.findings, { leaveOut, confirmed })
    if (stop !== undefined) return { ok: false, code: stop.code, outcome }
    const { recalledRows } = outcome
    if (recalledRows.length === 0) return first.finish(outcome)
    // Two rows that disagree about a person are known at the end only: once more, without them.
    await task.target.output.restart()
    await task.bridge?.output.restart()
    const second = makeRun()
    await second.hash(recalledRows)
    return second.finish(outcome)
  } catch (error) {
    if (error instanceof Cancelled) return { ok: false, code: 'hasher-cancelled' }
    throw error
  }
}

class Cancelled extends Error {}

/** The same table; after every batch it tells how far it is, and stops when it is told to. */
function watchTable(table: Table, { progress, isCancelled }: HashingSurroundings): Table {
  return {
    header: table.header,
    get receipt() {
      return table.receipt
    },
    get signs() {
      return table.signs
    },
    async *batches() {
      for await (const batch of table.batches()) {
        if (isCancelled?.() === true) throw new Cancelled()
        yield batch
        progress?.(batch.firstRow + batch.rows.length - 1)
      }
    },
  }
}

/** One writing of the file: records are collected, hashed and handed on a batch at a time. */
class Run {
  readonly #task: HashingTask
  readonly #files: readonly FileBeingMade[]
  readonly #messages: MessageBatch
  readonly #kind: ReachKind
  #facts: RecordFacts[] = []
  #people: PersonEvents[] = []
  #activities: KeptActivity[] = []
  #isWanted = true

  constructor(task: HashingTask, kind: ReachKind, { sha256 }: HashingSurroundings) {
    this.#task = task
    this.#kind = kind
    const targets = task.bridge === undefined ? [task.target] : [task.target, task.bridge]
    this.#files = targets.map((target) => new FileBeingMade(target, this.#kind, sha256()))
    this.#messages = new MessageBatch({ providerCode: task.provider, serviceCode: task.service })
  }

  /** Reads the table and writes every record of it, but those of the rows in `without`. */
  async hash(without: NumberList | undefined): Promise<CheckOutcome> {
    const { table, mapper, quarter, live, areas, unansweredShapes = [] } = this.#task
    const { unaskedColumns = [], framework, service } = this.#task
    for (const file of this.#files) await file.begin()
    const { date1904 } = table.receipt
    const context = {
      ...{ quarter, live, areas, date1904, unansweredShapes, unaskedColumns },
      ...(framework === undefined
        ? {}
        : { outcomes: { framework: framework.framework, serviceCode: service } }),
    }
    const outcome = await checkTable(table, mapper, context, this.#sink(without))
    await this.#send()
    return outcome
  }

  finish(outcome: CheckOutcome): Hashed {
    const [own, old] = this.#files
    if (own === undefined) throw new Error('no file was made')
    const file = own.finish(outcome, this.#task, null)
    if (old === undefined) return { ok: true, outcome, file }
    return { ok: true, outcome, file, bridge: old.finish(outcome, this.#task, own.digest) }
  }

  #sink(without: NumberList | undefined): CheckSink {
    let next = 0
    return {
      activity: (activity) => {
        if (this.#isWanted) this.#activities.push(activity)
      },
      accept: (facts, identifiers, events = NO_EVENTS) => {
        if (!this.#isWanted) return
        if (without !== undefined) {
          while (next < without.length && without.at(next) < facts.sourceRow) next++
          if (next < without.length && without.at(next) === facts.sourceRow) return
        }
        this.#messages.add(identifiers)
        this.#facts.push(facts)
        if (this.#kind !== 'people') this.#people.push(events)
      },
      finding: (_row, _field, _code, severity) => {
        // What is going to be refused need not be hashed; it is read on for the rest of its
        // findings.
        if (severity !== 'must-fix' || this.#task.leaveOut) return
        this.#isWanted = false
        this.#takeAll()
      },
      flush: async () => {
        if (this.#facts.length >= RECORDS_AT_ONCE) await this.#send()
      },
    }
  }

  async #send(): Promise<void> {
    if (this.#facts.length === 0 && this.#activities.length === 0) return
    const batch = this.#takeAll()
    for (const file of this.#files) await file.add(batch)
    batch.messages.bytes.fill(0)
  }

  #takeAll(): Batch {
    const batch = {
      ...{ facts: this.#facts, people: this.#people, activities: this.#activities },
      messages: this.#messages.take(),
    }
    this.#facts = []
    this.#people = []
    this.#activities = []
    return batch
  }
}

/** Records that leave together, with what stands beside them; activities come first. */
interface Batch {
  readonly facts: readonly RecordFacts[]
  readonly messages: TakenBatch
  readonly people: readonly PersonEvents[]
  readonly activities: readonly KeptActivity[]
}

/** The lines made with one key, counted and digested as they go. */
class FileBeingMade {
  readonly #target: HashedTarget
  readonly #digest: IncrementalDigest
  readonly #check: string
  readonly #kind: ReachKind
  readonly #writer: HashedRowWriter
  #bytes = 0
  #sha256 = ''

  constructor(target: HashedTarget, kind: ReachKind, digest: IncrementalDigest) {
    this.#kind = kind
    this.#target = target
    this.#digest = digest
    this.#check = keyCheckValue(target.keys.source)
    this.#writer = new HashedRowWriter(this.#check, kind)
  }

  begin(): Promise<void> {
    return this.#write(writeHashedHeader(this.#kind))
  }

  async add({ facts, messages, people, activities }: Batch): Promise<void> {
    if (activities.length > 0) await this.#write(this.#writer.writeActivities(activities))
    const pseudonyms = pseudonymiseBatch(this.#target.keys, messages)
    await this.#write(this.#writer.write(facts, pseudonyms, people))
  }

  /** The digest of the file, once it was finished. */
  get digest(): string {
    return this.#sha256
  }

  finish(outcome: CheckOutcome, task: HashingTask, bridgeFor: string | null): HashedFile {
    this.#sha256 = hexOf(this.#digest.digest())
    const manifest = manifestOf(outcome, {
      sourceKeyCheck: this.#check,
      live: task.live,
      provider: task.provider,
      service: task.service,
      quarter: task.quarter,
      bridgeFor,
      tool: task.tool,
      toolVersion: task.toolVersion,
      selfTest: task.selfTest,
      csvBytes: this.#bytes,
      csvSha256: this.#sha256,
      ...(task.framework === undefined ? {} : { frameworkVersion: task.framework.version }),
    })
    const manifestBytes = writeManifest(manifest)
    const hmacLine = `${manifestHmac(this.#target.keys.source, manifestBytes)}\n`
    return { manifest, manifestBytes, hmacBytes: new TextEncoder().encode(hmacLine) }
  }

  async #write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#digest.update(bytes)
    this.#bytes += bytes.length
    await this.#target.output.write(bytes)
  }
}
