import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { REGISTER_KINDS } from '#core/messages/register/register-words.ts'
import { TwoThirds } from '../../components/page-columns.tsx'
import { SuccessBanner } from '../../components/notices.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { requireActor } from '../../guards/require-actor.ts'

export const metadata: Metadata = { title: 'Register' }

const WHAT_FOR = {
  programme: 'Its name, and the years in which it counts.',
  service: 'Their names, how their people are counted, and when they close or go on as another.',
  provider: 'Who runs the services.',
  strand: 'What figures of services are grouped by.',
  ward: 'Where people live, with the codes of the Office for National Statistics.',
  'list-value': 'Purposes, lawful bases and gateways that agreements are filled in from.',
  quarter: 'Deadlines, and which quarters are closed.',
} as const

/** What the programme is made of, and where each part is changed. */
export default async function RegisterPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  await requireActor('register.see')
  const imported = textIn(await searchParams, 'imported')
  return (
    <TwoThirds>
      {/^[0-9]{1,6}$/.test(imported) && (
        <SuccessBanner>
          The register was imported: {imported === '1' ? '1 change' : `${imported} changes`}.
        </SuccessBanner>
      )}
      <h1 className="govuk-heading-l">Register</h1>
      <p className="govuk-body">
        Every change holds from a quarter on and is kept with who made it and why. Quarters before
        it stay as they were.
      </p>
      <ul className="app-starts app-starts--whole">
        {Object.entries(REGISTER_KINDS).map(([kind, { many }]) => (
          <li key={kind} className="app-starts__item">
            <h2 className="govuk-heading-s govuk-!-margin-bottom-1">
              <a
                className="govuk-link govuk-link--no-visited-state"
                href={addresses.registerKind(kind)}
              >
                {many}
              </a>
            </h2>
            <p className="govuk-body govuk-!-margin-bottom-0">
              {WHAT_FOR[kind as keyof typeof WHAT_FOR]}
            </p>
          </li>
        ))}
      </ul>
      <h2 className="govuk-heading-m">As one file</h2>
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.registerFile} download>
          Export the register
        </a>
      </p>
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.importRegister}>
          Import a register
        </a>
      </p>
    </TwoThirds>
  )
}
