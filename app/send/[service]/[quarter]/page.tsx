import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  readHistory,
  type History,
  type HistoryEntry,
} from '#server/intake/journey/list-history.ts'
import { whyNotTaken } from '#server/intake/journey/receive-upload.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { DataTable } from '../../../components/data-table.tsx'
import { Moment } from '../../../components/moment.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { requireSender } from '../../../guards/require-journey.ts'
import { kindNote } from '#core/messages/submissions/kind-words.ts'
import { reasonWords } from '../../../files/reason-words.ts'
import { numberWords } from '#core/messages/reading/reading-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { TaskTag } from '../../status-tag.tsx'
import { takeBack } from './nobody/actions.ts'
import { PlaceFields } from './nobody/place-fields.tsx'
import { turnAway } from '../../../guards/refused.ts'

export const metadata: Metadata = { title: 'Files of a quarter' }

const FURTHER_KINDS = ['activities', 'outcomes'] as const

/** Everything that was sent for a service and quarter, and what became of it. */
export default async function HistoryPage({
  params,
}: {
  readonly params: Promise<{ service: string; quarter: string }>
}): Promise<ReactNode> {
  const place = await params
  const { actor, store, now } = await requireSender(addresses.history(place.service, place.quarter))
  const history = await readHistory(store, actor, place, now)
  if (!history.ok) return turnAway()
  const { entries, service, serviceName, quarter, nobody, feed } = history
  const refusal = await whyNotTaken(store, history)
  const ofPeople = entries.filter(({ kind }) => kind === (feed ?? 'people'))
  const standing = ofPeople.some(({ state }) => state === 'linked')
  const hasFile = ofPeople.some(({ state }) => state !== 'rejected' && state !== 'withdrawn')
  const reasons = entries.map(({ reason }) => reasonWords(reason))
  const hasReasons = reasons.some((reason) => reason !== '')
  return (
    <>
      <BackLink href={addresses.send} text="Your services" />
      <span className="govuk-caption-l">{serviceName}</span>
      <h1 className="govuk-heading-l">{quarterWords(quarter)}</h1>
      {refusal === undefined ? (
        <WaysToUpload history={history} standing={standing} />
      ) : (
        <p className="govuk-inset-text">
          {wordsOf(refusal.code).title} {wordsOf(refusal.code).fix}
        </p>
      )}
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.treatment(service)}>
          What is done to this service’s file
        </a>
      </p>
      {nobody === undefined ? (
        !hasFile &&
        feed === null &&
        refusal === undefined && (
          <p className="govuk-body">
            <a className="govuk-link" href={addresses.nobody(service, quarter)}>
              This service reached nobody this quarter
            </a>
          </p>
        )
      ) : (
        <NobodyReached history={history} {...nobody} />
      )}
      {entries.length === 0 ? (
        nobody === undefined && <p className="govuk-body">Nothing was sent for this quarter yet.</p>
      ) : (
        <DataTable
          caption="Files"
          columns={['Reference', 'Uploaded', 'By', 'Rows', 'State', ...(hasReasons ? ['Why'] : [])]}
          rows={entries.map((entry, index) => ({
            key: entry.reference,
            cells: [
              <EntryLink key="reference" entry={entry} place={{ service, quarter }} />,
              <Moment key="sent" at={entry.receivedAt} />,
              entry.by ?? 'The programme',
              entry.rows === null ? '' : numberWords(entry.rows.read),
              <TaskTag
                key="state"
                isFeed={feed !== null}
                task={{
                  quarter,
                  status: entry.step,
                  reference: entry.reference,
                  state: entry.state,
                  hasFindings: entry.state === 'checked',
                  isBeingWithdrawn: entry.isBeingWithdrawn,
                  isStaging: history.stage !== 'production',
                  isReplacing: false,
                }}
              />,
              ...(hasReasons ? [reasons[index]] : []),
            ],
          }))}
        />
      )}
    </>
  )
}

/** Where a file of each kind is uploaded. */
function WaysToUpload({
  history: { service, quarter, entries, feed },
  standing,
}: {
  readonly history: History
  readonly standing: boolean
}): ReactNode {
  return (
    <>
      <p className="govuk-body">
        <a
          className="govuk-button"
          href={addresses.upload({ service, quarter })}
          role="button"
          draggable={false}
        >
          {feed !== null ? 'Send a feed' : standing ? 'Replace the file' : 'Upload a file'}
        </a>
      </p>
      <ul className="govuk-list app-ways">
        {(feed === null ? FURTHER_KINDS : []).map((kind) => (
          <li key={kind}>
            <a className="govuk-link" href={addresses.upload({ service, quarter, kind })}>
              {entries.some((entry) => entry.kind === kind && entry.state === 'linked')
                ? `Replace the file of ${kind}`
                : `Upload a file of ${kind}`}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What was said of nobody, and how to take it back. */
function NobodyReached({
  history: { service, quarter, closed },
  at,
  by,
}: {
  readonly history: History
  readonly at: Date
  readonly by: string
}): ReactNode {
  return (
    <div className="govuk-inset-text">
      <p className="govuk-body">
        {by} said on <Moment at={at} /> that this service reached nobody this quarter. No file is
        expected.{closed === null && ' If you upload one and submit it, it counts instead.'}
      </p>
      {closed === null && (
        <ActionForm action={takeBack} submit="Take this back" secondary>
          <PlaceFields service={service} quarter={quarter} />
        </ActionForm>
      )}
    </div>
  )
}

function EntryLink({
  entry: { reference, step, kind },
  place,
}: {
  readonly entry: HistoryEntry
  readonly place: { readonly service: string; readonly quarter: string }
}): ReactNode {
  const href =
    step === 'upload'
      ? addresses.upload({ ...place, kind }, 'file-erased')
      : addresses.step(reference, step)
  return (
    <>
      <a className="govuk-link app-reference" href={href}>
        {reference}
      </a>
      {kind !== 'people' && <span className="app-cell-note">{kindNote(kind)}</span>}
    </>
  )
}
