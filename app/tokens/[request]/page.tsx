import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { showOwnCode } from '#server/identity/accounts/sign-in-step.ts'
import { readUserNames } from '#server/identity/actors/user-names.ts'
import { readApproval, type Approval } from '#server/identity/approvals/approvals.ts'
import { readService } from '#server/programme/register/read-programme.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { DemonstrationCode } from '../../components/demonstration-code.tsx'
import { Moment } from '../../components/moment.tsx'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { TextField } from '../../components/text-field.client.tsx'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { reasonWords, StageTag } from '../token-words.tsx'
import { approveRequest, makeApproved, refuseRequest, withdrawRequest } from './actions.ts'
import { MakeTokenForm } from './make-token-form.client.tsx'
import { turnAway } from '../../guards/refused.ts'

export const metadata: Metadata = { title: 'Request for a token' }

/** A request for a token: approved by somebody else, and made by whoever asked. */
export default async function TokenRequestPage({
  params,
}: {
  readonly params: Promise<{ request: string }>
}): Promise<ReactNode> {
  const actor = await requireActor('token.manage')
  const { accounts } = await openRequest()
  const read = await readApproval(accounts.pool, actor, (await params).request, accounts.now())
  if (!read.ok) return turnAway()
  const { approval } = read
  const { reference, subject, particulars, reason, askedBy, askedAt, stage } = approval
  const names = await readUserNames(accounts.pool, [askedBy])
  const service = await readService(accounts.pool, subject)
  const isOwn = askedBy === actor.userId
  const code = !isOwn && stage === 'waiting' ? await showOwnCode(accounts, actor) : undefined
  return (
    <TwoThirds>
      <BackLink href={addresses.tokens} text="Automated submission" />
      {code !== undefined && <DemonstrationCode shown={code} again={addresses.token(reference)} />}
      <h1 className="govuk-heading-l">Request for a token</h1>
      <SummaryList
        lines={[
          { name: 'Reference', value: reference },
          { name: 'Service', value: service?.name ?? subject },
          { name: 'Days it will be used', value: String(particulars['days']) },
          { name: 'Why', value: reasonWords(reason) },
          {
            name: 'Asked for',
            value: (
              <>
                <Moment at={askedAt} />, by {names.get(askedBy) ?? askedBy}
              </>
            ),
          },
          { name: 'State', value: <StageTag stage={stage} /> },
        ]}
      />
      {stage === 'waiting' &&
        (isOwn ? <Own approval={approval} /> : <Decide approval={approval} />)}
      {(stage === 'approved' || stage === 'used') && isOwn && (
        <MakeTokenForm action={makeApproved} reference={reference} />
      )}
    </TwoThirds>
  )
}

function Own({ approval: { reference } }: { readonly approval: Approval }): ReactNode {
  return (
    <>
      <p className="govuk-body">
        Somebody else of your organisation, or an administrator, must approve it within 7 days. Send
        them the address of this page. Then come back here to make the token.
      </p>
      <ActionForm action={withdrawRequest} submit="Take the request back" secondary>
        <input type="hidden" name="reference" value={reference} />
      </ActionForm>
    </>
  )
}

function Decide({ approval: { reference, boundTo } }: { readonly approval: Approval }): ReactNode {
  const bound = (
    <>
      <input type="hidden" name="reference" value={reference} />
      <input type="hidden" name="boundTo" value={boundTo} />
    </>
  )
  return (
    <>
      <h2 className="govuk-heading-m">Approve or refuse</h2>
      <p className="govuk-body">
        Whoever has the token can send files for this service. Approve it only if you know why it is
        needed.
      </p>
      <ActionForm action={approveRequest} submit="Approve">
        {bound}
        <TextField
          name="code"
          label="Enter the code in your authenticator app"
          hint="It has 6 digits and changes every 30 seconds. Each code works once."
          autoComplete="one-time-code"
          inputMode="numeric"
          width={10}
        />
      </ActionForm>
      <ActionForm action={refuseRequest} submit="Refuse" secondary>
        {bound}
      </ActionForm>
    </>
  )
}
