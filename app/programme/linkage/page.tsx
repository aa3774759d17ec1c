import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { APPROVAL_WORDS_OF } from '#core/messages/accounts/approval-words.ts'
import { ACT_STAGE_WORDS } from '#core/messages/operating/act-words.ts'
import { policyWords } from '#core/messages/linkage/policy-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { approvingAct, askingAct, type Approval } from '#server/identity/approvals/approval.ts'
import { readAct, type Act } from '#server/jobs/acts/acts.ts'
import {
  listRelinkActs,
  readReportApproval,
  readReportFacts,
} from '#server/jobs/acts/relink-acts.ts'
import { lookAtReport } from '#server/linkage/relinking/look-at-report.ts'
import { ActProgress } from '../../acts/act-progress.tsx'
import { reasonChoices } from '../../approvals/request-parts.tsx'
import { ActionForm } from '../../components/action-form.client.tsx'
import { RadioField } from '../../components/choice-fields.client.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { FreshCode } from '../../components/fresh-code.tsx'
import { Moment } from '../../components/moment.tsx'
import { BackLink, SuccessBanner, Warning } from '../../components/notices.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { turnAway } from '../../guards/refused.ts'
import { approveReport, askForRelink, tryPolicy } from './actions.ts'
import { ReportTables } from './report-tables.tsx'

export const metadata: Metadata = { title: 'How people are linked' }

/** By which policy people are linked, what another would change, and the way to another. */
export default async function LinkagePage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('linkage.change')
  const { accounts } = await openRequest()
  const id = textIn(await searchParams, 'report')
  if (id === '') return <Start acts={await listRelinkActs(accounts.pool, actor)} />
  const read = await readAct(accounts.pool, actor, id)
  if (!read.ok) return turnAway()
  const { act } = read
  if (act.request.kind === 'relink') return <Carried act={act} />
  if (act.request.kind !== 'try-policy') return turnAway()
  return <Reported actor={actor} act={act} />
}

function Start({ acts }: { readonly acts: readonly Act[] }): ReactNode {
  return (
    <>
      <h1 className="govuk-heading-l">How people are linked</h1>
      <p className="govuk-body">
        A policy says which records are one person. Before links are decided again, by another
        policy or by a newer program, a worker reports who would join and part, and how reach would
        change. Nothing is changed by a report. What it says is done once a second administrator has
        looked at it and approved.
      </p>
      <ActionForm action={tryPolicy} submit="Report what would change">
        <RadioField
          name="policy"
          legend="Which policy?"
          choices={['cautious', 'leap-2020'].map((value) => {
            const { name, hint } = policyWords(value)
            return { value, text: name, hint }
          })}
        />
      </ActionForm>
      {acts.length > 0 && (
        <DataTable
          caption="Reports, and what was done"
          columns={['Asked for', 'What', 'State']}
          rows={acts.map((act) => ({
            key: act.id,
            cells: [
              <a key="act" className="govuk-link" href={addresses.linkageReport(act.id)}>
                <Moment at={act.askedAt} />
              </a>,
              whatOf(act),
              ACT_STAGE_WORDS[act.stage],
            ],
          }))}
        />
      )}
    </>
  )
}

function whatOf({ request }: Act): string {
  if (request.kind === 'relink')
    return `Everybody decided again: ${policyWords(request.policy).name}`
  return request.kind === 'try-policy' ? `Report: ${policyWords(request.policy).name}` : ''
}

function Carried({ act }: { readonly act: Act }): ReactNode {
  return (
    <>
      <BackLink href={addresses.linkage} text="How people are linked" />
      {act.stage === 'done' && (
        <SuccessBanner>Everybody was decided again, and the figures follow.</SuccessBanner>
      )}
      <ActProgress act={act} what="Deciding everybody again" />
      <h1 className="govuk-heading-l">{whatOf(act)}</h1>
    </>
  )
}

async function Reported({
  actor,
  act,
}: {
  readonly actor: Actor
  readonly act: Act
}): Promise<ReactNode> {
  const { portal, accounts } = await openRequest()
  const back = <BackLink href={addresses.linkage} text="How people are linked" />
  if (readReportFacts(act) === undefined) {
    return (
      <>
        {back}
        <ActProgress act={act} what="The report" />
        <h1 className="govuk-heading-l">What would change</h1>
      </>
    )
  }
  const looked = await lookAtReport(portal.looks, actor, act.id)
  if (!looked.ok) return turnAway()
  const { report } = looked
  const asked = await readReportApproval(accounts, actor, act.id)
  return (
    <>
      {back}
      <h1 className="govuk-heading-l">What would change</h1>
      <ReportTables report={report} />
      {report.isCurrent ? (
        <Consent {...{ actor, act, asked }} />
      ) : (
        <p className="govuk-inset-text">
          Links have changed since this report was made, so nothing can be done by it. Have it made
          anew.
        </p>
      )}
    </>
  )
}

/** What is left to do by this person about a report that holds. */
function Consent({
  actor,
  act: { id },
  asked,
}: {
  readonly actor: Actor
  readonly act: Act
  readonly asked: Approval | undefined
}): ReactNode {
  const request = asked !== undefined && (
    <p className="govuk-body">
      <a className="govuk-link" href={addresses.approval(asked.reference)}>
        The request for this
      </a>
    </p>
  )
  if (asked?.stage === 'waiting') {
    return (
      <>
        {asked.askedBy === actor.userId ? (
          <p className="govuk-inset-text">
            You asked for this, so another administrator has to approve it. We tell them by email.
          </p>
        ) : (
          <ActionForm action={approveReport} submit="Approve, and have it done">
            <input type="hidden" name="report" value={id} />
            <input type="hidden" name="reference" value={asked.reference} />
            <input type="hidden" name="boundTo" value={asked.boundTo} />
            <Warning>{APPROVAL_WORDS_OF.relink.warning}</Warning>
            <FreshCode act={approvingAct(asked.reference)} page={addresses.linkageReport(id)} />
          </ActionForm>
        )}
        {request}
      </>
    )
  }
  if (asked?.stage === 'approved' || asked?.stage === 'used') return request
  return (
    <ActionForm action={askForRelink} submit="Ask for this to be done">
      <h2 className="govuk-heading-m">Have it done</h2>
      <p className="govuk-body">Another administrator looks at this report and approves it.</p>
      <input type="hidden" name="report" value={id} />
      <RadioField
        name="reason"
        legend="Why?"
        choices={reasonChoices(APPROVAL_KINDS.relink.reasons)}
      />
      <FreshCode act={askingAct('relink')} page={addresses.linkageReport(id)} />
    </ActionForm>
  )
}
