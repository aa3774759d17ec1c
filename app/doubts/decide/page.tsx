import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import {
  DECISION_KIND_WORDS,
  DECISION_REASONS,
  isDecisionReason,
} from '#core/messages/review/decision-refusals.ts'
import {
  doubtWords,
  effectWords,
  possibleMatchWords,
} from '#core/messages/linkage/linkage-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { listAskedPairs, readAct, type Act } from '#server/jobs/acts/acts.ts'
import { lookAtNextDoubt, type DoubtPair } from '#server/linkage/decisions/look-at-doubts.ts'
import { lookAtPair, type ComparedPair } from '#server/linkage/decisions/look-at-pair.ts'
import { readNamesIn } from '#server/programme/register/register-names.ts'
import { ActProgress } from '../../acts/act-progress.tsx'
import { ActionForm } from '../../components/action-form.client.tsx'
import { Moment } from '../../components/moment.tsx'
import { BackLink, SuccessBanner } from '../../components/notices.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { turnAway } from '../../guards/refused.ts'
import { AnswerFields } from '../answer-fields.client.tsx'
import { ComparedPeople } from '../compared-pair.tsx'
import { placeText, readPlace, type PlaceInAddress } from '../decided-place.ts'
import { SingleKeys } from '../single-keys.client.tsx'
import { undo } from '../decisions/actions.ts'
import { decide } from './actions.ts'
import { answerGroups, answersFor } from './answers.ts'

export const metadata: Metadata = { title: 'Same person or different people' }

/**
 * Asks about two people that may be one: those of the address, or the next that wait for a reviewer.
 */
export default async function DecidePage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('doubt.decide')
  const { accounts } = await openRequest()
  const query = await searchParams
  const act = await readAct(accounts.pool, actor, textIn(query, 'act'))
  const skip = /^[0-9]{1,6}$/.test(textIn(query, 'skip')) ? Number(textIn(query, 'skip')) : 0
  const given = [readPlace(textIn(query, 'left')), readPlace(textIn(query, 'right'))] as const
  const isNamed = textIn(query, 'left') !== '' || textIn(query, 'right') !== ''
  const [left, right] = given
  if (isNamed && (left === undefined || right === undefined)) return turnAway()
  const next = isNamed ? undefined : await findNext(actor, skip)
  const places = isNamed ? ([left, right] as const) : next?.pair
  return (
    <>
      <BackLink href={addresses.doubts} text="Possible matches" />
      {act.ok && <Before act={act.act} />}
      {places?.[0] === undefined || places[1] === undefined ? (
        <NothingWaits isSkipped={skip > 0} />
      ) : (
        <Asked actor={actor} places={[places[0], places[1]]} skip={skip} waiting={next?.waiting} />
      )}
    </>
  )
}

async function findNext(
  actor: Actor,
  skip: number,
): Promise<{ readonly pair: readonly PlaceInAddress[] | undefined; readonly waiting: number }> {
  const { portal, accounts } = await openRequest()
  const asked = new Set(
    (await listAskedPairs(accounts.pool)).flatMap(({ left, right }) => [
      `${placeText(left)} ${placeText(right)}`,
      `${placeText(right)} ${placeText(left)}`,
    ]),
  )
  const isAsked = ([left, right]: DoubtPair): boolean =>
    asked.has(`${placeText(left)} ${placeText(right)}`)
  const found = await lookAtNextDoubt(portal.looks, actor, { skip, isAsked })
  if (!found.ok) return turnAway()
  const pair = found.next?.flatMap((place) => readPlace(placeText(place)) ?? [])
  return { pair, waiting: found.waiting }
}

function NothingWaits({ isSkipped }: { readonly isSkipped: boolean }): ReactNode {
  return (
    <>
      <h1 className="govuk-heading-l">Nothing waits for an answer</h1>
      <p className="govuk-body">
        {isSkipped ? (
          <a className="govuk-link" href={addresses.decideDoubt}>
            Go back to those that you skipped
          </a>
        ) : (
          'Every possible match has been answered about, or put off.'
        )}
      </p>
    </>
  )
}

/** What became of the last answer, with the way to take it back. */
function Before({ act }: { readonly act: Act }): ReactNode {
  const { request, result } = act
  if (request.kind !== 'decide' && request.kind !== 'undo-decision') return null
  const decision =
    typeof result === 'object' && result !== null && 'decision' in result ? result.decision : ''
  const isUndone = request.kind === 'undo-decision'
  return (
    <>
      {act.stage === 'done' && (
        <SuccessBanner>
          {isUndone
            ? 'Your answer was undone.'
            : 'Your answer was saved, and the figures take it into account.'}
        </SuccessBanner>
      )}
      <ActProgress act={act} what={isUndone ? 'Undoing the answer' : 'Your answer'} />
      {act.stage === 'done' && !isUndone && (
        <ActionForm action={undo} submit="Undo this answer" secondary>
          <input type="hidden" name="decision" value={String(decision)} />
          <input type="hidden" name="back" value="review" />
        </ActionForm>
      )}
      {act.stage === 'refused' && request.kind === 'decide' && (
        <p className="govuk-body">
          <a
            className="govuk-link"
            href={withQuery(addresses.decideDoubt, {
              left: placeText(request.left),
              right: placeText(request.right),
            })}
          >
            Look at these two rows again
          </a>
        </p>
      )}
    </>
  )
}

async function Asked({
  actor,
  places: [left, right],
  skip,
  waiting,
}: {
  readonly actor: Actor
  readonly places: readonly [PlaceInAddress, PlaceInAddress]
  readonly skip: number
  /** Undefined where the two were chosen from a list. */
  readonly waiting: number | undefined
}): Promise<ReactNode> {
  const { portal, accounts } = await openRequest()
  const reading = { looks: portal.looks, pool: accounts.pool }
  const looked = await lookAtPair(reading, actor, [left, right])
  if (!looked.ok) return turnAway()
  const { pair } = looked
  const named = await readNamesIn(accounts.pool, [...pair.left.places, ...pair.right.places])
  const answers = answersFor(pair)
  const pairText = `${placeText(left)} ${placeText(right)}`
  return (
    <SingleKeys of={pairText} letters={answers.map(({ letter, key }) => ({ letter, text: key }))}>
      <h1 className="govuk-heading-l">Same person or different people?</h1>
      {waiting !== undefined && (
        <p className="govuk-body">
          {possibleMatchWords(waiting)} {waiting === 1 ? 'waits' : 'wait'} for an answer. The ones
          that change figures most come first.{' '}
          <a
            className="govuk-link"
            href={withQuery(addresses.decideDoubt, { skip: skip + 1 })}
            data-skip=""
          >
            Skip it
          </a>
        </p>
      )}
      <WhyDoubtful pair={pair} />
      <ComparedPeople pair={pair} named={named} />
      <Answers answers={pair.answers} />
      <ActionForm action={decide} submit="Send the answer" key={pairText}>
        <input type="hidden" name="left" value={placeText(left)} />
        <input type="hidden" name="right" value={placeText(right)} />
        <input type="hidden" name="about" value={pair.doubt?.code ?? ''} />
        <input type="hidden" name="seen" value={pair.answers[0]?.id ?? 0} />
        <input type="hidden" name="skip" value={skip} />
        <AnswerFields name="answer" legend="Your answer" groups={answerGroups(answers)} />
        <p className="govuk-body">
          An answer holds for these clients of these services in every file to come, and can be
          undone. A provider that is asked sees its own row alone, with all questions of the
          quarter.
        </p>
      </ActionForm>
    </SingleKeys>
  )
}

function WhyDoubtful({ pair: { doubt, isOnePerson } }: { readonly pair: ComparedPair }): ReactNode {
  if (doubt === undefined) {
    return (
      <p className="govuk-inset-text">
        {isOnePerson
          ? 'These rows count as one person now.'
          : 'These rows count as two people now, and nothing else is in doubt about them.'}{' '}
        A possible match that was here has been settled, or a file has changed. You can still
        answer.
      </p>
    )
  }
  const { title, look } = doubtWords(doubt.code)
  return (
    <>
      <h2 className="govuk-heading-m">{title}</h2>
      <p className="govuk-body">{look}</p>
      <p className="govuk-body">{effectWords(doubt)}</p>
    </>
  )
}

/** What was answered about the two before, also what was undone. */
function Answers({ answers }: Pick<ComparedPair, 'answers'>): ReactNode {
  if (answers.length === 0) return null
  return (
    <>
      <h2 className="govuk-heading-s">Answers before</h2>
      <ul className="govuk-list govuk-list--bullet">
        {answers.map(({ id, kind, reason, at, by, undoneAt, undoneBy }) => (
          <li key={id}>
            {DECISION_KIND_WORDS[kind]}, by {by} on <Moment at={at} />.{' '}
            {isDecisionReason(reason) ? DECISION_REASONS[reason] : reason}
            {undoneAt !== null && (
              <>
                {' '}
                Undone by {undoneBy ?? ''} on <Moment at={undoneAt} />.
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
