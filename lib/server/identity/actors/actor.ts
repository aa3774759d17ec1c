import { hasRight, type Purpose } from '#core/purpose/purposes.ts'
import { RIGHTS, ROLES } from './roles.ts'
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
  /** What the deployment is for; reach where it is not said. */
  readonly purpose?: Purpose
}

/** The name of a right. */
export type Right = keyof typeof RIGHTS

type HeldBy = Readonly<Partial<Record<UserRole, 'holds' | 'with leave'>>>

/** Whether an actor has a right. Whose rows it reaches with it is row-level security's. */
export function may(
  { role, mayExact, purpose = 'reach' }: Pick<Actor, 'role' | 'mayExact' | 'purpose'>,
  right: Right,
): boolean {
  if (!hasRight(purpose, right)) return false
  const held = (RIGHTS[right] as HeldBy)[role]
  return held === 'holds' || (held === 'with leave' && mayExact)
}

/** Whether an actor belongs to one organisation, and reaches its rows alone. */
export function isOfProvider({ role }: Pick<Actor, 'role'>): boolean {
  return ROLES[role].of === 'provider'
}

/** The roles that hold a right, with leave to see exact figures or without. */
export function rolesWith(right: Right): readonly UserRole[] {
  return Object.keys(RIGHTS[right]) as UserRole[]
}
