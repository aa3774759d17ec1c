import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { requireActor } from '../../guards/require-actor.ts'
import { GuidanceText } from '../guidance-form.tsx'

export const metadata: Metadata = { title: 'Guidance for look-ups' }

/** The guidance again, for who has read it. */
export default async function GuidancePage(): Promise<ReactNode> {
  await requireActor('look-up.ask')
  return (
    <TwoThirds>
      <BackLink href={addresses.lookUp} />
      <h1 className="govuk-heading-l">Guidance for look-ups</h1>
      <GuidanceText />
    </TwoThirds>
  )
}
