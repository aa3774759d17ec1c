import { randomBytes } from 'node:crypto'
import type { RightCode } from '#core/messages/accounts/right-words.ts'
import { hasRight, type Purpose } from '#core/purpose/purposes.ts'
import { RIGHTS, ROLES, type Role } from './roles.ts'

/** What a user is to the programme: the code of a role. */
export type UserRole = keyof typeof ROLES

/** The roles that an account is made for in a deployment: those that hold a right there, in the table's order. */
export function rolesIn(purpose: Purpose): readonly UserRole[] {
  const rights = Object.entries(RIGHTS) as [RightCode, object][]
  return (Object.keys(ROLES) as UserRole[]).filter(
    (role) =>
      isRoleIn(role, purpose) &&
      rights.some(([right, held]) => hasRight(purpose, right) && role in held),
  )
}

function isRoleIn(role: UserRole, purpose: Purpose): boolean {
  const { in: only = purpose }: Role = ROLES[role]
  return only === purpose
}

/** A user as the room's own functions read it; pages get views with less. */
export interface UserRow {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: UserRole
  readonly providerCode: string | null
  readonly maySeeExact: boolean
  readonly passwordHash: string | null
  readonly codeSeed: Uint8Array<ArrayBuffer> | null
  readonly codeStep: bigint
  /** Keyed digest of whom an organisation's issuer names; null for who does not sign on. */
  readonly signOnSubject: Uint8Array<ArrayBuffer> | null
  /** A group of that organisation made the account, and says what it is. */
  readonly byGroup: boolean
  readonly demonstration: boolean
  readonly disabledAt: Date | null
}

/** What Prisma is asked for a UserRow. */
export const USER_FIELDS = {
  id: true,
  email: true,
  name: true,
  role: true,
  providerCode: true,
  maySeeExact: true,
  passwordHash: true,
  codeSeed: true,
  codeStep: true,
  signOnSubject: true,
  byGroup: true,
  demonstration: true,
  disabledAt: true,
} as const

/** A row of USER_FIELDS with its role, of which the column's check allows no other. */
export function userRow<Row extends { readonly role: string }>(
  row: Row,
): Row & { readonly role: UserRole } {
  return { ...row, role: row.role as UserRole }
}

/**
 * Where the accounts of a demonstration have their addresses: a name that no mail reaches. Source:
 * RFC 2606.
 */
export const DEMONSTRATION_HOST = 'demonstration.example'

const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A new reference of a user: random, and short enough for the audit log. */
export function makeUserId(): string {
  return `U-${Array.from(randomBytes(8), (byte) => LETTERS[byte % LETTERS.length] ?? '').join('')}`
}

/**
 * A name as who approves an account reads it: one line, without what is not seen and turns writing round or hides a
 * part of it. Joiners stay, which names are written with.
 */
export function tidyName(typed: string): string {
  return typed
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/(?![\u200c\u200d])\p{Cf}/gu, '')
    .trim()
}

/** An email address as accounts are found by it. */
export function tidyEmail(typed: string): string {
  return typed.trim().toLowerCase()
}
