import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { TreatmentPart } from '#core/messages/preparation/file-treatment.ts'
import { isOfProvider } from '#server/identity/actors/actor.ts'
import { BackLink } from '../../components/notices.tsx'
import { Moment } from '../../components/moment.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { requireActor } from '../../guards/require-actor.ts'
import { readOwnTreatment } from '../read-own-treatment.ts'
import { turnAway } from '../../guards/refused.ts'

export const metadata: Metadata = { title: 'What is done to the file' }

/** Everything that is done to a service's file, in order; a page to read and to print. */
export default async function TreatmentPage({
  params,
}: {
  readonly params: Promise<{ service: string }>
}): Promise<ReactNode> {
  const actor = await requireActor('submission.see')
  const { service } = await params
  const view = await readOwnTreatment(actor, service)
  if (!view.ok) return turnAway()
  const { serviceName, savedAt, held, parts } = view
  return (
    <TwoThirds>
      <BackLink href={isOfProvider(actor) ? addresses.send : addresses.service(service)} />
      <span className="govuk-caption-l">{serviceName}</span>
      <h1 className="govuk-heading-l">What is done to this service’s file</h1>
      {held !== undefined ? (
        <>
          <p className="govuk-body">
            This is what is done to the file {held}, in its own words. The words are erased with the
            file. After that, this page uses fields, codes and counts.
          </p>
          <p className="govuk-body">
            <DocumentLink service={service} />
            {' or '}
            <a className="govuk-link" href={addresses.mappingFile(service)}>
              as a mapping file for hashing at source
            </a>
          </p>
        </>
      ) : savedAt === undefined ? (
        <p className="govuk-body">No file was taken for this service yet.</p>
      ) : (
        <>
          <p className="govuk-body">
            As it was done to the last file that was taken, <Moment at={savedAt} />. The next file
            is treated in the same way unless somebody changes it on the way. Its headings and words
            are no longer held: columns are called by their place in the file.
          </p>
          <p className="govuk-body">
            <DocumentLink service={service} />. While a file is held and matched, there is a mapping
            file for hashing at source as well.
          </p>
        </>
      )}
      {parts.map((part) => (
        <Part key={part.title} part={part} />
      ))}
    </TwoThirds>
  )
}

function DocumentLink({ service }: { readonly service: string }): ReactNode {
  return (
    <a className="govuk-link" href={addresses.treatmentFile(service)}>
      Download it as a document
    </a>
  )
}

function Part({ part: { title, lines } }: { readonly part: TreatmentPart }): ReactNode {
  return (
    <section>
      <h2 className="govuk-heading-m">{title}</h2>
      <ol className="govuk-list govuk-list--number">
        {lines.map(({ text, details }, at) => (
          <li key={at}>
            {text}
            {details.length > 0 && (
              <ul className="govuk-list govuk-list--bullet">
                {details.map((detail, place) => (
                  <li key={place}>{detail}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
