import { expect, test } from 'vitest'
import type { Printed } from '#core/disclosure/printed.ts'
import { NOBODY } from '#core/disclosure/released-figures.ts'
import { DISCLOSURE_SETTINGS } from '#core/disclosure/settings.ts'
import type { Told, ToldTable } from '#core/measures/told-table.ts'
import { INVENTED_FRAMEWORK } from '#demonstration/invented-framework.ts'
import type {
  ProgrammeChanges,
  ProgrammeQuarter,
  QuarterTold,
} from '#server/figures/dashboards/look-at-programme.ts'
import {
  changedTable,
  filesTable,
  missingTable,
} from '#server/figures/dashboards/tables/known-tables.ts'
import { outcomeChanges } from '#server/figures/dashboards/tables/impact-tables.ts'
import {
  reachedTable,
  targetsTable,
  usedTables,
} from '#server/figures/dashboards/tables/programme-tables.ts'
import type { Release } from '#server/figures/releases/list-releases.ts'
import type { FigureRow, SpanFigures } from '#server/figures/releases/release-views.ts'
import type { FindUse } from '#server/figures/releases/released-use.ts'

/** Dashboards tell what a release printed, of whom it is, and what is not known. */

const NAMES = {
  scope: (_kind: string, code: string): string => code.toUpperCase(),
  place: (kind: string): string => kind,
}

// What dashboards read of a release.
const RELEASE = {
  reference: 'REL-2024-Q2-1',
  settings: { ...DISCLOSURE_SETTINGS.programme, ageBands: [] },
  quarters: ['2024-Q1', '2024-Q2'],
  services: [
    { code: 'one', strand: 's' },
    { code: 'two', strand: 's' },
    { code: 'three', strand: 's' },
  ],
  coverage: { '2024-Q1': ['one'], '2024-Q2': ['two'] },
  use: { scales: [{ code: 'invented-wellbeing', isRuled: true }] },
} as unknown as Release

function row(code: string, people: Printed | null): FigureRow {
  const figures = people === null ? null : { ...NOBODY, people }
  return { code, name: NAMES.scope('', code), figures, interval: '', share: null }
}

function figuresOf(people: Printed, one: Printed | null, two: Printed | null): SpanFigures {
  const whole = row('', people)
  const places = [row('unknown', 10)]
  const services = [row('one', one), row('two', two)]
  return { quarter: '2024-Q2', span: 'quarter', whole, strands: [], services, places }
}

const USE: FindUse = (_span, aspect) => (aspect === 'contacts' ? 20 : aspect === 'ending' ? '*' : 0)
const NOW: QuarterTold = {
  ...{ quarter: '2024-Q2', figures: figuresOf(80, null, 40), use: USE },
  breakdowns: [
    { attribute: 'gender', rows: [{ value: 'unknown', name: 'not known', people: 20, share: 25 }] },
  ],
}
const BEFORE: QuarterTold = { ...NOW, quarter: '2024-Q1', figures: figuresOf(65, 30, 25) }
const TOLD: ProgrammeQuarter = {
  ...{ ok: true, release: RELEASE, releases: [RELEASE], quarter: '2024-Q2', names: NAMES },
  ...{ anew: undefined, earlier: undefined, revision: undefined, trend: [] },
  ...{ now: NOW, before: BEFORE, yearBefore: undefined },
  targets: new Map([['two', new Map([['reached', 35]])]]),
}

function cellsOf({ rows }: ToldTable, key: string): readonly Told[] | undefined {
  return rows.find((one) => one.key === key)?.cells
}

test('a figure stands beside the quarter before, and beside a year before where the release holds it', () => {
  const table = reachedTable(TOLD)
  expect(cellsOf(table, 'people')).toEqual(['People', 80, 65, 15])
  const since = reachedTable({ ...TOLD, yearBefore: BEFORE })
  expect(cellsOf(since, 'people')).toEqual(['People', 80, 65, 15, 65])
  expect(since.columns.at(-1)?.name).toBe('A year before')
})

test('a service stands against its target by its printed figure; one without a file has no figure', () => {
  const table = targetsTable(TOLD)
  expect(cellsOf(table, 'two')).toEqual(['TWO', 40, 25, 15, 35, '✓ met'])
  expect(cellsOf(table, 'one')).toBeUndefined()
  expect(table.note).toContain('No file and no target for this quarter: ONE.')
  const aimed = targetsTable({ ...TOLD, targets: new Map([['one', new Map([['reached', 5]])]]) })
  expect(cellsOf(aimed, 'one')).toEqual(['ONE', null, 30, null, 5, '? not known'])
})

test('use is of the people reached, and a hidden part has no share', () => {
  const [contacts, endings] = usedTables(TOLD)
  if (contacts === undefined || endings === undefined) throw new Error('use is not told')
  expect(cellsOf(contacts, 'contacts unknown')?.at(-1)).toBe(25)
  expect(cellsOf(endings, 'ending completed')?.slice(1)).toEqual([...['*', '*', null, null]])
  // Who turned a service down need not have been reached.
  expect(cellsOf(endings, 'declined turned-down')?.at(-1)).toBeNull()
  expect(usedTables({ ...TOLD, now: { ...NOW, use: undefined } })).toEqual([])
})

test('what is not known is told with the people whom it is of, and who sent no file', () => {
  const table = missingTable(TOLD)
  expect(cellsOf(table, 'Gender not known')).toEqual([...['Gender not known', 20, 20, 0, 25]])
  expect(cellsOf(table, 'Address not known')?.at(-1)).toBe(13)
  expect(cellsOf(filesTable(TOLD), '2024-Q2')?.slice(1)).toEqual([{ part: 1, whole: 2 }, 'ONE'])
  expect(filesTable(TOLD).note).toContain('No file at all: THREE.')
})

test('what changed names the files and the services, and says that no release told it before', () => {
  const words = changedTable(TOLD).rows.map(({ cells }) => cells[1])
  expect(words).toEqual([
    'A file now, and none then: TWO.',
    'No file now, and one then: ONE.',
    'Services whose people changed most: TWO from 25 to 40.',
    'None tells of July to September 2024.',
  ])
})

test('an outcome tells of how many its changes are, and no rate of few', () => {
  const told = (find: FindUse): ProgrammeChanges => ({
    ...TOLD,
    ...{ year: figuresOf(200, 0, 0), use: find, framework: INVENTED_FRAMEWORK },
  })
  const printed: Readonly<Record<string, Printed>> = {
    ...{ scored: 50, paired: 40, improved: 20, same: 15, worse: '*' },
  }
  const [outcome] = outcomeChanges(told((_span, aspect) => printed[aspect] ?? 0))
  expect(outcome?.outcome).toBe('Parents are well')
  expect(outcome?.table.rows[0]?.cells.slice(1)).toEqual([50, 25, 40, 80, 20, 15, '*', 50])
  expect(outcome?.pictures[0]?.bars.map(({ value }) => value)).toEqual([20, 15, '*'])
  const hidden = outcomeChanges(told((_span, aspect) => (aspect === 'scored' ? 15 : '*')))
  expect(hidden[0]?.table.rows[0]?.cells.slice(1)).toEqual([15, 8, '*', null, '*', '*', '*', null])
  expect(outcomeChanges(told(() => 0))).toEqual([])
})
