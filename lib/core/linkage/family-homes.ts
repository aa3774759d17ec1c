/**
 * The homes that carry one contact, as far as they tell whether it is an organisation's:
 * docs/decisions/families.md.
 */

/** People of one home, and what is known of it. */
export interface Home {
  /** Contacts, own or a carer's, each with its kind. */
  readonly contacts: Set<string>
  /** What shows people to be of one home beside contacts: rows, postcode kinds, the person itself. */
  readonly signs: Set<string>
  readonly wards: Set<string>
  /** Births of children kept to the month, in months. */
  readonly births: Set<number>
  hasChild: boolean
}

/** A home of nobody yet. */
export function noHome(): Home {
  return {
    contacts: new Set(),
    signs: new Set(),
    wards: new Set(),
    births: new Set(),
    hasChild: false,
  }
}

/** Months between the births of two children in which one mother has no other. */
const BETWEEN_BIRTHS = { from: 2, to: 8 } as const

/** Whether two homes that have nothing but a contact in common look like two families. */
export function areApart(a: Home, b: Home): boolean {
  const isElsewhere = a.wards.size > 0 && b.wards.size > 0 && !sharesAny(a.wards, b.wards)
  if (isElsewhere || areBirthsApart(a, b)) return true
  // Carers of their own: what either has beside the contact, the other has not.
  return a.hasChild && b.hasChild && a.contacts.size > 0 && b.contacts.size > 0
}

function areBirthsApart(a: Home, b: Home): boolean {
  return [...a.births].some((one) => [...b.births].some((other) => areMonthsApart(one, other)))
}

/** Whether one mother has no two children so many months apart. */
export function areMonthsApart(one: number, other: number): boolean {
  const months = Math.abs(one - other)
  return months >= BETWEEN_BIRTHS.from && months <= BETWEEN_BIRTHS.to
}

function sharesAny(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((value) => b.has(value))
}

/** Adds what is known of another home to a home. */
export function addHome(home: Home, other: Home | undefined): void {
  if (other === undefined) return
  for (const contact of other.contacts) home.contacts.add(contact)
  for (const ward of other.wards) home.wards.add(ward)
  for (const birth of other.births) home.births.add(birth)
  home.hasChild ||= other.hasChild
}
