import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { LOOK_UP_PURPOSES, VERDICTS } from '#core/messages/look-up/look-up-words.ts'
import type { WatchedLookUp } from '#server/look-up/watching/list-look-ups.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Moment } from '../../components/moment.tsx'
import { StatusTag } from '../../components/notices.tsx'

/** Look-ups, one a row: who asked, for what, and what they saw. */
export function LookUpTable({
  lookUps,
}: {
  readonly lookUps: readonly WatchedLookUp[]
}): ReactNode {
  if (lookUps.length === 0) return <p className="govuk-body">There are no such look-ups.</p>
  return (
    <DataTable
      caption="Look-ups, newest first"
      isTight
      columns={['Look-up', 'Who asked', 'For what', 'What was shown', 'To be checked']}
      rows={lookUps.map((lookUp) => ({
        key: lookUp.reference,
        cells: [
          <span key="reference">
            <a
              className="govuk-link app-reference"
              href={addresses.watchedLookUp(lookUp.reference)}
            >
              {lookUp.reference}
            </a>
            <span className="app-cell-note">
              <Moment at={lookUp.askedAt} />
            </span>
          </span>,
          <span key="by">
            {lookUp.by}
            <span className="app-cell-note">{lookUp.organisation}</span>
          </span>,
          <span key="for">
            {LOOK_UP_PURPOSES[lookUp.purpose]}
            <span className="app-cell-note">Case {lookUp.caseReference}</span>
          </span>,
          shownWords(lookUp),
          <Checked key="checked" lookUp={lookUp} />,
        ],
      }))}
    />
  )
}

/** What was shown and opened, in words. */
export function shownWords({ people, sources, available, opened }: WatchedLookUp): string {
  if (people === 0) return `Nobody, of ${String(sources)} sources`
  const several = people > 1 ? `${String(people)} people, ` : ''
  return `${several}records of ${String(available)} of ${String(sources)} sources, ${String(opened.length)} opened`
}

/** Whether a look-up is to be checked, and what was said of it. */
export function Checked({ lookUp }: { readonly lookUp: WatchedLookUp }): ReactNode {
  const { alarms, verdict, sampledAt, reports } = lookUp
  return (
    <>
      {alarms.length > 0 && <StatusTag colour="red">Alarm</StatusTag>}{' '}
      {reports.length > 0 && <StatusTag colour="yellow">Reported</StatusTag>}{' '}
      {verdict !== null ? (
        <StatusTag colour={verdict === 'misuse' ? 'red' : 'green'}>
          {VERDICTS[verdict].split(':')[0]}
        </StatusTag>
      ) : (
        sampledAt !== null && <StatusTag colour="blue">Sample</StatusTag>
      )}
    </>
  )
}
