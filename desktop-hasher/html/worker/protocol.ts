import type { PeopleForecast } from '#core/checks/whole-file/people-forecast.ts'
import type { Linkability } from '#core/checks/record-tally.ts'
import type { NamedCode, ServiceRules } from '#core/area-file/area-file.ts'
import type { EventsTold } from '#core/messages/submissions/kind-words.ts'
import type { Framework } from '#core/framework/framework.ts'
import type { Severity } from '#core/standard/finding.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { Code } from '#core/messages/words-of.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Manifest } from '#core/hashed-file/manifest.ts'
import type { Mapping, Suggestion } from '#core/mapping/mapping.ts'
import type { ShapeView } from '#core/mapping/overview/shape-view.ts'
import type { Overview } from '#core/mapping/overview/overview.ts'
import type { UnlistedWords } from '#core/mapping/words/unlisted-words.ts'
import type { ReadingChoices, ReadingReceipt } from '#core/tabular/table.ts'

/**
 * What the page and its worker say to each other. The worker holds the key and reads the file; the
 * page sees neither the key nor a value that is not masked.
 */

/** A call that was refused, with a code of a catalogue of words and what may be told of it. */
export interface CallRefused {
  readonly ok: false
  readonly code: Code
  readonly detail: Readonly<Record<string, string | number>>
}

/** What the published vectors came to. */
export interface SelfTestTold {
  readonly ok: true
  readonly passed: number
  readonly failed: number
}

/** The key that was opened, named by its check value. */
export interface KeyTold {
  readonly ok: true
  readonly check: string
  readonly live: boolean
}

/** What an area file says of a programme. */
export interface AreaTold {
  readonly ok: true
  readonly programme: string
  readonly providers: readonly NamedCode[]
  readonly services: readonly (NamedCode & { readonly provider: string })[]
  readonly postcodes: number
  readonly rules?: ServiceRules
  /** What scores are of; without it no file of outcomes is taken. */
  readonly framework?: Framework
}

/** A file at a glance, and what its columns are suggested to be. */
export interface FileTold {
  readonly ok: true
  readonly receipt: ReadingReceipt
  readonly header: readonly string[]
  readonly overview: Overview
  readonly mapping: Mapping
  readonly suggestions: readonly Suggestion[]
  /** Shapes that the file seems to have, taken or not. */
  readonly shapes: readonly ShapeView[]
}

/** Words of the file that no list knows. */
export interface WordsTold {
  readonly ok: true
  readonly fields: readonly UnlistedWords[]
}

/** Rows of one code in one field; never a value of any row. */
export interface FindingTold {
  readonly code: FindingCode
  readonly field: string
  readonly severity: Severity
  readonly rows: number
  /** Where the first of them stand, as the file's spreadsheet counts rows. */
  readonly firstRows: readonly string[]
}

/** What checking every row came to. */
export interface CheckTold {
  readonly ok: true
  readonly rows: {
    readonly read: number
    readonly accepted: number
    readonly rejected: number
    readonly blank: number
    readonly leftOut: number
  }
  readonly records: number
  readonly familyTies: number
  readonly contactsCounted: number
  /** Of a file of activities or outcomes, what its rows came to beside its people. */
  readonly events: EventsTold
  readonly findings: readonly FindingTold[]
  readonly linkability: Linkability
  readonly forecast: PeopleForecast
}

/** What belongs beside a hashed file that was written. */
export interface WrittenTold {
  readonly manifest: Manifest
  readonly manifestBytes: Uint8Array<ArrayBuffer>
  readonly hmacBytes: Uint8Array<ArrayBuffer>
}

/** The hashed file that was made and, where a bridge key is open, the one made with that. */
export interface HashTold {
  readonly ok: true
  readonly own: WrittenTold
  readonly bridge: WrittenTold | undefined
}

/** Which of the two. */
export type Epoch = 'own' | 'bridge'

/** Whose file it is, for when, and how it is read. */
export interface FileTask {
  readonly mapping: Mapping
  readonly provider: string
  readonly service: string
  readonly quarter: Quarter
}

/** Every call with its argument and its answer. */
export interface HasherCalls {
  selfTest(argument: null): Promise<SelfTestTold | CallRefused>
  openKey(argument: {
    readonly file: File
    readonly passphrase: string
  }): Promise<KeyTold | CallRefused>
  /** Opens the key that was replaced, beside the one that is open. */
  openBridgeKey(argument: {
    readonly file: File
    readonly passphrase: string
  }): Promise<KeyTold | CallRefused>
  openArea(argument: { readonly file: File }): Promise<AreaTold | CallRefused>
  readFile(argument: {
    readonly file: File
    readonly choices: ReadingChoices
    readonly quarter: Quarter
    readonly kind: FileKind
  }): Promise<FileTold | CallRefused>
  listWords(argument: { readonly mapping: Mapping }): Promise<WordsTold | CallRefused>
  check(argument: FileTask): Promise<CheckTold | CallRefused>
  /** The rows of every finding, as CSV; no value of any row. */
  listFindings(argument: null): Promise<{ readonly ok: true; readonly csv: Blob } | CallRefused>
  hash(
    argument: FileTask & { readonly leaveOut: boolean; readonly confirm: boolean },
  ): Promise<HashTold | CallRefused>
}

export type CallName = keyof HasherCalls

/** The page to the worker. One call at a time; `taken` answers a piece that was written. */
export type PageMessage =
  | { readonly type: 'call'; readonly call: CallName; readonly argument: unknown }
  | { readonly type: 'cancel' }
  | { readonly type: 'taken'; readonly of: Epoch }

/** The worker to the page. */
export type WorkerMessage =
  | { readonly type: 'answer'; readonly answer: { readonly ok: boolean } }
  | { readonly type: 'progress'; readonly rows: number; readonly reading: number }
  | { readonly type: 'write'; readonly of: Epoch; readonly bytes: Uint8Array<ArrayBuffer> }
  /** What was written is to be forgotten: the file is begun again. */
  | { readonly type: 'restart'; readonly of: Epoch }
  /** Something failed that nobody foresaw; where, but not its words, which may quote a cell. */
  | { readonly type: 'failed'; readonly at: string }
