import type { FileProfile } from '#core/mapping/overview/file-profile.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { marksOf } from '#core/preparation/proposals/proposals.ts'
import { mappingInWords } from '#core/remembered/mapping-in-words.ts'
import { recallMapping } from '#core/remembered/recall-mapping.ts'
import { rememberMapping, type MatchedFile } from '#core/remembered/remember-mapping.ts'
import { wordDigests } from '#core/remembered/word-digests.ts'
import { FINDINGS_HEADING } from '#core/tabular/findings-column.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import { serviceMemoryKey } from '#server/keys/memory-key.ts'
import type { Prisma } from '#server/platform/db/generated/client.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import { sealFileWords } from '#server/intake/submissions/file-words.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'
import { withChoices } from './held-profile.ts'

/** What of a file's way holds words of its provider; it ends with the file. */
export interface JourneyWords {
  readonly header: readonly string[]
  readonly reading: ReadingChoices
  /** As the columns are matched so far. */
  readonly mapping: Mapping | null
  /** Headings that came after the others were matched: what they are is still to be said. */
  readonly unasked?: readonly string[]
}

/** What is remembered of a file's way, for another file in its place: digests alone. */
export interface RememberedWay extends MatchedFile {
  /** Whether anything was said of its columns. */
  readonly isMatched: boolean
}

/** Of nothing that was read yet. */
export const NO_WORDS: JourneyWords = { header: [], reading: {}, mapping: null }

/** The columns of the way that words are kept in: sealed, and as digests. */
export async function keptWords(
  store: Pick<ReceivingStore, 'files' | 'secrets'>,
  { service, fileId }: { readonly service: string; readonly fileId: string | null },
  { header, reading, mapping, unasked = [] }: JourneyWords,
): Promise<Pick<Prisma.JourneyUncheckedCreateInput, 'words' | 'remembered'>> {
  const digests = wordDigests(serviceMemoryKey(store.secrets.memory, service))
  // What nobody was asked about yet is new to another file in its place as well.
  const asked = header.filter((heading) => !unasked.includes(heading))
  const way: RememberedWay = {
    ...rememberMapping({ mapping: withChoices(reading, mapping), header: asked }, digests),
    isMatched: mapping !== null,
  }
  return {
    words: await sealFileWords(store, fileId, {
      ...{ header, reading, mapping, unasked },
    } satisfies JourneyWords),
    remembered: jsonValue(way),
  }
}

/** What was remembered of a way, in the words of the file at hand. */
export function recallWay(
  { secrets }: Pick<ReceivingStore, 'secrets'>,
  { service }: { readonly service: string },
  way: RememberedWay,
  { asItStands, header, receipt, shapes, words }: FileProfile,
): Mapping {
  const digests = wordDigests(serviceMemoryKey(secrets.memory, service))
  const sheets = (receipt.sheets ?? []).map(({ name }) => name)
  const own = asItStands?.header ?? header
  const marks = marksOf(shapes)
  const recalled = recallMapping(way, { header: own, prepared: header, sheets, marks }, digests)
  const columns = words.map((column) => column.words.map(({ word }) => word))
  return mappingInWords(recalled, { header, words: columns }, digests)
}

/** Headings of a file that another lacked, but that of our own findings. */
export function headingsSince(
  { secrets }: Pick<ReceivingStore, 'secrets'>,
  { service }: { readonly service: string },
  way: RememberedWay,
  { header }: Pick<FileProfile, 'header'>,
): readonly string[] {
  const digests = wordDigests(serviceMemoryKey(secrets.memory, service))
  const known = new Set(way.header)
  return header.filter(
    (heading) => heading !== FINDINGS_HEADING && !known.has(digests.heading(heading)),
  )
}
