import type { UserRole } from './user.ts'

/**
 * Who acts: read from a session row at each request, given to every server function, which
 * authorises it itself.
 */
export interface Actor {
  readonly userId: string
  readonly role: UserRole
  /** The organisation of a provider's user; null for everybody else. */
  readonly providerCode: string | null
  /** Whether this user may see exact figures. */
  readonly mayExact: boolean
}

/** What an actor may do; each line is the roles that may. */
const RIGHTS = {
  'submission.send': ['provider', 'administrator'],
  'submission.see': ['provider', 'administrator'],
  'reach.see': ['analyst', 'administrator'],
  'exact.see': ['analyst', 'administrator'],
  'doubt.see': ['analyst', 'administrator'],
  'doubt.decide': ['administrator'],
  'register.see': ['administrator'],
  'register.change': ['administrator'],
  'system.see': ['administrator'],
  'submission.withdraw-any': ['administrator'],
  'submission.withdraw-own': ['provider'],
  'release.make': ['administrator'],
  'user.manage': ['administrator'],
  'audit.see': ['administrator'],
  'key.export': ['administrator'],
  'hasher.get': ['provider', 'administrator'],
  'token.manage': ['provider', 'administrator'],
} as const satisfies Record<string, readonly UserRole[]>

/** The name of a right. */
export type Right = keyof typeof RIGHTS

/** Rights for which a role must have been given leave to see exact figures besides. */
const NEEDS_LEAVE: Readonly<Partial<Record<Right, readonly UserRole[]>>> = {
  'exact.see': ['analyst', 'administrator'],
  'doubt.see': ['analyst'],
}

/** Whether an actor has a right. Whose rows it reaches with it is row-level security's. */
export function may(actor: Actor, right: Right): boolean {
  const roles: readonly UserRole[] = RIGHTS[right]
  if (!roles.includes(actor.role)) return false
  return actor.mayExact || NEEDS_LEAVE[right]?.includes(actor.role) !== true
}
