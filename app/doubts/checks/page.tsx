import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { agreementWords, falseJoinWords } from '#core/messages/review/agreement-words.ts'
import { ruleWords } from '#core/messages/linkage/linkage-words.ts'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import { readAct } from '#server/jobs/acts/acts.ts'
import { sampleQuarter } from '#server/linkage/decisions/sample-decision.ts'
import { readCheckResults } from '#server/linkage/reviewing/check-sample.ts'
import { ActProgress } from '../../acts/act-progress.tsx'
import { ActionForm } from '../../components/action-form.client.tsx'
import { BackLink } from '../../components/notices.tsx'
import { NumberTable } from '../../components/number-table.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { turnAway } from '../../guards/refused.ts'
import { drawPairs } from './actions.ts'

export const metadata: Metadata = { title: 'Checks of links and decisions' }

/** How right links and decisions are, as far as samples tell. */
export default async function ChecksPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('doubt.decide')
  const { accounts } = await openRequest()
  const read = await readCheckResults(accounts.pool, actor)
  if (!read.ok) return turnAway()
  const { samples, byRule, joins, share, agreement } = read.results
  const act = await readAct(accounts.pool, actor, textIn(await searchParams, 'act'))
  const quarter = sampleQuarter(new Date())
  const isDrawn = samples.some(({ kind, drawnIn }) => kind === 'joined' && drawnIn === quarter)
  const open = samples.some(({ drawn, checked }) => checked < drawn)
  return (
    <>
      <BackLink href={addresses.doubts} text="Possible matches" />
      {act.ok && <ActProgress act={act.act} what="Drawing the sample" />}
      <h1 className="govuk-heading-l">Checks of links and decisions</h1>
      <p className="govuk-body">
        Each quarter a hundred joined pairs are drawn by lot, to see how many joins are of two
        people. One in five decisions, and one in five joined pairs, is answered about by a second
        reviewer who does not see the first answer.
      </p>
      {samples.length > 0 && (
        <p className="govuk-body">
          <a className="govuk-button" href={addresses.checkPair} role="button" draggable={false}>
            {open ? 'Check the next pair' : 'Look for a pair to check'}
          </a>
        </p>
      )}
      {!isDrawn && (
        <>
          <p className="govuk-body">No pairs have been drawn for {quarterWords(quarter)} yet.</p>
          <ActionForm action={drawPairs} submit="Draw a hundred joined pairs" secondary />
        </>
      )}
      <h2 className="govuk-heading-m">Joined pairs</h2>
      <p className="govuk-body">
        {falseJoinWords(joins, share)} What is found here goes into the estimate of how many people
        there are.
      </p>
      {byRule.length > 0 && (
        <NumberTable
          caption="By the rule that joined them"
          columns={['Rule', 'Checked', 'Two people'].map((name) => ({ name }))}
          rows={byRule.map(({ rule, checked, wrong }) => ({
            key: rule,
            cells: [ruleWords(rule), String(checked), String(wrong)],
          }))}
        />
      )}
      <h2 className="govuk-heading-m">Agreement of reviewers</h2>
      <p className="govuk-body">{agreementWords(agreement)}</p>
      {samples.length > 0 && (
        <NumberTable
          caption="What was drawn"
          columns={['Quarter', 'Pairs', 'Drawn', 'Checked'].map((name, index) => ({
            name,
            words: index === 1,
          }))}
          rows={samples.map(({ kind, drawnIn, drawn, checked }) => ({
            key: `${kind} ${drawnIn}`,
            cells: [
              isQuarter(drawnIn) ? quarterWords(drawnIn) : drawnIn,
              kind === 'joined' ? 'Joined by linkage' : 'Decided by a reviewer',
              String(drawn),
              String(checked),
            ],
          }))}
        />
      )}
    </>
  )
}
