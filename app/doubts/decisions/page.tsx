import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import {
  DECISION_KIND_WORDS,
  DECISION_REASONS,
  isDecisionReason,
} from '#core/messages/review/decision-refusals.ts'
import { readAct } from '#server/jobs/acts/acts.ts'
import { listDecisions, type ListedDecision } from '#server/linkage/decisions/list-decisions.ts'
import { ActProgress } from '../../acts/act-progress.tsx'
import { ActionForm } from '../../components/action-form.client.tsx'
import { FilterForm } from '../../components/filter-form.tsx'
import { Moment } from '../../components/moment.tsx'
import { BackLink, SuccessBanner } from '../../components/notices.tsx'
import { NumberedPages } from '../../components/pagination.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { choiceIn, pageIn, textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { undo } from './actions.ts'
import { turnAway } from '../../guards/refused.ts'

export const metadata: Metadata = { title: 'Decisions' }

/** What reviewers have answered, each with a button that undoes it while it stands. */
export default async function DecisionsPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('doubt.decide')
  const { portal, accounts } = await openRequest()
  const reading = { looks: portal.looks, pool: accounts.pool }
  const query = await searchParams
  const state = choiceIn(query, 'state', STATES)
  const listed = await listDecisions(reading, actor, { all: state === 'all', page: pageIn(query) })
  if (!listed.ok) return turnAway()
  const act = await readAct(accounts.pool, actor, textIn(query, 'act'))
  const toPage = (number: number): string =>
    withQuery(addresses.decisions, { state, page: number === 1 ? '' : String(number) })
  const { page, pages } = listed
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
        What reviewers have answered about possible matches. Once a decision is undone, what was
        decided before about the same two stands again, and else the evidence alone.
      </p>
      <FilterForm
        action={addresses.decisions}
        submit="Show"
        fields={[
          {
            ...{ name: 'state', label: 'Which', value: state },
            choices: [
              { value: '', text: 'Those that stand' },
              { value: 'all', text: 'All, with those that were undone' },
            ],
          },
        ]}
      />
      {listed.decisions.length === 0 && <p className="govuk-body">There are no decisions.</p>}
      {listed.decisions.map((decision) => (
        <DecisionCard key={decision.id} decision={decision} />
      ))}
      <NumberedPages label="Decisions" page={page} pages={pages} toPage={toPage} />
    </>
  )
}

function DecisionCard({ decision }: { readonly decision: ListedDecision }): ReactNode {
  const { id, kind, reason, at, by, rows, undoneAt, undoneBy } = decision
  return (
    <div className="govuk-summary-card">
      <div className="govuk-summary-card__title-wrapper">
        <h2 className="govuk-summary-card__title">
          Decision {id}: {lowerFirst(DECISION_KIND_WORDS[kind])}
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
            ...(undoneAt === null
              ? []
              : [
                  {
                    name: 'Undone',
                    value: (
                      <>
                        <Moment at={undoneAt} />, by {undoneBy ?? ''}
                      </>
                    ),
                  },
                ]),
          ]}
        />
        {undoneAt === null && (
          <ActionForm action={undo} submit={`Undo decision ${id}`} secondary>
            <input type="hidden" name="decision" value={id} />
          </ActionForm>
        )}
      </div>
    </div>
  )
}

const STATES = ['', 'all'] as const

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
