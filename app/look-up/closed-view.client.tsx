'use client'

import { useActionState, useEffect, useRef, useState, type ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import type { AnswerPerson, AnswerRow, LookUpAnswer } from '#core/look-up/asking/answer.ts'
import { COMPARED, LOOK_UP_PURPOSES } from '#core/messages/look-up/look-up-words.ts'
import { FEED_KIND_WORDS } from '#core/standard/feeds/feed-kinds.ts'
import { DataTable } from '../components/data-table.tsx'
import { ErrorSummary } from '../components/error-summary.tsx'
import { dayWords } from '../components/moment.tsx'
import { StatusTag } from '../components/notices.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { useSignedOut } from '../components/signed-out.client.ts'
import { FRESH } from '../guards/form-state.ts'
import { openSource } from './actions.ts'
import { coverageWords } from './coverage-words.ts'
import { OpenedSources } from './opened-sources.client.tsx'
import { TypedAsEntered } from './typed-as-entered.tsx'

/** What the sources that somebody may open say of one person: closed, and opened one source at a time. */
export function ClosedView({
  answer: first,
  typed,
}: {
  readonly answer: LookUpAnswer
  /** What was typed, where it is still in this browser. */
  readonly typed?: Readonly<Record<string, string>>
}): ReactNode {
  const [state, open, pending] = useActionState(openSource, FRESH)
  const [answer, setAnswer] = useState(first)
  const summary = useRef<HTMLDivElement>(null)
  useSignedOut(state)
  useEffect(() => {
    if (state.errors.length > 0) summary.current?.focus()
    const [told] = state.shown ?? []
    if (told === undefined) return
    setAnswer(JSON.parse(told) as LookUpAnswer)
    const { person = '', source = '' } = state.values
    requestAnimationFrame(() => document.getElementById(`opened-${person}-${source}`)?.focus())
  }, [state])
  const { people, reference } = answer
  const isSeveral = people.length > 1
  return (
    <>
      {state.errors.length > 0 && <ErrorSummary problems={state.errors} ref={summary} />}
      <span className="govuk-caption-l">
        {LOOK_UP_PURPOSES[answer.purpose]}, case {answer.caseReference}
      </span>
      <h1 className="govuk-heading-l">Who is involved</h1>
      {typed !== undefined && <TypedAsEntered typed={typed} />}
      {isSeveral && (
        <div className="govuk-inset-text">
          What you entered leads to {people.length} different people. They are shown apart, and may
          be two people or one: ask each source. Do not take them for one.
        </div>
      )}
      {people.map((person) => (
        <section key={person.number} aria-labelledby={`person-${String(person.number)}`}>
          <h2 className="govuk-heading-m" id={`person-${String(person.number)}`}>
            {isSeveral ? `Person ${String(person.number)} of ${String(people.length)}` : 'Sources'}
          </h2>
          <Compared person={person} />
          {person.rows.length === 0 ? (
            <p className="govuk-body">
              No source that you can open shows anything for a person of this age.
            </p>
          ) : (
            <DataTable
              caption={isSeveral ? `Sources for person ${String(person.number)}` : 'Sources'}
              isCaptionHidden
              columns={[
                'Source',
                'Records',
                'Last updated',
                'What it covers',
                'What no record means',
                'Open',
              ]}
              lastIsForms
              rows={person.rows.map((row) => ({
                key: row.source.code,
                cells: [
                  <SourceName key="name" row={row} />,
                  <Shown key="shown" row={row} />,
                  <Updated key="updated" row={row} />,
                  `${row.source.area}, ${coverageWords(row.source.coverage)}`,
                  row.source.noRecord,
                  row.shown !== 'records' ? null : row.opened !== null ? (
                    <a
                      className="govuk-link"
                      href={`#opened-${String(person.number)}-${row.source.code}`}
                    >
                      Go to details
                      <span className="govuk-visually-hidden"> of {row.source.name}</span>
                    </a>
                  ) : (
                    <form
                      key="open"
                      action={open}
                      onSubmit={(event) => {
                        if (pending) event.preventDefault()
                      }}
                    >
                      <input type="hidden" name="reference" value={reference} />
                      <input type="hidden" name="person" value={person.number} />
                      <input type="hidden" name="source" value={row.source.code} />
                      <button
                        type="submit"
                        className="govuk-button govuk-button--secondary govuk-!-margin-bottom-0"
                        aria-disabled={pending}
                      >
                        Open
                        <span className="govuk-visually-hidden"> details of {row.source.name}</span>
                      </button>
                    </form>
                  ),
                ],
              }))}
            />
          )}
          <OpenedSources person={person} />
        </section>
      ))}
      <div className="app-no-print">
        <h2 className="govuk-heading-m">What next</h2>
        <ul className="govuk-list">
          <li>
            <a className="govuk-link" href={withQuery(addresses.lookUp, { with: reference })}>
              Look up a parent, carer or child in the same case
            </a>
          </li>
          <li>
            <a className="govuk-link" href={`${addresses.lookUpAnswer(reference)}#afterwards`}>
              Say that something is wrong, ask for a source, or tell when you reached somebody
            </a>
          </li>
          <li>
            <a className="govuk-link" href={addresses.lookUp}>
              Look up somebody else
            </a>
          </li>
        </ul>
      </div>
    </>
  )
}

/** How what was typed compares, where somebody is shown. */
function Compared({ person: { compared } }: { readonly person: AnswerPerson }): ReactNode {
  if (compared === null) return null
  const lines = [
    { name: 'Date of birth', code: compared.birth },
    { name: 'Gender', code: compared.gender },
    { name: 'Address', code: compared.address },
  ].filter(({ code }) => code !== 'not-asked')
  return (
    <>
      {compared.certainty === 'doubtful' && (
        <div className="govuk-inset-text">
          Some of what you entered agrees with these records and some speaks against them. They may
          be about somebody else: make sure by phone before you use them.
        </div>
      )}
      {lines.length > 0 && (
        <>
          <h3 className="govuk-heading-s">What the records say</h3>
          <SummaryList lines={lines.map(({ name, code }) => ({ name, value: COMPARED[code] }))} />
        </>
      )}
    </>
  )
}

function SourceName({ row: { source } }: { readonly row: AnswerRow }): ReactNode {
  return (
    <>
      {source.name}
      <span className="app-cell-note">
        {FEED_KIND_WORDS[source.kind]}, {source.provider}
      </span>
    </>
  )
}

const SHOWN = {
  records: 'Records available',
  none: 'No records found',
  'no-data': 'No data to rely on',
  'age-not-known': 'Give the date of birth to see it',
} as const

function Shown({ row: { shown } }: { readonly row: AnswerRow }): ReactNode {
  return shown === 'records' ? <strong>{SHOWN.records}</strong> : SHOWN[shown]
}

function Updated({ row: { source, isStale } }: { readonly row: AnswerRow }): ReactNode {
  if (source.asOf === null) return 'Never'
  return (
    <>
      {dayWords(source.asOf)} {isStale && <StatusTag colour="yellow">Out of date</StatusTag>}
    </>
  )
}
