import { mark, type Markup, type MarkupChild } from './markup.ts'

/** What is wrong, beside a field or with a form or page as a whole. */
export interface Problem {
  /** Id of the field it belongs to; empty, or left out, where it belongs to none. */
  readonly field?: string | undefined
  readonly message: string
  /** How to fix it. */
  readonly hint?: MarkupChild | readonly MarkupChild[]
}

/** The summary of what is wrong, above a page. Source: GOV.UK Design System, error summary. */
export function errorSummary(problems: readonly Problem[], heading = 'There is a problem'): Markup {
  return mark(
    'div',
    { class: 'govuk-error-summary', role: 'alert', tabindex: -1 },
    mark('h2', { class: 'govuk-error-summary__title' }, heading),
    mark(
      'div',
      { class: 'govuk-error-summary__body' },
      mark('ul', { class: 'govuk-list govuk-error-summary__list' }, ...problems.map(lineOf)),
    ),
  )
}

function lineOf({ field = '', message, hint }: Problem): Markup {
  const told =
    field === '' ? mark('strong', {}, message) : mark('a', { href: `#${field}` }, message)
  if (hint === undefined || hint === false) return mark('li', {}, told)
  const lines = Array.isArray(hint) ? (hint as readonly MarkupChild[]) : [hint as MarkupChild]
  return mark('li', {}, told, mark('div', { class: 'govuk-body govuk-!-margin-top-1' }, ...lines))
}
