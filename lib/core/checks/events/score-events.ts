import type { FindingCode } from '#core/messages/findings/findings.ts'
import {
  FrameworkNames,
  isTakenAt,
  mayComplete,
  type Framework,
} from '#core/framework/framework.ts'
import { COMPLETED_BY, TIME_POINTS } from '#core/standard/further-codes.ts'
import { OWN_SLOT, type OwnFieldName } from '#core/standard/further-fields.ts'
import { quarterDays, type Quarter } from '#core/standard/quarter.ts'
import type { RecordFacts } from '#core/standard/record.ts'
import { scoreField } from '#core/mapping/score-fields.ts'
import type { RowMapper, WrittenScore } from '#core/mapping/row-mapper.ts'
import { foldValue } from '#core/pseudonym/normalising/fold.ts'
import { NumberList } from '#core/checks/number-list.ts'
import type { Report } from '#core/checks/rows/row-checker.ts'
import type { ServiceDateReader } from '#core/checks/rows/service-date.ts'
import { dayNumber, dayText } from './contact-events.ts'
import type { EventCounts, ScoreCounts } from './event-counts.ts'
import type { KeptScore, PersonEvents } from './kept-events.ts'
import type { EventRow, RowEvents } from './row-events.ts'

type TimePointNumber = 0 | 1 | 2
const [BASELINE, FOLLOW_UP] = [0, 1] as const

const COMPLETED_BY_CODES: readonly string[] = COMPLETED_BY.codes.map(({ code }) => code)

/** Digits with at most three behind the point, below zero too. */
const SCORE = /^-?[0-9]{1,5}(?:[.][0-9]{1,3})?$/
/** Scores are held as whole numbers: thousandths, moved above zero. */
const THOUSANDTHS = 1000
const ABOVE_ZERO = 100_000_000

/** A score that can be used. */
interface ReadScore {
  /** Of the instrument and sub-scale, in the order in which they came. */
  readonly scale: number
  readonly timePoint: TimePointNumber
  readonly day: number
  readonly score: number
  /** Which of several columns of scores, from 1. */
  readonly place: number
}

/** Which scores a score is read for: those of one file. */
export interface ScoreSource {
  readonly framework: Framework
  readonly serviceCode: string
  readonly quarter: Quarter
  readonly dates: ServiceDateReader
}

/** Told what is found of one score. */
type AddFinding = (
  field: OwnFieldName,
  code: FindingCode,
  severity: 'must-fix' | 'confirm' | 'note',
) => void

/** Scores of people at time points: by instrument of the framework. */
export class ScoreEvents implements RowEvents {
  readonly #report: Report
  readonly #mapper: RowMapper
  readonly #names: FrameworkNames
  readonly #serviceCode: string
  readonly #dates: ServiceDateReader
  readonly #last: string
  readonly #scales: { readonly instrument: string; readonly subScale: string }[] = []
  readonly #numbers = new Map<string, number>()
  #read: readonly ReadScore[] = []
  /** Of whom the row is that is checked: `yyyy-mm-dd`, or blank. */
  #born = ''
  /** Who filled in the scores of that row: a code, or blank. */
  #completer = ''
  /** Of each score of an accepted row: its row and column, person, scale, time point, day and score. */
  readonly #rows = new NumberList()
  readonly #places = new NumberList()
  readonly #people = new NumberList()
  readonly #scaleOf = new NumberList()
  readonly #timePoints = new NumberList()
  readonly #days = new NumberList()
  readonly #values = new NumberList()
  readonly #completedBy = new NumberList()
  readonly #standing = new Map<number, number[]>()
  readonly activities = []
  #counts: ScoreCounts = []

  constructor(mapper: RowMapper, source: ScoreSource, report: Report) {
    this.#mapper = mapper
    this.#names = new FrameworkNames(source.framework)
    this.#serviceCode = source.serviceCode
    this.#dates = source.dates
    this.#last = quarterDays(source.quarter).last
    this.#report = report
  }

  namesNobody(): boolean {
    return false
  }

  check({ row, written, mapped, person }: EventRow): boolean {
    let mustFix = false
    this.#born = person?.identifiers.components.birthDate.value ?? ''
    this.#completer = mapped.cells[OWN_SLOT.completed_by] ?? ''
    const addAt =
      (place: number): AddFinding =>
      (field, code, severity) => {
        if (severity === 'must-fix') mustFix = true
        this.#report(row, scoreField(field, place), code, severity)
      }
    const add = addAt(0)
    const { unlistedOwn } = mapped
    if (unlistedOwn.includes('time_point')) add('time_point', 'time-point-unknown', 'must-fix')
    if (unlistedOwn.includes('completed_by')) add('completed_by', 'not-in-list', 'note')
    const scores = this.#mapper.scoresOf(written, mapped)
    if (scores.length === 0) add('score', 'row-without-score', 'note')
    this.#read = scores.flatMap(
      (score) =>
        this.#readScore(score, unlistedOwn.includes('time_point'), addAt(score.place)) ?? [],
    )
    return mustFix
  }

  add({ row, mapped }: EventRow, number: number | null): void {
    if (number === null) return
    const completedBy = COMPLETED_BY_CODES.indexOf(mapped.cells[OWN_SLOT.completed_by] ?? '')
    for (const { scale, timePoint, day, score, place } of this.#read) {
      this.#rows.push(row)
      this.#places.push(place)
      this.#people.push(number)
      this.#scaleOf.push(scale)
      this.#timePoints.push(timePoint)
      this.#days.push(day)
      this.#values.push(Math.round(score * THOUSANDTHS) + ABOVE_ZERO)
      this.#completedBy.push(completedBy < 0 ? COMPLETED_BY_CODES.length : completedBy)
    }
  }

  settle(isDropped: (row: number) => boolean): ReadonlySet<number> {
    const rejected = new Set<number>()
    const settled: { readonly scale: number; readonly stands: readonly number[] }[] = []
    const order = this.#inOrder(isDropped)
    for (let from = 0; from < order.length;) {
      const first = order[from] ?? 0
      let to = from + 1
      while (to < order.length && this.#isOfSamePerson(first, order[to] ?? 0)) to++
      const stands = this.#settlePerson(order.subarray(from, to), rejected)
      settled.push({ scale: this.#scaleOf.at(first), stands })
      from = to
    }
    this.#counts = this.#count(settled, (at) => !rejected.has(this.#rows.at(at)))
    return rejected
  }

  /** Counted once all are settled: in wide form one row has scores on several scales. */
  #count(
    settled: readonly { readonly scale: number; readonly stands: readonly number[] }[],
    isKept: (at: number) => boolean,
  ): ScoreCounts {
    const counts = this.#scales.map(() => ({ scores: 0, baseline: 0, later: 0, paired: 0 }))
    for (const { scale, stands } of settled) {
      const count = counts[scale]
      const kept = stands.filter(isKept)
      if (count === undefined) continue
      const hasBaseline = kept.some((at) => this.#timePoints.at(at) === BASELINE)
      const hasLater = kept.some((at) => this.#timePoints.at(at) !== BASELINE)
      count.scores += kept.length
      this.#keep(kept)
      if (hasBaseline) count.baseline++
      if (hasLater) count.later++
      if (hasBaseline && hasLater) count.paired++
    }
    return this.#scales.flatMap((scale, at) => {
      const count = counts[at]
      return count === undefined || count.scores === 0 ? [] : [{ ...scale, ...count }]
    })
  }

  factsOf(): Partial<RecordFacts> {
    return {}
  }

  eventsOf(number: number): PersonEvents {
    const scores = (this.#standing.get(number) ?? []).map((at): KeptScore => {
      const { instrument = '', subScale = '' } = this.#scales[this.#scaleOf.at(at)] ?? {}
      return {
        ...{ instrument, subScale },
        timePoint: TIME_POINTS[this.#timePoints.at(at)] ?? 'baseline',
        day: dayText(this.#days.at(at)),
        thousandths: this.#values.at(at) - ABOVE_ZERO,
        completedBy: COMPLETED_BY_CODES[this.#completedBy.at(at)] ?? '',
      }
    })
    return { attended: [], scores }
  }

  /** Takes scores of one person that stand. */
  #keep(kept: readonly number[]): void {
    const [first] = kept
    if (first === undefined) return
    const person = this.#people.at(first)
    const known = this.#standing.get(person)
    if (known === undefined) this.#standing.set(person, [...kept])
    else known.push(...kept)
  }

  get counts(): EventCounts {
    return { contactsCounted: 0, scores: this.#counts }
  }

  /** Scores of rows that are not dropped: by person and scale, then time point and day. */
  #inOrder(isDropped: (row: number) => boolean): Uint32Array {
    const kept = Array.from({ length: this.#rows.length }, (_, at) => at).filter(
      (at) => !isDropped(this.#rows.at(at)),
    )
    const lists = [
      ...[this.#people, this.#scaleOf, this.#timePoints, this.#days],
      // Of the same score twice, the one stands that says who filled it in.
      ...[this.#completedBy, this.#rows],
    ]
    return Uint32Array.from(kept).sort((left, right) => {
      for (const list of lists) {
        const apart = list.at(left) - list.at(right)
        if (apart !== 0) return apart
      }
      return left - right
    })
  }

  #isOfSamePerson(left: number, right: number): boolean {
    return (
      this.#people.at(left) === this.#people.at(right) &&
      this.#scaleOf.at(left) === this.#scaleOf.at(right)
    )
  }

  /** Reports what the scores of one person on one scale show together; answers those that stand. */
  #settlePerson(scores: Uint32Array, rejected: Set<number>): readonly number[] {
    const stands: number[] = []
    for (const group of this.#sameTimes(scores)) {
      const [first = 0, ...others] = group
      const isSame = others.every((at) => this.#saysTheSame(first, at))
      for (const at of isSame ? others : group)
        if (isSame) this.#reportAt(at, 'score-repeated', 'note')
        else this.#reject(at, 'scores-of-one-time', rejected)
      if (isSame) stands.push(first)
    }
    const baseline = stands.find((at) => this.#timePoints.at(at) === BASELINE)
    const isEarly = (at: number) =>
      baseline !== undefined &&
      this.#timePoints.at(at) !== BASELINE &&
      this.#days.at(at) < this.#days.at(baseline)
    for (const at of stands)
      if (isEarly(at)) this.#reject(at, 'follow-up-before-baseline', rejected)
    return stands
  }

  /** Scores of one time point each; there may be several follow-ups, of different days. */
  #sameTimes(scores: Uint32Array): readonly number[][] {
    const groups = new Map<string, number[]>()
    for (const at of scores) {
      const timePoint = this.#timePoints.at(at)
      const key = timePoint === FOLLOW_UP ? `${timePoint} ${this.#days.at(at)}` : String(timePoint)
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [at])
      else group.push(at)
    }
    return [...groups.values()]
  }

  #saysTheSame(left: number, right: number): boolean {
    return (
      this.#days.at(left) === this.#days.at(right) &&
      this.#values.at(left) === this.#values.at(right)
    )
  }

  #reject(at: number, code: FindingCode, rejected: Set<number>): void {
    this.#reportAt(at, code, 'must-fix')
    rejected.add(this.#rows.at(at))
  }

  #reportAt(at: number, code: FindingCode, severity: 'must-fix' | 'note'): void {
    this.#report(this.#rows.at(at), scoreField('score', this.#places.at(at)), code, severity)
  }

  #readScore(
    written: WrittenScore,
    isTimeUnknown: boolean,
    add: AddFinding,
  ): ReadScore | undefined {
    const text = (foldValue(written.score) ?? '?').trim()
    const score = SCORE.test(text) ? Number(text) : undefined
    if (text === '') add('score', 'score-missing', 'must-fix')
    else if (score === undefined) add('score', 'score-not-a-number', 'must-fix')
    const day = this.#readDay(written.date, add)
    const timePoint = TIME_POINTS.findIndex((code) => code === written.timePoint)
    if (timePoint < 0 && !isTimeUnknown) add('time_point', 'time-point-missing', 'must-fix')
    const instrument = this.#names.instrument(written.measure)
    if (instrument === undefined) {
      const code = written.measure.trim() === '' ? 'measure-missing' : 'measure-unknown'
      add('measure', code, 'must-fix')
      return undefined
    }
    if (!instrument.services.includes(this.#serviceCode))
      add('measure', 'measure-not-of-service', 'confirm')
    if (instrument.retired !== undefined && day > instrument.retired)
      add('measure', 'measure-retired', 'confirm')
    if (timePoint >= 0 && !isTakenAt(instrument, written.timePoint))
      add('time_point', 'time-point-not-of-measure', 'confirm')
    if (!mayComplete(instrument, this.#completer))
      add('completed_by', 'completed-by-not-of-measure', 'confirm')
    const scale = this.#names.scale(instrument, written.subScale)
    if (scale === undefined) {
      add('sub_scale', 'sub-scale-unknown', 'must-fix')
      return undefined
    }
    if (score === undefined || timePoint < 0 || day === '') return undefined
    if (score < scale.least || score > scale.most) {
      add('score', 'score-outside-scale', 'must-fix')
      return undefined
    }
    return {
      scale: this.#scaleNumber(instrument.code, scale.code),
      timePoint: timePoint as TimePointNumber,
      day: dayNumber(day),
      score,
      place: written.place,
    }
  }

  #readDay(cell: string, add: AddFinding): string {
    const { code, value } = this.#dates.read(cell)
    if (code !== '') add('score_date', code, 'must-fix')
    else if (value === '') add('score_date', 'score-date-missing', 'must-fix')
    // A date of birth in the place of the day would be kept with the score.
    else if (value <= this.#born) add('score_date', 'score-before-birth', 'must-fix')
    else if (value > this.#last) add('score_date', 'score-after-quarter', 'confirm')
    return value
  }

  #scaleNumber(instrument: string, subScale: string): number {
    const key = `${instrument} ${subScale}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#scales.length)
    return this.#scales.push({ instrument, subScale }) - 1
  }
}
