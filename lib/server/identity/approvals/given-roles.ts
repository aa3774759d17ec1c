import { RIGHTS, ROLES } from '#server/identity/actors/roles.ts'
import type { UserRole } from '#server/identity/actors/user.ts'
import { APPROVAL_KINDS, type ApprovalKind } from './approval-kinds.ts'

/**
 * Who is given by two people. Whoever could give a role that approves things could approve what they
 * ask for themself, from an account of their own making.
 */

/**
 * Whether giving a role takes two people: those of the programme that are second persons to
 * anything. A provider's lead is one for tokens alone, with which nothing is sent that an account
 * which one administrator gives does not send.
 */
export function takesTwo(role: UserRole): boolean {
  return (
    ROLES[role].of === 'programme' &&
    Object.values(APPROVAL_KINDS).some(({ right }) => role in RIGHTS[right])
  )
}

/** Requests that give somebody a role, and the role. */
export const GRANTED = {
  'administrator-grant': 'administrator',
  'officer-grant': 'officer',
} as const satisfies Partial<Record<ApprovalKind, UserRole>>

/** Requests that let somebody in again who was disabled, and what they are. */
export const RESTORED = {
  'administrator-restore': 'administrator',
  'officer-restore': 'officer',
} as const satisfies Partial<Record<ApprovalKind, UserRole>>

/** A request that gives a role. */
export type GrantKind = keyof typeof GRANTED

/** A request that lets somebody in again. */
export type RestoreKind = keyof typeof RESTORED

/** Whether a kind of request gives a role. */
export function isGrant(kind: ApprovalKind): kind is GrantKind {
  return kind in GRANTED
}

/** Whether a kind of request lets somebody in again. */
export function isRestore(kind: ApprovalKind): kind is RestoreKind {
  return kind in RESTORED
}

/** With what it is asked that somebody of a role be let in again; undefined where one administrator may. */
export function restoreOf(role: UserRole): RestoreKind | undefined {
  return (Object.keys(RESTORED) as RestoreKind[]).find((kind) => RESTORED[kind] === role)
}
