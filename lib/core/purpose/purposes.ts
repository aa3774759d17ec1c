/**
 * What a deployment is for. Reach is evaluation: how many different people services reached. Look-up is direct
 * care: who else is involved with the person in front of somebody. A deployment has one purpose for good, its own
 * database and its own keys, and what belongs to the other is not there at all.
 */
import type { RightCode } from '#core/messages/accounts/right-words.ts'

/** What a deployment is for. */
export const PURPOSES = ['reach', 'look-up'] as const

/** The code of a purpose. */
export type Purpose = (typeof PURPOSES)[number]

/** Rights of one purpose alone: the other has none of them. What is not here belongs to both. */
const RIGHTS_OF_ONE: Readonly<Partial<Record<RightCode, Purpose>>> = {
  'reach.see': 'reach',
  'exact.see': 'reach',
  'release.make': 'reach',
  'research.manage': 'reach',
  // No feed can be hashed at source.
  'hasher.get': 'reach',
  'look-up.ask': 'look-up',
  'look-up.watch': 'look-up',
}

/**
 * Addresses of one purpose alone, each with all that lies under it; a portal of the other purpose has no such
 * page. What is not here belongs to both.
 */
const PLACES_OF_ONE: Readonly<Record<string, Purpose>> = {
  '/reach': 'reach',
  '/releases': 'reach',
  '/published': 'reach',
  '/research': 'reach',
  '/hasher': 'reach',
  '/programme/report': 'reach',
  '/programme/framework': 'reach',
  '/programme/targets': 'reach',
  '/look-up': 'look-up',
  // Of the published contract.
  '/api/auth/status': 'look-up',
  '/api/contract': 'look-up',
  '/api/search': 'look-up',
  '/api/person': 'look-up',
}

/** Whether a right can be held in a deployment of a purpose. */
export function hasRight(purpose: Purpose, right: RightCode): boolean {
  return (RIGHTS_OF_ONE[right] ?? purpose) === purpose
}

/** Whether an address (a path, with or without a query) is one of a deployment of a purpose. */
export function hasPlace(purpose: Purpose, address: string): boolean {
  const path = decoded(address.split(/[?#]/)[0] ?? '')
  return Object.entries(PLACES_OF_ONE).every(
    ([place, of]) => of === purpose || !(path === place || path.startsWith(`${place}/`)),
  )
}

/** A path as a page is found by it; as it came where it cannot be read. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
