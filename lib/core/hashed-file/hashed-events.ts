/**
 * What stands beside the records of a hashed file of activities or outcomes: the columns behind those
 * of every hashed file, how their cells are written, and how they are read, as a stranger's. An
 * activity is a line of its own, before every record and without one; a record names the activities
 * that it came to by their places. Source: docs/pseudonymisation.md, "Hashed file".
 */
import type { KeptActivity, KeptScore, PersonEvents } from '#core/checks/events/kept-events.ts'
import type { Framework } from '#core/framework/framework.ts'
import { isDay } from '#core/pseudonym/normalising/calendar.ts'
import {
  ACTIVITY_TYPE,
  COMPLETED_BY,
  TIME_POINTS,
  type TimePoint,
} from '#core/standard/further-codes.ts'
import type { ReachKind, EventKind } from '#core/standard/further-fields.ts'
import { LANGUAGE_CODES } from '#core/standard/languages.ts'
import { quarterDays, type Quarter } from '#core/standard/quarter.ts'

/** What scores are of, as a hasher and the portal know it: the framework and its version, from 1. */
export interface VersionedFramework {
  readonly version: number
  readonly framework: Framework
}

const ACTIVITY_COLUMNS = [
  'activity_date',
  'activity_type',
  'activity_language',
  'activity_ward',
  'adults',
  'children',
] as const

/** A column behind those of every hashed file. */
export type EventColumn = (typeof ACTIVITY_COLUMNS)[number] | 'attended' | 'scores'

/** The columns behind those of every hashed file, in their order. */
export const EVENT_COLUMNS: Readonly<Record<ReachKind, readonly EventColumn[]>> = {
  people: [],
  activities: [...ACTIVITY_COLUMNS, 'attended'],
  outcomes: ['scores'],
}

/** The cells of an activity's own line in those columns. */
export function activityCells(activity: KeptActivity): readonly string[] {
  const { day, type, language, ward, adults, children } = activity
  return [day, type, language, ward, String(adults), String(children), '']
}

/** The cells of a record's line in those columns. */
export function personCells(
  kind: EventKind,
  { attended, scores }: PersonEvents,
): readonly string[] {
  return kind === 'activities'
    ? [...ACTIVITY_COLUMNS.map(() => ''), attended.toSorted((a, b) => a - b).join(' ')]
    : [scores.map(scoreText).join(' ')]
}

function scoreText(score: KeptScore): string {
  const { instrument, subScale, timePoint, day, thousandths, completedBy } = score
  return [instrument, subScale, timePoint, day, thousandths, completedBy].join(':')
}

/** What the cells of events are read against. */
export interface EventTerms {
  readonly quarter: Quarter
  /** Codes of the wards that the portal knows. */
  readonly wards: ReadonlySet<string>
  /** What scores are of; activities need none. */
  readonly framework: Framework
}

/** What a line tells beside its record; `wrong` names the first column that does not fit. */
export type EventsCell<Told> = Told | { readonly wrong: EventColumn }

const HEADS = /^(?:0|[1-9][0-9]{0,4})$/
const NUMBERS = /^(?:(?:0|[1-9][0-9]{0,6})(?: (?:0|[1-9][0-9]{0,6}))*)?$/
const SCORE =
  /^[a-z][a-z0-9-]{0,39}:(?:[a-z][a-z0-9-]{0,39})?:[a-z_]{1,9}:[0-9]{4}-[0-9]{2}-[0-9]{2}:(?:0|-?[1-9][0-9]{0,7}):[a-z]{0,12}$/
const TYPES: ReadonlySet<string> = new Set(['', ...ACTIVITY_TYPE.codes.map(({ code }) => code)])
const LANGUAGES: ReadonlySet<string> = new Set(['', ...LANGUAGE_CODES.map(({ code }) => code)])
const COMPLETERS: ReadonlySet<string> = new Set(['', ...COMPLETED_BY.codes.map(({ code }) => code)])
const THOUSANDTHS = 1000

/** Reads the cells of events, of which nothing is believed. */
export class EventReader {
  readonly #kind: EventKind
  readonly #wards: ReadonlySet<string>
  readonly #days: { readonly first: string; readonly last: string }
  /** The least and the most thousandths by instrument and sub-scale. */
  readonly #scales: ReadonlyMap<string, { readonly least: number; readonly most: number }>
  /** Activities that were read so far. */
  #activities = 0

  constructor(kind: EventKind, { quarter, wards, framework }: EventTerms) {
    this.#kind = kind
    this.#wards = wards
    this.#days = quarterDays(quarter)
    this.#scales = new Map(
      framework.instruments.flatMap((instrument) =>
        [{ ...instrument, code: '' }, ...(instrument.subScales ?? [])].map(
          ({ code, least, most }) => [`${instrument.code}:${code}`, { least, most }] as const,
        ),
      ),
    )
  }

  /** An activity, of a line without a record. */
  readActivity(cells: readonly string[]): EventsCell<KeptActivity> {
    const [day = '', type = '', language = '', ward = '', adults = '', children = ''] = cells
    if (!isRealDay(day) || day < this.#days.first || day > this.#days.last)
      return { wrong: 'activity_date' }
    if (!TYPES.has(type)) return { wrong: 'activity_type' }
    if (!LANGUAGES.has(language)) return { wrong: 'activity_language' }
    if (ward !== '' && !this.#wards.has(ward)) return { wrong: 'activity_ward' }
    if (!HEADS.test(adults)) return { wrong: 'adults' }
    if (!HEADS.test(children)) return { wrong: 'children' }
    if (cells[ACTIVITY_COLUMNS.length] !== '') return { wrong: 'attended' }
    this.#activities += 1
    return { day, type, language, ward, adults: Number(adults), children: Number(children) }
  }

  /** What stands beside a record. */
  readPerson(cells: readonly string[]): EventsCell<PersonEvents> {
    return this.#kind === 'activities' ? this.#readAttended(cells) : this.#readScores(cells)
  }

  #readAttended(cells: readonly string[]): EventsCell<PersonEvents> {
    const own = ACTIVITY_COLUMNS.find((_, at) => cells[at] !== '')
    if (own !== undefined) return { wrong: own }
    const cell = cells[ACTIVITY_COLUMNS.length] ?? ''
    const attended = NUMBERS.test(cell) ? listOf(cell).map(Number) : undefined
    // Ascending, so that nobody comes to one activity twice.
    const isRight = attended?.every(
      (activity, at) => activity < this.#activities && activity > (attended[at - 1] ?? -1),
    )
    return isRight === true ? { attended: attended ?? [], scores: [] } : { wrong: 'attended' }
  }

  #readScores([cell = '']: readonly string[]): EventsCell<PersonEvents> {
    const scores = listOf(cell).map((text) => this.#readScore(text))
    const read = scores.filter((score) => score !== undefined)
    return read.length === scores.length && fitTogether(read)
      ? { attended: [], scores: read }
      : { wrong: 'scores' }
  }

  #readScore(text: string): KeptScore | undefined {
    if (!SCORE.test(text)) return undefined
    const [instrument = '', subScale = '', point, day = '', number = '', completedBy = ''] =
      text.split(':')
    const timePoint = TIME_POINTS.find((one) => one === point)
    const scale = this.#scales.get(`${instrument}:${subScale}`)
    const thousandths = Number(number)
    const isRight =
      isRealDay(day) &&
      COMPLETERS.has(completedBy) &&
      scale !== undefined &&
      thousandths >= scale.least * THOUSANDTHS &&
      thousandths <= scale.most * THOUSANDTHS
    return timePoint === undefined || !isRight
      ? undefined
      : { instrument, subScale, timePoint, day, thousandths, completedBy }
  }
}

/** As the checks of a clear file leave scores: one of each time, and nothing before the baseline. */
function fitTogether(scores: readonly KeptScore[]): boolean {
  const times = scores.map(timeOf)
  if (new Set(times).size < times.length) return false
  const baselines = new Map(
    scores.flatMap((score) =>
      score.timePoint === 'baseline' ? [[scaleOf(score), score.day] as const] : [],
    ),
  )
  return scores.every((score) => score.day >= (baselines.get(scaleOf(score)) ?? ''))
}

/** There may be follow-ups of several days. */
function timeOf(score: KeptScore): string {
  const point: TimePoint = score.timePoint
  return `${scaleOf(score)}:${point}:${point === 'follow_up' ? score.day : ''}`
}

function scaleOf({ instrument, subScale }: KeptScore): string {
  return `${instrument}:${subScale}`
}

function listOf(cell: string): string[] {
  return cell === '' ? [] : cell.split(' ')
}

function isRealDay(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return isDay({ year, month, day })
}
