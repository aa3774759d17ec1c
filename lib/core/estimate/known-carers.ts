import type { LinkRecord, SharedContacts } from '#core/linkage/part.ts'

/**
 * What somebody's records say of the family: a row that holds child and carer, or both an email and a
 * mobile, or one of them, or nothing. Contacts that are shared by many say nothing.
 */
export type CarersKnown = 'row' | 'contacts' | 'email' | 'mobile' | 'nothing'

/** Tells what is known of people by their records; `records` are all of a part. */
export function carersKnownOf(
  records: readonly LinkRecord[],
  shared: SharedContacts,
): (own: readonly LinkRecord[]) => CarersKnown {
  const roles = new Map<string, { child: boolean; grown: boolean }>()
  const rowOf = ({ submission, sourceRow }: LinkRecord): string =>
    `${String(submission)} ${String(sourceRow)}`
  for (const record of records) {
    const row = roles.get(rowOf(record)) ?? { child: false, grown: false }
    roles.set(rowOf(record), row)
    row[record.role === 'child' ? 'child' : 'grown'] = true
  }
  const hasBoth = (record: LinkRecord): boolean => {
    const { child = false, grown = false } = roles.get(rowOf(record)) ?? {}
    return child && grown
  }
  const says = (...contacts: readonly (string | null)[]): boolean =>
    contacts.some((contact) => contact !== null && !shared.has(contact))
  return (own) => {
    const email = own.some((record) => says(record.email, record.carerEmail))
    const mobile = own.some((record) => says(record.mobile, record.carerMobile))
    if (own.some(hasBoth)) return 'row'
    if (email && mobile) return 'contacts'
    return email ? 'email' : mobile ? 'mobile' : 'nothing'
  }
}

/** Whether so much is known that a tie to anybody of whom as much is known would be found. */
export function isMuchKnown(known: CarersKnown): boolean {
  return known === 'row' || known === 'contacts'
}
