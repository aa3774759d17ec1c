import type { ComparedFinding } from '#core/standard/finding.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import {
  COMPARED_COUNTS,
  COMPARED_SHARES,
  QUARTERS_COMPARED,
  type ComparedCount,
  type ComparedShare,
  type EarlierQuarter,
  type QuarterFigures,
} from './quarter-figures.ts'

/**
 * Whether a file is as this service's own earlier quarters let expect: counts that jump, shares of
 * identifiers that fall. Both rules are robust: one odd quarter among several makes no habit.
 */

/** How far from the median of its quarters a count may be. */
const COUNTS = {
  /** As many times as much, or as little; a greater one while the quarters are few. */
  factor: 1.5,
  factorOfFew: 2,
  /**
   * No jump is as small as this, nor as what chance makes of a count: so many square roots of it,
   * and of as many more as come with one person.
   */
  least: 10,
  roots: 3,
  /** Nor is what so many of the quarters came near to already, as with seasons. */
  seen: 2,
} as const

/** How far a share may fall. */
const SHARES = {
  /** Of all people: 0.15 is from 80 to 65 in a hundred. */
  least: 0.15,
  /** So many standard errors of a difference between two shares. */
  errors: 3,
} as const

/** So many spreads from the median are habit still. */
const SPREADS = 3
/** Fewer quarters than this have no spread. */
const FEW_QUARTERS = 4
/** What makes the median deviation of a normal spread its standard deviation. */
const OF_MEDIAN_DEVIATION = 1.4826

/**
 * What a quarter shows against the service's earlier ones, in any order. A difference that somebody
 * confirmed is where its habit begins anew, so the same is not asked again while it lasts.
 */
export function compareQuarters(
  now: QuarterFigures,
  earlier: readonly EarlierQuarter[],
): ComparedFinding[] {
  // Where there is nobody, that is what is told.
  if (now.people === 0) return []
  const latestFirst = [...earlier]
    .sort((left, right) => (left.quarter < right.quarter ? 1 : -1))
    .slice(0, QUARTERS_COMPARED)
  return [...findJumps(now, latestFirst), ...findFalls(now, latestFirst)]
}

/** The quarters from the latest one on of which one of these was confirmed; all where none was. */
function sinceConfirmed(
  latestFirst: readonly EarlierQuarter[],
  asked: readonly Pick<ComparedCount, 'code' | 'field'>[],
): readonly EarlierQuarter[] {
  const at = latestFirst.findIndex(({ confirmed }) =>
    confirmed.some(({ code, field }) =>
      asked.some((each) => each.code === code && each.field === field),
    ),
  )
  return at < 0 ? latestFirst : latestFirst.slice(0, at + 1)
}

function findJumps(now: QuarterFigures, latestFirst: readonly EarlierQuarter[]): ComparedFinding[] {
  const jumps = COMPARED_COUNTS.flatMap((compared) => {
    const jump = findJump(now, latestFirst, compared)
    return jump === undefined ? [] : [{ ...compared, jump, isRise: jump.now > jump.usual }]
  })
  const isTold = ({ figure, isRise }: (typeof jumps)[number]): boolean =>
    jumps.some(
      ({ tells, isRise: other }) =>
        tells[figure] === 'either-way' || (tells[figure] === 'same-way' && other === isRise),
    )
  return jumps
    .filter((each) => !isTold(each))
    .map(({ code, field, jump }) => ({ code, field, severity: 'confirm', detail: { ...jump } }))
}

interface Jump {
  readonly now: number
  /** The median of the quarters. */
  readonly usual: number
  readonly quarters: number
}

function findJump(
  now: QuarterFigures,
  latestFirst: readonly EarlierQuarter[],
  { figure }: ComparedCount,
): Jump | undefined {
  const count = now[figure]
  if (count === null) return undefined
  const telling = COMPARED_COUNTS.filter((each) => each.figure === figure || figure in each.tells)
  const [all = [], lately = []] = [latestFirst, sinceConfirmed(latestFirst, telling)].map(
    (quarters) => quarters.flatMap(({ figures }) => figures[figure] ?? []),
  )
  const ofOne = Math.max(1, count / now.people)
  if (!isJump(count, ofOne, all) || !isJump(count, ofOne, lately)) return undefined
  return { now: count, usual: medianOf(all), quarters: all.length }
}

/**
 * Whether a count is out of the habit of others, up or down; `ofOne` is how many of it come with
 * one person.
 */
function isJump(count: number, ofOne: number, habit: readonly number[]): boolean {
  if (habit.length === 0) return false
  const usual = medianOf(habit)
  const chance = COUNTS.roots * Math.sqrt(Math.max(count, usual) * ofOne)
  if (Math.abs(count - usual) < Math.max(COUNTS.least, chance)) return false
  const factor = habit.length < FEW_QUARTERS ? COUNTS.factorOfFew : COUNTS.factor
  const isNear = (other: number, least: number): boolean =>
    Math.abs(logOf(count) - logOf(other)) <= Math.max(Math.log(factor), least)
  if (habit.filter((other) => isNear(other, 0)).length >= COUNTS.seen) return false
  return !isNear(usual, SPREADS * spreadOf(habit.map(logOf)))
}

/** Twice as many and half as many are as far apart; none is a count as well. */
function logOf(count: number): number {
  return Math.log(count + 1)
}

function findFalls(now: QuarterFigures, latestFirst: readonly EarlierQuarter[]): ComparedFinding[] {
  return COMPARED_SHARES.flatMap((compared) => {
    const before = findFall(now, latestFirst, compared)
    if (before === undefined) return []
    const { code, field, figure } = compared
    const detail = {
      ...{ now: now[figure], nowOf: now.people },
      ...{ before: before.figures[figure], beforeOf: before.figures.people },
      when: quarterWords(before.quarter),
    }
    return [{ code, field, severity: 'confirm', detail }]
  })
}

/**
 * The quarter that a share has fallen from: the latest one, else the one of the median share, for
 * what slides down a little each quarter.
 */
function findFall(
  now: QuarterFigures,
  latestFirst: readonly EarlierQuarter[],
  compared: ComparedShare,
): EarlierQuarter | undefined {
  const share = (figures: QuarterFigures): number => figures[compared.figure] / figures.people
  const quarters = sinceConfirmed(latestFirst, [compared]).filter(
    ({ figures }) => figures.people > 0,
  )
  const spread = spreadOf(quarters.map(({ figures }) => share(figures)))
  const byShare = quarters.toSorted((left, right) => share(left.figures) - share(right.figures))
  const middle = byShare[Math.floor((byShare.length - 1) / 2)]
  return [quarters[0], middle].find((quarter) => {
    if (quarter === undefined) return false
    const { figures } = quarter
    const fall = share(figures) - share(now)
    const both = (figures[compared.figure] + now[compared.figure]) / (figures.people + now.people)
    const error = Math.sqrt(both * (1 - both) * (1 / figures.people + 1 / now.people))
    return fall > Math.max(SHARES.least, SHARES.errors * error, SPREADS * spread)
  })
}

/**
 * How far values lie from their median, as a standard deviation that a few of them do not move; 0
 * where they are too few to tell.
 */
function spreadOf(values: readonly number[]): number {
  if (values.length < FEW_QUARTERS) return 0
  const middle = medianOf(values)
  return OF_MEDIAN_DEVIATION * medianOf(values.map((value) => Math.abs(value - middle)))
}

/** The middle of the values; of an even number, between the two. */
function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  return (upper + lower) / 2
}
