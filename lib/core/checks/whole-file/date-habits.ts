import { readDate, type WrittenDate } from '#core/pseudonym/normalising/date-reading.ts'
import { isDay, serialDay } from '#core/pseudonym/normalising/calendar.ts'
import { foldValue } from '#core/pseudonym/normalising/fold.ts'
import { DigitCount, YearCount } from './short-dates.ts'

/**
 * What a column of dates shows as a whole and no cell shows by itself: days and months that a tool
 * swapped, times that lost a day, numbers that lost a zero.
 */

/** A cell of a column, and how many rows have it. */
export type CountedCell = readonly [cell: string, rows: number]

/** What is to be asked about a column of dates. */
export interface DateDoubts {
  /** Day and month are swapped in some of the dates, or may be in all. */
  readonly order: boolean
  /** Times stand at 22:00 or 23:00 beside midnight, so that the day is the one before. */
  readonly beforeMidnight: boolean
  /** Numbers such as 10619 are days without their leading zero, and no serials. */
  readonly digitsShort: boolean
  /** Years of two digits may stand first, and not last: 19-06-01. */
  readonly yearFirst: boolean
  /** One day, in one year or in all, comes far more often than births do. */
  readonly oftenTheSame: boolean
}

/** Days of a quarter, `yyyy-mm-dd`, that dates are expected in; left out for births. */
export interface ExpectedDays {
  readonly first: string
  readonly last: string
}

/** Share of all days whose number in the month is 12 or less, and the rest. */
const LOW = 0.394
const HIGH = 1 - LOW
/** How often a column with swapped dates still has one the other way round. */
const STRAY = 0.03
/** How many times likelier swapped dates must make a column: e to this. */
const TELLING = 3
/** A serial number beside written dates is a date that a spreadsheet read, and they are what it could not. */
const TELLING_OF_SERIALS = 1.5
/** So many different days, none of them over 12, come by chance in one column of 1,700. */
const MANY_DAYS = 8
/** A share of dates that only the month-first reading makes a day of; a slip is rarer. */
const SLIPS = 0.1
/** Fewer different dates in a quarter say nothing about their order. */
const FEW_DATES = 4

/** Days of one way of writing, up to the 12th and after it. */
interface Style {
  low: number
  high: number
  readonly isSerial: boolean
}

/** Reads the different cells of a column together. */
export function dateDoubts(cells: Iterable<CountedCell>, expected?: ExpectedDays): DateDoubts {
  const order = new OrderCount(expected)
  const clock = new ClockCount()
  const digits = new DigitCount()
  const days = new DayCount()
  const years = new YearCount()
  for (const [cell, rows] of cells) {
    const folded = foldValue(cell)
    if (folded === null || folded === '') continue
    digits.add(folded)
    const written = readDate(folded)
    if (written === null) continue
    if (written.hasTime) clock.add(folded, rows)
    order.add(folded, written, rows)
    days.add(written, rows)
    years.add(folded, written)
  }
  return {
    order: order.isDoubtful,
    beforeMidnight: clock.isBeforeMidnight || (expected === undefined && clock.isMidnightElsewhere),
    digitsShort: digits.areShort,
    yearFirst: expected === undefined && years.mayStandFirst,
    oftenTheSame: expected === undefined && days.areOftenTheSame,
  }
}

/** Counts days by the way they are written. */
class OrderCount {
  readonly #expected: ExpectedDays | undefined
  readonly #styles = new Map<string, Style>()
  readonly #days = new Set<string>()
  #high = 0
  #dayFirst = 0
  #monthFirst = 0
  #eitherWay = 0
  #expectedDayFirst = 0
  #expectedMonthFirst = 0

  constructor(expected: ExpectedDays | undefined) {
    this.#expected = expected
  }

  add(folded: string, written: WrittenDate, rows: number): void {
    const { day, month } = written.form === 3 ? serialDay(written.serial, false) : written
    if (day < 1 || day > 31 || month < 1) return
    if (written.isNumericMonth) {
      if (month > 12) {
        if (day <= 12 && month <= 31) this.#monthFirst += rows
        return
      }
      if (day > 12) this.#dayFirst += rows
      else this.#weigh(written)
    } else if (month > 12) return
    const key = styleOf(folded, written)
    let style = this.#styles.get(key)
    if (style === undefined)
      this.#styles.set(key, (style = { low: 0, high: 0, isSerial: written.form === 3 }))
    if (day > 12) {
      style.high++
      this.#high++
    } else style.low++
    if (this.#days.size < MANY_DAYS) this.#days.add(`${String(day)} ${String(month)}`)
  }

  /** Counts a date that is a day both ways, and which way it is in the quarter. */
  #weigh({ year, month, day, isTwoDigitYear }: WrittenDate): void {
    if (this.#expected === undefined || isTwoDigitYear) return
    const { first, last } = this.#expected
    const within = (text: string) => text >= first && text <= last
    this.#eitherWay++
    if (within(dayText(year, month, day))) this.#expectedDayFirst++
    if (within(dayText(year, day, month))) this.#expectedMonthFirst++
  }

  get isDoubtful(): boolean {
    return (
      this.#isMixed || this.#isHalfSwapped || this.#hasNoLateDay || this.#isMonthFirstByTheQuarter
    )
  }

  /** Dates the one way and the other in one column: those that are a day both ways can be either. */
  get #isMixed(): boolean {
    const told = this.#dayFirst + this.#monthFirst
    return this.#dayFirst > 0 && this.#monthFirst > 1 && this.#monthFirst > told * SLIPS
  }

  /** Of two ways of writing, one never has a day over 12 and the other always. */
  get #isHalfSwapped(): boolean {
    const styles = groupsOf(this.#styles)
    return styles.some((low) =>
      styles.some(
        (high) =>
          low !== high &&
          high.high > 1 &&
          swappedTelling(low, high) > (low.isSerial ? TELLING_OF_SERIALS : TELLING),
      ),
    )
  }

  /** Births on so many days, and none after the 12th. */
  get #hasNoLateDay(): boolean {
    return this.#expected === undefined && this.#high === 0 && this.#days.size >= MANY_DAYS
  }

  get #isMonthFirstByTheQuarter(): boolean {
    return (
      this.#dayFirst === 0 &&
      this.#eitherWay >= FEW_DATES &&
      this.#expectedMonthFirst === this.#eitherWay &&
      this.#expectedDayFirst * 2 < this.#eitherWay
    )
  }
}

function dayText(year: number, month: number, day: number): string {
  return [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
}

/**
 * How a date is written: by a tool (year first), as a serial, with the month's name, or in numbers
 * with these marks; then whether zeros lead its parts.
 */
function styleOf(folded: string, written: WrittenDate): string {
  if (written.form !== 2) return written.form === 3 ? 'serial' : 'tool'
  if (!written.isNumericMonth) return 'named'
  const mark = /[-/. ]/.exec(folded)?.[0] ?? ''
  const numbers = /^([0-9]{1,2})[^0-9]+([0-9]{1,2})[^0-9]/.exec(folded)
  const parts = [numbers?.[1] ?? '', numbers?.[2] ?? '']
  const zeros = parts.some((part) => part.startsWith('0'))
    ? 'padded'
    : parts.some((part) => part.length === 1)
      ? 'bare'
      : 'either'
  return [mark, written.isTwoDigitYear, written.hasTime, zeros].join(' ')
}

/**
 * The styles to compare. Zeros tell two styles apart only where some dates have them and others
 * lack them; a date such as 13/10 shows neither.
 */
function groupsOf(styles: ReadonlyMap<string, Style>): Style[] {
  const bases = new Map<string, Map<string, Style>>()
  const groups: Style[] = []
  for (const [key, style] of styles) {
    const cut = key.lastIndexOf(' ')
    if (cut < 0) {
      groups.push(style)
      continue
    }
    const base = bases.get(key.slice(0, cut)) ?? new Map<string, Style>()
    bases.set(key.slice(0, cut), base.set(key.slice(cut + 1), style))
  }
  for (const base of bases.values()) {
    const padded = base.get('padded')
    const bare = base.get('bare')
    if (padded !== undefined && bare !== undefined) groups.push(padded, bare)
    else
      groups.push(
        [...base.values()].reduce((sum, { low, high }) => ({
          low: sum.low + low,
          high: sum.high + high,
          isSerial: false,
        })),
      )
  }
  return groups.filter(({ low, high, isSerial }) => isSerial || low + high >= 2)
}

/** The logarithm of how much likelier swapped dates make these two styles than chance does. */
function swappedTelling(low: Style, high: Style): number {
  return (
    low.low * Math.log((1 - STRAY) / LOW) +
    low.high * Math.log(STRAY / HIGH) +
    high.high * Math.log((1 - STRAY) / HIGH) +
    high.low * Math.log(STRAY / LOW)
  )
}

/** Counts times of the day. */
class ClockCount {
  #timed = 0
  #midnight = 0
  #late = 0
  /** Rows by their minute of the day: no more than a zone and its summer time make. */
  readonly #clocks = new Map<number, number>()

  add(folded: string, rows: number): void {
    this.#timed += rows
    const minutes = minutesOf(folded)
    if (this.#clocks.size <= 2) addRows(this.#clocks, minutes, rows)
    if (minutes === 0) this.#midnight += rows
    else if (minutes === 22 * 60 || minutes === 23 * 60) this.#late += rows
  }

  /** Times of a clock an hour or two behind ours: hardly anything but midnight and just before. */
  get isBeforeMidnight(): boolean {
    return this.#late > 0 && (this.#late + this.#midnight) * 10 >= this.#timed * 9
  }

  /** Midnight of a clock far from ours: one time of our afternoon, or two an hour apart. */
  get isMidnightElsewhere(): boolean {
    if (this.#timed < FEW_TIMED) return false
    const [one, other, ...more] = [...this.#clocks.keys()].toSorted((a, b) => a - b)
    if (one === undefined || more.length > 0) return false
    if (other === undefined) return one > NOON
    return other - one === 60 && other >= NOON
  }
}

/** Fewer births at one time of the day may be so by chance. */
const FEW_TIMED = 4
const NOON = 720

/** Minutes since midnight of a cell with a time; NaN when it has an offset of its own. */
function minutesOf(folded: string): number {
  const fraction = /^[0-9]{5}([.][0-9]+)$/.exec(folded)?.[1]
  if (fraction !== undefined) return Math.round(Number(fraction) * 1440)
  const time =
    /[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.][0-9]+)?)?(?: ?([AP])M)?(Z|[+-][0-9:]+)?$/.exec(
      folded,
    )
  if (time === null) return Number.NaN
  const [, hour, minute, second = '0', half, offset = ''] = time
  if (/[1-9]/.test(offset) || Number(second) > 0) return Number.NaN
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'P' ? 12 : 0)
  return hours * 60 + Number(minute)
}

/** Fewer births than this have no habit, unless all are on one day. */
const FEW_BIRTHS = 10

/** Counts births by their day, and by their day in any year and any month. */
class DayCount {
  readonly #days = new Map<string, number>()
  /** Different days of one day and month, and of one day of any month. */
  readonly #ofYear = new Map<string, Set<string>>()
  readonly #ofMonth = new Map<number, Set<string>>()
  #total = 0
  #firstOfJanuary = 0
  #isOfEpoch = false

  add(written: WrittenDate, rows: number): void {
    if (written.isTwoDigitYear && SHORT_EPOCHS.has(shortDay(written))) this.#isOfEpoch = true
    const day = written.form === 3 ? serialDay(written.serial, false) : written
    if (!isDay(day)) return
    const key = dayText(day.year, day.month, day.day)
    this.#total += rows
    addRows(this.#days, key, rows)
    addDay(this.#ofYear, `${day.month}-${day.day}`, key)
    addDay(this.#ofMonth, day.day, key)
    if (day.month === 1 && day.day === 1) this.#firstOfJanuary += rows
    if (key === EPOCH) this.#isOfEpoch = true
  }

  get areOftenTheSame(): boolean {
    if (this.#isOfEpoch) return true
    const different = this.#days.size
    const ofYear = mostOf(this.#ofYear)
    const ofMonth = mostOf(this.#ofMonth)
    if (ofYear > 2 && ofYear * 3 > different) return true
    if (ofMonth > 4 && ofMonth * 5 >= different * 4) return true
    const middles = this.#ofMonth.get(MIDDLE)?.size ?? 0
    if (different > 4 && middles > 2 && middles * 5 >= different * 3) return true
    const mostOnOneDay = Math.max(0, ...this.#days.values())
    const most = Math.max(this.#firstOfJanuary, mostOnOneDay)
    return this.#total < FEW_BIRTHS
      ? (different === 1 && this.#total > 3) ||
          (mostOnOneDay > 2 && mostOnOneDay * 2 > this.#total && different > 2) ||
          (this.#firstOfJanuary > 2 && this.#firstOfJanuary * 3 > this.#total)
      : most > 4 && most * 4 > this.#total
  }
}

/** The day that is written where only the month is known. */
const MIDDLE = 15

/** The day that computers count from: what is written where none was given. */
const EPOCH = '1970-01-01'
/** The same with a year of two digits, and what spreadsheets and Access count from: 01-Jan-00 is 1900. */
const SHORT_EPOCHS: ReadonlySet<string> = new Set(['70-1-1', '0-1-1', '1-1-1', '99-12-30'])

function shortDay({ year, month, day }: WrittenDate): string {
  return [year % 100, month, day].join('-')
}

function addRows<Key>(times: Map<Key, number>, key: Key, rows: number): void {
  times.set(key, (times.get(key) ?? 0) + rows)
}

function addDay<Key>(days: Map<Key, Set<string>>, key: Key, day: string): void {
  const seen = days.get(key)
  if (seen === undefined) days.set(key, new Set([day]))
  else seen.add(day)
}

function mostOf(days: ReadonlyMap<unknown, ReadonlySet<string>>): number {
  let most = 0
  for (const { size } of days.values()) most = Math.max(most, size)
  return most
}
