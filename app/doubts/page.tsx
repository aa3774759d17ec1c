import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { DECISION_KIND_WORDS } from '#core/messages/review/decision-refusals.ts'
import {
  doubtWords,
  effectWords,
  POSSIBLE_MATCH_MEANS,
  possibleMatchWords,
} from '#core/messages/linkage/linkage-words.ts'
import { readAct } from '#server/jobs/acts/acts.ts'
import { lookAtDoubts, pairsOf } from '#server/linkage/decisions/look-at-doubts.ts'
import type { ListedDoubt, RecordPlace } from '#server/linkage/decisions/list-doubts.ts'
import { readNamesIn, type NamedIn } from '#server/programme/register/register-names.ts'
import { may } from '#server/identity/actors/actor.ts'
import { ActProgress } from '../acts/act-progress.tsx'
import { FilterForm } from '../components/filter-form.tsx'
import { NumberTable } from '../components/number-table.tsx'
import { SuccessBanner } from '../components/notices.tsx'
import { NumberedPages } from '../components/pagination.tsx'
import { choiceIn, pageIn, textIn, type Query } from '../guards/query.ts'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'
import { placeText } from './decided-place.ts'
import { RecordPlaces } from './record-places.tsx'
import { turnAway } from '../guards/refused.ts'

export const metadata: Metadata = { title: 'Possible matches' }

const KINDS = ['', 'conflict', 'near-match'] as const
const STATES = ['waiting', 'put-off'] as const
const KIND_NAMES: Readonly<Record<ListedDoubt['kind'], string>> = {
  conflict: 'Conflict',
  'near-match': 'Near match',
}

/**
 * Records that may be one person and were kept apart, by their places in the files; the look is
 * audited.
 */
export default async function DoubtsPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('doubt.see')
  const { portal, accounts } = await openRequest()
  const query = await searchParams
  const kind = choiceIn(query, 'kind', KINDS)
  const state = choiceIn(query, 'state', STATES)
  const listed = await lookAtDoubts(portal.looks, actor, { kind, state, page: pageIn(query) })
  if (!listed.ok) return turnAway()
  const { counts, doubts, page, pages } = listed
  const named = await readNamesIn(
    accounts.pool,
    doubts.flatMap(({ sides }) => sides.flat()),
  )
  const mayDecide = may(actor, 'doubt.decide')
  const act = await readAct(accounts.pool, actor, textIn(query, 'act'))
  const toPage = (number: number): string =>
    withQuery(addresses.doubts, {
      kind,
      state: state === 'waiting' ? '' : state,
      page: number === 1 ? '' : String(number),
    })
  const waiting = counts.reduce((sum, count) => sum + count.waiting, 0)
  return (
    <>
      {act.ok && act.act.stage === 'done' && (
        <SuccessBanner>The decision was saved, and the figures take it into account.</SuccessBanner>
      )}
      {act.ok && <ActProgress act={act.act} what="The decision" />}
      <h1 className="govuk-heading-l">Possible matches</h1>
      <p className="govuk-body">{POSSIBLE_MATCH_MEANS}</p>
      <p className="govuk-body">
        {possibleMatchWords(waiting)} {waiting === 1 ? 'waits' : 'wait'} for an answer. The ones
        that change figures most come first, judged by how often such pairs have been one person
        before. All that is known here is where each record is in its provider’s own file.
      </p>
      {mayDecide && waiting > 0 && (
        <p className="govuk-body">
          <a className="govuk-button" href={addresses.decideDoubt} role="button" draggable={false}>
            Review the first
          </a>
        </p>
      )}
      <ul className="govuk-list">
        {mayDecide && (
          <li>
            <a className="govuk-link" href={addresses.decisions}>
              Decisions so far
            </a>
          </li>
        )}
        {mayDecide && (
          <li>
            <a className="govuk-link" href={addresses.checks}>
              Checks of links and decisions
            </a>
          </li>
        )}
        <li>
          <a className="govuk-link" href={addresses.explain}>
            Explain one beneficiary by reference
          </a>
        </li>
      </ul>
      <NumberTable
        caption="How many there are"
        columns={[
          { name: 'Why' },
          { name: 'Kind', words: true },
          { name: 'How many' },
          { name: 'Waiting' },
        ]}
        rows={counts.map((count) => ({
          key: `${count.kind} ${count.code}`,
          cells: [
            doubtWords(count.code).title,
            KIND_NAMES[count.kind],
            count.count.toLocaleString('en-GB'),
            count.waiting.toLocaleString('en-GB'),
          ],
        }))}
      />
      <FilterForm
        action={addresses.doubts}
        submit="Show"
        fields={[
          {
            name: 'kind',
            label: 'Kind',
            value: kind,
            choices: [
              { value: '', text: 'Conflicts and near matches' },
              { value: 'conflict', text: 'Conflicts' },
              { value: 'near-match', text: 'Near matches' },
            ],
          },
          {
            ...{ name: 'state', label: 'State', value: state },
            choices: [
              { value: 'waiting', text: 'Waiting for an answer' },
              { value: 'put-off', text: 'Later, or the provider is asked' },
            ],
          },
        ]}
      />
      {doubts.length === 0 && <p className="govuk-body">There are none.</p>}
      {doubts.map((doubt) => (
        <DoubtCard key={keyOf(doubt)} doubt={doubt} named={named} mayDecide={mayDecide} />
      ))}
      <NumberedPages label="Possible matches" page={page} pages={pages} toPage={toPage} />
    </>
  )
}

function DoubtCard({
  doubt,
  named,
  mayDecide,
}: {
  readonly doubt: ListedDoubt
  readonly mayDecide: boolean
  readonly named: NamedIn
}): ReactNode {
  const words = doubtWords(doubt.code)
  return (
    <div className="govuk-summary-card">
      <div className="govuk-summary-card__title-wrapper">
        <h2 className="govuk-summary-card__title">{words.title}</h2>
        <p className="govuk-body-s app-card-note">{KIND_NAMES[doubt.kind]}</p>
      </div>
      <div className="govuk-summary-card__content">
        <p className="govuk-body">{words.look}</p>
        <p className="govuk-body">{effectWords(doubt)}</p>
        {doubt.putOff !== null && (
          <p className="govuk-body">{DECISION_KIND_WORDS[doubt.putOff]}.</p>
        )}
        <dl className="govuk-summary-list">
          {doubt.sides.map((places, index) => (
            <div key={keyOf({ ...doubt, sides: [places] })} className="govuk-summary-list__row">
              <dt className="govuk-summary-list__key">Person {index + 1}</dt>
              <dd className="govuk-summary-list__value">
                <RecordPlaces places={places} named={named} />
              </dd>
            </div>
          ))}
        </dl>
        {mayDecide && <DecideLinks doubt={doubt} />}
      </div>
    </div>
  )
}

/** Leads to a decision about each two of the people; of many, about the first few. */
function DecideLinks({ doubt }: { readonly doubt: ListedDoubt }): ReactNode {
  const personOf = (place: RecordPlace): number =>
    doubt.sides.findIndex((places) => places.includes(place)) + 1
  const pairs = pairsOf(doubt).map(([left, right]) => ({
    address: withQuery(addresses.decideDoubt, { left: placeText(left), right: placeText(right) }),
    text: `Decide about person ${personOf(left)} and person ${personOf(right)}`,
  }))
  return (
    <ul className="govuk-list">
      {pairs.map(({ address, text }) => (
        <li key={address}>
          <a className="govuk-link" href={address}>
            {text}
          </a>
        </li>
      ))}
    </ul>
  )
}

function keyOf({ code, sides }: Pick<ListedDoubt, 'code' | 'sides'>): string {
  const rows = sides.flat().map(({ submission, row, role }) => `${submission}.${row}.${role}`)
  return `${code} ${rows.join(' ')}`
}
