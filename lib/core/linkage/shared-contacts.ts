import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import type { LinkRecord } from './part.ts'
import type { Policy } from './policy.ts'

/**
 * How many different people carry a contact, as their own and as their carer's: distinct
 * name-births, a client where a record has none.
 */
export interface ContactCounts {
  readonly own: number
  readonly carer: number
}

/** Whether so many people carry a contact that it is evidence for none of them. */
export function isSharedContact(counts: ContactCounts, policy: Policy): boolean {
  const limits = policy.contactLimits
  return limits !== null && (counts.own > limits.own || counts.carer > limits.carer)
}

/**
 * The contacts among `records` (all records of the dataset, not of one part) that are shared by the
 * policy's limits.
 */
export function findSharedContacts(records: Iterable<LinkRecord>, policy: Policy): Set<string> {
  const carriers = { own: new Map<string, Set<string>>(), carer: new Map<string, Set<string>>() }
  const count = (role: 'own' | 'carer', contact: string | null, holder: string | null): void => {
    if (contact === null || holder === null) return
    const holders = carriers[role].get(contact)
    if (holders === undefined) carriers[role].set(contact, new Set([holder]))
    else holders.add(holder)
  }
  for (const record of records) {
    const holder = contactHolder(record)
    for (const { field, contact } of PSEUDONYM_COLUMNS) {
      if (contact !== undefined) count(contact, record[field], holder)
    }
  }
  const shared = new Set<string>()
  for (const contact of new Set([...carriers.own.keys(), ...carriers.carer.keys()])) {
    const counts = {
      own: carriers.own.get(contact)?.size ?? 0,
      carer: carriers.carer.get(contact)?.size ?? 0,
    }
    if (isSharedContact(counts, policy)) shared.add(contact)
  }
  return shared
}

function contactHolder(record: LinkRecord): string | null {
  if (record.nameBirth !== null) return `name-birth ${record.nameBirth}`
  return record.client === null ? null : `client ${record.client}`
}
