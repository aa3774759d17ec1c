/**
 * Reading the ways in which people and spreadsheets write a date. It decides nothing about the date
 * it reads. Source: docs/pseudonymisation.md, "Birth date".
 */

/**
 * What was written: `form` 1 year first, 2 day first, 3 a serial. Numbers are as written, whether
 * or not they make a day.
 */
export interface WrittenDate {
  readonly form: 1 | 2 | 3
  readonly year: number
  readonly month: number
  readonly day: number
  /** The days of a serial; 0 in other forms. */
  readonly serial: number
  readonly isTwoDigitYear: boolean
  /** Form 2 with a month in digits, which could be its day. */
  readonly isNumericMonth: boolean
  /** Written with a time, or a serial with a fraction. */
  readonly hasTime: boolean
}

const MONTHS = new Map<string, number>()
for (const [index, month] of [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
].entries()) {
  MONTHS.set(month, index + 1)
  MONTHS.set(month.slice(0, 3), index + 1)
}
MONTHS.set('SEPT', 9)

const TIME =
  '([T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]+)?)?(?: ?[AP]M)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?'
const YEAR_FIRST = new RegExp(
  `^([0-9]{4})(?:-([0-9]{2})-([0-9]{2})|/([0-9]{2})/([0-9]{2})|([0-9]{2})([0-9]{2}))${TIME}$`,
)
const DAY_FIRST = new RegExp(
  `^([0-9]{1,2})(?:ST|ND|RD|TH)?([-/. ])([0-9]{1,2}|[A-Z]{3,9})\\2([0-9]{4}|[0-9]{2})${TIME}$`,
)
const SERIAL = /^([0-9]{5})([.][0-9]+)?$/

/** The date folded text says, in one of the three forms; null when it is in none. */
export function readDate(folded: string): WrittenDate | null {
  const text = tightenSeparators(folded)
  return readYearFirst(text) ?? readDayFirst(text) ?? readSerial(text)
}

/** Spaces beside / - . go. */
function tightenSeparators(text: string): string {
  return text.includes(' ') ? text.replace(/ ?([-/.]) ?/g, '$1') : text
}

function readYearFirst(text: string): WrittenDate | null {
  const match = YEAR_FIRST.exec(text)
  if (match === null) return null
  const [, year, dashMonth, dashDay, slashMonth, slashDay, bareMonth, bareDay, time] = match
  return {
    form: 1,
    year: Number(year),
    month: Number(dashMonth ?? slashMonth ?? bareMonth),
    day: Number(dashDay ?? slashDay ?? bareDay),
    serial: 0,
    isTwoDigitYear: false,
    isNumericMonth: false,
    hasTime: time !== undefined,
  }
}

function readDayFirst(text: string): WrittenDate | null {
  const match = DAY_FIRST.exec(text)
  if (match === null) return null
  const [, day, , written = '', year = '', time] = match
  const isNumericMonth = /^[0-9]/.test(written)
  const month = isNumericMonth ? Number(written) : MONTHS.get(written)
  if (month === undefined) return null
  return {
    form: 2,
    year: Number(year),
    month,
    day: Number(day),
    serial: 0,
    isTwoDigitYear: year.length === 2,
    isNumericMonth,
    hasTime: time !== undefined,
  }
}

function readSerial(text: string): WrittenDate | null {
  const match = SERIAL.exec(text)
  if (match === null) return null
  return {
    form: 3,
    year: 0,
    month: 0,
    day: 0,
    serial: Number(match[1]),
    isTwoDigitYear: false,
    isNumericMonth: false,
    hasTime: match[2] !== undefined,
  }
}
