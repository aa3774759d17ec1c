import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { DECISION_REASONS, isDecisionReason } from '#core/messages/decision-refusals.ts'
import { readAct } from '#server/jobs/acts/acts.ts'
import { listDecisions, type ListedDecision } from '#server/linkage/decisions/list-decisions.ts'
import { ActProgress } from '../../acts/act-progress.tsx'
import { ActionForm } from '../../components/action-form.client.tsx'
import { Moment } from '../../components/moment.tsx'
import { BackLink, SuccessBanner } from '../../components/notices.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { undo } from './actions.ts'
import { turnAway } from '../../guards/refused.ts'

export const metadata: Metadata = { title: 'Decisions' }

const KINDS = {
  same: 'The same person',
  different: 'Different people',
  'nhs-wrong': 'A wrong NHS number',
} as const

/** The decisions that stand, each with a button that undoes it. */
export default async function DecisionsPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('doubt.decide')
  const { portal, accounts } = await openRequest()
  const reading = { looks: portal.looks, pool: accounts.pool }
  const listed = await listDecisions(reading, actor)
  if (!listed.ok) return turnAway()
  const act = await readAct(accounts.pool, actor, textIn(await searchParams, 'act'))
  return (
    <>
      <BackLink href={addresses.doubts} text="Possible matches" />
      {act.ok && act.act.stage === 'done' && (
        <SuccessBanner>
          The decision was undone, and the figures are as they were before it.
        </SuccessBanner>
      )}
      {act.ok && <ActProgress act={act.act} what="Undoing the decision" />}
      <h1 className="govuk-heading-l">Decisions</h1>
      <p className="govuk-body">
        What reviewers have decided about possible matches. Once a decision is undone, the evidence
        alone settles whether the records are one person.
      </p>
      {listed.decisions.length === 0 && <p className="govuk-body">There are no decisions.</p>}
      {listed.decisions.map((decision) => (
        <DecisionCard key={decision.id} decision={decision} />
      ))}
    </>
  )
}

function DecisionCard({ decision }: { readonly decision: ListedDecision }): ReactNode {
  const { id, kind, reason, at, by, rows } = decision
  return (
    <div className="govuk-summary-card">
      <div className="govuk-summary-card__title-wrapper">
        <h2 className="govuk-summary-card__title">
          Decision {id}: {KINDS[kind].charAt(0).toLowerCase() + KINDS[kind].slice(1)}
        </h2>
      </div>
      <div className="govuk-summary-card__content">
        <SummaryList
          lines={[
            { name: 'Rows', value: rows.map((row) => <div key={row}>{row}</div>) },
            { name: 'Reason', value: isDecisionReason(reason) ? DECISION_REASONS[reason] : reason },
            {
              name: 'Decided',
              value: (
                <>
                  <Moment at={at} />, by {by}
                </>
              ),
            },
          ]}
        />
        <ActionForm action={undo} submit={`Undo decision ${id}`} secondary>
          <input type="hidden" name="decision" value={id} />
        </ActionForm>
      </div>
    </div>
  )
}
