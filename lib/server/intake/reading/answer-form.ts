import { z } from 'zod'
import type { FeedCounts } from '#core/checks/events/feed-counts.ts'
import { FILE_CODES } from '#core/messages/reading/file-refusals.ts'
import { isFindingCode, type FindingCode } from '#core/messages/findings/findings.ts'
import { FURTHER_KINDS } from '#core/standard/further-fields.ts'
import type { WordsDetail } from '#core/messages/words.ts'
import { KEPT_PEOPLE } from '#core/preparation/rows-left-out/kept-people.ts'
import type { FileProfile } from '#core/mapping/overview/file-profile.ts'
import type { MappingRefusal } from '#core/mapping/field-claims.ts'
import type { Mapping, Suggestion } from '#core/mapping/mapping.ts'
import { WIDE_SCORE } from '#core/mapping/mapping-file.ts'
import type { Overview } from '#core/mapping/overview/overview.ts'
import type { RowsShown } from '#core/mapping/overview/shape-view.ts'
import type { ColumnWords } from '#core/mapping/words/word-counter.ts'
import { PREPARATION } from '#core/preparation/preparation-schema.ts'
import type { Prepared } from '#core/preparation/prepared.ts'
import type { TakenBatch } from '#core/pseudonym/message-batch.ts'
import { MOST_WAYS } from '#core/rights/typed-person.ts'
import type { ProposalTold } from '#core/preparation/proposals/proposals.ts'
import type { RowPlaces } from '#core/preparation/row-places.ts'
import { FIELD_NAMES } from '#core/standard/further-fields.ts'
import { ENCODINGS, type ReadingReceipt, type TopRows } from '#core/tabular/table.ts'
import type { Opened, ReadingMessage, ReadingResults, ReadingTask } from './reading-task.ts'

/**
 * What a reading process may say, read as a stranger's: who took the process over by a file could
 * have it say anything. Members that are not listed are refused, so nothing is kept that a page
 * would stumble over later.
 */

const count = z.int().min(0)
const text = z.string()
const texts = z.array(text)
const rows = z.array(texts)
const flag = z.boolean()
const counts = z.record(text, count)

const DETAIL: z.ZodType<WordsDetail> = z.record(text, z.union([text, z.number()]))

const TOP: z.ZodType<TopRows> = z.strictObject({ firstRow: count, rows })

const CELLS = z.array(z.strictObject({ column: text, cells: count, firstFileRow: count }))

const PLACES: z.ZodType<RowPlaces> = z.strictObject({
  sheets: z
    .array(z.strictObject({ firstRow: count, name: text, headerRow: count }))
    .exactOptional(),
  parts: count.exactOptional(),
})

const PREPARED: z.ZodType<Prepared> = z.strictObject({
  children: z.strictObject({ rows: count, children: count }).exactOptional(),
  filled: z.array(z.strictObject({ column: text, cells: count })).exactOptional(),
  sessions: z
    .strictObject({ columns: count, contacts: count, outsideQuarter: count })
    .exactOptional(),
  sheets: z.strictObject({ taken: texts, left: texts }).exactOptional(),
  gaps: z
    .array(z.strictObject({ rows: count, filled: count, changed: count, without: count }))
    .exactOptional(),
})

const encoding = z.enum(ENCODINGS)
const separator = z.enum([',', ';', '\t', '|'])

const RECEIPT: z.ZodType<ReadingReceipt> = z.strictObject({
  format: z.enum(['csv', 'xlsx', 'ods']),
  encoding: encoding.exactOptional(),
  byteOrderMark: flag.exactOptional(),
  readings: z.array(z.strictObject({ encoding, letters: text })).exactOptional(),
  encodingUnsure: flag.exactOptional(),
  unreadable: CELLS.exactOptional(),
  separator: separator.exactOptional(),
  decoded: CELLS.exactOptional(),
  emptied: CELLS.exactOptional(),
  shortRows: z.strictObject({ rows: count, firstFileRow: count, isUnusual: flag }).exactOptional(),
  cutOff: flag.exactOptional(),
  sheet: text.exactOptional(),
  sheets: z
    .array(
      z.strictObject({
        ...{ name: text, hidden: flag, veryHidden: flag, holdsData: flag },
        holdsOthers: z.literal(true).exactOptional(),
      }),
    )
    .exactOptional(),
  hiddenRows: count.exactOptional(),
  hiddenColumns: texts.exactOptional(),
  mergedCells: count.exactOptional(),
  mergedDown: count.exactOptional(),
  formulaCells: count.exactOptional(),
  formulas: CELLS.exactOptional(),
  errorCells: count.exactOptional(),
  errors: CELLS.exactOptional(),
  errorsBeside: texts.exactOptional(),
  shownOtherwise: CELLS.exactOptional(),
  strikingRules: z.array(z.strictObject({ range: text, columns: texts })).exactOptional(),
  struckRows: count.exactOptional(),
  fadedRows: count.exactOptional(),
  colouredRows: count.exactOptional(),
  unseenRows: count.exactOptional(),
  remarkedRows: count.exactOptional(),
  comments: count.exactOptional(),
  leftOutRows: count.exactOptional(),
  date1904: flag,
  headerRow: count,
  places: PLACES.exactOptional(),
  upperHeaderRow: count.exactOptional(),
  columnsApart: z.array(count).exactOptional(),
  columnsLeftOut: texts.exactOptional(),
  prepared: PREPARED.exactOptional(),
})

const MAPPING: z.ZodType<Mapping> = z.strictObject({
  kind: z.enum(FURTHER_KINDS).exactOptional(),
  shape: z.enum(['person', 'child-and-carer', 'contacts']).exactOptional(),
  sheet: text.exactOptional(),
  headerRow: count.exactOptional(),
  encoding: encoding.exactOptional(),
  separator: separator.exactOptional(),
  preparation: PREPARATION.exactOptional(),
  people: KEPT_PEOPLE.exactOptional(),
  reference: z.enum(['name-and-birth']).exactOptional(),
  columns: z.record(text, text),
  constants: z.record(text, text).exactOptional(),
  values: z.record(text, z.record(text, text)).exactOptional(),
  split: z.record(text, texts).exactOptional(),
  join: z.record(text, texts).exactOptional(),
  scores: z.array(WIDE_SCORE).exactOptional(),
})

const SUGGESTION: z.ZodType<Suggestion> = z.strictObject({
  field: text,
  column: text,
  certainty: z.enum(['certain', 'likely', 'guess']),
  reason: text,
})

const MAPPING_REFUSAL: z.ZodType<MappingRefusal> = z.strictObject({
  code: z.enum([
    'mapping-column-missing',
    'mapping-column-ambiguous',
    'mapping-column-used-twice',
    'mapping-field-unknown',
    'mapping-field-not-for-shape',
    'mapping-field-mapped-twice',
    'mapping-field-missing',
    'mapping-constant-not-allowed',
    'mapping-code-not-in-list',
    'mapping-values-not-allowed',
    'mapping-split-unusable',
    'mapping-join-unusable',
    'mapping-filled-not-allowed',
    'mapping-of-other-kind',
  ]),
  field: text,
  columns: texts,
})

const PROPOSED = {
  shape: z.enum(['sheets', 'family-blocks', 'register', 'children-across']),
  evidence: texts,
  preparation: PREPARATION,
  options: z.array(z.strictObject({ preparation: PREPARATION, words: text })),
}

const PROPOSAL: z.ZodType<ProposalTold> = z.strictObject(PROPOSED)

const OPENED: z.ZodType<Opened> = z.strictObject({
  receipt: RECEIPT,
  header: texts,
  mapping: MAPPING,
  suggestions: z.array(SUGGESTION),
  refusals: z.array(MAPPING_REFUSAL),
  proposals: z.array(PROPOSAL),
})

const OVERVIEW: z.ZodType<Overview> = z.strictObject({
  rows: count,
  firstRows: rows,
  samples: rows,
})

const COLUMN_WORDS: z.ZodType<ColumnWords> = z.strictObject({
  words: z.array(z.strictObject({ word: text, rows: count })),
  more: count,
  withheld: count.exactOptional(),
})

const SHOWN: z.ZodType<RowsShown> = z.strictObject({ header: texts, rows })

const PROFILE: z.ZodType<FileProfile> = z.strictObject({
  receipt: RECEIPT,
  header: texts,
  overview: OVERVIEW,
  mapping: MAPPING,
  suggestions: z.array(SUGGESTION),
  words: z.array(COLUMN_WORDS),
  shapes: z.array(z.strictObject({ ...PROPOSED, before: SHOWN, after: SHOWN })),
  last: z.strictObject({ mapping: MAPPING, unused: texts, isSameHeader: flag }).exactOptional(),
  asItStands: z.strictObject({ header: texts, overview: OVERVIEW }).exactOptional(),
})

const FINDING = z.strictObject({
  code: z.custom<FindingCode>((code) => typeof code === 'string' && isFindingCode(code)),
  field: text,
  severity: z.enum(['file', 'must-fix', 'confirm', 'note']),
  rows: count,
  detail: DETAIL.exactOptional(),
  firstRows: z.array(count),
})

const FEED_COUNTS: z.ZodType<FeedCounts> = z.strictObject({
  ...{ people: count, withName: count, withBirth: count, withAddress: count },
  ...{ involvements: count, current: count, historic: count, none: count },
  roles: z.record(
    text,
    z.strictObject({ involvements: count, name: count, phone: count, email: count }),
  ),
  outside: counts,
  asOf: text.regex(/^(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?$/),
})

/** An outcome but for its lists of rows, which come before it in frames of their own. */
const OUTCOME = z.strictObject({
  rows: z.strictObject({
    read: count,
    accepted: count,
    rejected: count,
    blank: count,
    leftOut: count,
  }),
  records: count,
  familyTies: count,
  linkability: z.strictObject({ strong: count, weak: count, none: count }),
  forecast: z.strictObject({ least: count, most: count }),
  columns: z.record(text, z.strictObject({ made: count, blank: counts })),
  keptFindings: counts,
  filled: z.record(text, z.strictObject({ given: count, filled: count })).exactOptional(),
  shownFacts: texts.exactOptional(),
  shownEvents: z.array(z.enum(FIELD_NAMES)).exactOptional(),
  contactsCounted: count,
  activities: z
    .strictObject({
      ...{ activities: count, attendances: count, people: count },
      ...{ anonymousAdults: count, anonymousChildren: count },
    })
    .exactOptional(),
  scores: z
    .array(
      z.strictObject({
        ...{ instrument: text, subScale: text },
        ...{ scores: count, baseline: count, later: count, paired: count },
      }),
    )
    .exactOptional(),
  feed: FEED_COUNTS.exactOptional(),
  findings: z.array(FINDING),
})

const CHECKED = z.strictObject({ opened: OPENED, receipt: RECEIPT, outcome: OUTCOME })
const NOTHING = z.strictObject({})

/** What the end of a reading says, by what was wanted. */
const RESULTS = {
  columns: z.strictObject({ opened: OPENED }),
  profile: z.strictObject({ profile: PROFILE }),
  samples: z.strictObject({ columns: z.array(count) }),
  report: NOTHING,
  corrected: NOTHING,
  cells: NOTHING,
  checks: CHECKED,
  records: CHECKED,
  'hashed-checks': CHECKED,
  'hashed-records': CHECKED,
  typed: NOTHING,
} as const satisfies Record<ReadingTask['want'], z.ZodType>

const SAID = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('opened'), opened: OPENED }),
  z.strictObject({ type: z.literal('progress'), rows: count }),
  z.strictObject({ type: z.literal('done'), result: z.unknown() }),
  z.strictObject({ type: z.literal('unmapped'), opened: OPENED }),
  z.strictObject({
    type: z.literal('refused'),
    code: z.enum(FILE_CODES),
    detail: DETAIL,
    top: TOP.exactOptional(),
  }),
  z.strictObject({ type: z.literal('exhausted') }),
  // A place in the code alone: words could be those of a cell.
  z.strictObject({ type: z.literal('failed'), at: z.string().regex(/^\d{0,7}:\d{0,7}$/) }),
])

/** The most members that an answer has: half a thousand columns with some hundred words each. */
const MOST_MEMBERS = 1_500_000
/** The most bytes of all lists of rows of an answer. */
const MOST_LISTS = 128 * 1024 * 1024

/** Reads what a reading process says of one task. Throws RangeError at what it could not say. */
export class AnswerForm {
  readonly #want: ReadingTask['want']
  readonly #lists: Uint8Array<ArrayBuffer>[] = []
  #listBytes = 0
  #messages: TakenBatch | undefined

  constructor(want: ReadingTask['want']) {
    this.#want = want
  }

  /** Takes a list of rows; the answer that comes after says whose it is. */
  addList(body: Uint8Array<ArrayBuffer>): void {
    this.#listBytes += body.length
    if (this.#listBytes > MOST_LISTS) throw new RangeError('more lists of rows than there are')
    this.#lists.push(body)
  }

  /** Takes the messages of what was typed. */
  addMessages(messages: TakenBatch): void {
    if (this.#messages !== undefined || messages.rows > MOST_WAYS) {
      throw new RangeError('more messages than a person has')
    }
    this.#messages = messages
  }

  read(body: Uint8Array): ReadingMessage {
    demandFewMembers(body)
    const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8')
    // It may hold cells.
    body.fill(0)
    const said = parsed(SAID, JSON.parse(text))
    return said.type === 'done' ? { type: 'done', result: this.#result(said.result) } : said
  }

  #result(given: unknown): ReadingResults[keyof ReadingResults] {
    const form = RESULTS[this.#want]
    if (this.#want === 'typed') {
      parsed(NOTHING, given)
      return { messages: this.#messages }
    }
    if (form !== CHECKED) return parsed<ReadingResults[keyof ReadingResults]>(form, given)
    const result = parsed(CHECKED, given)
    const { findings, ...outcome } = result.outcome
    const [recalled = new Uint8Array(), ...rowLists] = this.#lists.toReversed()
    if (rowLists.length !== findings.length || recalled.length % 4 !== 0) {
      throw new RangeError('no list of rows for every finding')
    }
    return {
      ...result,
      outcome: {
        ...outcome,
        findings: findings.map((finding, index) => ({
          ...finding,
          rowList: rowLists[findings.length - 1 - index] ?? new Uint8Array(),
        })),
        recalledRows: new Uint32Array(recalled.buffer, recalled.byteOffset, recalled.length / 4),
      },
    }
  }
}

function parsed<Parsed>(form: z.ZodType<Parsed>, value: unknown): Parsed {
  const read = form.safeParse(value)
  // What zod says of it may quote it.
  if (!read.success) throw new RangeError('no answer of this form')
  return read.data
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c]
/** What begins a member: an opening bracket or brace, or a comma. */
const BEGINNINGS = [0x5b, 0x7b, 0x2c]

/**
 * A text of a few million brackets would take many times its length once it is parsed. Throws
 * RangeError.
 */
export function demandFewMembers(body: Uint8Array): void {
  let members = 0
  let isText = false
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] ?? 0
    if (byte === QUOTE) isText = !isText
    else if (isText && byte === BACKSLASH) at++
    else if (!isText && BEGINNINGS.includes(byte) && ++members > MOST_MEMBERS) {
      throw new RangeError('more members than an answer has')
    }
  }
}
