import { addresses } from '#core/addresses/portal-addresses.ts'
import { element, escapeText } from '#core/charts/markup.ts'
import { paragraphsOf, REPORT_SECTIONS, type ReportSection } from '#core/reports/report-words.ts'
import { momentWords } from '#core/standard/london-time.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import {
  brokenDown,
  inShort,
  method,
  overTime,
  parts,
  PLACES,
  SERVICES,
} from '#server/figures/publishing/figure-parts.ts'
import {
  facts,
  heading,
  link,
  paragraph,
  table,
  writePage,
} from '#server/figures/publishing/page-parts.ts'
import { dayWords } from '#server/figures/publishing/published-words.ts'
import { revisionLines } from '#server/figures/releases/revision-words.ts'
import type { QuarterlyReport } from './read-report.ts'

/**
 * A quarterly report as a document that stands alone: on a screen, on paper and as a file. It loads
 * nothing and runs nothing.
 */
export function writeReport(report: QuarterlyReport): string {
  const { programme, release } = report
  const title = `Quarterly report, ${quarterWords(release.lastQuarter)}`
  const [before, after] = [['summary', 'happened', 'changed'] as const, ['next'] as const]
  const main = [
    ...notices(report),
    paragraph(programme.name, 'caption'),
    heading(1, title),
    ...standing(report),
    ...before.flatMap((section) => words(report, section)),
    heading(2, 'How many people were reached'),
    ...inShort(report),
    ...words(report, 'caution'),
    ...overTime(report),
    ...parts(report, SERVICES),
    ...parts(report, PLACES),
    ...brokenDown(report),
    ...use(report),
    ...after.flatMap((section) => words(report, section)),
    heading(2, 'What changed since the release before'),
    ...revisionLines(report.revision).map((text) => paragraph(text)),
    ...method(report),
    ...about(report),
  ]
  const footer = [
    paragraph(
      'Counted by Count Once, which never stores names, dates of birth, NHS numbers, addresses or contact details.',
    ),
    element('p', { class: 'screen' }, link(addresses.reachReport(release.reference), 'Back')),
  ]
  return writePage({ title, programme: programme.name }, main, footer)
}

function notices({ programme, version, supersededBy }: QuarterlyReport): string[] {
  const notice = (kind: string, ...children: readonly string[]): string =>
    element('div', { class: kind }, element('p', {}, ...children))
  return [
    ...(programme.live
      ? []
      : [
          notice(
            'notice invented',
            escapeText('Demonstration. Every person in these figures is invented.'),
          ),
        ]),
    ...(version?.signed === undefined
      ? [
          notice(
            'notice',
            element('strong', {}, 'Draft.'),
            escapeText(
              version === undefined
                ? ' Nobody has written the words of this report yet. Its figures are released and final.'
                : ' The words of this report are not signed off. Its figures are released and final.',
            ),
          ),
        ]
      : []),
    ...(supersededBy === undefined
      ? []
      : [
          notice(
            'notice',
            element('strong', {}, 'Superseded.'),
            escapeText(
              ` Release ${supersededBy} takes the place of the one that this report is of. Use its report.`,
            ),
          ),
        ]),
  ]
}

function standing({ release, version, signedBy }: QuarterlyReport): string[] {
  const made = `Figures of release ${release.reference}, made ${dayWords(new Date(release.madeAt))}.`
  if (version?.signed === undefined || signedBy === undefined) return [paragraph(made)]
  return [
    paragraph(
      `${made} Words in version ${String(version.version)}, signed off by ${signedBy} on ${dayWords(version.signed.at)}.`,
    ),
  ]
}

/** A section of the words; nothing where it is blank. */
function words({ version }: QuarterlyReport, section: ReportSection): string[] {
  const paragraphs = paragraphsOf(version?.words[section] ?? '')
  if (paragraphs.length === 0) return []
  return [
    heading(2, REPORT_SECTIONS[section].title),
    ...paragraphs.map((text) => paragraph(text, section === 'summary' ? 'lead' : '')),
  ]
}

/** How services were used and how scores changed, where the release tells it. */
function use({ use: tables }: QuarterlyReport): string[] {
  if (tables.length === 0) return []
  return [
    heading(2, 'Use and outcomes'),
    paragraph(
      'Of people who were reached, as in the figures above. Where scores changed, the table says how many people’s did and by how much it takes to be more than chance. It shows no cause: nobody’s use of a service is evidence of an effect.',
    ),
    ...tables.map(({ caption, columns, rows }) => table(caption, columns, rows)),
  ]
}

function about({ release, version }: QuarterlyReport): string[] {
  const { settings } = release
  return [
    heading(2, 'About this report'),
    facts([
      ['Release', escapeText(release.reference)],
      ['Made', escapeText(momentWords(new Date(release.madeAt)))],
      [
        'Disclosure control',
        escapeText(
          `${String(settings.threshold)} people or fewer are hidden, others rounded to the nearest ${String(settings.base)}.`,
        ),
      ],
      ['Digest of the figures (SHA-256)', escapeText(release.digest)],
      ...(version === undefined
        ? []
        : ([['Digest of the words (SHA-256)', escapeText(version.digest)]] as const)),
      ['Program', escapeText(`Count Once ${release.programVersion}`)],
    ]),
  ]
}
