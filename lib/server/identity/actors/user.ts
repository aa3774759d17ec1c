import { randomBytes } from 'node:crypto'

/** What a user is to the programme. */
export type UserRole = 'provider' | 'analyst' | 'administrator'

/** A user as the room's own functions read it; pages get views with less. */
export interface UserRow {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: UserRole
  readonly provider_code: string | null
  readonly may_see_exact: boolean
  readonly password_hash: string | null
  readonly code_seed: Buffer | null
  readonly code_step: string
  readonly demonstration: boolean
  readonly disabled_at: Date | null
}

/** The columns of a UserRow. */
export const USER_COLUMNS =
  'id, email, name, role, provider_code, may_see_exact, password_hash, code_seed, code_step, demonstration, disabled_at'

const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A new reference of a user: random, and short enough for the audit log. */
export function makeUserId(): string {
  return `U-${Array.from(randomBytes(8), (byte) => LETTERS[byte % LETTERS.length] ?? '').join('')}`
}

/** An e-mail address as accounts are found by it. */
export function tidyEmail(typed: string): string {
  return typed.trim().toLowerCase()
}
