import type { ReactNode } from 'react'
import type { UserRole } from '#server/identity/actors/user.ts'
import type { UserView } from '#server/identity/accounts/users.ts'
import { StatusTag } from '../components/notices.tsx'

/** What roles are called on pages. */
export const ROLE_NAMES: Readonly<Record<UserRole, string>> = {
  provider: 'Provider',
  analyst: 'Analyst',
  administrator: 'Administrator',
}

/** How far a user's account has come. */
export function UserState({ user }: { readonly user: UserView }): ReactNode {
  if (user.state === 'disabled') return <StatusTag colour="grey">Disabled</StatusTag>
  if (user.resetAskedBy !== null) return <StatusTag colour="yellow">Reset asked for</StatusTag>
  if (user.state === 'active') return <StatusTag colour="green">Active</StatusTag>
  return <StatusTag colour="blue">{user.state === 'invited' ? 'Invited' : 'No app yet'}</StatusTag>
}
