import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { APPROVAL_WORDS_OF, REFUSING_REASONS } from '#core/messages/accounts/approval-words.ts'
import { APPROVAL_KINDS, REFUSAL_REASONS } from '#server/identity/approvals/approval-kinds.ts'
import { approvingAct, usingAct, type Approval } from '#server/identity/approvals/approval.ts'
import { readRequest } from '#server/identity/approvals/read-requests.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { RadioField } from '../../components/choice-fields.client.tsx'
import { FreshCode } from '../../components/fresh-code.tsx'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { turnAway } from '../../guards/refused.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { RequestFacts } from '../request-parts.tsx'
import {
  approveRequest,
  doApproved,
  makeApproved,
  moveApproved,
  refuseRequest,
  withdrawRequest,
} from './actions.ts'
import { MakeTokenForm } from './make-token-form.client.tsx'

export const metadata: Metadata = { title: 'Request for a second person' }

/** One request: approved or refused by somebody else, and used by whoever asked. */
export default async function RequestPage({
  params,
}: {
  readonly params: Promise<{ request: string }>
}): Promise<ReactNode> {
  const actor = await requireActor('approval.see')
  const { accounts } = await openRequest()
  const read = await readRequest(accounts, actor, (await params).request)
  if (!read.ok) return turnAway()
  const { request } = read
  const { approval, isOwn } = request
  const { stage } = approval
  return (
    <TwoThirds>
      <BackLink href={addresses.approvals} text="Requests that need a second person" />
      <h1 className="govuk-heading-l">{APPROVAL_WORDS_OF[approval.kind].title}</h1>
      <RequestFacts request={request} />
      {stage === 'waiting' &&
        (isOwn ? <Own approval={approval} /> : <Decide approval={approval} />)}
      {(stage === 'approved' || stage === 'used') && isOwn && <Use approval={approval} />}
    </TwoThirds>
  )
}

function Own({ approval: { reference } }: { readonly approval: Approval }): ReactNode {
  return (
    <>
      <p className="govuk-body">
        Somebody else must approve it. We tell those who may by email. Then come back here.
      </p>
      <ActionForm action={withdrawRequest} submit="Take the request back" secondary>
        <input type="hidden" name="reference" value={reference} />
      </ActionForm>
    </>
  )
}

function Decide({ approval }: { readonly approval: Approval }): ReactNode {
  const { kind, reference, boundTo, subject } = approval
  const look = LOOKED_AT_FIRST[kind]?.(subject)
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
        {APPROVAL_WORDS_OF[kind].warning} Approve it only if you know why it is needed.
      </p>
      {look !== undefined ? (
        <p className="govuk-body">
          <a className="govuk-button" href={look.href} role="button" draggable={false}>
            {look.text}
          </a>
        </p>
      ) : (
        <ActionForm action={approveRequest} submit="Approve">
          {bound}
          <FreshCode act={approvingAct(reference)} page={addresses.approval(reference)} />
        </ActionForm>
      )}
      <ActionForm action={refuseRequest} submit="Refuse" secondary>
        {bound}
        <RadioField
          name="why"
          legend="Why do you refuse it?"
          choices={REFUSAL_REASONS.map((value) => ({
            value,
            text: REFUSING_REASONS[value] ?? value,
          }))}
        />
      </ActionForm>
    </>
  )
}

/** What is looked at, and approved there. */
const LOOKED_AT_FIRST: Readonly<
  Partial<Record<Approval['kind'], (subject: string) => { href: string; text: string }>>
> = {
  release: (subject) => ({ href: addresses.releaseDraft(subject), text: 'Look at the draft' }),
  'release-publication': (subject) => ({
    ...{ href: addresses.release(subject), text: 'Look at the release' },
  }),
  'rights-request': (subject) => ({
    ...{ href: addresses.rightsRequest(subject), text: 'Look at the request' },
  }),
  'restriction-lift': (subject) => ({
    ...{ href: addresses.rightsRequest(subject), text: 'Look at the request' },
  }),
  'research-extract': (subject) => ({
    ...{ href: addresses.researchExtract(subject), text: 'Look at the extract' },
  }),
  framework: () => ({ href: addresses.frameworkDraft, text: 'Look at the draft' }),
  'source-rules': (subject) => ({
    ...{ href: addresses.rulesOfSource(subject), text: 'Look at the rules' },
  }),
  report: (subject) => ({ href: addresses.reachReport(subject), text: 'Look at the report' }),
  relink: (subject) => ({ href: addresses.linkageReport(subject), text: 'Look at the report' }),
}

/** What is left to do for whoever asked, by kind. */
function Use({ approval: { kind, reference, stage } }: { readonly approval: Approval }): ReactNode {
  const code = <FreshCode act={usingAct(reference)} page={addresses.approval(reference)} />
  if (kind === 'submission-token') {
    return (
      <MakeTokenForm action={makeApproved} reference={reference}>
        {code}
      </MakeTokenForm>
    )
  }
  if (stage === 'used' || APPROVAL_KINDS[kind].doneBy !== 'asker') return null
  if (kind === 'service-stage') {
    return (
      <ActionForm action={moveApproved} submit="Move the service">
        <input type="hidden" name="reference" value={reference} />
        {code}
      </ActionForm>
    )
  }
  const submit = DOING[kind]
  return submit === undefined ? (
    <p className="govuk-body">Run the same command again on the server, with your next code.</p>
  ) : (
    <ActionForm action={doApproved} submit={submit}>
      <input type="hidden" name="reference" value={reference} />
      {code}
    </ActionForm>
  )
}

const DOING: Readonly<Partial<Record<Approval['kind'], string>>> = {
  'administrator-grant': 'Make them an administrator',
  'officer-grant': 'Make them a data protection officer',
  'administrator-restore': 'Let them in again',
  'officer-restore': 'Let them in again',
  'factor-reset': 'Reset the authenticator app',
}
