import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { APPROVAL_WORDS_OF } from '#core/messages/accounts/approval-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { WITHDRAWING_REASONS } from '#core/messages/releases/publication-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { approvingAct, askingAct, type Approval } from '#server/identity/approvals/approval.ts'
import {
  readPublishing,
  withdrawingAct,
  type PublishingView,
} from '#server/figures/publishing/publish-release.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { RadioField, SelectField } from '../../components/choice-fields.client.tsx'
import { DateField } from '../../components/date-field.client.tsx'
import { FreshCode } from '../../components/fresh-code.tsx'
import { Moment } from '../../components/moment.tsx'
import { BackLink, StatusTag, Warning } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { turnAway } from '../../guards/refused.ts'
import { askToPublish, publish, withdrawPublished } from './actions.ts'

export const metadata: Metadata = { title: 'Publish a release' }

/** Whether anybody may read a release, and what leads there and back. */
export default async function ReleasePage({
  params,
}: {
  readonly params: Promise<{ release: string }>
}): Promise<ReactNode> {
  const actor = await requireActor('release.make')
  const { portal, accounts } = await openRequest()
  const context = { ...accounts, releases: portal.releases }
  const read = await readPublishing(context, actor, (await params).release)
  if (!read.ok) return turnAway()
  const { release, stop, asked } = read
  const isWaiting = asked?.stage === 'waiting'
  const isPublished = release.publication?.withdrawnAt === null
  return (
    <TwoThirds>
      <BackLink href={addresses.releases} text="Releases" />
      <span className="govuk-caption-l">
        {quarterWords(release.firstQuarter)} – {quarterWords(release.lastQuarter)}
      </span>
      <h1 className="govuk-heading-l">Release {release.reference}</h1>
      <Facts view={read} now={accounts.now()} />
      {isPublished && <Withdraw reference={release.reference} />}
      {stop !== undefined && stop !== 'release-published' && (
        <>
          <h2 className="govuk-heading-m">It cannot be published</h2>
          <p className="govuk-body">
            {wordsOf(stop).title} {wordsOf(stop).fix}
          </p>
        </>
      )}
      {stop === undefined && isWaiting && asked.askedBy === actor.userId && (
        <p className="govuk-inset-text">
          You asked for it to be published, so another administrator has to approve. They were told
          by email.
        </p>
      )}
      {stop === undefined && isWaiting && asked.askedBy !== actor.userId && (
        <Publish asked={asked} reference={release.reference} />
      )}
      {asked !== undefined && (
        <p className="govuk-body">
          <a className="govuk-link" href={addresses.approval(asked.reference)}>
            The request to publish it
          </a>
        </p>
      )}
      {stop === undefined && !isWaiting && <Ask reference={release.reference} />}
    </TwoThirds>
  )
}

function Facts({
  view: { release, inDoubt },
  now,
}: {
  readonly view: PublishingView
  readonly now: Date
}): ReactNode {
  const { reference, profile, settings, madeAt } = release
  return (
    <SummaryList
      lines={[
        {
          name: 'For',
          value: profile === 'public' ? 'The public' : 'Those who run and fund the programme',
        },
        {
          name: 'Figures',
          value: (
            <a className="govuk-link" href={withQuery(addresses.reach, { release: reference })}>
              Look at the figures
            </a>
          ),
        },
        {
          name: 'Report',
          value: (
            <a className="govuk-link" href={addresses.reachReport(reference)}>
              Quarterly report
            </a>
          ),
        },
        { name: 'Made', value: <Moment at={new Date(madeAt)} /> },
        {
          name: 'Disclosure control',
          value: `${settings.threshold} people or fewer are hidden, others rounded to the nearest ${settings.base}`,
        },
        {
          name: 'Left in doubt',
          value:
            inDoubt === 0
              ? 'Nothing: no hidden figure can be worked out'
              : Number.isFinite(inDoubt)
                ? `${inDoubt.toLocaleString('en-GB')} quantities may be worked out`
                : 'Not known',
        },
        { name: 'Without signing in', value: <State release={release} now={now} /> },
      ]}
    />
  )
}

function State({
  release: { reference, publication },
  now,
}: {
  readonly release: PublishingView['release']
  readonly now: Date
}): ReactNode {
  if (publication === undefined) return <StatusTag colour="grey">Not published</StatusTag>
  if (publication.withdrawnAt !== null) {
    return (
      <>
        <StatusTag colour="red">Withdrawn</StatusTag> <Moment at={publication.withdrawnAt} />
      </>
    )
  }
  if (publication.visibleFrom > now) {
    return (
      <>
        <StatusTag colour="yellow">Under embargo</StatusTag> until{' '}
        <Moment at={publication.visibleFrom} />
      </>
    )
  }
  return (
    <>
      <StatusTag colour="green">Published</StatusTag> <Moment at={publication.visibleFrom} />
      <br />
      <a className="govuk-link" href={addresses.publishedRelease(reference)}>
        The page that anybody can read
      </a>
    </>
  )
}

/** When official statistics usually come out is first. */
const TIMES = [
  ...['09:30', '00:01', '06:00', '07:00', '08:00', '09:00', '10:00', '11:00'],
  ...['12:00', '13:00', '14:00', '15:00', '16:00', '17:00', '18:00'],
]

function Ask({ reference }: { readonly reference: string }): ReactNode {
  return (
    <ActionForm action={askToPublish} submit="Ask a second person to publish it">
      <h2 className="govuk-heading-m">Publish it</h2>
      <p className="govuk-body">
        Anybody could then read these figures without signing in, and keep them. Another
        administrator has to approve.
      </p>
      <input type="hidden" name="release" value={reference} />
      <DateField
        name="day"
        legend="From which day?"
        hint="Nobody outside sees anything before. Leave it empty to publish as soon as the second person approves."
      />
      <SelectField
        name="time"
        label="From which time on that day?"
        choices={TIMES.map((time) => ({ value: time, text: time }))}
      />
      <FreshCode act={askingAct('release-publication')} page={addresses.release(reference)} />
    </ActionForm>
  )
}

function Publish({
  asked,
  reference,
}: {
  readonly asked: Approval
  readonly reference: string
}): ReactNode {
  return (
    <ActionForm action={publish} submit="Publish the release">
      <h2 className="govuk-heading-m">Publish it</h2>
      <p className="govuk-body">
        Anybody could read it from{' '}
        <Moment at={new Date(String(asked.particulars['visibleFrom']))} />.
      </p>
      <Warning>{APPROVAL_WORDS_OF['release-publication'].warning}</Warning>
      <input type="hidden" name="reference" value={asked.reference} />
      <input type="hidden" name="boundTo" value={asked.boundTo} />
      <FreshCode act={approvingAct(asked.reference)} page={addresses.release(reference)} />
    </ActionForm>
  )
}

function Withdraw({ reference }: { readonly reference: string }): ReactNode {
  return (
    <ActionForm action={withdrawPublished} submit="Withdraw it" warning>
      <h2 className="govuk-heading-m">Withdraw it</h2>
      <p className="govuk-body">
        Its page then says that it was withdrawn, and has no figures. What others have kept stays
        theirs, and caches may show it for five minutes more. It cannot be published again.
      </p>
      <input type="hidden" name="release" value={reference} />
      <RadioField
        name="reason"
        legend="Why is it withdrawn?"
        choices={Object.entries(WITHDRAWING_REASONS).map(([value, text]) => ({ value, text }))}
      />
      <FreshCode act={withdrawingAct(reference)} page={addresses.release(reference)} />
    </ActionForm>
  )
}
