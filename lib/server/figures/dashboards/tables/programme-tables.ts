import { percentageOf, type Printed } from '#core/disclosure/printed.ts'
import {
  CONTACT_BANDS,
  ENDINGS,
  TOOK_PART,
  TURNED_DOWN,
  type Aspect,
} from '#core/disclosure/released-use.ts'
import type { Measure } from '#core/disclosure/lattice.ts'
import { standingOfPrinted } from '#core/measures/targets.ts'
import type { Told, ToldColumn, ToldTable } from '#core/measures/told-table.ts'
import { standingWords } from '#core/messages/releases/measure-words.ts'
import {
  CONTACT_WORDS,
  ENDING_WORDS,
  TURNED_DOWN_WORDS,
} from '#core/messages/releases/use-words.ts'
import { shortQuarterWords } from '#core/standard/quarter.ts'
import type { FigureRow } from '#server/figures/releases/release-views.ts'
import type { ProgrammeQuarter, QuarterTold } from '#server/figures/dashboards/look-at-programme.ts'

/** The quarter of the programme as tables: a release's figures, as they were printed. */

const NO_FILE = 'no file'
const NOT_TOLD = 'not told'

/** How many were reached, beside the quarter before and the same a year before. */
export function reachedTable(told: ProgrammeQuarter): ToldTable {
  const of = (quarter: QuarterTold, measure: Measure): Printed | null =>
    quarter.figures.whole.figures?.[measure] ?? null
  return {
    name: 'People reached',
    caption: 'People reached by all services',
    note: 'Different people: somebody whom several services reached is counted once. New is who was not reached earlier in the financial year. At least and at most are what the figure of people can be while possible matches are open.',
    columns: [{ name: 'Of all services', is: 'words' }, ...besideColumns(told)],
    rows: REACHED.map(([measure, words]) => ({
      key: measure,
      cells: [words, ...besideCells(told, (quarter) => of(quarter, measure))],
    })),
  }
}

const REACHED = [
  ['people', 'People'],
  ['lower', 'People, at least'],
  ['upper', 'People, at most'],
  ['new', 'New this year'],
  ['returning', 'Returning this year'],
  ['children', 'Children'],
  ['adults', 'Adults'],
  ['families', 'Families'],
] as const satisfies readonly (readonly [Measure, string])[]

/** People reached by each service, beside its target. */
export function targetsTable(told: ProgrammeQuarter): ToldTable {
  const people = (of: QuarterTold, service: string): Printed | null =>
    of.figures.services.find(({ code }) => code === service)?.figures?.people ?? null
  const { targets, release, now } = told
  const isTold = ({ code, figures }: FigureRow): boolean =>
    figures !== null || targets.get(code)?.has('reached') === true
  const silent = now.figures.services.filter((row) => !isTold(row)).map(({ name }) => name)
  return {
    name: 'Services and targets',
    caption: 'People reached by each service, against its target',
    note: `A target is met where every count that the printed figure may stand for is the target or more, and not met where every one is less. Otherwise it is not known: the figure is hidden or rounded too near to the target, or no file had come.${silent.length === 0 ? '' : ` No file and no target for this quarter: ${silent.join(', ')}.`}`,
    columns: [
      { name: 'Service', is: 'words' },
      ...besideColumns(told),
      { name: 'Target', is: 'count', otherwise: 'no target' },
      { name: 'Against the target', is: 'words' },
    ],
    rows: now.figures.services.filter(isTold).map(({ code, name }) => {
      const target = targets.get(code)?.get('reached')
      const standing = standingOfPrinted(people(now, code), target, release.settings)
      return {
        key: code,
        cells: [
          name,
          ...besideCells(told, (of) => people(of, code)),
          target ?? null,
          standing === undefined ? 'not compared' : standingWords(standing),
        ],
      }
    }),
  }
}

/** How the figures of all services went from quarter to quarter. */
export function trendTable({ trend }: ProgrammeQuarter): ToldTable {
  return {
    name: 'Quarter by quarter',
    caption: 'People reached by all services, quarter by quarter',
    columns: [
      { name: 'Quarter', is: 'words' },
      ...['People', 'New this year', 'Returning', 'Year to date', 'Since the start'].map(
        (name): ToldColumn => ({ name, is: 'printed', otherwise: NO_FILE }),
      ),
    ],
    rows: trend.map(({ quarter, figures, yearToDate, sinceStart }) => ({
      key: quarter,
      cells: [
        shortQuarterWords(quarter),
        ...[figures?.people ?? null, figures?.new ?? null, figures?.returning ?? null],
        ...[yearToDate, sinceStart],
      ],
    })),
  }
}

/** How people used services: contacts, how use ended, activities. None of a release of reach alone. */
export function usedTables(told: ProgrammeQuarter): ToldTable[] {
  if (told.now.use === undefined) return []
  return [
    partsTable(told, {
      ...{ name: 'Contacts', caption: 'People reached, by contacts in the quarter' },
      note: 'With the services that reached them. Where files give no number, contacts are not known.',
      rows: CONTACT_BANDS.map((band) => ['contacts', band, CONTACT_WORDS[band]] as const),
    }),
    partsTable(told, {
      ...{ name: 'How use ended', caption: 'People reached, by how their use of services ended' },
      note: 'By the files of the quarter. Neither is also where a file does not say how use ended. Who turned a service down need not have been reached, and is in no share.',
      rows: [
        ...ENDINGS.map((ending) => ['ending', ending, ENDING_WORDS[ending]] as const),
        ['declined', TURNED_DOWN, `${TURNED_DOWN_WORDS}, reached or not`],
      ],
    }),
    activityTable(told),
  ]
}

interface Parts extends Pick<ToldTable, 'name' | 'caption' | 'note'> {
  readonly rows: readonly (readonly [aspect: Aspect, value: string, words: string])[]
}

function partsTable(told: ProgrammeQuarter, { rows, ...table }: Parts): ToldTable {
  return {
    ...table,
    columns: [
      { name: 'Of all services', is: 'words' },
      ...besideColumns(told),
      { name: 'Share of people reached', is: 'percent', otherwise: NOT_TOLD },
    ],
    rows: rows.map(([aspect, value, words]) => {
      const find = (of: QuarterTold): Printed | null => of.use?.('quarter', aspect, value) ?? null
      return {
        key: `${aspect} ${value}`,
        cells: [
          words,
          ...besideCells(told, find),
          aspect === 'declined' ? null : shareOfReached(told, find(told.now)),
        ],
      }
    }),
  }
}

function activityTable(told: ProgrammeQuarter): ToldTable {
  const { services, strands } = told.now.figures
  const scopes = [
    { kind: 'all', code: '', name: 'All services', figures: told.now.figures.whole.figures },
    ...strands.map((row) => ({ ...row, kind: 'strand', name: `Strand: ${row.name}` }) as const),
    ...services.map((row) => ({ ...row, kind: 'service' }) as const),
  ] as const
  const isSent = ({ kind, code }: (typeof scopes)[number]): boolean =>
    told.now.use?.('year', 'activities', TOOK_PART, { kind, code }) !== null
  return {
    name: 'Activities',
    caption: 'People reached who came to activities',
    note: '0 also stands where no file of activities had come. Who came to an activity and was not reached otherwise is in no row.',
    columns: [
      { name: 'Services', is: 'words' },
      { name: shortQuarterWords(told.quarter), is: 'printed', otherwise: NO_FILE },
      { name: 'Share of people reached', is: 'percent', otherwise: NOT_TOLD },
      { name: 'Year to date', is: 'printed', otherwise: NO_FILE },
    ],
    rows: scopes.filter(isSent).map(({ kind, code, name, figures }) => {
      const of = (span: 'quarter' | 'year'): Printed | null =>
        told.now.use?.(span, 'activities', TOOK_PART, { kind, code }) ?? null
      return {
        key: `${kind} ${code}`,
        cells: [name, of('quarter'), shareOf(told, of('quarter'), figures), of('year')],
      }
    }),
  }
}

/** The quarter, and the one before and the same a year before where the release holds them. */
export function besideColumns({ quarter, before, yearBefore }: ProgrammeQuarter): ToldColumn[] {
  const column = (name: string): ToldColumn => ({ name, is: 'printed', otherwise: NO_FILE })
  return [
    column(shortQuarterWords(quarter)),
    ...(before === undefined
      ? []
      : [column('Quarter before'), { name: 'Change', is: 'step' } as const]),
    ...(yearBefore === undefined ? [] : [column('A year before')]),
  ]
}

/** The cells of `besideColumns`. */
export function besideCells(
  { now, before, yearBefore }: ProgrammeQuarter,
  find: (of: QuarterTold) => Printed | null,
): Told[] {
  const value = find(now)
  const beside: Told[] = []
  if (before !== undefined) {
    const then = find(before)
    const isKnown = typeof value === 'number' && typeof then === 'number'
    beside.push(then, isKnown ? value - then : null)
  }
  if (yearBefore !== undefined) beside.push(find(yearBefore))
  return [value, ...beside]
}

/** A part of the people of all services in per cent; null where that may not be told. */
export function shareOfReached(told: ProgrammeQuarter, part: Printed | null): number | null {
  return shareOf(told, part, told.now.figures.whole.figures)
}

function shareOf(
  { release }: ProgrammeQuarter,
  part: Printed | null,
  whole: FigureRow['figures'],
): number | null {
  return part === null || whole === null ? null : percentageOf(part, whole.people, release.settings)
}
