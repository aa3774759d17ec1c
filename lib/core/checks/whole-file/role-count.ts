import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { Severity } from '#core/standard/finding.ts'
import type { PersonRow } from '#core/checks/rows/check.ts'

/** A smaller share of births than one in ten tells nobody apart. */
const HARDLY_ANY = 10
/** Fewer people whose birth is the day of a service say nothing: babies are met on the day. */
const FEW_BIRTHS = 4

/**
 * Counts people whose role is told by their age. Without a birth date that is "adult", so that
 * children without one would be counted as adults.
 */
export class RoleCount {
  /** The heading of the names says that they are children's. */
  readonly #namesChildren: boolean
  #withoutRole = 0
  #withBirth = 0
  #children = 0
  #birthNotGiven = 0
  #births = 0
  #birthIsServiceDate = 0

  constructor(namesChildren: boolean) {
    this.#namesChildren = namesChildren
  }

  /** Counts one person. */
  add({ givenRole, identifiers, referral, start, lastContact, contact }: PersonRow): void {
    const { value, code } = identifiers.components.birthDate
    if (value !== '') {
      this.#births++
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

  /** Reports whom nobody can tell a child, and births that are no births. */
  report(add: (field: string, code: FindingCode, severity: Severity) => void): void {
    if (this.#birthIsServiceDate * 2 > this.#births && this.#births >= FEW_BIRTHS)
      add('date_of_birth', 'birth-is-service-date', 'confirm')
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
