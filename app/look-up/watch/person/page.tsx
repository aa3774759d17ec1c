import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { BackLink } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { requireActor } from '../../../guards/require-actor.ts'
import { PersonFields } from '../../person-fields.tsx'
import { FoundForm } from './found-form.client.tsx'

export const metadata: Metadata = { title: 'Who looked a person up' }

/** Where the same identifiers are typed again, to find who looked that person up. */
export default async function LookUpsOfPersonPage(): Promise<ReactNode> {
  await requireActor('look-up.watch')
  return (
    <TwoThirds>
      <BackLink href={addresses.lookUps} />
      <FoundForm>
        <h1 className="govuk-heading-l">Who looked a person up</h1>
        <p className="govuk-body">
          Enter what the practitioner may have entered. It is turned into pseudonyms and forgotten.
          That you looked is recorded, and how many look-ups there were.
        </p>
        <PersonFields />
      </FoundForm>
    </TwoThirds>
  )
}
