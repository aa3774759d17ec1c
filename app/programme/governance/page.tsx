import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { APPROVAL_WORDS_OF } from '#core/messages/accounts/approval-words.ts'
import { STORED_WORDS } from '#core/messages/register/stored-words.ts'
import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import { readGovernance, type Governance } from '#server/portal/screens/read-governance.ts'
import { DataTable } from '../../components/data-table.tsx'
import { dayWords, Moment } from '../../components/moment.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { turnAway } from '../../guards/refused.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { AgreementWords } from '../services/agreement-words.tsx'
import { factsOf } from '../services/[service]/agreement-parts.tsx'

export const metadata: Metadata = { title: 'Information governance' }

/** What is processed, by whom, on which basis and with which safeguards: to be printed. */
export default async function GovernancePage(): Promise<ReactNode> {
  const actor = await requireActor('register.see')
  const { portal, accounts } = await openRequest()
  const card = await portal.secrets.card()
  const read = await readGovernance(accounts.pool, actor, card)
  if (!read.ok) return turnAway()
  const { programme } = portal
  return (
    <div className="app-pack">
      <span className="govuk-caption-l">{programme.name}</span>
      <h1 className="govuk-heading-l">Information governance</h1>
      <p className="govuk-body">
        Made <Moment at={accounts.now()} /> from what Count Once holds and how it is set up at this
        moment. Print it for whoever leads on governance.
      </p>
      <SummaryList
        lines={[
          {
            name: 'Programme',
            value: `${programme.name}, ${dayWords(programme.from)} to ${dayWords(programme.to)}`,
          },
          {
            name: 'Kind',
            value: programme.live ? 'Live' : 'Demonstration: every person in it is invented',
          },
          { name: 'Services', value: read.services.length },
        ]}
      />
      <h2 className="govuk-heading-m">What is processed, for whom and on which basis</h2>
      {read.services.map((service) => (
        <section key={service.code} aria-labelledby={`pack-${service.code}`}>
          <h3 className="govuk-heading-s" id={`pack-${service.code}`}>
            {service.name}, {service.providerName}
          </h3>
          {service.agreements.length === 0 && (
            <p className="govuk-body">
              <AgreementWords agreement={undefined} />
            </p>
          )}
          {service.agreements.slice(0, 1).map((agreement) => (
            <SummaryList
              key={agreement.id}
              lines={[
                { name: 'Agreement', value: <AgreementWords agreement={agreement} /> },
                ...factsOf(agreement, read.values),
                {
                  name: 'Sent by a program',
                  value: service.acceptsClear
                    ? 'Hashed at source, or as the files are'
                    : 'Hashed at source only',
                },
              ]}
            />
          ))}
        </section>
      ))}
      <Kept />
      <People roles={read.roles} />
      <Safeguards governance={read} />
    </div>
  )
}

const LIST = new Intl.ListFormat('en-GB')

/** What is stored of a person, as the code lists it. */
function Kept(): ReactNode {
  return (
    <>
      <h2 className="govuk-heading-m">What is kept of a person</h2>
      <p className="govuk-body">
        No name, date of birth, NHS number, address, postcode, email or phone number is kept. Each
        is replaced by a keyed pseudonym, and the file is erased when its rows are pseudonymised, or
        after 24 hours.
      </p>
      <DataTable
        caption="Pseudonyms"
        columns={['Made from', 'Of whom']}
        rows={PSEUDONYM_COLUMNS.map(({ column, words, childOnly }) => ({
          key: column,
          cells: [words, childOnly === true ? 'Children' : 'Everybody'],
        }))}
      />
      <p className="govuk-body">
        Beside them: {LIST.format(Object.values(STORED_WORDS))}. Of people under 16 the month of
        birth is kept, of others the year.
      </p>
    </>
  )
}

function People({ roles }: Pick<Governance, 'roles'>): ReactNode {
  return (
    <DataTable
      caption="Who has access"
      columns={['Role', 'People', 'May see exact figures', 'Rights']}
      rows={roles.map(({ name, people, withExact, rights }) => ({
        key: name,
        cells: [
          name,
          people,
          withExact,
          <ul key="rights" className="govuk-list govuk-!-margin-bottom-0">
            {rights.map((right) => (
              <li key={right}>{right}</li>
            ))}
          </ul>,
        ],
      }))}
    />
  )
}

const SCANNER = {
  none: 'None is set up',
  answers: 'Every file is scanned before it is read',
  away: 'It does not answer: files wait for it, unread',
} as const

function Safeguards({ governance }: { readonly governance: Governance }): ReactNode {
  const { scanner, keys, demonstrationKeys, passwordRoles } = governance
  return (
    <>
      <h2 className="govuk-heading-m">Safeguards</h2>
      <SummaryList
        lines={[
          {
            name: 'Keys',
            value: `Held apart from the data${demonstrationKeys ? '; these are a demonstration’s' : ''}. Check values: ${keys.map(({ name, check }) => `${name} ${check}`).join(', ')}`,
          },
          { name: 'Files', value: 'Sealed for the workers while they wait; never in a backup' },
          { name: 'Virus scanner', value: SCANNER[scanner.state] },
          {
            name: 'Signing in',
            value: `With a second factor, always${passwordRoles.length === 0 ? '' : `; with a password only: ${passwordRoles.join(', ')}`}`,
          },
          {
            name: 'Takes two people',
            value: Object.values(APPROVAL_WORDS_OF)
              .map(({ title }) => title)
              .join('; '),
          },
          {
            name: 'Audit trail',
            value: 'Every change and every look at exact figures, chained and anchored every hour',
          },
          {
            name: 'Figures that leave',
            value:
              'Released ones alone: rounded, with small figures hidden, approved by two people',
          },
        ]}
      />
    </>
  )
}
