import { MEASURES, type Span } from '#core/disclosure/lattice.ts'
import { HIDDEN, type Printed } from '#core/disclosure/printed.ts'
import { methodSections } from '#core/messages/releases/method-words.ts'
import { ATTRIBUTE_NAMES } from '#core/messages/releases/released-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import {
  workbook,
  type WorkbookCell,
  type WorkbookSheet,
} from '#core/tabular/writing/xlsx-writer.ts'
import { SPAN_WORDS } from '#server/figures/releases/release-csv.ts'
import type { ReleaseRow } from '#server/figures/releases/release-rows.ts'
import type { FigureRow, SpanFigures } from '#server/figures/releases/release-views.ts'
import type { ReleasedTable } from '#core/disclosure/released-table.ts'
import { revisionLines } from '#server/figures/releases/revision-words.ts'
import type { FiguresView, PublishedView } from './published-releases.ts'
import { periodOf } from './published-words.ts'

/**
 * A published release as a workbook: cover, contents, notes, then one table a sheet. Source: Analysis
 * Function, Releasing statistics in spreadsheets: each table is marked as one and begins in column A
 * below its title, no cell is empty or merged, and signs are those of its guidance on symbols.
 */
export function writeReleaseWorkbook(
  view: WorkbookView,
  rows: readonly ReleaseRow[],
  further: readonly ReleasedTable[] = [],
): Uint8Array {
  const tables = [
    byQuarter(view),
    bySpan(view, 'Services', 'Service', ({ services }) => services),
    bySpan(view, 'Strands', 'Strand', ({ strands }) => strands),
    bySpan(view, 'Places', 'Place', ({ places }) => places),
    ...brokenDown(view),
    ...further.map(asTable),
    everything(rows),
  ]
  const numbered = tables.map((table, index) => sheetOf(table, index + 1))
  const title = titleOf(view)
  return workbook([cover(view, title), contents(tables), notes(view), ...numbered], title)
}

/** A release, and where it stands: when it was published, or whose it is. */
export interface WorkbookView extends FiguresView, Pick<PublishedView, 'programme'> {
  readonly standing: string
}

/** A table in words and figures; what it hides and lacks has the signs of the others. */
function asTable({ caption, columns, rows }: ReleasedTable): Table {
  const sign = (cell: string): string =>
    cell === HIDDEN ? SIGNS.hidden : cell === 'No file' ? SIGNS.noFile : cell
  return {
    ...{ title: caption, columns },
    rows: rows.map((cells) => cells.map((cell) => numberIn(cell) ?? sign(cell))),
    widths: columns.map((_, at) => (at === 0 ? 50 : 16)),
  }
}

/** The number that a printed figure is. */
function numberIn(cell: string): number | undefined {
  return /^[0-9][0-9,]*$/.test(cell) ? Number(cell.replaceAll(',', '')) : undefined
}

/** Hidden for confidentiality, not available, not applicable. */
const SIGNS = { hidden: '[c]', noFile: '[x]', notCounted: '[z]' } as const

interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly WorkbookCell[])[]
  readonly widths: readonly number[]
}

function titleOf({ programme, release }: WorkbookView): string {
  return `How many different people ${programme.name} reached, ${periodOf(release)}`
}

function nameOf(number: number): string {
  return `Table ${number}`
}

function sheetOf({ title, columns, rows, widths }: Table, number: number): WorkbookSheet {
  return {
    name: nameOf(number),
    titleRows: 1,
    isWrapped: true,
    widths,
    table: { name: `Table${number}`, firstRow: 4 },
    rows: [
      [`${nameOf(number)}: ${title}`],
      ['This worksheet contains one table. Signs are explained in the worksheet Notes.'],
      ['Totals count each person once, so rows may not add up.'],
      columns,
      ...rows,
    ],
  }
}

function cover(view: WorkbookView, title: string): WorkbookSheet {
  const { programme, release } = view
  const lines = [
    title,
    ...(programme.live ? [] : ['Demonstration. Every person in these figures is invented.']),
    `Release ${release.reference}, ${view.standing}.`,
    'What these figures are: how many different people the programme’s services reached. Somebody who used several services is counted once.',
    `Disclosure control: ${release.settings.threshold} people or fewer are hidden, all others are rounded to the nearest ${release.settings.base}.`,
    ...revisionLines(view.revision),
    `Digest of the release (SHA-256): ${release.digest}`,
    ...(release.signed === undefined ? [] : [`Signed with the key ${release.signed.key}`]),
    `Counted by Count Once ${release.programVersion}, linkage policy “${release.linkagePolicy}”.`,
  ]
  return {
    ...{ name: 'Cover', titleRows: 1, isWrapped: true, widths: [100] },
    rows: lines.map((line) => [line]),
  }
}

function contents(tables: readonly Table[]): WorkbookSheet {
  const listed = [
    ['Notes', 'Signs, and how people are counted'],
    ...tables.map(({ title }, index) => [nameOf(index + 1), title]),
  ]
  return {
    ...{ name: 'Contents', titleRows: 1, isWrapped: true, widths: [20, 80] },
    rows: [['Contents'], ['This worksheet contains one table.'], ['Worksheet', 'Title'], ...listed],
    table: { name: 'Contents', firstRow: 3 },
    links: listed.map(([sheet = ''], index) => ({ row: index + 4, column: 1, sheet })),
  }
}

function notes({ release }: WorkbookView): WorkbookSheet {
  const { threshold } = release.settings
  const signs = [
    [
      'Sign [c]',
      `Hidden, because it is ${threshold} people or fewer, or would reveal such a figure.`,
    ],
    ['Sign [x]', 'Not available: no file had come for this period.'],
    ['Sign [z]', 'Not applicable: not counted for this period or group.'],
  ]
  const method = methodSections(release.settings).flatMap(({ heading, paragraphs }) =>
    paragraphs.map((text) => [heading, text]),
  )
  return {
    ...{ name: 'Notes', titleRows: 1, isWrapped: true, widths: [30, 100] },
    rows: [
      ['Notes'],
      ['This worksheet contains one table.'],
      ['Note', 'Text'],
      ...signs,
      ...method,
    ],
    table: { name: 'Notes', firstRow: 3 },
  }
}

function byQuarter({ trend }: WorkbookView): Table {
  return {
    title: 'People from quarter to quarter, all services everywhere',
    columns: [
      'Quarter',
      'People',
      'New this year',
      'Returning',
      'Year to date',
      'Since the start',
      'How sure',
    ],
    widths: [26, 12, 14, 12, 14, 16, 70],
    rows: trend.map(({ quarter, figures, yearToDate, sinceStart, interval }) => [
      quarterWords(quarter),
      ...[figures?.people, figures?.new, figures?.returning, yearToDate, sinceStart].map(cellOf),
      interval === '' ? SIGNS.noFile : interval,
    ]),
  }
}

const PERIODS: Readonly<Record<Span, string>> = {
  start: 'Since the start',
  year: 'Year to date',
  quarter: 'Quarter',
}

function bySpan(
  { release, spans }: WorkbookView,
  what: string,
  column: string,
  rowsOf: (span: SpanFigures) => readonly FigureRow[],
): Table {
  return {
    title: `${what}, to the end of ${quarterWords(release.lastQuarter)}`,
    columns: [
      column,
      'Period',
      'People',
      'At least',
      'At most',
      'Children',
      'Adults',
      'Families',
      'How sure',
    ],
    widths: [36, 16, 12, 12, 12, 12, 12, 12, 70],
    rows: spans.flatMap((span) =>
      rowsOf(span).map(({ name, figures, interval }) => [
        name,
        PERIODS[span.span],
        ...[figures?.people, figures?.lower, figures?.upper].map(cellOf),
        ...[figures?.children, figures?.adults, figures?.families].map(cellOf),
        interval === '' ? SIGNS.noFile : interval,
      ]),
    ),
  }
}

function brokenDown({ spans, breakdowns, release }: WorkbookView): Table[] {
  const [longest] = spans
  if (longest === undefined) return []
  return breakdowns[longest.span].map(({ attribute }, at) => ({
    title: `People by ${ATTRIBUTE_NAMES[attribute].toLowerCase()}, all services everywhere, to the end of ${quarterWords(release.lastQuarter)}`,
    columns: [ATTRIBUTE_NAMES[attribute], 'Period', 'People', 'Share in per cent'],
    widths: [36, 16, 12, 18],
    rows: spans.flatMap(({ span }) =>
      (breakdowns[span][at]?.rows ?? []).map(({ name, people, share }) => [
        name.charAt(0).toUpperCase() + name.slice(1),
        PERIODS[span],
        cellOf(people),
        share ?? SIGNS.hidden,
      ]),
    ),
  }))
}

function everything(rows: readonly ReleaseRow[]): Table {
  return {
    title: 'Every figure of the release',
    columns: [
      ...[
        'Quarter',
        'Period',
        'Service or strand',
        'Code',
        'Place',
        'Ward code',
        'Broken down by',
        'Value',
      ],
      ...[
        'People',
        'Children',
        'Adults',
        'Families',
        'At least',
        'At most',
        'Records in doubt',
        'New this year',
        'Returning',
      ],
    ],
    widths: [10, 14, 36, 24, 28, 14, 16, 24, ...MEASURES.map(() => 12)],
    rows: rows.map(({ quarter, span, scope, place, breakdown, figures }) => [
      ...[quarter, SPAN_WORDS[span], scope.name],
      ...[scope.code, place.name, place.code].map(orNone),
      ...[breakdown?.attribute ?? '', breakdown?.name ?? ''].map(orNone),
      ...MEASURES.map((measure) => {
        const printed = figures[measure]
        return printed === undefined ? SIGNS.notCounted : cellOf(printed)
      }),
    ]),
  }
}

function orNone(text: string): string {
  return text === '' ? SIGNS.notCounted : text
}

function cellOf(printed: Printed | null | undefined): WorkbookCell {
  if (printed === null || printed === undefined) return SIGNS.noFile
  return printed === HIDDEN ? SIGNS.hidden : printed
}
