import { RIGHT_WORDS, WITH_LEAVE } from '#core/messages/accounts/right-words.ts'
import type { Actor, Right } from '#server/identity/actors/actor.ts'
import { RIGHTS, ROLES } from '#server/identity/actors/roles.ts'
import { rolesIn, type UserRole } from '#server/identity/actors/user.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { readScannerState, type ScannerState } from '#server/intake/held-files/scanner-state.ts'
import type { WorkersCard } from '#server/keys/workers-card.ts'
import { readRegister, type RegisteredService } from '#server/programme/register/agreements.ts'
import type { Entry } from '#server/programme/register/entries.ts'
import { SHELVES } from '#server/programme/register/shelves.ts'

/** Who has access, as the accounts are at this moment. */
export interface RoleInUse {
  readonly code: UserRole
  readonly name: string
  readonly people: number
  readonly withExact: number
  /** In words. */
  readonly rights: readonly string[]
}

/** What a governance lead is told of the programme, all of it read from what is there. */
export interface Governance {
  readonly ok: true
  readonly services: readonly RegisteredService[]
  readonly values: readonly Entry[]
  readonly roles: readonly RoleInUse[]
  readonly scanner: ScannerState
  readonly keys: WorkersCard['checks']
  readonly demonstrationKeys: boolean
  readonly passwordRoles: readonly string[]
}

/** Reads it, for administrators. */
export async function readGovernance(
  database: Database,
  actor: Actor,
  card: WorkersCard,
): Promise<Governance | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'register.see'))) return NOT_HELD
  const register = await readRegister(database, actor)
  if (!register.ok) return register
  const users = await inPrisma(database, ({ user }) =>
    user.findMany({ where: { disabledAt: null }, select: { role: true, maySeeExact: true } }),
  )
  const passwordRoles = await inPrisma(database, ({ programme }) =>
    programme.findFirst({ select: { passwordRoles: true } }),
  )
  return {
    ok: true,
    services: register.services,
    values: await inPrisma(database, (prisma) => SHELVES['list-value'].read(prisma)),
    roles: rolesIn(actor.purpose ?? 'reach').map((role) => {
      const people = users.filter((user) => user.role === role)
      return {
        ...{ code: role, name: ROLES[role].name },
        people: people.length,
        withExact: people.filter(({ maySeeExact }) => maySeeExact).length,
        rights: rightsOf(role),
      }
    }),
    scanner: await readScannerState(database),
    ...{ keys: card.checks, demonstrationKeys: card.demonstration },
    passwordRoles: passwordRoles?.passwordRoles ?? [],
  }
}

/** The rights of a role, in words. */
function rightsOf(role: UserRole): string[] {
  return (Object.keys(RIGHTS) as Right[]).flatMap((right) => {
    const held = (RIGHTS[right] as Readonly<Partial<Record<UserRole, string>>>)[role]
    if (held === undefined) return []
    return [held === 'holds' ? RIGHT_WORDS[right] : `${RIGHT_WORDS[right]} (${WITH_LEAVE})`]
  })
}
