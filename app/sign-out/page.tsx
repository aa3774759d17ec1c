import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ActionForm } from '../components/action-form.client.tsx'
import { BackLink } from '../components/notices.tsx'
import { TwoThirds } from '../components/page-columns.tsx'
import { requireActor } from '../guards/require-actor.ts'
import { endOwnSession } from './actions.ts'

export const metadata: Metadata = { title: 'Sign out' }

/** Asks before signing out: a link alone changes nothing. */
export default async function SignOutPage(): Promise<ReactNode> {
  await requireActor()
  return (
    <TwoThirds>
      <BackLink href={addresses.home} />
      <ActionForm action={endOwnSession} submit="Sign out">
        <h1 className="govuk-heading-l">Sign out of Count Once?</h1>
        <p className="govuk-body">Anything you have started is kept for when you come back.</p>
      </ActionForm>
    </TwoThirds>
  )
}
