import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { wordsOfKind } from '#core/purpose/purpose-words.ts'
import { kindNote } from '#core/messages/submissions/kind-words.ts'
import { standsWords, stateWords } from '#core/messages/submissions/state-words.ts'
import { readAnswers } from '#server/intake/journey/submit-file.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { KeepFresh } from '../../../acts/keep-fresh.client.tsx'
import { BackLink, Notice } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { requireStepOf } from '../../../guards/require-journey.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { Arrival } from '../../arrival.client.tsx'
import {
  Comparison,
  Events,
  Figures,
  GivenOrFilled,
  Linkability,
  RowTotals,
} from '../../outcome-parts.tsx'
import { reasonWords } from '../../reason-words.ts'
import { counted } from '#core/messages/reading/reading-words.ts'
import { StepHeading } from '../../step-heading.tsx'
import { turnAway } from '../../../guards/refused.ts'

export const metadata: Metadata = { title: 'Result' }

/** What became of a submission. */
export default async function ResultPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ reference: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const { actor, store, journey } = await requireStepOf(params, 'result')
  const view = await readAnswers(store, actor, journey.reference)
  if (!view.ok) return turnAway()
  const { earlier } = view.check
  const { before } = await searchParams
  return (
    <TwoThirds>
      <BackLink
        href={addresses.history(journey.service, journey.quarter)}
        text="All files of the quarter"
      />
      {before !== undefined && journey.state === 'linked' && (
        <Notice title="The same file">
          <p className="govuk-notification-banner__heading">
            You sent exactly this file before. It is {standsWords(journey)}. Nothing was changed.
          </p>
          <p className="govuk-body">If you meant another file, choose it again.</p>
        </Notice>
      )}
      <Outcome journey={journey} />
      <RowTotals journey={journey} />
      {journey.state === 'linked' && (
        <>
          <p className="govuk-body">
            {counted(journey.records ?? 0, 'person is', 'people are')} described by these rows.
            Every row that was read is in one of these numbers.
          </p>
          {journey.replaces !== null && view.replaced !== undefined && (
            <section>
              <h2 className="govuk-heading-m">What changed</h2>
              <p className="govuk-body">It took the place of {journey.replaces}. Clients that</p>
              <Figures
                figures={[
                  { name: 'Stayed the same', value: view.replaced.same },
                  { name: 'Were changed', value: view.replaced.changed },
                  { name: 'Were new', value: view.replaced.new },
                  { name: 'Were removed', value: view.replaced.removed },
                ]}
              />
            </section>
          )}
          {earlier !== undefined && <Comparison earlier={earlier} />}
          <Events of={journey} />
          <Linkability journey={journey} />
          <GivenOrFilled journey={journey} />
        </>
      )}
      <h2 className="govuk-heading-m">What you can do</h2>
      <ul className="govuk-list app-ways">
        <li>
          <a className="govuk-link" href={addresses.upload(journey)}>
            {journey.state === 'linked' ? 'Replace it with another file' : 'Upload a file'}
          </a>
        </li>
        {journey.state === 'linked' && !journey.isBeingWithdrawn && (
          <li>
            <a className="govuk-link" href={addresses.withdraw(journey.reference)}>
              Withdraw it
            </a>
          </li>
        )}
        {journey.supersededBy !== null && (
          <li>
            <a className="govuk-link" href={addresses.step(journey.supersededBy, 'read')}>
              Continue with the file that took its place
            </a>
          </li>
        )}
        <li>
          <a className="govuk-link" href={addresses.send}>
            {wordsOfKind(journey.kind).backToSend}
          </a>
        </li>
      </ul>
    </TwoThirds>
  )
}

function Outcome({ journey }: { readonly journey: Journey }): ReactNode {
  if (journey.state !== 'linked') return <Ended journey={journey} />
  return journey.isBeingWithdrawn ? (
    <BeingWithdrawn journey={journey} />
  ) : (
    <Linked journey={journey} />
  )
}

function BeingWithdrawn({ journey }: { readonly journey: Journey }): ReactNode {
  return (
    <>
      <StepHeading journey={journey}>Being withdrawn</StepHeading>
      <Notice title="What happens now">
        <p className="govuk-notification-banner__heading">
          You asked for {journey.reference} to be withdrawn. {wordsOfKind(journey.kind).leaving}
        </p>
        <p className="govuk-body">This page says so as soon as it is done.</p>
        <KeepFresh />
      </Notice>
    </>
  )
}

function Linked({ journey }: { readonly journey: Journey }): ReactNode {
  return (
    <Arrival className="govuk-panel govuk-panel--confirmation app-panel">
      <h1 className="govuk-panel__title">{stateWords('linked', journey)}</h1>
      <div className="govuk-panel__body">
        {journey.serviceName}, {quarterWords(journey.quarter)}
        {journey.kind !== 'people' && <>: {kindNote(journey.kind)}</>}
        <br />
        Your reference <strong className="app-reference">{journey.reference}</strong>
      </div>
    </Arrival>
  )
}

/** What became of a file that is in no dataset. */
function headingOf(state: Journey['state'], reason: Journey['reason']): string {
  if (state === 'withdrawn') return 'Withdrawn'
  return reason === 'trial-done' ? 'Your trial is over' : 'This file was not used'
}

function Ended({ journey }: { readonly journey: Journey }): ReactNode {
  const { state, reason, refusal, reference, kind } = journey
  return (
    <Arrival>
      <StepHeading journey={journey}>{headingOf(state, reason)}</StepHeading>
      <Notice title="What happened">
        <p className="govuk-notification-banner__heading">{reasonWords(reason, refusal)}</p>
        <p className="govuk-body">{wordsOfKind(kind).noneLeft(reference)}</p>
      </Notice>
    </Arrival>
  )
}
