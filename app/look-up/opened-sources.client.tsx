'use client'

import { useRef, type ReactNode } from 'react'
import type { AnswerPerson, AnswerRow } from '#core/look-up/asking/answer.ts'
import { involvementLines, staffLines, type DetailLine } from '#core/look-up/asking/detail-lines.ts'
import { dayWords } from '../components/moment.tsx'
import { SummaryList } from '../components/summary-list.tsx'

/** The sources that were opened of one person, each with whom to phone; all can be opened and closed at once. */
export function OpenedSources({ person }: { readonly person: AnswerPerson }): ReactNode {
  const parts = useRef<HTMLDivElement>(null)
  const opened = person.rows.filter((row) => row.opened !== null)
  if (opened.length === 0) return null
  const setAll = (isOpen: boolean): void => {
    for (const part of parts.current?.querySelectorAll('details') ?? []) part.open = isOpen
  }
  return (
    <div ref={parts}>
      <h3 className="govuk-heading-s">Details</h3>
      {opened.length > 1 && (
        <p className="govuk-button-group app-no-print">
          {[true, false].map((isOpen) => (
            <button
              key={String(isOpen)}
              type="button"
              className="govuk-button govuk-button--secondary"
              onClick={() => {
                setAll(isOpen)
              }}
            >
              {isOpen ? 'Open all' : 'Close all'}
            </button>
          ))}
        </p>
      )}
      {opened.map((row) => (
        <OpenedSource key={row.source.code} person={person.number} row={row} />
      ))}
    </div>
  )
}

function OpenedSource({
  person,
  row: { source, opened },
}: {
  readonly person: number
  readonly row: AnswerRow
}): ReactNode {
  return (
    <details className="govuk-details" open>
      <summary
        className="govuk-details__summary"
        id={`opened-${String(person)}-${source.code}`}
        tabIndex={0}
      >
        <span className="govuk-details__summary-text">
          {source.name}, {source.provider}
        </span>
      </summary>
      <div className="govuk-details__text">
        {source.asOf !== null && (
          <p className="govuk-body">
            As it was on {dayWords(source.asOf)}. Phone to learn what is so today.
          </p>
        )}
        {opened?.length === 0 && (
          <p className="govuk-body">Nothing is shown any more: look the person up again.</p>
        )}
        {opened?.map((involvement, index) => (
          <div key={String(index)}>
            <h4 className="govuk-heading-s">Whom to phone</h4>
            <Lines lines={staffLines(involvement.staff)} none="No contact was given." />
            <h4 className="govuk-heading-s">What is known</h4>
            <Lines lines={involvementLines(source.kind, involvement)} none="Nothing further." />
          </div>
        ))}
      </div>
    </details>
  )
}

const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/

function Lines({
  lines,
  none,
}: {
  readonly lines: readonly DetailLine[]
  readonly none: string
}): ReactNode {
  if (lines.length === 0) return <p className="govuk-body">{none}</p>
  return (
    <SummaryList lines={lines.map(({ name, value }) => ({ name, value: valueOf(name, value) }))} />
  )
}

function valueOf(name: string, value: string): ReactNode {
  if (DAY.test(value)) return dayWords(value)
  if (name === 'Phone')
    return (
      <a className="govuk-link" href={`tel:${value.replace(/[^0-9+]/g, '')}`}>
        {value}
      </a>
    )
  if (name === 'Email')
    return (
      <a className="govuk-link" href={`mailto:${value}`}>
        {value}
      </a>
    )
  return value
}
