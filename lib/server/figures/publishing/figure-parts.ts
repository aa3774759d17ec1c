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
import { heading, headline, list, paragraph, pictured, table } from './page-parts.ts'
import type { FiguresView } from './published-releases.ts'
import { spanWords } from './published-words.ts'

/** What a release reached, as parts of a report: figures, pictures, tables and how they are counted, as markup. */

/** Services and places, each with its picture and tables. */
export const SERVICES: Part = {
  title: 'Services',
  pictureTitle: 'People by service',
  of: [
    ['service', 'Service', ({ services }) => services],
    ['strand', 'Strand', ({ strands }) => strands],
  ],
}
export const PLACES: Part = {
  title: 'Places',
  pictureTitle: 'People by place',
  of: [['ward', 'Place', ({ places }) => places]],
}

/** All services together, and how sure that is. */
export function inShort({ release, spans }: FiguresView): string[] {
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

/** From quarter to quarter. */
export function overTime({ trend }: FiguresView): string[] {
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

/** Services or places. */
export function parts({ spans }: FiguresView, { title, pictureTitle, of }: Part): string[] {
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

/** By age, gender and ethnicity. */
export function brokenDown({ spans, breakdowns }: FiguresView): string[] {
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

/** How people are counted, in words. */
export function method({ release }: FiguresView): string[] {
  return [
    heading(2, 'How people are counted'),
    ...methodSections(release.settings).flatMap((section) => [
      heading(3, section.heading),
      ...section.paragraphs.map((text) => paragraph(text)),
    ]),
  ]
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
