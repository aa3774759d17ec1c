import { MEASURES, type Span } from '#core/disclosure/lattice.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { writeCsv } from '#core/tabular/writing/csv-writer.ts'
import type { Release, ReleaseReader } from './list-releases.ts'
import { readNames, type ReleaseNames } from './release-names.ts'
import { readReleaseRows, type ReleaseRow } from './release-rows.ts'
import { readUseRows, type UseRow } from './released-use.ts'

/** What a span is called in a file. */
export const SPAN_WORDS: Readonly<Record<Span, string>> = {
  quarter: 'quarter',
  year: 'year to date',
  start: 'since start',
}

const HEADER = [
  'quarter',
  'span',
  'service',
  'service_code',
  'strand_code',
  'place',
  'ward_code',
  'breakdown',
  'value',
]

/**
 * The figures of a release as CSV, of one quarter or all: a row for every scope, place and span
 * that a file had come for, the breakdowns, and then how services were used and scores changed, of a
 * scale by its code. Nothing but what is released; every text neutralised.
 */
export async function readReleaseCsv(
  client: ReleaseReader,
  release: Release,
  quarter?: Quarter,
): Promise<string> {
  const names = await readNames(client, release)
  const rows = await readReleaseRows(client, release, names, quarter)
  const use = await readUseRows(client, release, names, quarter)
  return writeCsv(
    [...HEADER, ...MEASURES, 'interval'],
    [...rows.map(csvRow), ...use.map((row) => useRow(row, names))],
  )
}

function useRow(
  { quarter, span, scope, strand, aspect, value, people }: UseRow,
  names: ReleaseNames,
): (string | number)[] {
  return [
    ...[quarter, SPAN_WORDS[span], scope.name, scope.kind === 'service' ? scope.code : ''],
    ...[strand, names.place('everywhere', ''), '', aspect, value],
    ...MEASURES.map((measure) => (measure === 'people' ? people : '')),
    '',
  ]
}

function csvRow({
  quarter,
  span,
  scope,
  strand,
  place,
  breakdown,
  figures,
  interval,
}: ReleaseRow): (string | number)[] {
  return [
    ...[quarter, SPAN_WORDS[span], scope.name, scope.kind === 'service' ? scope.code : ''],
    ...[strand, place.name, place.code, breakdown?.attribute ?? '', breakdown?.name ?? ''],
    ...MEASURES.map((measure) => figures[measure] ?? ''),
    interval,
  ]
}
