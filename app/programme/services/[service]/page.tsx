import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import type { Purpose } from '#core/purpose/purposes.ts'
import { readRegisteredService } from '#server/programme/register/agreements.ts'
import { listEntries } from '#server/programme/register/change-register.ts'
import { BackLink, SuccessBanner } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { SummaryList } from '../../../components/summary-list.tsx'
import { textIn, type Query } from '../../../guards/query.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { AgreementWords } from '../agreement-words.tsx'
import { AddAgreement, AgreementFacts } from './agreement-parts.tsx'
import { turnAway } from '../../../guards/refused.ts'

export const metadata: Metadata = { title: 'Service' }

/** One service with its agreements, and a form for a further one. */
export default async function ServicePage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ service: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('register.see')
  const { accounts } = await openRequest()
  const read = await readRegisteredService(accounts.pool, actor, (await params).service)
  if (!read.ok) return turnAway()
  const { service } = read
  const listed = await listEntries(accounts.pool, actor, 'list-value')
  const values = listed.ok ? listed.entries : []
  const query = await searchParams
  return (
    <TwoThirds>
      <BackLink href={addresses.services} text="All services" />
      {textIn(query, 'added') === '1' && <SuccessBanner>The agreement was added.</SuccessBanner>}
      {textIn(query, 'ended') === '1' && <SuccessBanner>The agreement was ended.</SuccessBanner>}
      <h1 className="govuk-heading-l">{service.name}</h1>
      <SummaryList
        lines={[
          { name: 'Organisation', value: service.providerName },
          { name: 'Strand', value: service.strandName },
          ...(actor.purpose === 'look-up'
            ? []
            : [
                {
                  name: 'Counted by',
                  value:
                    service.reachedBy === 'contacts'
                      ? 'Attended contacts'
                      : 'Active enrolment in the quarter',
                },
              ]),
          {
            name: 'Sent by a program',
            value: sentByProgram(actor.purpose ?? 'reach', service.acceptsClear),
          },
          {
            name: 'In the register',
            value: (
              <a className="govuk-link" href={addresses.registerEntry('service', service.code)}>
                Rename, close or merge it
              </a>
            ),
          },
          { name: 'Code', value: <span className="app-code">{service.code}</span> },
          {
            name: 'Its file',
            value: (
              <a className="govuk-link" href={addresses.treatment(service.code)}>
                What is done to it
              </a>
            ),
          },
          {
            name: 'Submissions',
            value: (
              <a
                className="govuk-link"
                href={withQuery(addresses.submissions, { service: service.code })}
              >
                What was sent for it
              </a>
            ),
          },
        ]}
      />
      <h2 className="govuk-heading-m">Agreements</h2>
      {service.agreements.length === 0 && (
        <p className="govuk-body">
          <AgreementWords agreement={undefined} />
        </p>
      )}
      {service.agreements.map((agreement) => (
        <AgreementFacts
          key={agreement.id}
          agreement={agreement}
          values={values}
          service={service.code}
        />
      ))}
      <h2 className="govuk-heading-m">Add an agreement</h2>
      <p className="govuk-body">
        Add one only when it is signed. From then on, files for the quarters it covers are accepted.
        An agreement is never changed or removed here; it can be ended before its last day.
      </p>
      <AddAgreement service={service.code} values={values} />
    </TwoThirds>
  )
}

/** How a program may send the service's files. */
function sentByProgram(purpose: Purpose, acceptsClear: boolean): string {
  if (purpose === 'look-up') return acceptsClear ? 'Its feed, as it is' : 'Nothing'
  return acceptsClear ? 'Hashed at source, or as the files are' : 'Hashed at source only'
}
