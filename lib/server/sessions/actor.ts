import type { UserRole } from '#server/accounts/user.ts'

/** Who acts: read from a session row at each request, given to every server function, which authorises it itself. */
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
  'user.manage': ['administrator'],
  'audit.see': ['administrator'],
} as const satisfies Record<string, readonly UserRole[]>

/** The name of a right. */
export type Right = keyof typeof RIGHTS

/** Whether an actor has a right. Whose rows it reaches with it is row-level security's. */
export function may(actor: Actor, right: Right): boolean {
  const roles: readonly UserRole[] = RIGHTS[right]
  return roles.includes(actor.role)
}
