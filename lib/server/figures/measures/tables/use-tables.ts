import { meanBaselines, type PairedChange } from '#core/measures/paired-change.ts'
import type { Told, ToldKind, ToldTable } from '#core/measures/told-table.ts'
import { sourceWords } from '#core/messages/releases/measure-words.ts'
import type { MeasuredUse } from '#server/figures/measures/measure-use.ts'
import { CHANGE_COLUMNS, changeCells, type Named, type ScaleNamed } from './ways-tables.ts'

type Row = MeasuredUse['services'][number]

interface UseTable extends Pick<ToldTable, 'name' | 'caption' | 'note'> {
  readonly columns: readonly (readonly [string, ToldKind, (row: Row) => Told])[]
}

/** What each service's use comes to, a table a question; docs/measures.md defines every column. */
const TABLES = {
  people: {
    ...{ name: 'People', caption: 'People' },
    note: 'New people are those whom the service had not reached before the period.',
    columns: [
      ['Reached', 'count', ({ reached }) => reached],
      ['New', 'count', ({ fresh }) => fresh],
      ['Returning', 'count', ({ reached, fresh }) => reached - fresh],
      ['Named, not reached', 'count', ({ notReached }) => notReached],
    ],
  },
  waits: {
    ...{ name: 'From referral to start', caption: 'From referral to start' },
    note: 'Days from the first referral to the first start, for people who started in the period and have both dates. People still waiting are counted apart: they are in no wait that has ended. People without a date of referral are among those named in the period, and in no referral.',
    columns: [
      ['Referred', 'count', ({ referred }) => referred],
      ['No date of referral', 'count', ({ noReferral }) => noReferral],
      ['Started', 'count', ({ waits }) => waits.started],
      ['Both dates known', 'part', ({ waits }) => ({ part: waits.known, whole: waits.started })],
      ['Median days (middle half)', 'spread', ({ waits }) => waits.days],
      ['Over 4 weeks', 'part', ({ waits }) => ({ part: waits.overFourWeeks, whole: waits.known })],
      ['Still waiting', 'count', ({ waiting }) => waiting.people],
      [
        'Of them, over 4 weeks',
        'part',
        ({ waiting }) => ({ part: waiting.overFourWeeks, whole: waiting.known }),
      ],
    ],
  },
  contacts: {
    ...{ name: 'Contacts', caption: 'Contacts' },
    note: 'Contacts attended in the period, for people reached whose files give a number. “Came to” counts people whom the service first reached in the period, and their contacts to its end: people who started late had less time.',
    columns: [
      [
        'Number known',
        'part',
        ({ contacts, reached }) => ({ part: contacts.known, whole: reached }),
      ],
      ['Contacts', 'count', ({ contacts }) => contacts.total],
      ['Median a person (middle half)', 'spread', ({ contacts }) => contacts.each],
      ['New people', 'part', ({ kept, fresh }) => ({ part: kept.starters, whole: fresh })],
      ['Came to 2', 'part', ({ kept }) => ({ part: kept.two, whole: kept.starters })],
      ['Came to 4', 'part', ({ kept }) => ({ part: kept.four, whole: kept.starters })],
      ['Came to 8', 'part', ({ kept }) => ({ part: kept.eight, whole: kept.starters })],
    ],
  },
  ends: {
    ...{ name: 'How use ended', caption: 'How use ended' },
    note: 'By the last status in the period. The share completed is of those who completed or left early.',
    columns: [
      ['Completed', 'count', ({ completed }) => completed],
      ['Left early', 'count', ({ leftEarly }) => leftEarly],
      [
        'Share completed',
        'part',
        ({ completed, leftEarly }) => ({ part: completed, whole: completed + leftEarly }),
      ],
      ['Declined', 'count', ({ declined }) => declined],
      ['Status not known', 'count', ({ noStatus }) => noStatus],
    ],
  },
} as const satisfies Readonly<Record<string, UseTable>>

/** One question of how people used each service. */
export function useTable(
  which: keyof typeof TABLES,
  services: MeasuredUse['services'],
  named: Named,
): ToldTable {
  const { columns, ...table }: UseTable = TABLES[which]
  return {
    ...table,
    columns: [{ name: 'Service', is: 'words' }, ...columns.map(([name, is]) => ({ name, is }))],
    rows: services.map((row) => ({
      key: row.service,
      cells: [named(row.service), ...columns.map(([, , cell]) => cell(row))],
    })),
  }
}

/** By whom people came to services. */
export function referralTable(referrals: MeasuredUse['referrals'], named: Named): ToldTable {
  return {
    ...{ name: 'Who referred people', caption: 'Who referred people' },
    columns: [
      { name: 'Service', is: 'words' },
      { name: 'Referred by', is: 'words' },
      { name: 'People', is: 'count' },
    ],
    rows: referrals.map(({ service, source, people }) => ({
      key: `${service} ${source}`,
      cells: [named(service), sourceWords(source), people],
    })),
  }
}

/** What activities come to, where services sent files of them. */
export function activityTable(activities: MeasuredUse['activities'], named: Named): ToldTable {
  return {
    ...{ name: 'Activities', caption: 'Activities' },
    note: 'Who came to an activity is not reached by that alone. Somebody who was counted and not named may have come several times, and be among the people as well.',
    columns: [
      { name: 'Service', is: 'words' },
      ...[
        ...['Activities', 'Attendances', 'Different people', 'Adults not named'],
        'Children not named',
      ].map((name) => ({ name, is: 'count' as const })),
    ],
    rows: activities.map((row) => ({
      key: row.service,
      cells: [
        ...[named(row.service), row.activities, row.attendances, row.participants],
        ...[row.anonymousAdults, row.anonymousChildren],
      ],
    })),
  }
}

/** What scores come to, where services sent files of them. */
export function scoreTable(
  scores: MeasuredUse['scores'],
  named: Named,
  scaleNamed: ScaleNamed,
): ToldTable {
  return {
    ...{ name: 'Scores', caption: 'Scores' },
    note: 'A baseline may be of an earlier quarter. Scores of different people are never compared as if they showed a change.',
    columns: [
      { name: 'Service', is: 'words' },
      { name: 'Instrument', is: 'words' },
      { name: 'Scores', is: 'count' },
      { name: 'People with a baseline', is: 'count' },
      { name: 'With a later score', is: 'count' },
      { name: 'Of them, with both', is: 'part' },
    ],
    rows: scores.map((row) => ({
      key: `${row.service} ${row.instrument} ${row.subScale}`,
      cells: [
        ...[named(row.service), scaleNamed(row), row.scores, row.baseline, row.later],
        { part: row.paired, whole: row.later },
      ],
    })),
  }
}

/** How scores of the same people changed, where the framework in force has the instrument. */
export function changeTable(
  changes: readonly PairedChange[],
  named: Named,
  scaleNamed: ScaleNamed,
): ToldTable {
  return {
    ...{ name: 'Change of scores', caption: 'Change of scores' },
    note: 'Of people with a score in files of the period: those with a valid baseline and a valid later score. Valid is a score that was taken within the days that the measurement framework gives it, from the start with the service or from the baseline; the table of scores counts people with any, so it may count more. Improved and worse are by the instrument’s reliable change, and not known without one; smaller changes may be chance. Who has both scores may differ from who has one, so their baselines stand beside each other. This describes people, and does not show what led to a change.',
    columns: [
      { name: 'Service', is: 'words' },
      { name: 'Instrument', is: 'words' },
      ...CHANGE_COLUMNS,
      { name: 'Mean baseline, with both', is: 'number' },
      { name: 'Mean baseline, alone', is: 'number' },
    ],
    rows: changes.map((row) => {
      const { paired, alone } = meanBaselines(row)
      return {
        key: `${row.service} ${row.instrument} ${row.subScale}`,
        cells: [named(row.service), scaleNamed(row), ...changeCells(row), paired, alone],
      }
    }),
  }
}
