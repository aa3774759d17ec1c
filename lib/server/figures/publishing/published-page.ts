import { momentWords } from '#core/standard/london-time.ts'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { element, escapeText } from '#core/charts/markup.ts'
import { revisionLines } from '#server/figures/releases/revision-words.ts'
import { brokenDown, inShort, method, overTime, parts, PLACES, SERVICES } from './figure-parts.ts'
import { facts, heading, link, paragraph, table, writePage } from './page-parts.ts'
import {
  statesOf,
  type PublishedList,
  type PublishedRelease,
  type PublishedView,
} from './published-releases.ts'
import { dayWords, periodOf } from './published-words.ts'

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
    ...parts(view, SERVICES),
    ...parts(view, PLACES),
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

function revisions(view: PublishedView): string[] {
  return [
    heading(2, 'Revisions'),
    ...revisionLines(view.revision).map((text) => paragraph(text)),
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
