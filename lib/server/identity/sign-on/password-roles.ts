import { isOfProvider } from '#server/identity/actors/actor.ts'
import { ROLES } from '#server/identity/actors/roles.ts'
import type { UserRole } from '#server/identity/actors/user.ts'

/**
 * Whose people sign in with a password: everybody's where no organisation is set up to sign on with;
 * else those of providers, and the roles of the programme that the register lets fall back on one.
 */
export function rolesWithPassword(
  isSetUp: boolean,
  fallBack: readonly string[],
): ReadonlySet<UserRole> {
  const roles = Object.keys(ROLES) as UserRole[]
  return new Set(
    roles.filter((role) => !isSetUp || isOfProvider({ role }) || fallBack.includes(role)),
  )
}
