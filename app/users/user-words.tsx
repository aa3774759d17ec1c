import type { ReactNode } from 'react'
import type { UserView } from '#server/identity/accounts/users.ts'
import { StatusTag } from '../components/notices.tsx'

/** How far a user's account has come. */
export function UserState({ user }: { readonly user: UserView }): ReactNode {
  if (user.state === 'disabled') return <StatusTag colour="grey">Disabled</StatusTag>
  if (user.state === 'closed') return <StatusTag colour="red">Too many wrong tries</StatusTag>
  if (user.state === 'active') return <StatusTag colour="green">Active</StatusTag>
  return <StatusTag colour="blue">{user.state === 'invited' ? 'Invited' : 'No app yet'}</StatusTag>
}
