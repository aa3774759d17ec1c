import type { FileCode } from '#core/messages/file-refusals.ts'
import type { FindingCount } from '#core/standard/finding.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { CheckOutcome } from '#core/checks/check-outcome.ts'
import type { MappingRefusal } from '#core/mapping/compile-mapping.ts'
import type { ServerCode } from '#core/messages/refusals.ts'
import type { Mapping, Suggestion } from '#core/mapping/mapping.ts'
import type { Overview } from '#core/mapping/overview.ts'
import type { UnlistedWords } from '#core/mapping/unlisted-words.ts'
import type { Manifest } from '#core/hashed-file/manifest.ts'
import type { TakenBatch } from '#core/pseudonym/message-batch.ts'
import type { PseudonymBatch } from '#core/pseudonym/pseudonymise.ts'
import type { ReadingChoices, ReadingReceipt } from '#core/tabular/table.ts'
import type { AreaTable } from '#server/programme/postcodes/area-lookup.ts'
import type { Environment } from '#server/store/store.ts'

/**
 * What is said between a reading thread and whoever started it. The thread parses what strangers wrote, so it
 * holds no key but the one file's, it can be ended at any time, and its memory and time are bounded.
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

/** What a thread is to do. */
export interface ReadingTask {
  readonly source: ReadingSource
  /**
   * Open and suggest alone; look at every row and show a few, masked; list the words that no code list knows; write every
   * row with what was found in it; check every row; or check and give the records.
   */
  readonly want: 'columns' | 'overview' | 'words' | 'report' | 'checks' | 'records'
  readonly mapping: Mapping | null
  /** How the file is to be read, where no mapping says it. */
  readonly reading?: ReadingChoices
  /** This service's last mapping. */
  readonly previous: Mapping | null
  readonly quarter: Quarter
  readonly providerCode: string
  readonly serviceCode: string
  readonly live: boolean
  readonly areas: AreaTable
  /** What a report says of which rows. */
  readonly found?: readonly RowsFound[]
  /** A file that was hashed at source: nothing is mapped, and every cell has its grammar. */
  readonly hashed?: {
    /** Codes of the wards that a cell may name. */
    readonly wards: readonly string[]
    /** The file, and in a bridge quarter the one made with the older key, of the same rows in the same order. */
    readonly parts: readonly HashedPart[]
  }
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
  readonly type: 'opened'
  readonly receipt: ReadingReceipt
  readonly header: readonly string[]
  /** The mapping in use: the one given, else what is certain of the suggestions. */
  readonly mapping: Mapping
  readonly suggestions: readonly Suggestion[]
  /** Why the mapping cannot be used; nothing more follows when there is a reason. */
  readonly refusals: readonly MappingRefusal[]
}

/** Records in COPY's form without their id and pseudonyms, and what their pseudonyms are made from: messages, or source pseudonyms. */
export interface RecordsRead {
  readonly type: 'records'
  /** Cells of RECORD_FACTS, record after record. */
  readonly cells: Uint8Array<ArrayBuffer>
  /** Where each record's cells end. */
  readonly ends: Uint32Array<ArrayBuffer>
  readonly from: TakenBatch | PseudonymBatch
  /** In a bridge quarter the source pseudonyms of the same records under an older key, and its epoch. */
  readonly older: { readonly from: PseudonymBatch; readonly epoch: number } | null
}

/** A check outcome as plain data. */
export interface OutcomeRead extends Pick<
  CheckOutcome,
  'rows' | 'records' | 'familyTies' | 'linkability' | 'columns' | 'keptFindings' | 'contactsCounted'
> {
  readonly findings: readonly (FindingCount & {
    readonly firstRows: readonly number[]
    /** Every row, as a RowList. */
    readonly rowList: Uint8Array
  })[]
  /** Source rows whose records were given before the end of the file told otherwise. */
  readonly recalledRows: Uint32Array<ArrayBuffer>
}

export type ReadingMessage =
  | Opened
  | RecordsRead
  | { readonly type: 'overview'; readonly overview: Overview; readonly receipt: ReadingReceipt }
  | { readonly type: 'words'; readonly words: readonly UnlistedWords[] }
  /** A piece of the report. */
  | { readonly type: 'report'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'progress'; readonly rows: number }
  | { readonly type: 'done'; readonly outcome: OutcomeRead; readonly receipt: ReadingReceipt }
  /** The file is refused as a whole, with a code of the catalogue. */
  | {
      readonly type: 'refused'
      readonly code: FileCode
      readonly detail: Readonly<Record<string, string | number>>
    }
  /** Something failed under the thread; its own words may quote the file, so they stay there. */
  | { readonly type: 'failed'; readonly code: ServerCode; readonly at: string }
