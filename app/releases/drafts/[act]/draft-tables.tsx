import type { ReactNode } from 'react'
import { SPANS, type CellGroup, type Measure, type Span } from '#core/disclosure/lattice.ts'
import type { RegisterNames } from '#server/programme/register/register-names.ts'
import type { ReleaseDraft } from '#server/figures/releases/make-release.ts'
import { useTables } from '#core/disclosure/use-tables.ts'
import { NumberTable } from '../../../components/number-table.tsx'
import { ReleasedNumbers } from './released-numbers.tsx'
import { printedWords } from '#core/messages/releases/released-words.ts'

const SPAN_CAPTIONS: Readonly<Record<Span, string>> = {
  quarter: 'The last quarter',
  year: 'The year to its end',
  start: 'Since the start',
}
const MEASURES = ['people', 'children', 'adults', 'families'] as const satisfies readonly Measure[]
const PLACES = {
  everywhere: '',
  area: 'In the area',
  'area-unknown': 'In the area, ward not known',
}
const ELSEWHERE = { outside: 'Outside the area', unknown: 'Address not known' }

/**
 * What the release would print of its last quarter: everywhere by service and strand, and all
 * services by place.
 */
export function DraftTables({
  draft,
  names,
}: {
  readonly draft: ReleaseDraft
  readonly names: RegisterNames
}): ReactNode {
  const cells = draft.cells.filter(({ attribute }) => attribute === '')
  const groups = [...new Map(cells.map((cell) => [keyOf(cell), cell])).values()]
  return SPANS.map((span) => {
    const printed = new Map(
      cells
        .filter((cell) => cell.span === span)
        .map((cell) => [`${keyOf(cell)} ${cell.measure}`, cell.printed]),
    )
    if (printed.size === 0) {
      return (
        <section key={span}>
          <h2 className="govuk-heading-m">{SPAN_CAPTIONS[span]}</h2>
          <p className="govuk-body">It has no file in the figures, so nothing is counted.</p>
        </section>
      )
    }
    return (
      <NumberTable
        key={span}
        caption={SPAN_CAPTIONS[span]}
        columns={['Of', 'People', 'Children', 'Adults', 'Families'].map((name) => ({ name }))}
        rows={groups
          .filter((group) => MEASURES.some((measure) => printed.has(`${keyOf(group)} ${measure}`)))
          .map((group) => ({
            key: keyOf(group),
            cells: [
              nameOf(group, names),
              ...MEASURES.map((measure) =>
                printedWords(printed.get(`${keyOf(group)} ${measure}`) ?? 0),
              ),
            ],
          }))}
      />
    )
  })
}

/** What it would print of how services were used; nothing of a release of reach alone. */
export function DraftUse({
  draft: { use, cells },
  names,
}: {
  readonly draft: ReleaseDraft
  readonly names: RegisterNames
}): ReactNode {
  if (use === undefined) return null
  const keyOfUse = (...parts: readonly string[]): string => parts.join(' ')
  const printed = new Map(
    cells.map(({ span, attribute, attributeValue, scope, scopeCode, printed: value }) => [
      keyOfUse(span, attribute, attributeValue, scope, scopeCode),
      value,
    ]),
  )
  const named = (kind: 'strand' | 'service', list: ReadonlyMap<string, string>) =>
    [...list].map(([code, name]) => ({ kind, code, name }))
  const tables = useTables({
    use,
    scopes: [
      { kind: 'all', code: '', name: 'All services' },
      ...named('strand', names.strands),
      ...named('service', names.services),
    ],
    scaleName: (code) => code,
    find: (span, aspect, value, { kind, code }) =>
      printedWords(printed.get(keyOfUse(span, aspect, value, kind, code)) ?? 0),
  })
  return tables.map((table) => <ReleasedNumbers key={table.caption} table={table} />)
}

function keyOf({ scope, scopeCode, place, placeCode }: CellGroup): string {
  return `${scope} ${scopeCode} ${place} ${placeCode}`
}

function nameOf({ scope, scopeCode, place, placeCode }: CellGroup, names: RegisterNames): string {
  if (place === 'ward') return `Ward: ${names.wards.get(placeCode) ?? placeCode}`
  if (place !== 'everywhere') return { ...PLACES, ...ELSEWHERE }[place]
  if (scope === 'strand') return `Strand: ${names.strands.get(scopeCode) ?? scopeCode}`
  if (scope === 'service') return names.services.get(scopeCode) ?? scopeCode
  return 'All services, everywhere'
}
