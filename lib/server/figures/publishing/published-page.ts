import { addresses } from '#core/addresses/portal-addresses.ts'
import { element, escapeText } from '#core/charts/markup.ts'
import type { Printed } from '#core/disclosure/printed.ts'
import { methodSections } from '#core/messages/releases/method-words.ts'
import {
  ATTRIBUTE_NAMES,
  printedWords,
  shareWords,
} from '#core/messages/releases/released-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { barPicture, trendPicture } from '#server/figures/releases/reach-pictures.ts'
import type { FigureRow, SpanFigures } from '#server/figures/releases/release-views.ts'
import {
  facts,
  heading,
  headline,
  link,
  list,
  paragraph,
  pictured,
  table,
  writePage,
} from './page-parts.ts'
import {
  statesOf,
  type PublishedList,
  type PublishedRelease,
  type PublishedView,
} from './published-releases.ts'
import { dayWords, momentWords, periodOf, revisionLines, spanWords } from './published-words.ts'

/** The page of a published release: a report that stands alone, on a screen and on paper. */
export function writePublishedPage(view: PublishedView): string {
  const { programme, release } = view
  const main = [
    ...notices(view),
    paragraph(`${programme.name}: ${periodOf(release)}`, 'caption'),
    heading(1, TITLE),
    paragraph(
      `Published ${dayWords(release.publication.visibleFrom)}. Release ${release.reference}.`,
    ),
    ...inShort(view),
    ...overTime(view),
    ...parts(view, {
      title: 'Services',
      pictureTitle: 'People by service',
      of: [
        ['service', 'Service', ({ services }) => services],
        ['strand', 'Strand', ({ strands }) => strands],
      ],
    }),
    ...parts(view, {
      title: 'Places',
      pictureTitle: 'People by place',
      of: [['ward', 'Place', ({ places }) => places]],
    }),
    ...brokenDown(view),
    ...method(view),
    ...revisions(view),
    ...downloads(view),
    ...about(view),
  ]
  const footer = [
    paragraph(
      'Counted by Count Once, which never stores names, dates of birth, NHS numbers, addresses or contact details.',
    ),
  ]
  return writePage({ title: TITLE, programme: programme.name }, main, footer)
}

const TITLE = 'How many different people the programme reached'

function notices({ programme, release, supersededBy }: PublishedView): string[] {
  const invented = element(
    'div',
    { class: 'notice invented' },
    paragraph('Demonstration. Every person in these figures is invented.'),
  )
  const later = element(
    'div',
    { class: 'notice' },
    element(
      'p',
      {},
      escapeText(`A later release takes the place of ${release.reference}: `),
      link(addresses.publishedRelease(supersededBy ?? ''), supersededBy ?? ''),
      '.',
    ),
  )
  return [...(programme.live ? [] : [invented]), ...(supersededBy === undefined ? [] : [later])]
}

function inShort({ release, spans }: PublishedView): string[] {
  const [longest] = spans
  const { threshold, base } = release.settings
  return [
    ...(longest?.whole.figures === null || longest === undefined
      ? []
      : [
          paragraph(`${spanWords(longest)}, all services together reached:`, 'lead'),
          headline([
            ['Different people', printedWords(longest.whole.figures.people)],
            ['Children', printedWords(longest.whole.figures.children)],
            ['Adults', printedWords(longest.whole.figures.adults)],
            ['Families', printedWords(longest.whole.figures.families)],
          ]),
        ]),
    table(
      'All services together',
      ['Period', 'People', 'Children', 'Adults', 'Families'],
      spans.map((span) => [spanWords(span), ...counts(span.whole)]),
    ),
    heading(2, 'How sure these figures are'),
    list(spans.map((span) => `${spanWords(span)}: ${lower(span.whole.interval)}`)),
    paragraph(
      `* stands for a figure that is hidden: ${threshold} people or fewer, or one that would reveal such a figure. All others are rounded to the nearest ${base}, so rows may not add up.`,
    ),
  ]
}

function overTime({ trend }: PublishedView): string[] {
  return [
    heading(2, 'From quarter to quarter'),
    pictured(trendPicture(trend, 'All services')),
    table(
      'All services together, by quarter',
      ['Quarter', 'People', 'New this year', 'Returning', 'Year to date', 'Since the start'],
      trend.map(({ quarter, figures, yearToDate, sinceStart }) => [
        quarterWords(quarter),
        ...[figures?.people, figures?.new, figures?.returning, yearToDate, sinceStart].map(shown),
      ]),
    ),
  ]
}

interface Part {
  readonly title: string
  readonly pictureTitle: string
  readonly of: readonly (readonly [
    name: string,
    column: string,
    rows: (span: SpanFigures) => readonly FigureRow[],
  ])[]
}

function parts({ spans }: PublishedView, { title, pictureTitle, of }: Part): string[] {
  const [longest] = spans
  const first = of[0]?.[2]
  return [
    heading(2, title),
    ...(longest === undefined || first === undefined
      ? []
      : [
          pictured(
            barPicture(
              title.toLowerCase(),
              `${pictureTitle}, ${lower(spanWords(longest))}`,
              first(longest),
            ),
          ),
        ]),
    ...of.flatMap(([name, column, rows]) =>
      spans.flatMap((span) => figureTable(name, column, span, rows(span))),
    ),
  ]
}

function figureTable(
  name: string,
  column: string,
  span: SpanFigures,
  rows: readonly FigureRow[],
): string[] {
  const sent = rows.filter(({ figures }) => figures !== null)
  const missing = rows.filter(({ figures }) => figures === null)
  return [
    table(
      `By ${name}, ${lower(spanWords(span))}`,
      [column, 'People', 'At least', 'At most', 'Children', 'Adults', 'Families'],
      sent.map((row) => {
        const [people = '', ...others] = counts(row)
        return [row.name, people, shown(row.figures?.lower), shown(row.figures?.upper), ...others]
      }),
    ),
    ...(missing.length === 0
      ? []
      : [paragraph(`No file had come from ${missing.map((row) => row.name).join(', ')}.`)]),
  ]
}

function brokenDown({ spans, breakdowns }: PublishedView): string[] {
  const [longest] = spans
  if (longest === undefined) return []
  return [
    heading(2, 'Age, gender and ethnicity'),
    paragraph(`${spanWords(longest)}, all services together, everywhere.`),
    ...breakdowns[longest.span].map(({ attribute, rows }) =>
      table(
        `People by ${ATTRIBUTE_NAMES[attribute].toLowerCase()}`,
        [ATTRIBUTE_NAMES[attribute], 'People', 'Share'],
        rows
          .filter(({ people }) => people !== 0)
          .map(({ name, people, share }) => [
            name.charAt(0).toUpperCase() + name.slice(1),
            printedWords(people),
            shareWords(share),
          ]),
      ),
    ),
    paragraph(
      'Each is released by itself: no table crosses them. A dash stands where a share would tell of too few people.',
    ),
  ]
}

function method({ release }: PublishedView): string[] {
  return [
    heading(2, 'How people are counted'),
    ...methodSections(release.settings).flatMap((section) => [
      heading(3, section.heading),
      ...section.paragraphs.map((text) => paragraph(text)),
    ]),
  ]
}

function revisions(view: PublishedView): string[] {
  return [
    heading(2, 'Revisions'),
    ...revisionLines(view).map((text) => paragraph(text)),
    historyTable(view),
  ]
}

function historyTable(view: PublishedList): string {
  const states = statesOf(view)
  return table(
    'Releases that were published',
    ['Release', 'Quarters', 'Published', 'State'],
    view.releases.map((release) => [
      release.reference,
      periodOf(release),
      dayWords(release.publication.visibleFrom),
      stateWords(states.get(release.reference) ?? 'current'),
    ]),
    [1, 2, 3],
  )
}

function stateWords(state: string): string {
  return state.charAt(0).toUpperCase() + state.slice(1)
}

function downloads({ release }: PublishedView): string[] {
  const { reference } = release
  const file = (end: string, text: string): string =>
    element('li', {}, link(addresses.publishedFile(reference, `${reference}.${end}`), text))
  return [
    element(
      'section',
      { class: 'screen' },
      heading(2, 'Download'),
      element(
        'ul',
        {},
        file('xlsx', 'Workbook, for spreadsheet programs and screen readers (XLSX)'),
        file('csv', 'All figures as one table (CSV)'),
        file('json', 'All figures with what they are of, for programs (JSON)'),
        ...(release.signed === undefined
          ? []
          : [
              file('signed.json', 'Signed figures, for who wants to check them (JSON)'),
              element(
                'li',
                {},
                link(addresses.publishedVerifier, 'Page that checks signed figures (HTML)'),
                ', which works without a network',
              ),
            ]),
      ),
      paragraph('To print this page as a report, use your browser’s print command.'),
      element('p', {}, link(addresses.published, 'All releases')),
    ),
  ]
}

function about({ release }: PublishedView): string[] {
  const { settings, signed } = release
  return [
    heading(2, 'About this release'),
    facts([
      ['Release', escapeText(release.reference)],
      ['Quarters', escapeText(periodOf(release))],
      ['Made', escapeText(momentWords(new Date(release.madeAt)))],
      ['Published', escapeText(momentWords(release.publication.visibleFrom))],
      [
        'Disclosure control',
        escapeText(
          `${settings.threshold} people or fewer are hidden, others rounded to the nearest ${settings.base}. Everything printed was attacked as a whole before it was made.`,
        ),
      ],
      ['Linkage', escapeText(`Policy “${release.linkagePolicy}”, state ${release.linkageVersion}`)],
      ['Program', escapeText(`Count Once ${release.programVersion}`)],
      ['Digest (SHA-256)', escapeText(release.digest)],
      ...(signed === undefined ? [] : ([['Signed with the key', escapeText(signed.key)]] as const)),
    ]),
  ]
}

/** The page of every release that was published. */
export function writePublishedList(listed: PublishedList): string {
  const { programme, releases } = listed
  const states = statesOf(listed)
  const row = (release: PublishedRelease): string => {
    const { reference, publication } = release
    const state = states.get(reference) ?? 'current'
    const name = `${periodOf(release)} (${reference})`
    return element(
      'li',
      {},
      state === 'withdrawn' ? escapeText(name) : link(addresses.publishedRelease(reference), name),
      escapeText(`: ${state}, published ${dayWords(publication.visibleFrom)}`),
    )
  }
  return writePage(
    { title: 'Published figures', programme: programme.name },
    [
      heading(1, 'Published figures'),
      ...(releases.length === 0
        ? [paragraph('Nothing has been published yet.')]
        : [element('ul', {}, ...releases.map(row))]),
    ],
    [paragraph('Counted by Count Once.')],
  )
}

/** What is said where there is nothing to read, whatever the reason. */
export function writeNothing(programme: string): string {
  return writePage(
    { title: 'Page not found', programme },
    [heading(1, 'Page not found'), paragraph('Check the address.')],
    [element('p', {}, link(addresses.published, 'Published figures'))],
  )
}

/** What is said of a release that was withdrawn. */
export function writeWithdrawn(programme: string, reference: string): string {
  return writePage(
    { title: 'Release withdrawn', programme },
    [
      heading(1, 'This release was withdrawn'),
      paragraph(
        `The programme has withdrawn release ${reference}. Do not use its figures, and do not pass on copies of it.`,
      ),
    ],
    [element('p', {}, link(addresses.published, 'Published figures'))],
  )
}

function counts({ figures }: FigureRow): string[] {
  return [figures?.people, figures?.children, figures?.adults, figures?.families].map(shown)
}

function shown(printed: Printed | null | undefined): string {
  return printed === null || printed === undefined ? 'No file' : printedWords(printed)
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
