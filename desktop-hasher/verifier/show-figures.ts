import { scopeName, ToldFigures, type ToldScope } from '#core/disclosure/told-figures.ts'
import type { ReleasedTable } from '#core/disclosure/released-table.ts'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import { element, paragraph } from '../html/page/element.ts'
import { selectField } from '../html/page/fields.ts'

/**
 * The figures of a signed release: of the quarter and the service that are chosen, the last quarter and
 * all services to begin with. They come from the signed text alone.
 */
export function showFigures(text: string): HTMLElement {
  const figures = new ToldFigures(text)
  const chosen = element('div', { 'aria-live': 'polite' })
  const last = figures.quarters.at(-1) ?? ''
  const quarter = selectField({
    ...{ id: 'quarter', label: 'Quarter', value: last },
    choices: figures.quarters.map((value) => ({ value, text: quarterWords(value) })),
  })
  const scope = selectField({
    ...{ id: 'scope', label: 'Whose figures', value: '0' },
    choices: figures.scopes.map((one, index) => ({ value: String(index), text: scopeName(one) })),
  })
  const show = (): void => {
    const wanted = valueIn(quarter)
    const whose: ToldScope = figures.scopes[Number(valueIn(scope))] ?? { kind: 'all', code: '' }
    if (!isQuarter(wanted)) return
    chosen.replaceChildren(
      ...figures.intervals(whose, wanted).map((line) => paragraph(line)),
      ...figures
        .tables(whose, wanted)
        .filter(({ rows }) => rows.length > 0)
        .map(figureTable),
    )
  }
  for (const field of [quarter, scope]) field.addEventListener('change', show)
  show()
  return element(
    'section',
    {},
    element('h2', { class: 'govuk-heading-m' }, 'The signed figures'),
    paragraph(
      '* stands for a figure that is hidden. Services and wards are named by the codes that were signed.',
    ),
    quarter,
    scope,
    chosen,
  )
}

function valueIn(field: HTMLElement): string {
  return field.querySelector('select')?.value ?? ''
}

function figureTable({ caption, columns, rows }: ReleasedTable): HTMLElement {
  const head = columns.map((name, index) =>
    element('th', { scope: 'col', class: `govuk-table__header${numeric(index, 'header')}` }, name),
  )
  const body = rows.map((cells) =>
    element(
      'tr',
      { class: 'govuk-table__row' },
      cells.map((cell, index) =>
        index === 0
          ? element('th', { scope: 'row', class: 'govuk-table__header' }, cell)
          : element('td', { class: `govuk-table__cell${numeric(index, 'cell')}` }, cell),
      ),
    ),
  )
  return element(
    'div',
    { class: 'app-scroll', role: 'region', 'aria-label': caption, tabindex: 0 },
    element(
      'table',
      { class: 'govuk-table' },
      element('caption', { class: 'govuk-table__caption govuk-table__caption--m' }, caption),
      element('thead', { class: 'govuk-table__head' }, element('tr', {}, head)),
      element('tbody', { class: 'govuk-table__body' }, body),
    ),
  )
}

function numeric(index: number, kind: 'header' | 'cell'): string {
  return index === 0 ? '' : ` govuk-table__${kind}--numeric`
}
