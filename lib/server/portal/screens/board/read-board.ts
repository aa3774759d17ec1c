import type { ChecklistLine, Stage } from '#core/messages/register/stage-words.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { FindingCount } from '#core/standard/finding.ts'
import type { QuarterFigures } from '#core/checks/quarters/quarter-figures.ts'
import type { Linkability } from '#core/checks/record-tally.ts'
import type { Measured } from '#core/profiling/measured.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import type { Queries } from '#server/platform/db/query-types.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { stageOf } from '#server/programme/register/read-programme.ts'
import type pg from 'pg'

/** A service on the board. */
export interface Card {
  readonly code: string
  readonly name: string
  readonly provider: string
  readonly stage: Stage
  readonly since: Date
  /** How many files were tried out or went into staging. */
  readonly tried: number
  /** How many of a hundred rows of the last one could be used; null before there is one. */
  readonly share: number | null
  /** How many people it counts itself, and how many staging came to. */
  readonly compared: { readonly own: number; readonly counted: number } | null
  readonly unanswered: number
  readonly passed: Readonly<Record<ChecklistLine, boolean>>
}

/** How far a count may be from ours, and how many of a hundred rows must be right. */
const NEAR = 0.05
const RIGHT = 0.95

/** Reads the board, for administrators. */
export async function readBoard(
  database: Database,
  actor: Actor,
  now: Date,
): Promise<{ readonly ok: true; readonly cards: readonly Card[] } | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'register.see'))) return NOT_HELD
  return { ok: true, cards: await readCards(forActor(database, actor), now) }
}

/** The cards, for who reaches every service. */
export async function readCards(on: Database | pg.ClientBase, now: Date): Promise<Card[]> {
  const rows = await run(on, 'board/list-cards', [dayInLondon(now)])
  return rows.map(cardOf)
}

function cardOf(row: Queries['board/list-cards']['row']): Card {
  const { code, name, provider, since, tried, own, counted, unanswered } = row
  const share = shareOf(row.lastAccepted, row.lastRows)
  const compared = own === null || counted === null ? null : { own, counted }
  return {
    ...{ code, name, provider, since, tried, share, compared, unanswered },
    stage: stageOf(row),
    passed: {
      agreement: row.agreed,
      people: row.senders > 0,
      linked: row.linked > 0,
      right: share !== null && share >= RIGHT,
      compared:
        compared !== null &&
        Math.abs(compared.own - compared.counted) <= NEAR * Math.max(compared.own, 1),
      answered: unanswered === 0,
    },
  }
}

/** The share of rows that could be used; null where there are none. */
function shareOf(accepted: number | null, rows: number | null): number | null {
  return accepted === null || rows === null || rows === 0 ? null : accepted / rows
}

/** A file that was tried out, in counts. */
export interface TriedOut extends Measured {
  readonly reference: string
  readonly quarter: Quarter
  readonly state: string
  readonly receivedAt: Date
  readonly isHeld: boolean
  readonly records: number | null
  readonly feedback: {
    readonly sentAt: Date
    readonly answer: string | null
    readonly answeredAt: Date | null
  } | null
}

/** How many files are listed. */
const LISTED = 24

/** A card with the files that were tried out, the latest first, for administrators. */
export async function readCard(
  database: Database,
  actor: Actor,
  code: string,
  now: Date,
): Promise<
  | { readonly ok: true; readonly card: Card; readonly files: readonly TriedOut[] }
  | Refusal<'not-found'>
> {
  const board = await readBoard(database, actor, now)
  if (!board.ok) return board
  const card = board.cards.find((one) => one.code === code)
  if (card === undefined) return refuse('not-found')
  const rows = await run(forActor(database, actor), 'board/list-tried', [code, LISTED])
  return { ok: true, card, files: rows.map(triedOf) }
}

function triedOf(row: Queries['board/list-tried']['row']): TriedOut {
  const { reference, state, receivedAt, isHeld, records } = row
  const rows = (row.read ?? 0) - (row.blank ?? 0) - (row.leftOut ?? 0)
  return {
    ...{ reference, state, receivedAt, isHeld, records, rows },
    // What we wrote ourselves.
    quarter: row.quarter,
    accepted: row.accepted ?? 0,
    share: shareOf(row.accepted, rows),
    linkability: (row.linkability as { readonly evidence: Linkability } | null)?.evidence ?? null,
    figures: row.figures as QuarterFigures | null,
    findings: row.findings as FindingCount[],
    feedback:
      row.feedbackAt === null
        ? null
        : { sentAt: row.feedbackAt, answer: row.feedbackAnswer, answeredAt: row.answeredAt },
  }
}
