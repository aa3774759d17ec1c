import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { APPROVAL_WORDS_OF } from '#core/messages/accounts/approval-words.ts'
import { STORED_WORDS } from '#core/messages/register/stored-words.ts'
import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import type { Programme } from '#server/programme/register/read-programme.ts'
import {
  agreementOn,
  pointsOf,
  type GovernancePoint,
} from '#server/portal/screens/governance-points.ts'
import { readGovernance, type Governance } from '#server/portal/screens/read-governance.ts'
import { DataTable } from '../../components/data-table.tsx'
import { FoldedPart } from '../../components/folded-part.tsx'
import { dayWords, Moment } from '../../components/moment.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { turnAway } from '../../guards/refused.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { AgreementWords } from '../services/agreement-words.tsx'
import { factsByName } from '../services/[service]/agreement-parts.tsx'

export const metadata: Metadata = { title: 'Information governance' }

/** What is processed, by whom, on which basis and with which safeguards: to be printed. */
export default async function GovernancePage(): Promise<ReactNode> {
  const actor = await requireActor('register.see')
  const { portal, accounts } = await openRequest()
  const card = await portal.secrets.card()
  const read = await readGovernance(accounts.pool, actor, card)
  if (!read.ok) return turnAway()
  const { programme } = portal
  const now = accounts.now()
  const today = dayInLondon(now)
  return (
    <div className="app-pack">
      <span className="govuk-caption-l">{programme.name}</span>
      <h1 className="govuk-heading-l">Information governance</h1>
      <p className="govuk-body">
        Made <Moment at={now} /> from what Count Once holds and how it is set up at this moment.
        Print it for whoever leads on governance.
      </p>
      <InShort governance={read} programme={programme} today={today} />
      <Points points={pointsOf(read, now)} />
      <Agreements services={read.services} values={read.values} today={today} />
      <Kept />
      <People roles={read.roles} />
      <Safeguards governance={read} />
    </div>
  )
}

const LIST = new Intl.ListFormat('en-GB')

/** The whole of it in a few lines. */
function InShort({
  governance: { services, roles },
  programme,
  today,
}: {
  readonly governance: Governance
  readonly programme: Programme
  readonly today: string
}): ReactNode {
  const organisations = new Set(services.map(({ providerName }) => providerName)).size
  const covered = services.filter((service) => agreementOn(service, today) !== undefined).length
  const people = roles.reduce((sum, role) => sum + role.people, 0)
  const exact = roles.reduce((sum, role) => sum + role.withExact, 0)
  return (
    <SummaryList
      lines={[
        {
          name: 'Programme',
          value: `${programme.name}, ${dayWords(programme.from)} to ${dayWords(programme.to)}${programme.live ? '' : '. A demonstration: every person in it is invented'}`,
        },
        {
          name: 'Purpose',
          value:
            'To count how many different people its services reach. Nobody is named, looked up or decided about.',
        },
        {
          name: 'Services',
          value: `${services.length}, of ${organisations} ${organisations === 1 ? 'organisation' : 'organisations'}. ${covered} with an agreement in force`,
        },
        {
          name: 'Kept of a person',
          value: `${PSEUDONYM_COLUMNS.length} keyed pseudonyms and ${Object.keys(STORED_WORDS).length} facts. No identifier: the file itself is erased within 24 hours`,
        },
        {
          name: 'People with access',
          value: `${people}, of whom ${exact} may see exact figures. All sign in with a second factor`,
        },
        {
          name: 'What leaves',
          value:
            'Released figures alone: rounded, with small figures hidden, approved by two people',
        },
      ]}
    />
  )
}

function Points({ points }: { readonly points: readonly GovernancePoint[] }): ReactNode {
  return (
    <section aria-labelledby="points">
      <h2 className="govuk-heading-m" id="points">
        What to look at
      </h2>
      {points.length === 0 ? (
        <p className="govuk-body">Nothing is missing, and nothing ends soon.</p>
      ) : (
        <ul className="govuk-list govuk-list--bullet">
          {points.map(({ text, services }) => (
            <li key={text}>{services.length === 0 ? text : `${text}: ${LIST.format(services)}`}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** What is processed, for whom and on which basis: a row a service, by its agreement in force. */
function Agreements({
  services,
  values,
  today,
}: Pick<Governance, 'services' | 'values'> & { readonly today: string }): ReactNode {
  return (
    <Part heading="What is processed, for whom and on which basis" holds="Show the services">
      <DataTable
        caption="What is processed, for whom and on which basis"
        isCaptionHidden
        columns={['Service', 'Agreement', 'Controller', 'Basis and gateway', 'Covers']}
        onWide={['Controller', 'Basis and gateway', 'Covers']}
        rows={services.map((service) => {
          const agreement = agreementOn(service, today)
          const said = agreement === undefined ? undefined : factsByName(agreement, values)
          return {
            key: service.code,
            cells: [
              <span key="service">
                <a className="govuk-link" href={addresses.service(service.code)}>
                  {service.name}
                </a>
                <span className="app-cell-note">{service.providerName}</span>
              </span>,
              <span key="agreement">
                <AgreementWords agreement={agreement ?? service.agreements[0]} />
                {said !== undefined && (
                  <span className="app-cell-note">
                    {said['Data-sharing agreement']}; impact assessment: {said['Impact assessment']}
                    ; document: {said['Digest of the document']}
                  </span>
                )}
              </span>,
              said?.Controller ?? '–',
              said === undefined ? (
                '–'
              ) : (
                <span key="basis">
                  {said['Lawful basis']}
                  <span className="app-cell-note">{said['Legal gateway']}</span>
                  <span className="app-cell-note">Privacy notice: {said['Privacy notice']}</span>
                </span>
              ),
              said === undefined ? (
                '–'
              ) : (
                <span key="covers">
                  {said.Purposes}. {said.Fields}
                  <span className="app-cell-note">
                    {service.acceptsClear
                      ? 'A program may send files as they are'
                      : 'A program sends only what was hashed at source'}
                  </span>
                </span>
              ),
            ],
          }
        })}
      />
    </Part>
  )
}

/** A part that a phone folds away. */
function Part(part: {
  readonly heading: string
  readonly holds: string
  readonly children: ReactNode
}): ReactNode {
  return <FoldedPart {...part} isWholeOnWide />
}

/** What is stored of a person, as the code lists it. */
function Kept(): ReactNode {
  const ofWhom = (isChild: boolean): string =>
    PSEUDONYM_COLUMNS.filter(({ childOnly }) => (childOnly === true) === isChild)
      .map(({ words }) => words)
      .join('; ')
  return (
    <Part heading="What is kept of a person" holds="Show what is kept">
      <p className="govuk-body">
        No name, date of birth, NHS number, address, postcode, email or phone number is kept. Each
        is replaced by a keyed pseudonym, and the file is erased when its rows are pseudonymised, or
        after 24 hours.
      </p>
      <SummaryList
        lines={[
          { name: 'Pseudonyms of everybody', value: ofWhom(false) },
          { name: 'Of children as well', value: ofWhom(true) },
          {
            name: 'Facts beside them',
            value: `${LIST.format(Object.values(STORED_WORDS))}. Of people under 16 the month of birth is kept, of others the year`,
          },
          {
            name: 'For how long',
            value: (
              <a className="govuk-link" href={addresses.retention}>
                By the schedule
              </a>
            ),
          },
        ]}
      />
    </Part>
  )
}

function People({ roles }: Pick<Governance, 'roles'>): ReactNode {
  return (
    <Part heading="Who has access" holds="Show the roles">
      <DataTable
        caption="Who has access"
        isCaptionHidden
        columns={['Role', 'People', 'Exact figures', 'What they may do']}
        rows={roles.map(({ name, people, withExact, rights }) => ({
          key: name,
          cells: [name, people, withExact, `${rights.join('; ')}.`],
        }))}
      />
    </Part>
  )
}

const SCANNER = {
  none: 'None is set up',
  answers: 'Every file is scanned before it is read',
  away: 'It does not answer: files wait for it, unread',
} as const

function Safeguards({ governance }: { readonly governance: Governance }): ReactNode {
  const { scanner, keys, demonstrationKeys, passwordRoles } = governance
  const withPassword =
    passwordRoles.length === 0 ? '' : `. With a password of their own: ${passwordRoles.join(', ')}`
  return (
    <Part heading="Safeguards" holds="Show the safeguards">
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
            value: `With a second factor, always${withPassword}`,
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
        ]}
      />
    </Part>
  )
}
