import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { Severity } from '#core/standard/finding.ts'
import type { PersonRow } from '#core/checks/rows/check.ts'

/** A smaller share of births than one in ten tells nobody apart. */
const HARDLY_ANY = 10
/** Children of a service for the early years are younger than this, at least one of them. */
const YOUNG_YEARS = 6
/** Brothers and sisters of a service’s children are not so far from all of them. */
const YEARS_APART = 5
/** Whoever is older is called a child by the file alone, which is asked about elsewhere. */
const OLDEST_CHILD = 16
/** Fewer children have no habit. */
const FEW_CHILDREN = 3
/** Months of the Ethiopian calendar have no day after this. */
const LAST_DAY = 30
/**
 * Years of the Thai calendar are 543 ahead, so that 62 is 2019. Read as 1962 it makes everybody at
 * least 57 years old.
 */
const THAI_YEARS = 57
/** Fewer people whose birth is the day of a service say nothing: babies are met on the day. */
const FEW_BIRTHS = 4

/** A heading of dates that names another calendar: “DOB (E.C.)”. */
const OTHER_CALENDAR =
  /\b(?:ethiopian|hijri|hijrah|jalali|persian|buddhist)\b|(?:^|[\s([_-])(?:e\.? ?c|a\.? ?h)\.?[)\]]?$/i

/**
 * Counts people whose role is told by their age. Without a birth date that is "adult", so that
 * children without one would be counted as adults.
 */
export class RoleCount {
  readonly #namesChildren: boolean
  /** The heading of the births names another calendar. */
  readonly #isOfOtherCalendar: boolean
  #withoutRole = 0
  #withBirth = 0
  #children = 0
  #birthNotGiven = 0
  #births = 0
  #childBirths = 0
  #youngChildren = 0
  #hasLateDay = false
  readonly #childYears = new Map<number, number>()
  #birthIsServiceDate = 0
  /** Births with years of two digits, and those of them that are of old people. */
  #shortYears = 0
  #shortYearsOfOld = 0

  /** `namesChildren`: the heading of the names says that they are children’s. */
  constructor({ namesChildren, birthHeading }: { namesChildren: boolean; birthHeading: string }) {
    this.#namesChildren = namesChildren
    this.#isOfOtherCalendar = OTHER_CALENDAR.test(birthHeading.trim())
  }

  /** Counts one person. */
  add(person: PersonRow): void {
    const { givenRole, identifiers, referral, start, lastContact, contact, quarterLast } = person
    const { value, code } = identifiers.components.birthDate
    if (value !== '') {
      this.#births++
      const year = Number(value.slice(0, 4))
      const age = Number(quarterLast.slice(0, 4)) - year
      if (identifiers.findings.includes('birth-two-digit-year')) {
        this.#shortYears++
        if (age >= THAI_YEARS) this.#shortYearsOfOld++
      }
      if (identifiers.role === 'child' && age <= OLDEST_CHILD) {
        this.#childBirths++
        this.#childYears.set(year, (this.#childYears.get(year) ?? 0) + 1)
        if (age <= YOUNG_YEARS) this.#youngChildren++
        else if (Number(value.slice(8)) > LAST_DAY) this.#hasLateDay = true
      }
      if (
        value === start.value ||
        value === contact.value ||
        value === lastContact.value ||
        value === referral.value
      )
        this.#birthIsServiceDate++
    }
    if (givenRole !== '') return
    this.#withoutRole++
    if (value !== '') this.#withBirth++
    else if (code === 'birth-missing' || code === 'birth-placeholder') this.#birthNotGiven++
    if (identifiers.role === 'child') this.#children++
  }

  /** How many children are older than all others by years of which there is no child; 0 where none are. */
  get #olderChildren(): number {
    const years = [...this.#childYears.keys()].sort((left, right) => left - right)
    let older = 0
    for (const [index, year] of years.entries()) {
      older += this.#childYears.get(year) ?? 0
      const next = years[index + 1]
      if (next !== undefined && next - year >= YEARS_APART) return older
    }
    return 0
  }

  /**
   * Whether the births may be of another calendar: no child seems young, or only some who are years
   * younger than the others, whose dates may have been written anew.
   */
  get #mayBeOfOtherCalendar(): boolean {
    if (this.#childBirths > 0 && this.#isOfOtherCalendar) return true
    if (this.#shortYears >= FEW_BIRTHS && this.#shortYears === this.#shortYearsOfOld) return true
    // Few children among adults are young parents.
    if (this.#childBirths * HARDLY_ANY < this.#births) return false
    if (this.#childBirths < FEW_CHILDREN || this.#hasLateDay) return false
    if (this.#youngChildren === 0) return true
    const older = this.#olderChildren
    const noneIsYoung = older + this.#youngChildren <= this.#childBirths
    return noneIsYoung && older >= FEW_CHILDREN && older * 3 > this.#childBirths
  }

  /** Reports whom nobody can tell a child, and births that are no births. */
  report(add: (field: string, code: FindingCode, severity: Severity) => void): void {
    if (this.#birthIsServiceDate * 2 > this.#births && this.#births >= FEW_BIRTHS)
      add('date_of_birth', 'birth-is-service-date', 'confirm')
    if (this.#mayBeOfOtherCalendar) add('date_of_birth', 'birth-calendar-doubtful', 'confirm')
    else if (this.#olderChildren > 0 && this.#olderChildren * 3 <= this.#childBirths)
      add('date_of_birth', 'births-of-two-ages', 'confirm')
    if (this.#withoutRole === 0) return
    const grown = this.#withBirth - this.#children
    if (this.#namesChildren && grown > 1 && grown * 2 > this.#withBirth)
      add('date_of_birth', 'children-grown-up', 'confirm')
    if (this.#withBirth * HARDLY_ANY <= this.#withoutRole) {
      if (this.#namesChildren) add('date_of_birth', 'children-without-births', 'file')
      else add('role', 'nobody-told-child', 'confirm')
    } else if (this.#birthNotGiven > 0 && this.#children * 2 > this.#withBirth)
      add('role', 'adults-for-want-of-birth', 'confirm')
  }
}
