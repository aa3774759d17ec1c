import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { methodSections } from '#core/messages/releases/method-words.ts'
import { DISCLOSURE_SETTINGS } from '#core/disclosure/settings.ts'
import { TwoThirds } from '../../components/page-columns.tsx'
import { requireActor } from '../../guards/require-actor.ts'
import { ReachTabs } from '../reach-tabs.tsx'

export const metadata: Metadata = { title: 'How people are counted' }

/** How figures come about, for those who have to defend them. */
export default async function MethodPage(): Promise<ReactNode> {
  const actor = await requireActor('reach.see')
  return (
    <>
      <ReachTabs actor={actor} here={addresses.method} />
      <TwoThirds>
        <h1 className="govuk-heading-l">How people are counted</h1>
        {methodSections(DISCLOSURE_SETTINGS.programme).map(({ heading, paragraphs }) => (
          <section key={heading}>
            <h2 className="govuk-heading-m">{heading}</h2>
            {paragraphs.map((text) => (
              <p key={text} className="govuk-body">
                {text}
              </p>
            ))}
          </section>
        ))}
        <h2 className="govuk-heading-m">Exact figures</h2>
        <p className="govuk-body">
          Exact figures are for a few people who need them to run the programme. Every view of them
          is recorded in the audit trail.
        </p>
      </TwoThirds>
    </>
  )
}
