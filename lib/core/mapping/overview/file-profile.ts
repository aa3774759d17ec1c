import type { Quarter } from '#core/standard/quarter.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import type { ReadingReceipt, Table } from '#core/tabular/table.ts'
import type { OpenedFile } from '#core/preparation/open-prepared.ts'
import type { Mapping, Suggestion } from '#core/mapping/mapping.ts'
import { OverviewRows, type Overview } from './overview.ts'
import { showShape, type ShapeView } from './shape-view.ts'
import { hasHeader, recallMapping, type TextsAtHand } from '#core/remembered/recall-mapping.ts'
import { mappingInWords, type WordsAtHand } from '#core/remembered/mapping-in-words.ts'
import type { MatchedFile } from '#core/remembered/remember-mapping.ts'
import type { WordDigests } from '#core/remembered/word-digests.ts'
import { marksOf } from '#core/preparation/proposals/proposals.ts'
import { answersOf, NOT_USED } from '#core/mapping/answers/column-choices.ts'
import { nameParts, readsLikeIdentifier } from './identifier-like.ts'
import type { Framework } from '#core/framework/framework.ts'
import type { FurtherKind } from '#core/standard/further-fields.ts'
import { suggestFurther } from '#core/mapping/suggestions/suggest-further.ts'
import { suggestMapping, type SuggestionSource } from '#core/mapping/suggestions/suggest.ts'
import { WordCounter, type ColumnWords } from '#core/mapping/words/word-counter.ts'

/**
 * What a file is at a glance, as one reading of it tells: enough to show it, to match its columns
 * and to give its words a meaning without reading it again.
 */
export interface FileProfile {
  readonly receipt: ReadingReceipt
  readonly header: readonly string[]
  readonly overview: Overview
  /** What is certain of the suggestions. */
  readonly mapping: Mapping
  readonly suggestions: readonly Suggestion[]
  /**
   * The words of each column in the order of the header: any column may be matched to a code field.
   */
  readonly words: readonly ColumnWords[]
  /** Shapes that the file seems to have, taken or not. */
  readonly shapes: readonly ShapeView[]
  /** How the service's last file was matched, as far as this one has its headings and words. */
  readonly last?: LastMatched
  /** Where the file was prepared, what it is as it stands. */
  readonly asItStands?: { readonly header: readonly string[]; readonly overview: Overview }
}

/** Rows from the top that suggestions are made from. */
const SAMPLE_ROWS = 500
/**
 * Words that are kept of a column: all that the longest code list knows, and more than a person
 * would match.
 */
const WORDS_KEPT = 400

/** How the service's last file was matched, in the words of this one. */
export interface LastMatched {
  readonly mapping: Mapping
  /** Headings of this file that it had as well and left unused. */
  readonly unused: readonly string[]
  /** Whether it had the same headings in the same order. */
  readonly isSameHeader: boolean
}

/** What a profile is made against. */
interface ProfileTask {
  readonly previous: Mapping | null
  readonly quarter: Quarter
  /** What is remembered of the service's last file. */
  readonly remembered?: { readonly last: MatchedFile; readonly digests: WordDigests } | undefined
  /** Where its rows are not people and service use, and what scores are of. */
  readonly further?: { readonly kind: FurtherKind; readonly framework: Framework } | undefined
}

/**
 * Profiles an opened file as it is prepared, with the shapes that it seems to have. Each table is
 * read once, to its end, so that what is wrong in any row is told now.
 */
export async function profileFile(
  { table, asItStands, proposals }: OpenedFile,
  task: ProfileTask,
): Promise<FileProfile> {
  const { receipt } = asItStands
  const profile = await profileTable(table, task, {
    header: asItStands.header,
    sheets: (receipt.sheets ?? []).map(({ name }) => name),
    marks: marksOf(proposals),
  })
  const shapes: ShapeView[] = []
  for (const proposal of proposals) shapes.push(await showShape(asItStands, proposal, task.quarter))
  if (table === asItStands) return { ...profile, shapes }
  const { header, overview } = await profileTable(asItStands, {
    ...{ previous: null, quarter: task.quarter, further: task.further },
  })
  return { ...profile, shapes, asItStands: { header, overview } }
}

/** Profiles a table alone. */
export async function profileTable(
  table: Table,
  { previous, quarter, remembered, further }: ProfileTask,
  atHand: TextsAtHand = { header: table.header },
): Promise<Omit<FileProfile, 'shapes'>> {
  const { header } = table
  const collected = new OverviewRows()
  const sampleRows: (readonly string[])[] = []
  const counters = header.map(() => new WordCounter())
  for await (const { rows } of table.batches()) {
    for (const row of rows) {
      if (isNoRow(row)) continue
      if (sampleRows.length < SAMPLE_ROWS) sampleRows.push(row)
      collected.add(row)
      for (const [column, counter] of counters.entries()) counter.add(row[column] ?? '')
    }
  }
  const receipt = { ...table.receipt }
  const all = counters.map((counter) => counter.words())
  const last =
    remembered === undefined
      ? undefined
      : lastMatched(
          remembered,
          { ...atHand, prepared: header },
          {
            header,
            words: all.map(({ words }) => words.map(({ word }) => word)),
          },
        )
  const known = previous ?? last?.mapping
  const source: SuggestionSource = {
    ...{ header, sampleRows, quarter, receipt },
    ...(known === undefined ? {} : { previous: known }),
  }
  const { mapping, suggestions } =
    further === undefined
      ? suggestMapping(source)
      : suggestFurther(further.kind, source, further.framework)
  const names = nameParts(
    all.flatMap(({ words }, column) =>
      isOfNames(suggestions, header[column]) ? words.map(({ word }) => word) : [],
    ),
  )
  return {
    receipt,
    header,
    overview: collected.overview(header, mapping, suggestions),
    mapping,
    suggestions,
    words: all.map((words) => withoutIdentifiers(words, names)),
    ...(last === undefined ? {} : { last }),
  }
}

/** Whether a column gives names of people, or seems to. */
function isOfNames(suggestions: readonly Suggestion[], heading: string | undefined): boolean {
  return suggestions.some(
    ({ field, column }) => column === heading && /(?:first|last)_name$/.test(field),
  )
}

/** The words of a column that may be shown, as many as are kept. */
function withoutIdentifiers({ words, more }: ColumnWords, names: ReadonlySet<string>): ColumnWords {
  const shown = words.filter(({ word }) => !readsLikeIdentifier(word, names))
  const kept = shown.slice(0, WORDS_KEPT)
  const withheld = words.length - shown.length
  return {
    words: kept,
    more: more + shown.length - kept.length,
    ...(withheld === 0 ? {} : { withheld }),
  }
}

function lastMatched(
  { last, digests }: { readonly last: MatchedFile; readonly digests: WordDigests },
  texts: TextsAtHand,
  words: WordsAtHand,
): LastMatched {
  const mapping = mappingInWords(recallMapping(last, texts, digests), words, digests)
  const { header } = words
  const before = header.filter((heading) =>
    last.header.some((digest) => digests.findHeading(digest, [heading]) !== undefined),
  )
  const answers = answersOf(mapping, before)
  return {
    mapping,
    unused: before.filter((_, at) => answers[at] === NOT_USED),
    isSameHeader: hasHeader(last.header, header, digests),
  }
}
