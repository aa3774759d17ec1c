import { MEASURES, SPANS, ATTRIBUTES, type Span } from '#core/disclosure/lattice.ts'
import { intervalWords } from '#core/disclosure/released-figures.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { writeCsv } from '#core/tabular/writing/csv-writer.ts'
import { run } from '#server/platform/db/run.ts'
import { wasSent } from './coverage.ts'
import type { Release, ReleaseReader } from './list-releases.ts'
import { CellTable } from './cell-table.ts'
import { placeNames, readNames } from './release-names.ts'
import { attributeValues } from './release-views.ts'

const SPAN_WORDS: Readonly<Record<Span, string>> = {
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
 * that a file had come for, then the breakdowns. Nothing but what is released; every text
 * neutralised.
 */
export async function readReleaseCsv(
  client: ReleaseReader,
  release: Release,
  quarter?: Quarter,
): Promise<string> {
  const table = new CellTable(
    await run(client, 'releases/read-cells', [release.id, quarter ?? null]),
  )
  const names = await readNames(client, release)
  const scopes = [
    { scope: 'all', code: '', strand: '' },
    ...release.strands.map((code) => ({ scope: 'strand', code, strand: code }) as const),
    ...release.services.map(({ code, strand }) => ({ scope: 'service', code, strand }) as const),
  ] as const
  const quarters = quarter === undefined ? release.quarters : [quarter]
  const rows = quarters.flatMap((of) =>
    SPANS.flatMap((span) => [
      ...scopes
        .filter(({ scope, code }) => wasSent(release, scope, code, of, span))
        .flatMap(({ scope, code, strand }) =>
          placeNames(release, names).map((place) => {
            const group = { scope, scopeCode: code, place: place.kind, placeCode: place.code }
            const figures = table.find(group, of, span)
            return [
              ...[of, SPAN_WORDS[span], names.scope(scope, code), scope === 'service' ? code : ''],
              ...[strand, place.name, place.code, '', ''],
              ...MEASURES.map((measure) =>
                span !== 'quarter' && (measure === 'new' || measure === 'returning')
                  ? ''
                  : figures[measure],
              ),
              intervalWords(figures, release.settings.threshold),
            ]
          }),
        ),
      ...breakdownRows(release, table, of, span),
    ]),
  )
  return writeCsv([...HEADER, ...MEASURES, 'interval'], rows)
}

function breakdownRows(
  release: Release,
  table: CellTable,
  quarter: Quarter,
  span: Span,
): (string | number)[][] {
  if (!wasSent(release, 'all', '', quarter, span)) return []
  return ATTRIBUTES.flatMap((attribute) =>
    attributeValues(release, attribute).map(({ value, name }) => [
      ...[quarter, SPAN_WORDS[span], 'All services', '', '', 'Everywhere', '', attribute, name],
      table.find({ attribute, attributeValue: value }, quarter, span).people,
      ...MEASURES.slice(1).map(() => ''),
      '',
    ]),
  )
}
