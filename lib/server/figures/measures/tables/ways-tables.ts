import { scaleLabel, type Framework } from '#core/framework/framework.ts'
import { meanChange, type ChangeSums } from '#core/measures/paired-change.ts'
import type { ToldColumn, ToldTable, Told } from '#core/measures/told-table.ts'
import { countWords } from '#core/messages/releases/measure-words.ts'
import type { MeasuredWays } from '#server/figures/measures/measure-use.ts'

/** Names of services by their codes. */
export type Named = (code: string) => string

/** An instrument and its sub-scale, which is blank for the instrument's own scale. */
interface ScaleCodes {
  readonly instrument: string
  readonly subScale: string
}

/** What a scale is called. */
export type ScaleNamed = (of: ScaleCodes) => string

/** What scales are called by a framework; one that left the framework has its code alone. */
export function scaleNames(framework: Framework): ScaleNamed {
  return (of) =>
    scaleLabel(framework, of) ?? [of.instrument, of.subScale].filter(Boolean).join(', ')
}

/** People by how many services reached them. */
export function servicesUsedTable({ servicesUsed }: MeasuredWays): ToldTable {
  const whole = servicesUsed.reduce((sum, { people }) => sum + people, 0)
  return {
    name: 'Services used',
    caption: 'How many services people used',
    note: 'Of people reached in the period: by how many services. Who is named in files and was not reached is in no row.',
    columns: [
      { name: 'Services', is: 'words' },
      { name: 'People', is: 'part' },
    ],
    rows: servicesUsed.map(({ services, people }) => ({
      key: String(services),
      cells: [countWords(services), { part: people, whole }],
    })),
  }
}

/** Which service reached people first, and which next: in words for a page, a row each for a file. */
export function pathwayTables(
  { pathways }: MeasuredWays,
  named: Named,
): { readonly firsts: ToldTable; readonly each: ToldTable } {
  const firsts = [...Map.groupBy(pathways, ({ first }) => first)].map(([first, ways]) => {
    const whole = ways.reduce((sum, { people }) => sum + people, 0)
    const alone = ways.find(({ next }) => next === '')?.people ?? 0
    const nexts = ways.filter(({ next }) => next !== '').sort((a, b) => b.people - a.people)
    return { first, whole, alone, nexts }
  })
  return {
    firsts: {
      name: 'First service',
      caption: 'Which service came first, and which next',
      note: 'Of people whom the programme first reached in the period, by quarter of first reach: services of one quarter are not put in an order, and somebody whom two reached first is in the rows of both. Next is within a year. The order of services says nothing of what led to what.',
      columns: [
        { name: 'First service', is: 'words' },
        { name: 'People', is: 'count' },
        { name: 'Another within a year', is: 'part' },
        { name: 'Which came next', is: 'words' },
      ],
      rows: firsts.map(({ first, whole, alone, nexts }) => ({
        key: first,
        cells: [
          named(first),
          whole,
          { part: whole - alone, whole },
          nexts.map(({ next, people }) => `${named(next)} ${countWords(people)}`).join(', ') ||
            'None',
        ],
      })),
    },
    each: {
      name: 'First and next',
      caption: 'People by first and next service',
      columns: [
        { name: 'First service', is: 'words' },
        { name: 'Next within a year', is: 'words' },
        { name: 'People', is: 'part' },
      ],
      rows: firsts.flatMap(({ first, whole, alone, nexts }) =>
        [...nexts, { next: '', people: alone }]
          .filter(({ people }) => people > 0)
          .map(({ next, people }) => ({
            key: `${first} ${next}`,
            cells: [named(first), next === '' ? 'None' : named(next), { part: people, whole }],
          })),
      ),
    },
  }
}

/** How scores of people changed whom so many services reached. */
export function changesByServicesTable(
  { changes }: MeasuredWays,
  scaleNamed: ScaleNamed,
): ToldTable {
  return {
    name: 'Scores by services used',
    caption: 'Change of scores, by how many services people used',
    note: 'This describes people. It does not show that using more services led to a change: who uses several may need more, have longer, or be helped otherwise. Of people with a score in files of the period; somebody with scores of two services is there for each. 0 services are people whom files of scores name and no service reached in the period.',
    columns: [
      { name: 'Instrument', is: 'words' },
      { name: 'Services', is: 'count' },
      ...CHANGE_COLUMNS,
    ],
    rows: changes.map((row) => ({
      key: `${row.instrument} ${row.subScale} ${row.services}`,
      cells: [scaleNamed(row), row.services, ...changeCells(row)],
    })),
  }
}

/** The columns that say how scores changed. */
export const CHANGE_COLUMNS: readonly ToldColumn[] = [
  { name: 'Both scores valid', is: 'part' },
  { name: 'Mean change (95% interval)', is: 'change' },
  { name: 'Improved', is: 'part' },
  { name: 'About the same', is: 'part' },
  { name: 'Worse', is: 'part' },
  { name: 'Valid baseline alone', is: 'count' },
  { name: 'No valid baseline', is: 'count' },
]

/** The cells of `CHANGE_COLUMNS`; where no reliable change is known nobody is said to have improved. */
export function changeCells(row: ChangeSums): Told[] {
  const { paired: whole, improved, worse, baselineOnly, noBaseline } = row
  const reliably = (part: number | null): Told => (part === null ? null : { part, whole })
  return [
    { part: whole, whole: whole + baselineOnly + noBaseline },
    meanChange(row),
    reliably(improved),
    reliably(improved === null ? null : whole - improved - (worse ?? 0)),
    reliably(worse),
    ...[baselineOnly, noBaseline],
  ]
}

/** Families of which a child and a carer were reached. */
export function familiesTable({ families: of }: MeasuredWays): ToldTable {
  const { families: whole } = of
  const rows = [
    ['whole', 'A child and a carer were reached', of.whole],
    ['children', 'Children alone were reached; a carer is known', of.childrenAlone],
    ['carers', 'Carers alone were reached; a child is known', of.carersAlone],
    ['no-carer', 'Children were reached; no file names a carer', of.noCarer],
    ['no-child', 'Carers were reached; no file names a child', of.noChild],
  ] as const
  return {
    name: 'Families',
    caption: 'Families, and who of them was reached',
    note: `Of families with anybody reached in the period, as services’ own files connect people; each is in one row. Where no file names anybody of the other side, it is not known whether the family was reached whole. ${countWords(of.ofNoFamily)} people reached are in no family: no file connects them with anybody. Files write down fewer carers than there are.`,
    columns: [
      { name: 'Family', is: 'words' },
      { name: 'Families', is: 'part' },
    ],
    rows: rows.map(([key, words, part]) => ({ key, cells: [words, { part, whole }] })),
  }
}
