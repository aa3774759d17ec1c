import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { readOwnService } from '#server/figures/measures/own-service.ts'
import { BackLink } from '../../components/notices.tsx'
import { QualityTrend } from '../../components/quality-table.tsx'
import { turnAway } from '../../guards/refused.ts'
import { requireSender } from '../../guards/require-journey.ts'

export const metadata: Metadata = { title: 'How your quarters went' }

/** How the quarters of one of a provider's services went, by its own files. */
export default async function OwnServicePage({
  params,
}: {
  readonly params: Promise<{ service: string }>
}): Promise<ReactNode> {
  const { service } = await params
  const { actor, store, now } = await requireSender(addresses.ownService(service))
  const read = await readOwnService(store, actor, service, now)
  if (!read.ok) return turnAway()
  const { name, quarters, files } = read
  return (
    <>
      <BackLink href={addresses.send} text="Your services" />
      <span className="govuk-caption-l">{name}</span>
      <h1 className="govuk-heading-l">How your quarters went</h1>
      {files.length === 0 ? (
        <p className="govuk-body">No file of people and service use is in the figures yet.</p>
      ) : (
        <>
          <p className="govuk-body govuk-!-width-two-thirds">
            This is counted from your own files alone, as they came. What other services send does
            not change it.
          </p>
          <QualityTrend
            heading="How good your data was"
            quarters={quarters.map((quarter) => ({
              quarter,
              quality: files.find((file) => file.quarter === quarter)?.quality ?? null,
            }))}
          />
        </>
      )}
    </>
  )
}
