import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { readHistory } from '#server/intake/journey/list-history.ts'
import { whyNotTaken } from '#server/intake/journey/receive-upload.ts'
import { ActionForm } from '../../../../components/action-form.client.tsx'
import { BackLink } from '../../../../components/notices.tsx'
import { TwoThirds } from '../../../../components/page-columns.tsx'
import { requireSender } from '../../../../guards/require-journey.ts'
import { sayNobody } from './actions.ts'
import { PlaceFields } from './place-fields.tsx'
import { turnAway } from '../../../../guards/refused.ts'

export const metadata: Metadata = { title: 'Nobody reached' }

/** Says what it means that a service reached nobody, and takes a provider's word for it. */
export default async function NobodyPage({
  params,
}: {
  readonly params: Promise<{ service: string; quarter: string }>
}): Promise<ReactNode> {
  const place = await params
  const { actor, store, now } = await requireSender(addresses.nobody(place.service, place.quarter))
  const history = await readHistory(store, actor, place, now)
  if (!history.ok) return turnAway()
  const { service, serviceName, quarter } = history
  if ((await whyNotTaken(store, history)) !== undefined)
    redirect(addresses.history(service, quarter))
  return (
    <TwoThirds>
      <BackLink href={addresses.history(service, quarter)} />
      <ActionForm action={sayNobody} submit="Confirm that nobody was reached">
        <span className="govuk-caption-l">
          {serviceName}, {quarterWords(quarter)}
        </span>
        <h1 className="govuk-heading-l">Nobody was reached this quarter</h1>
        <p className="govuk-body">
          Say this if the service saw no child, parent or carer at all from the first to the last
          day of the quarter. No file is then expected, and nobody is counted.
        </p>
        <p className="govuk-body">
          If the service did see somebody and the list is not ready, leave this page: the quarter
          stays open.
        </p>
        <PlaceFields service={service} quarter={quarter} />
      </ActionForm>
    </TwoThirds>
  )
}
