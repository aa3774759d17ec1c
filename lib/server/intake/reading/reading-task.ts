import type { FileCode } from '#core/messages/reading/file-refusals.ts'
import type { Framework } from '#core/framework/framework.ts'
import type { KeptActivity, PersonEvents } from '#core/checks/events/kept-events.ts'
import type { FindingCount } from '#core/standard/finding.ts'
import type { FieldName, FurtherKind } from '#core/standard/further-fields.ts'
import type { CalendarDay, Quarter } from '#core/standard/quarter.ts'
import type { CheckOutcome } from '#core/checks/check-outcome.ts'
import type { MappingRefusal } from '#core/mapping/field-claims.ts'
import type { ProposalTold } from '#core/preparation/proposals/proposals.ts'
import type { Mapping, Suggestion } from '#core/mapping/mapping.ts'
import type { FileProfile } from '#core/mapping/overview/file-profile.ts'
import type { MatchedFile } from '#core/remembered/remember-mapping.ts'
import type { WordsDetail } from '#core/messages/words.ts'
import type { Manifest } from '#core/hashed-file/manifest.ts'
import type { ServiceCodes, TakenBatch } from '#core/pseudonym/message-batch.ts'
import type { CorrectionsToApply } from '#core/preparation/corrections/corrections.ts'
import type { PseudonymBatch } from '#core/pseudonym/pseudonymise.ts'
import type { ReadingChoices, ReadingReceipt, ReadingTold, TopRows } from '#core/tabular/table.ts'
import type { AreaTable } from '#server/programme/postcodes/area-lookup.ts'
import type { Environment } from '#server/store/store.ts'

/**
 * What is said between a reading process and whoever started it. The process parses what strangers
 * wrote, so it holds no key and reaches nothing: the bytes of its file are read for it. It can be
 * ended at any time, and its memory and time are bounded.
 */

/** Where the bytes are: a file on this machine, or one held encrypted, with its data key. */
export type ReadingSource =
  | { readonly kind: 'local'; readonly path: string; readonly name: string }
  | {
      readonly kind: 'held'
      readonly id: string
      readonly name: string
      readonly dataKey: Uint8Array
      readonly dataDir: string
      readonly env: Environment
    }

/** A file whose bytes come through the pipe, in the place it has among those of its task. */
export interface PipedSource {
  readonly kind: 'piped'
  readonly index: number
  readonly name: string
  readonly size: number
}

/** How a file is opened and its columns matched. */
interface Look {
  readonly source: ReadingSource
  readonly mapping: Mapping | null
  /** How the file is to be read, where no mapping says it. */
  readonly reading?: ReadingChoices
  /** Whatever mapping or reading say. */
  readonly told?: ReadingTold
  /** How it was matched so far. */
  readonly previous: Mapping | null
  /** What is remembered of this service's last file. */
  readonly remembered?: Remembered | undefined
  readonly quarter: Quarter
  /** Where its rows are not people and service use. */
  readonly further?: FurtherFile
}

/** What a file of a further kind is read by. */
export interface FurtherFile {
  readonly kind: FurtherKind
  /** What scores are of; other kinds need none. */
  readonly framework: Framework
  /** The day on which the file came, `yyyy-mm-dd`: nothing in a feed was so on a later one. */
  readonly day: string
}

/** What is remembered of a service's last file, in digests, with the service's key of them. */
export interface Remembered {
  readonly key: Uint8Array
  readonly last: MatchedFile | null
}

/** Opens a file and suggests how its columns are matched. */
export interface ColumnsTask extends Look {
  readonly want: 'columns'
}

/** Looks at every row once and tells what a file is at a glance. */
export interface ProfileTask extends Omit<Look, 'mapping'> {
  readonly want: 'profile'
}

/** Writes a few values of each column as they are, as the answer to the person whose file it is. */
export interface SamplesTask extends Omit<ProfileTask, 'want'> {
  readonly want: 'samples'
}

/** Writes every row with what was found in it. */
export interface ReportTask {
  readonly want: 'report'
  readonly source: ReadingSource
  readonly reading: ReadingChoices
  readonly found: readonly RowsFound[]
  /** How many numbers each row of the file takes where the rows were prepared; else 1. */
  readonly parts: number
  readonly corrections: CorrectionsToApply
}

/** Writes the file as it is corrected: the same columns and rows in the same order. */
export interface CorrectedTask {
  readonly want: 'corrected'
  readonly format: CorrectedFormat
  readonly source: ReadingSource
  readonly reading: ReadingChoices
  readonly corrections: CorrectionsToApply
}

/** What a corrected file is written as. */
export type CorrectedFormat = 'csv' | 'xlsx'

/** Writes the rows of the file as kept-cells.ts keeps them. */
export interface CellsTask {
  readonly want: 'cells'
  readonly source: ReadingSource
  readonly reading: ReadingChoices
}

/** Checks every row; or checks and gives the records. */
export interface CheckTask extends Look {
  readonly want: 'checks' | 'records'
  readonly providerCode: string
  readonly serviceCode: string
  readonly live: boolean
  readonly areas: AreaTable
  /** What its sender corrected in it; a file on this machine is read as it is. */
  readonly corrections?: CorrectionsToApply
}

/**
 * The same of a file that was hashed at source: nothing is mapped, and every cell has its grammar.
 */
export interface HashedTask {
  readonly want: 'hashed-checks' | 'hashed-records'
  readonly quarter: Quarter
  /** Codes of the wards that a cell may name. */
  readonly wards: readonly string[]
  /** Where its rows were not people and service use. */
  readonly further?: FurtherFile
  /**
   * The file, and in a bridge quarter the one made with the older key, of the same rows in the same
   * order.
   */
  readonly parts: readonly HashedPart[]
}

/** Makes messages of every way of writing a person; it reads no file. */
export interface TypedTask {
  readonly want: 'typed'
  /** JSON of what was typed (typed-person.ts), which the process alone reads. */
  readonly typed: Uint8Array
  /** Births after it are none. */
  readonly day: CalendarDay
  readonly live: boolean
  /** Whose client references were typed. */
  readonly codes: ServiceCodes
}

/** What a reading process is to do. */
export type ReadingTask =
  | ColumnsTask
  | ProfileTask
  | SamplesTask
  | ReportTask
  | CorrectedTask
  | CellsTask
  | CheckTask
  | HashedTask
  | TypedTask

/** A task as the process is told it: without a path, a key or an address. */
export type Piped<Task extends ReadingTask> = Task extends HashedTask
  ? Omit<Task, 'parts'> & { readonly parts: readonly PipedPart[] }
  : Task extends TypedTask
    ? Task
    : Omit<Task, 'source'> & { readonly source: PipedSource }

/** One hashed file of such a task. */
export type PipedPart = Omit<HashedPart, 'source'> & { readonly source: PipedSource }

/** A task that gives records. */
export type RecordsTask = (CheckTask | HashedTask) & {
  readonly want: 'records' | 'hashed-records'
}

/** What a check came to: how the file was opened, and every count. */
export interface CheckRead {
  readonly opened: Opened
  readonly receipt: ReadingReceipt
  readonly outcome: OutcomeRead
}

/** What each reading comes to, by what was wanted. */
export interface ReadingResults {
  readonly columns: { readonly opened: Opened }
  readonly profile: { readonly profile: FileProfile }
  /** The values come before, as a piece; here are the places of the columns that have any. */
  readonly samples: { readonly columns: readonly number[] }
  readonly report: object
  readonly corrected: object
  readonly cells: object
  readonly checks: CheckRead
  readonly records: CheckRead
  readonly 'hashed-checks': CheckRead
  readonly 'hashed-records': CheckRead
  readonly typed: TypedRead
}

/** What was typed, as messages; undefined when it is more than one person would have. */
export interface TypedRead {
  readonly messages: TakenBatch | undefined
}

/** What is kept of a manifest: all but what would tell a short file by its digest. */
export type KeptManifest = Omit<Manifest, 'csv_bytes' | 'csv_sha256' | 'bridge_for'>

/** One file that was hashed at source. */
export interface HashedPart {
  readonly source: ReadingSource
  readonly manifest: KeptManifest
  /** The epoch of its key where it is another than the submission's. */
  readonly epoch: number | null
}

/** The words of a finding and the rows it was found in, as a RowList. */
export interface RowsFound {
  readonly words: string
  readonly rows: Uint8Array
}

/** How the file was read, and how its columns are matched. */
export interface Opened {
  readonly receipt: ReadingReceipt
  readonly header: readonly string[]
  /** The mapping in use: the one given, else what is certain of the suggestions. */
  readonly mapping: Mapping
  readonly suggestions: readonly Suggestion[]
  /** Why the mapping cannot be used. */
  readonly refusals: readonly MappingRefusal[]
  /** Shapes that the file seems to have, taken or not. */
  readonly proposals: readonly ProposalTold[]
}

/**
 * Records in COPY's form without their id and pseudonyms, and what their pseudonyms are made from:
 * messages, or source pseudonyms.
 */
export interface RecordsRead {
  readonly type: 'records'
  /** Cells of STORED_FACTS, record after record. */
  readonly cells: Uint8Array<ArrayBuffer>
  /** Where each record's cells end. */
  readonly ends: Uint32Array<ArrayBuffer>
  readonly from: TakenBatch | PseudonymBatch
  /**
   * In a bridge quarter the source pseudonyms of the same records under an older key, and its
   * epoch.
   */
  readonly older: { readonly from: PseudonymBatch; readonly epoch: number } | null
  /** Of a file of a further kind, what comes beside the records. */
  readonly events?: EventsRead
}

/** What comes beside some records, of a file of a further kind. */
export interface EventsRead {
  /** Some more of the activities of the file, in the order of their numbers. */
  readonly activities: readonly KeptActivity[]
  /** Of each of the records, in their order. */
  readonly people: readonly PersonEvents[]
}

/** A check outcome as plain data. */
export interface OutcomeRead extends Pick<
  CheckOutcome,
  | 'rows'
  | 'records'
  | 'familyTies'
  | 'linkability'
  | 'forecast'
  | 'columns'
  | 'keptFindings'
  | 'contactsCounted'
  | 'activities'
  | 'scores'
  | 'feed'
> {
  /** Of fields that rules may fill; a hashed file does not tell. */
  readonly filled?: CheckOutcome['filled']
  /** Of a hashed file, the columns of facts that any record says something in. */
  readonly shownFacts?: readonly string[]
  /** Of one of activities or outcomes, the fields of their own that it shows. */
  readonly shownEvents?: readonly FieldName[]
  readonly findings: readonly (FindingCount & {
    readonly firstRows: readonly number[]
    /** Every row, as a RowList. */
    readonly rowList: Uint8Array
  })[]
  /** Source rows whose records were given before the end of the file told otherwise. */
  readonly recalledRows: Uint32Array<ArrayBuffer>
}

/** What a reading process says, and what comes of its file. */
export type ReadingMessage =
  | { readonly type: 'opened'; readonly opened: Opened }
  | RecordsRead
  /** A piece of the report. */
  | { readonly type: 'report'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'progress'; readonly rows: number }
  /** The end, with the result of what was wanted. */
  | { readonly type: 'done'; readonly result: ReadingResults[keyof ReadingResults] }
  /** The mapping cannot be used: no row was checked. */
  | { readonly type: 'unmapped'; readonly opened: Opened }
  /** The file is refused as a whole. */
  | {
      readonly type: 'refused'
      readonly code: FileCode
      readonly detail: WordsDetail
      readonly top?: TopRows | undefined
    }
  /** It asked for more of something than there may be of it. */
  | { readonly type: 'exhausted' }
  /**
   * Something failed in the process, at a line and column of its code; its own words may quote the
   * file, so they stay there.
   */
  | { readonly type: 'failed'; readonly at: string }
