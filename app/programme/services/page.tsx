import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { readRegister } from '#server/programme/register/agreements.ts'
import { DataTable } from '../../components/data-table.tsx'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { AgreementWords } from './agreement-words.tsx'
import { turnAway } from '../../guards/refused.ts'

export const metadata: Metadata = { title: 'Services' }

/** What the programme's register has. */
export default async function ServicesPage(): Promise<ReactNode> {
  const actor = await requireActor('register.see')
  const { accounts } = await openRequest()
  // Nobody is counted in a look-up.
  const ofReach = <Part,>(parts: readonly Part[]): readonly Part[] =>
    actor.purpose === 'look-up' ? [] : parts
  const register = await readRegister(accounts.pool, actor)
  if (!register.ok) return turnAway()
  return (
    <>
      <h1 className="govuk-heading-l">Services</h1>
      <p className="govuk-body">
        A file is accepted only for a service and quarter that an agreement covers.
      </p>
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.governance}>
          Pack for information governance, to be printed
        </a>
      </p>
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.register}>
          Add or change services, organisations, wards and strands
        </a>
      </p>
      <DataTable
        caption="Services"
        isCaptionHidden
        isTight
        columns={['Service', 'Organisation', 'Strand', ...ofReach(['Counted by']), 'Agreement']}
        onWide={['Organisation', 'Strand', ...ofReach(['Counted by'])]}
        rows={register.services.map((service) => ({
          key: service.code,
          cells: [
            <a key="name" className="govuk-link" href={addresses.service(service.code)}>
              {service.name}
            </a>,
            service.providerName,
            service.strandName,
            ...ofReach([service.reachedBy === 'contacts' ? 'Contacts' : 'Active enrolment']),
            <AgreementWords key="agreement" agreement={service.agreements[0]} />,
          ],
        }))}
      />
    </>
  )
}
