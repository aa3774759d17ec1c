import { compileMapping } from '#core/mapping/compile-mapping.ts'
import { mappedHeadings } from '#core/mapping/mapped-headings.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { RowMapper } from '#core/mapping/row-mapper.ts'
import { suggestFurther } from '#core/mapping/suggestions/suggest-further.ts'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'
import { unaskedColumns, type UnaskedColumn } from '#core/mapping/unasked-columns.ts'
import {
  openWithProposals,
  type FileToOpen,
  type OpenedFile,
} from '#core/preparation/open-prepared.ts'
import { marksOf, type Proposal, type ProposalTold } from '#core/preparation/proposals/proposals.ts'
import { mappingInWords } from '#core/remembered/mapping-in-words.ts'
import { recallMapping } from '#core/remembered/recall-mapping.ts'
import type { MatchedFile } from '#core/remembered/remember-mapping.ts'
import { wordDigests, type WordDigests } from '#core/remembered/word-digests.ts'
import { isNoRow } from '#core/tabular/no-row.ts'
import type { Table } from '#core/tabular/table.ts'
import { openPiped } from './child-pipe.ts'
import type { CheckTask, ColumnsTask, Opened, Piped } from './reading-task.ts'

/** Opening the file of a task as it is to be read, with what its columns are matched to. */

const SAMPLE_ROWS = 500

/** Opens the file of a task; without a mapping, as this service's last file was prepared. */
export async function openLook(task: Piped<ColumnsTask | CheckTask>): Promise<OpenedFile> {
  return openWithProposals(fileOf(task), (at) => {
    const { filling, ...shapes } = recalled(task, at)?.preparation ?? {}
    // A mapping says itself which rules fill gaps: without any, none do.
    const isOpen = task.mapping === null && filling !== undefined
    return isOpen ? { ...shapes, filling } : shapes
  })
}

/** What is remembered, with what reads it; undefined where nothing is. */
export function rememberedOf({
  remembered,
}: Pick<CheckTask, 'remembered'>): { last: MatchedFile; digests: WordDigests } | undefined {
  if (remembered?.last == null) return undefined
  return { last: remembered.last, digests: wordDigests(remembered.key) }
}

/** How the file was matched so far, else as the last was, in the words of this one. */
function recalled(
  task: Pick<CheckTask, 'previous' | 'remembered'>,
  { asItStands, proposals }: Pick<OpenedFile, 'asItStands' | 'proposals'>,
  prepared: readonly string[] = [],
): Mapping | undefined {
  const known = rememberedOf(task)
  if (task.previous !== null || known === undefined) return task.previous ?? undefined
  const { header, receipt } = asItStands
  const sheets = (receipt.sheets ?? []).map(({ name }) => name)
  const marks = marksOf(proposals)
  return recallMapping(known.last, { header, prepared, sheets, marks }, known.digests)
}

/** A file as its mapping says that it is read, else as it is to be read. */
export function fileOf(
  task: Pick<Piped<CheckTask>, 'source' | 'reading' | 'told' | 'corrections'> &
    Partial<Pick<CheckTask, 'mapping' | 'previous' | 'remembered' | 'quarter'>>,
): FileToOpen {
  const { mapping, told, remembered } = task
  const known = mapping ?? task.previous
  const digests = remembered === undefined ? undefined : wordDigests(remembered.key)
  const last = remembered?.last?.mapping
  const choices = {
    ...(mapping ?? task.reading),
    ...told,
    ...(known != null
      ? { expectedHeadings: mappedHeadings(known) }
      : digests === undefined || last === undefined
        ? {}
        : { expectedHeadings: digests.expecting(mappedHeadings(last)) }),
  }
  const { source, quarter, corrections } = task
  return {
    ...{ source: openPiped(source), choices },
    ...(quarter === undefined ? {} : { quarter }),
    ...(corrections === undefined ? {} : { corrections }),
    ...(digests === undefined ? {} : { digests }),
  }
}

interface OpenedMapping {
  readonly opened: Opened
  /** Undefined when the mapping cannot be used. */
  readonly mapper: RowMapper | undefined
}

/** Tells how columns are matched. */
export async function openMapping(
  task: Pick<CheckTask, 'quarter' | 'previous' | 'remembered' | 'mapping' | 'told' | 'further'>,
  { asItStands, table, proposals, preparation }: OpenedFile,
): Promise<OpenedMapping> {
  const { header, receipt } = table
  const sampleRows = await sample(table)
  const digests = task.remembered === undefined ? undefined : wordDigests(task.remembered.key)
  const last = recalled(task, { asItStands, proposals }, header)
  const words = header.map((_, column) => [
    ...new Set(sampleRows.map((row) => (row[column] ?? '').trim())),
  ])
  const previous =
    last === undefined || digests === undefined
      ? last
      : mappingInWords(last, { header, words }, digests)
  const { further, quarter } = task
  const source = {
    ...{ header, sampleRows, quarter, receipt },
    ...(previous === undefined ? {} : { previous }),
  }
  const { suggestions, ...suggested } =
    further === undefined
      ? suggestMapping(source)
      : suggestFurther(further.kind, source, further.framework)
  const mapping = task.mapping ?? {
    ...(preparation === undefined ? {} : { preparation }),
    ...suggested.mapping,
    ...task.told,
  }
  const compiled = compileMapping(mapping, header, digests, further?.kind)
  const refusals = compiled.ok ? [] : compiled.refusals
  return {
    opened: {
      ...{ receipt, header, mapping, suggestions, refusals },
      proposals: proposals.map(withoutRows),
    },
    mapper: compiled.ok ? compiled.mapper : undefined,
  }
}

/** Where no person matched the columns: those that were asked about in no earlier file either. */
export function unaskedOf(
  { mapping: given, previous, remembered }: Pick<CheckTask, 'mapping' | 'previous' | 'remembered'>,
  { header, mapping, suggestions }: OpenedMapping['opened'],
): readonly UnaskedColumn[] {
  if (given !== null || previous !== null) return []
  const digests = remembered === undefined ? undefined : wordDigests(remembered.key)
  const known = new Set(remembered?.last?.header ?? [])
  const isKnown = (heading: string) => digests !== undefined && known.has(digests.heading(heading))
  return unaskedColumns({ header, mapping, suggestions, isKnown })
}

/** The rows that show a shape stay where they were read. */
function withoutRows({ shape, evidence, preparation, options }: Proposal): ProposalTold {
  return { shape, evidence, preparation, options }
}

async function sample(table: Table): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = []
  for await (const batch of table.batches()) {
    for (const row of batch.rows) if (rows.length < SAMPLE_ROWS && !isNoRow(row)) rows.push(row)
    if (rows.length >= SAMPLE_ROWS) break
  }
  return rows
}
