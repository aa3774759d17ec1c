import { element, escapeText } from '#core/charts/markup.ts'
import type { Picture } from '#core/charts/picture.ts'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { PAGE_STYLE } from './page-style.ts'

/** The parts that published pages are made of, as markup. */

/** A whole page: no script, and nothing that is loaded from elsewhere. */
export function writePage(
  { title, programme }: { readonly title: string; readonly programme: string },
  main: readonly string[],
  footer: readonly string[],
): string {
  const band = element('div', { class: 'band' }, frame(escapeText(programme)))
  return [
    '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n',
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
    `<title>${escapeText(`${title} – ${programme}`)}</title>\n`,
    `<link rel="icon" href="${addresses.icon}">\n<style>${PAGE_STYLE}</style>\n</head>\n<body>\n`,
    element('a', { href: '#main', class: 'skip' }, 'Skip to main content'),
    element('header', {}, band),
    frame(element('main', { id: 'main', tabindex: '-1' }, ...main)),
    element('footer', {}, frame(...footer)),
    '\n</body>\n</html>\n',
  ].join('')
}

function frame(...children: string[]): string {
  return element('div', { class: 'frame' }, ...children)
}

/** A paragraph of text. */
export function paragraph(text: string, kind = ''): string {
  return element('p', kind === '' ? {} : { class: kind }, escapeText(text))
}

/** A heading of text. */
export function heading(level: 1 | 2 | 3, text: string): string {
  return element(`h${level}`, {}, escapeText(text))
}

/** A list of texts. */
export function list(texts: readonly string[]): string {
  return element('ul', {}, ...texts.map((text) => element('li', {}, escapeText(text))))
}

/** A link. */
export function link(href: string, text: string): string {
  return element('a', { href }, escapeText(text))
}

/** Names with what is said of each; values are markup. */
export function facts(lines: readonly (readonly [name: string, value: string])[]): string {
  return element(
    'dl',
    { class: 'facts' },
    ...lines.flatMap(([name, value]) => [
      element('dt', {}, escapeText(name)),
      element('dd', {}, value),
    ]),
  )
}

/** Figures that stand at the top, large. */
export function headline(figures: readonly (readonly [name: string, value: string])[]): string {
  return element(
    'dl',
    { class: 'headline' },
    ...figures.map(([name, value]) =>
      element('div', {}, element('dt', {}, escapeText(name)), element('dd', {}, escapeText(value))),
    ),
  )
}

/** A picture; the table that says the same follows it. On a phone it scrolls. */
export function pictured({ svg, table }: Picture): string {
  return element(
    'div',
    { class: 'picture', role: 'region', 'aria-label': `Picture: ${table.caption}`, tabindex: '0' },
    svg,
  )
}

/** A table of figures: the first cell of a row is its heading, all others are numbers unless they are `words`. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  words: readonly number[] = [],
): string {
  const kind = (at: number): Record<string, string> =>
    at === 0 || words.includes(at) ? {} : { class: 'n' }
  const head = columns.map((name, at) =>
    element('th', { scope: 'col', ...kind(at) }, escapeText(name)),
  )
  const body = rows.map((cells) =>
    element(
      'tr',
      {},
      ...cells.map((cell, at) =>
        at === 0
          ? element('th', { scope: 'row' }, escapeText(cell))
          : element('td', kind(at), escapeText(cell)),
      ),
    ),
  )
  return element(
    'div',
    {
      class: rows.length > LONG ? 'scroll' : 'scroll short',
      ...{ role: 'region', 'aria-label': caption, tabindex: '0' },
    },
    element(
      'table',
      {},
      element('caption', {}, escapeText(caption)),
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...body),
    ),
  )
}

/** Longer tables are parted where a printed page ends. */
const LONG = 25
