import { NOT_KNOWN } from '#core/disclosure/age-bands.ts'
import { ATTRIBUTES } from '#core/disclosure/lattice.ts'
import { HIDDEN, type Printed } from '#core/disclosure/printed.ts'
import type { ToldTable } from '#core/measures/told-table.ts'
import { ATTRIBUTE_NAMES, printedWords } from '#core/messages/releases/released-words.ts'
import { quarterWords, shortQuarterWords } from '#core/standard/quarter.ts'
import { revisionLines } from '#server/figures/releases/revision-words.ts'
import type { ProgrammeQuarter, QuarterTold } from '#server/figures/dashboards/look-at-programme.ts'
import { besideCells, besideColumns, shareOfReached } from './programme-tables.ts'

/** What is not known of the people reached, and why figures may be what they are: as a release tells it. */

/** Of how many people reached a fact is not known. */
export function missingTable(told: ProgrammeQuarter): ToldTable {
  const place = (of: QuarterTold, code: string): Printed | null =>
    of.figures.places.find((row) => row.code === code)?.figures?.people ?? null
  const facts: readonly (readonly [string, (of: QuarterTold) => Printed | null])[] = [
    ...ATTRIBUTES.map(
      (attribute) =>
        [
          `${ATTRIBUTE_NAMES[attribute]} not known`,
          (of: QuarterTold) => unknownOf(of, attribute),
        ] as const,
    ),
    ['Address not known', (of) => place(of, 'unknown')],
    ['In the area, ward not known', (of) => place(of, 'area-unknown')],
    ...(told.now.use === undefined
      ? []
      : [
          [
            'Number of contacts not known',
            (of: QuarterTold) => of.use?.('quarter', 'contacts', 'unknown') ?? null,
          ] as const,
        ]),
  ]
  return {
    name: 'What is not known',
    caption: 'People reached of whom something is not known',
    note: 'These people are counted among the people reached, and under “not known” wherever people are told apart by the fact.',
    columns: [
      { name: 'What is not known', is: 'words' },
      ...besideColumns(told),
      { name: 'Share of people reached', is: 'percent', otherwise: 'not told' },
    ],
    rows: facts.map(([words, find]) => ({
      key: words,
      cells: [words, ...besideCells(told, find), shareOfReached(told, find(told.now))],
    })),
  }
}

function unknownOf(of: QuarterTold, attribute: (typeof ATTRIBUTES)[number]): Printed | null {
  if (of.figures.whole.figures === null) return null
  const values = of.breakdowns.find((one) => one.attribute === attribute)?.rows ?? []
  return values.find(({ value }) => value === NOT_KNOWN)?.people ?? 0
}

/** How many services had sent a file for each quarter through the year, of those that had for any, and which had not. */
export function filesTable({ release, quarter, names }: ProgrammeQuarter): ToldTable {
  const ever = new Set(Object.values(release.coverage).flat())
  const named = (codes: readonly { readonly code: string }[]): string =>
    codes.map(({ code }) => names.scope('service', code)).join(', ') || 'None'
  const senders = release.services.filter(({ code }) => ever.has(code))
  const others = release.services.filter(({ code }) => !ever.has(code))
  return {
    name: 'Files',
    caption: 'Services that had sent a file when the release was made',
    note: `Of services that had sent a file for any quarter of the release. A service that had sent none is in no figure of the quarter; some may not have been running then. No file at all: ${named(others)}.`,
    columns: [
      { name: 'Quarter', is: 'words' },
      { name: 'Services with a file', is: 'part' },
      { name: 'Services without', is: 'words' },
    ],
    rows: release.quarters
      .filter((of) => of <= quarter)
      .slice(-YEAR)
      .map((of) => {
        const sent = new Set(release.coverage[of])
        const silent = senders.filter(({ code }) => !sent.has(code))
        const whole = senders.length
        return {
          key: of,
          cells: [shortQuarterWords(of), { part: whole - silent.length, whole }, named(silent)],
        }
      })
      .toReversed(),
  }
}

/** A quarter and the four before it. */
const YEAR = 5

/** What changed since the quarter before and the release before, and what is known that may be why. */
export function changedTable(told: ProgrammeQuarter): ToldTable {
  const { before, earlier, quarter } = told
  const since = [
    ...(before === undefined
      ? []
      : sinceQuarter(told, before).map((words) => [quarterWords(before.quarter), words] as const)),
    ...(earlier === undefined
      ? [['An earlier release', `None tells of ${quarterWords(quarter)}.`] as const]
      : sinceRelease(told).map((words) => [`Release ${earlier.reference}`, words] as const)),
  ]
  return {
    name: 'What changed and why',
    caption: 'What changed, and what is known that may be why',
    note: 'This is what releases tell: of files, figures, links and the measurement framework. It need not be why a figure changed, and what happened at services is not in it.',
    columns: [
      { name: 'Beside', is: 'words' },
      { name: 'What is known', is: 'words' },
    ],
    rows: since.map(([beside, words]) => ({ key: words, cells: [beside, words] })),
  }
}

function sinceQuarter({ release, names, now }: ProgrammeQuarter, before: QuarterTold): string[] {
  const sentIn = (of: QuarterTold): readonly string[] => release.coverage[of.quarter] ?? []
  const without = (some: readonly string[], others: readonly string[]): string =>
    some
      .filter((code) => !others.includes(code))
      .map((code) => names.scope('service', code))
      .join(', ')
  const [sent, then] = [sentIn(now), sentIn(before)]
  const [come, gone] = [without(sent, then), without(then, sent)]
  const moved = now.figures.services.flatMap(({ code, name, figures }) => {
    const was = before.figures.services.find((row) => row.code === code)?.figures?.people
    const is = figures?.people
    if (was === undefined || is === undefined || was === is) return []
    const size = was === HIDDEN || is === HIDDEN ? 0 : Math.abs(is - was)
    return size === 0
      ? []
      : [{ size, words: `${name} from ${printedWords(was)} to ${printedWords(is)}` }]
  })
  const most = moved.toSorted((left, right) => right.size - left.size).slice(0, MOST)
  return [
    ...(come === '' ? [] : [`A file now, and none then: ${come}.`]),
    ...(gone === '' ? [] : [`No file now, and one then: ${gone}.`]),
    ...(come === '' && gone === '' ? ['The same services had sent a file.'] : []),
    most.length === 0
      ? 'No service’s printed figure of people is another.'
      : `Services whose people changed most: ${most.map(({ words }) => words).join('; ')}.`,
  ]
}

/** So many services are named whose figures changed. */
const MOST = 5

function sinceRelease({ release, earlier, revision, quarter }: ProgrammeQuarter): string[] {
  if (earlier === undefined || revision === undefined) return []
  const { newFiles, changes } = revision
  const lines = revisionLines({
    ...{ ...revision, newQuarters: [] },
    newFiles: newFiles.filter((one) => one.quarter === quarter),
    changes: changes.filter((one) => one.quarter === quarter),
  })
  const others = [
    [release.linkageVersion !== earlier.linkageVersion, 'Links between records had changed since.'],
    [release.linkagePolicy !== earlier.linkagePolicy, 'Records are linked by another policy.'],
    [release.programVersion !== earlier.programVersion, 'Another version of the program counted.'],
    [
      JSON.stringify(release.use) !== JSON.stringify(earlier.use),
      'Another list of scales was in force, or the release before told of reach alone.',
    ],
  ] as const
  // That it takes the place of the other is said beside it.
  return [...lines.slice(1, -1), ...others.flatMap(([is, words]) => (is ? [words] : []))]
}
