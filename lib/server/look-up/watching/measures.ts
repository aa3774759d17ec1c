import { writeCsv } from '#core/tabular/writing/csv-writer.ts'
import { FIRST_CONTACTS, LOOK_UP_PURPOSES } from '#core/messages/look-up/look-up-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import type { WatchContext } from './list-look-ups.ts'

/** How look-ups were used between two days (yyyy-mm-dd, both included): whole numbers, and nobody in them. */
export interface LookUpMeasures {
  readonly ok: true
  readonly from: string
  readonly to: string
  readonly lookUps: number
  /** Days and people: who looked up on one day counts as one sign-in to work. */
  readonly signIns: number
  readonly practitioners: number
  readonly found: number
  readonly opened: number
  readonly byPurpose: readonly { readonly name: string; readonly count: number }[]
  readonly bySource: readonly {
    readonly name: string
    readonly shown: number
    readonly opened: number
  }[]
  /** What was answered afterwards, and of how many look-ups nothing was. */
  readonly contacts: readonly { readonly name: string; readonly count: number }[]
  readonly unanswered: number
}

/** Measures look-ups, for who watches over them. */
export async function measureLookUps(
  { pool }: WatchContext,
  actor: Actor,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<LookUpMeasures | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'look-up.watch'))) return NOT_HELD
  const database = forActor(pool, actor)
  const period = [from, to] as const
  const totals = await runForRow(database, 'look-up/measure', [...period])
  const purposes = await run(database, 'look-up/measure-purposes', [...period])
  const sources = await run(database, 'look-up/measure-sources', [...period])
  const contacts = await run(database, 'look-up/measure-contacts', [...period])
  const named = (words: Readonly<Record<string, string>>, rows: typeof purposes) =>
    Object.entries(words).map(([code, name]) => ({
      name,
      count: rows.find((row) => row.code === code)?.count ?? 0,
    }))
  const answered = contacts.reduce((sum, { count }) => sum + count, 0)
  return {
    ...{ ok: true, from, to, lookUps: totals.look_ups, signIns: totals.sign_ins },
    ...{ practitioners: totals.practitioners, found: totals.found, opened: totals.opened },
    byPurpose: named(LOOK_UP_PURPOSES, purposes),
    bySource: sources.map(({ name, shown, opened }) => ({ name, shown, opened })),
    contacts: named(FIRST_CONTACTS, contacts),
    unanswered: totals.look_ups - answered,
  }
}

/** The same as CSV: what, of what, how many. */
export function writeMeasures(measures: LookUpMeasures): string {
  const { from, to } = measures
  const line = (what: string, of: string, count: number): readonly (string | number)[] => [
    ...[from, to, what, of, count],
  ]
  return writeCsv(
    ['from', 'to', 'measure', 'of', 'count'],
    [
      line('look-ups', '', measures.lookUps),
      line('sign-ins with a look-up', '', measures.signIns),
      line('practitioners', '', measures.practitioners),
      line('look-ups that found somebody', '', measures.found),
      line('sources opened', '', measures.opened),
      ...measures.byPurpose.map(({ name, count }) => line('look-ups by purpose', name, count)),
      ...measures.bySource.map(({ name, shown }) => line('records available', name, shown)),
      ...measures.bySource.map(({ name, opened }) => line('opened', name, opened)),
      ...measures.contacts.map(({ name, count }) => line('first contact', name, count)),
      line('first contact', 'Not answered', measures.unanswered),
    ],
  )
}
