import { element, hidden, type Child } from './element.ts'
import type { Journey } from './journey.ts'

/** The parts that steps are made of, in GOV.UK's patterns, as the portal has them. */

export type TagColour = 'green' | 'blue' | 'yellow' | 'grey' | 'red'

/** A word for a state, in a colour that is not the only thing that tells it. */
export function statusTag(colour: TagColour, text: string): HTMLElement {
  return element('strong', { class: `govuk-tag govuk-tag--${colour}` }, text)
}

/** Something to know that is not the result of anything. */
export function notice(title: string, ...children: readonly Child[]): HTMLElement {
  const id = `notice-${title.toLowerCase().replaceAll(' ', '-')}`
  return element(
    'div',
    { class: 'govuk-notification-banner', role: 'region', 'aria-labelledby': id },
    element(
      'div',
      { class: 'govuk-notification-banner__header' },
      element('h2', { class: 'govuk-notification-banner__title', id }, title),
    ),
    element('div', { class: 'govuk-notification-banner__content' }, ...children),
  )
}

/** Something that must not be overlooked. */
export function warning(...children: readonly Child[]): HTMLElement {
  return element(
    'div',
    { class: 'govuk-warning-text' },
    element('span', { class: 'govuk-warning-text__icon', 'aria-hidden': 'true' }, '!'),
    element('strong', { class: 'govuk-warning-text__text' }, hidden('Warning'), ...children),
  )
}

/** Names and values one below the other. */
export function summaryList(
  lines: readonly { readonly name: string; readonly value: Child }[],
): HTMLElement {
  return element(
    'dl',
    { class: 'govuk-summary-list' },
    lines.map(({ name, value }) =>
      element(
        'div',
        { class: 'govuk-summary-list__row' },
        element('dt', { class: 'govuk-summary-list__key' }, name),
        element('dd', { class: 'govuk-summary-list__value' }, value),
      ),
    ),
  )
}

/** The old key of a bridge quarter, for a summary list. */
export function bridgeLines({
  bridgeKey,
}: Pick<Journey, 'bridgeKey'>): readonly { readonly name: string; readonly value: Child }[] {
  if (bridgeKey === undefined) return []
  const value = element('span', { class: 'app-code' }, bridgeKey.check)
  return [{ name: 'Check value of the old key', value }]
}

/**
 * A table with a caption, which is hidden where a heading says it already; on a phone each row is a
 * card, with the column's name before each cell.
 */
export function dataTable(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly Child[])[],
  isCaptionHidden = false,
): HTMLElement {
  return element(
    'table',
    { class: 'govuk-table app-table', role: 'table' },
    element(
      'caption',
      {
        class: isCaptionHidden
          ? 'govuk-table__caption govuk-visually-hidden'
          : 'govuk-table__caption govuk-table__caption--m',
      },
      caption,
    ),
    element(
      'thead',
      { class: 'govuk-table__head', role: 'rowgroup' },
      element(
        'tr',
        { class: 'govuk-table__row', role: 'row' },
        columns.map((column) =>
          element(
            'th',
            { scope: 'col', role: 'columnheader', class: 'govuk-table__header' },
            column,
          ),
        ),
      ),
    ),
    element(
      'tbody',
      { class: 'govuk-table__body', role: 'rowgroup' },
      rows.map(([first, ...others]) =>
        element(
          'tr',
          { class: 'govuk-table__row', role: 'row' },
          element('th', { scope: 'row', role: 'rowheader', class: 'govuk-table__header' }, first),
          others.map((cell, index) =>
            element(
              'td',
              { role: 'cell', class: 'govuk-table__cell', 'data-column': columns[index + 1] ?? '' },
              cell,
            ),
          ),
        ),
      ),
    ),
  )
}

/** Big figures side by side. */
export function figures(
  listed: readonly { readonly name: string; readonly value: number }[],
): HTMLElement {
  return element(
    'dl',
    { class: 'app-figures' },
    listed.map(({ name, value }) =>
      element(
        'div',
        { class: 'app-figures__figure' },
        element('dt', {}, name),
        element('dd', {}, value.toLocaleString('en-GB')),
      ),
    ),
  )
}

/** What opens when it is asked for. */
export function details(summary: string, ...children: readonly Child[]): HTMLElement {
  return element(
    'details',
    { class: 'govuk-details' },
    element(
      'summary',
      { class: 'govuk-details__summary' },
      element('span', { class: 'govuk-details__summary-text' }, summary),
    ),
    element('div', { class: 'govuk-details__text' }, ...children),
  )
}

/** A list with a dot before each line. */
export function bullets(lines: readonly Child[]): HTMLElement {
  return element(
    'ul',
    { class: 'govuk-list govuk-list--bullet' },
    lines.map((line) => element('li', {}, line)),
  )
}

export function headingM(text: string): HTMLElement {
  return element('h2', { class: 'govuk-heading-m' }, text)
}

/** A button that does something on this page. */
export function button(
  text: Child,
  kind: 'primary' | 'secondary' | 'warning',
  press: () => void,
): HTMLButtonElement {
  const extra = kind === 'primary' ? '' : ` govuk-button--${kind}`
  const made = element('button', { type: 'button', class: `govuk-button${extra}` }, text)
  made.addEventListener('click', press)
  return made
}
