import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { doneWords } from '#core/messages/done-words.ts'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { readRequests } from '#server/identity/approvals/read-requests.ts'
import { listServices } from '#server/programme/register/list-register.ts'
import {
  listTokens,
  MOST_DAYS,
  type TokenView,
} from '#server/programme/tokens/submission-tokens.ts'
import { ActionForm } from '../components/action-form.client.tsx'
import { RadioField, SelectField } from '../components/choice-fields.client.tsx'
import { FreshCode } from '../components/fresh-code.tsx'
import { Moment } from '../components/moment.tsx'
import { SuccessBanner } from '../components/notices.tsx'
import { TwoThirds } from '../components/page-columns.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { TextField } from '../components/text-field.client.tsx'
import { reasonChoices, RequestTable } from '../approvals/request-parts.tsx'
import { textIn, type Query } from '../guards/query.ts'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'
import { ask, revoke } from './actions.ts'
import { TokenTag } from './token-words.tsx'
import { turnAway } from '../guards/refused.ts'

export const metadata: Metadata = { title: 'Automated submission' }

/** Tokens with which programs send files, and requests for them. */
export default async function TokensPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('token.manage')
  const { accounts } = await openRequest()
  const now = accounts.now()
  const listed = await listTokens(accounts.pool, actor, now)
  if (!listed.ok) return turnAway()
  const requests = (await readRequests(accounts, actor)).filter(
    ({ approval: { kind } }) => kind === 'submission-token',
  )
  const services = await listServices(accounts.pool, actor.providerCode)
  const done = doneWords('token', textIn(await searchParams, 'done'))
  return (
    <TwoThirds>
      {done !== undefined && <SuccessBanner>{done}</SuccessBanner>}
      <h1 className="govuk-heading-l">Automated submission</h1>
      <p className="govuk-body">
        A program can send the files of a service, for example as a scheduled task. It needs a
        token. One person asks for it and another approves it.
      </p>
      <h2 className="govuk-heading-m">Tokens</h2>
      {listed.tokens.length === 0 && <p className="govuk-body">There are none.</p>}
      {listed.tokens.map((token) => (
        <TokenCard key={token.reference} token={token} />
      ))}
      {requests.length > 0 && <RequestTable caption="Requests" requests={requests} />}
      <h2 className="govuk-heading-m">Ask for a token</h2>
      <ActionForm action={ask} submit="Ask for a token">
        <SelectField
          name="service"
          label="Service"
          choices={[
            { value: '', text: 'Choose a service' },
            ...services.map(({ code, name }) => ({ value: code, text: name })),
          ]}
        />
        <TextField
          name="days"
          label="How many days will it be used?"
          hint={`From 1 to ${String(MOST_DAYS)}. You will be told by email 14 days before it ends.`}
          autoComplete="off"
          inputMode="numeric"
          width={10}
        />
        <RadioField
          name="reason"
          legend="Why is it needed?"
          choices={reasonChoices(APPROVAL_KINDS['submission-token'].reasons)}
        />
        <FreshCode act={askingAct('submission-token')} page={addresses.tokens} />
      </ActionForm>
    </TwoThirds>
  )
}

function TokenCard({ token }: { readonly token: TokenView }): ReactNode {
  const { reference, serviceName, madeBy, approvedBy, expiresAt, lastUsedAt, state } = token
  return (
    <div className="govuk-summary-card">
      <div className="govuk-summary-card__title-wrapper">
        <h3 className="govuk-summary-card__title">Token {reference}</h3>
      </div>
      <div className="govuk-summary-card__content">
        <SummaryList
          lines={[
            { name: 'Service', value: serviceName },
            { name: 'State', value: <TokenTag state={state} /> },
            { name: 'Ends', value: <Moment at={expiresAt} /> },
            {
              name: 'Last used',
              value: lastUsedAt === null ? 'Never' : <Moment at={lastUsedAt} />,
            },
            { name: 'Asked for by', value: madeBy },
            { name: 'Approved by', value: approvedBy },
          ]}
        />
        {state === 'serves' && (
          <ActionForm action={revoke} submit={`Revoke token ${reference}`} warning>
            <input type="hidden" name="reference" value={reference} />
          </ActionForm>
        )}
      </div>
    </div>
  )
}
