import type { ReactNode } from 'react'
import {
  BECAUSE_WORDS,
  CLOSING_REASONS,
  EXTENSION_REASONS,
  IDENTITY_CHECKS,
  RIGHTS_ASKERS,
  RIGHTS_KINDS,
} from '#core/messages/rights/rights-words.ts'
import { roleWords } from '#core/messages/linkage/person-words.ts'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import type { FoundRow } from '#server/linkage/rights/handle-requests.ts'
import type { RightsRequest } from '#server/linkage/rights/rights-request.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { DataTable } from '../components/data-table.tsx'
import { dayWords } from '../components/moment.tsx'
import { StatusTag } from '../components/notices.tsx'
import { SummaryList } from '../components/summary-list.tsx'

/** A day of the database in words. */
export function dayText(day: Date): string {
  return dayWords(day.toISOString().slice(0, 10))
}

/** Where a request is, and whether its month is over. */
export function RightsStateTag({
  request: { state, dueOn },
  now,
}: {
  readonly request: RightsRequest
  readonly now: Date
}): ReactNode {
  if (state === 'done') return <StatusTag colour="green">Done</StatusTag>
  if (state === 'closed') return <StatusTag colour="grey">Closed</StatusTag>
  const isLate = dueOn.toISOString().slice(0, 10) < dayInLondon(now)
  return isLate ? (
    <StatusTag colour="red">Late</StatusTag>
  ) : (
    <StatusTag colour="blue">Open</StatusTag>
  )
}

/** What a request is, but for whose it is. */
export function RightsFacts({
  request,
  now,
}: {
  readonly request: RightsRequest
  readonly now: Date
}): ReactNode {
  const { kind, receivedOn, dueOn, extendedFor, askedBy, identityCheck, outcome } = request
  return (
    <SummaryList
      lines={[
        { name: 'Reference', value: request.reference },
        { name: 'What they ask for', value: RIGHTS_KINDS[kind].name },
        { name: 'Who asks', value: wordsIn(RIGHTS_ASKERS, askedBy) },
        { name: 'Asked on', value: dayText(receivedOn) },
        {
          name: 'Due by',
          value:
            extendedFor === null
              ? dayText(dueOn)
              : `${dayText(dueOn)}, extended: ${wordsIn(EXTENSION_REASONS, extendedFor)}`,
        },
        {
          name: 'Who they are',
          value: `${wordsIn(IDENTITY_CHECKS, identityCheck)}, on ${dayText(request.identityCheckedOn)}`,
        },
        { name: 'State', value: <RightsStateTag request={request} now={now} /> },
        ...(outcome === null
          ? []
          : [{ name: 'Outcome', value: outcomeWords(outcome, request.records) }]),
      ]}
    />
  )
}

const OUTCOMES: Readonly<Record<string, string>> = {
  'letter-made': 'The letter can be made',
  'providers-asked': 'The services were asked to correct their rows',
  removed: 'Deleted, and kept out of every later file',
  'set-apart': 'Set apart, in no figure, and so in every later file',
  lifted: 'Was set apart, and counts again',
}

function outcomeWords(outcome: string, records: number | null): string {
  const closing = wordsIn(CLOSING_REASONS, outcome)
  if (closing !== outcome) return closing
  const counted = records === 1 ? '1 record' : `${String(records ?? 0)} records`
  return `${OUTCOMES[outcome] ?? outcome} (${counted})`
}

function wordsIn(words: Readonly<Record<string, string>>, code: string): string {
  return words[code] ?? code
}

/** Records that were found, each with why; a box for each where they can be picked. */
export function FoundTable({
  caption,
  found,
  services,
  canPick,
}: {
  readonly caption: string
  readonly found: readonly FoundRow[]
  readonly services: ReadonlyMap<string, string>
  readonly canPick: boolean
}): ReactNode {
  if (found.length === 0) return null
  return (
    <DataTable
      caption={caption}
      columns={['Service and quarter', 'Row of its file', 'In it as', 'Why', 'Theirs']}
      rows={found.map((row) => {
        const name = services.get(row.service) ?? row.service
        const quarter = isQuarter(row.quarter) ? quarterWords(row.quarter) : row.quarter
        return {
          key: String(row.number),
          cells: [
            `${name}, ${quarter}${row.isStaging ? ' (staging)' : ''}`,
            `${row.submission}, row ${row.place}`,
            roleWords(row.role),
            `${BECAUSE_WORDS[row.because]}${row.isRestricted ? '. It is set apart already' : ''}`,
            canPick ? (
              <PickBox key="pick" row={row} about={`${name}, ${quarter}, row ${row.place}`} />
            ) : row.picked ? (
              'Yes'
            ) : (
              'No'
            ),
          ],
        }
      })}
    />
  )
}

function PickBox({ row, about }: { readonly row: FoundRow; readonly about: string }): ReactNode {
  const id = `pick-${String(row.number)}`
  return (
    <div className="govuk-checkboxes govuk-checkboxes--small">
      <div className="govuk-checkboxes__item">
        <input
          className="govuk-checkboxes__input"
          id={id}
          name={id}
          type="checkbox"
          value="yes"
          defaultChecked={row.picked}
        />
        <label className="govuk-label govuk-checkboxes__label" htmlFor={id}>
          <span className="govuk-visually-hidden">{about}: </span>Theirs
        </label>
      </div>
    </div>
  )
}
