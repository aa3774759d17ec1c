/**
 * A birth date as a component and as it is kept. Source: docs/pseudonymisation.md, "Birth date" and
 * "Hashed file".
 */
import type { CalendarDay } from '#core/standard/quarter.ts'
import type { GivenRole, Role } from '#core/standard/roles.ts'
import { compareDays, isDay, isoDay, serialDay, yearsAfter } from './calendar.ts'
import { readDate, type WrittenDate } from './date-reading.ts'
import { foldValue } from './fold.ts'
import { blank, type NormalisedValue } from './normalised-value.ts'

const CHARACTER = blank('birth-character')
const MISSING = blank('birth-missing')
const UNREADABLE = blank('birth-unreadable')
const IMPOSSIBLE = blank('birth-impossible')
const PLACEHOLDER = blank('birth-placeholder')
const FUTURE = blank('birth-future')
const OVER_120 = blank('birth-over-120')

const GREATEST_AGE = 120
const CHILDHOOD = 16
const YOUNGEST_PARENT = 12

/** What a birth date is read against. */
export interface BirthContext {
  /** Last day of the quarter. */
  readonly referenceDay: CalendarDay
  /** Serial numbers count from 1904-01-01. */
  readonly date1904: boolean
  /** The role the file or the row's shape gives, which a two-digit year is read by. */
  readonly givenRole: GivenRole
}

/** A birth date as `yyyy-mm-dd`; day before month, always. */
export function normaliseBirthDate(cell: string, context: BirthContext): NormalisedValue {
  if (cell === '') return MISSING
  const folded = foldValue(cell)
  if (folded === null) return CHARACTER
  if (folded === '') return MISSING
  const written = readDate(folded)
  if (written === null) return UNREADABLE
  const day = dayOf(written, context)
  if (!isDay(day)) return IMPOSSIBLE
  const value = isoDay(day)
  if (value === '1900-01-01' || value === '1901-01-01') return PLACEHOLDER
  if (value === '1970-01-01' && written.hasTime) return PLACEHOLDER
  if (compareDays(day, context.referenceDay) > 0) return FUTURE
  if (compareDays(yearsAfter(day, GREATEST_AGE), context.referenceDay) < 0) return OVER_120
  return { value, code: '', finding: written.isTwoDigitYear ? 'birth-two-digit-year' : '' }
}

function dayOf(written: WrittenDate, context: BirthContext): CalendarDay {
  if (written.form === 3) return serialDay(written.serial, context.date1904)
  return written.isTwoDigitYear ? inLatestCentury(written, context) : written
}

/**
 * The latest century in which the date, or for a parent or adult the date twelve years on, is not
 * to come.
 */
function inLatestCentury(written: CalendarDay, context: BirthContext): CalendarDay {
  const { referenceDay, givenRole } = context
  const grown = givenRole === 'parent' || givenRole === 'adult' ? YOUNGEST_PARENT : 0
  const latest = yearsAfter(referenceDay, -grown)
  const day = yearsAfter(written, Math.floor(latest.year / 100) * 100)
  return compareDays(day, latest) > 0 ? yearsAfter(day, -100) : day
}

/** Whether somebody born on a day, `yyyy-mm-dd`, is under 16 on the reference day. */
export function isUnder16(birthDay: string, referenceDay: CalendarDay): boolean {
  const years = referenceDay.year - Number(birthDay.slice(0, 4)) - CHILDHOOD
  if (years !== 0) return years < 0
  const months = referenceDay.month - Number(birthDay.slice(5, 7))
  return months === 0 ? referenceDay.day < Number(birthDay.slice(8)) : months < 0
}

/**
 * What is stored of a birth date: `yyyy-mm` when under 16 on the reference day, else `yyyy`; blank
 * of a blank.
 */
export function keptBirth(birthDay: string, isChild: boolean): string {
  return birthDay.slice(0, isChild ? 7 : 4)
}

/** The role given; else child when under 16 on the reference day, else adult. */
export function roleOf(givenRole: GivenRole, isChild: boolean): Role {
  if (givenRole !== '') return givenRole
  return isChild ? 'child' : 'adult'
}
