import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { CONFIRM_REASONS } from '#core/messages/findings/answer-reasons.ts'
import { OTHER_ROW_WORDS } from '#core/messages/findings/other-row-words.ts'
import { counted, numberWords } from '#core/messages/reading/reading-words.ts'
import type { OtherRowCode } from '#core/preparation/rows-left-out/left-out-row.ts'
import type { CheckView, FindingView } from '#server/intake/journey/read-check.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { Folded } from '../../../components/folded.tsx'
import { StatusTag } from '../../../components/notices.tsx'
import { TextAnswer } from '../../answer-fields.client.tsx'
import { StepFields } from '../../step-fields.tsx'
import { keepAsPeople } from './actions.ts'
import { ConfirmForm } from './confirm-form.tsx'

/** A finding about rows that look like no people. */
export interface OtherRows extends FindingView {
  readonly code: OtherRowCode
}

const ID = 'reason-rows-no-people'

/**
 * Rows of several kinds that look like no people: each kind with its count and the way to its rows, one
 * answer for all, and under it the way to keep those of any kind.
 */
export function RowsNoPeople({
  journey,
  findings,
}: {
  readonly journey: CheckView['journey']
  readonly findings: readonly OtherRows[]
}): ReactNode {
  const rows = findings.reduce((sum, finding) => sum + finding.rows, 0)
  const reason = common(findings.map((finding) => finding.reason))
  const offered = common(findings.map((finding) => finding.offered))
  const isConfirmed = findings.every((finding) => finding.reason !== null)
  return (
    <div className="govuk-summary-card">
      <div className="govuk-summary-card__title-wrapper">
        <h3 className="govuk-summary-card__title">
          {numberWords(rows)} rows do not look like people and are left out
        </h3>
        {isConfirmed ? (
          <StatusTag colour="green">Confirmed</StatusTag>
        ) : (
          <StatusTag colour="yellow">To confirm</StatusTag>
        )}
      </div>
      <div className="govuk-summary-card__content">
        <ul className="govuk-list govuk-list--bullet">
          {findings.map((finding) => (
            <li key={finding.code}>
              {OTHER_ROW_WORDS[finding.code]}:{' '}
              <a className="govuk-link" href={addresses.rows(journey.reference, finding)}>
                see {counted(finding.rows, 'row', 'rows')}
                <span className="govuk-visually-hidden">: {OTHER_ROW_WORDS[finding.code]}</span>
              </a>
              {reason === null && finding.reason !== null && (
                <>. You said: {CONFIRM_REASONS[finding.reason]}</>
              )}
            </li>
          ))}
        </ul>
        <p className="govuk-body">
          Confirm once if nobody whom you report is in any of them. If somebody is, keep their rows
          below, or complete them with a reference, name and date of birth.
        </p>
        <ConfirmForm
          {...{ journey, reason, offered, isConfirmed }}
          id={ID}
          codes={findings.map(({ code }) => code)}
        />
        <Folded text="Some of these rows are people">
          {findings.map((finding) => (
            <section key={finding.code}>
              <h4 className="govuk-heading-s">{OTHER_ROW_WORDS[finding.code]}</h4>
              <KeepAsPeople journey={journey} code={finding.code} rows={finding.rows} />
            </section>
          ))}
        </Folded>
      </div>
    </div>
  )
}

/** What is the same of all; null where it differs. */
function common<Value>(values: readonly (Value | null)[]): Value | null {
  const [first = null] = values
  return values.every((value) => value === first) ? first : null
}

/** Says that rows which were taken for no people are people, all or some of them. */
export function KeepAsPeople({
  journey,
  code,
  rows,
}: {
  readonly journey: CheckView['journey']
  readonly code: OtherRowCode
  readonly rows: number
}): ReactNode {
  const id = `people-${code}`
  return (
    <ActionForm
      action={keepAsPeople}
      submit={rows === 1 ? 'This row is a person: keep it' : 'These rows are people: keep them'}
      secondary
    >
      <StepFields journey={journey} />
      <input type="hidden" name="at" value={id} />
      <input type="hidden" name="code" value={code} />
      {rows === 1 ? (
        <input type="hidden" name="rows" value="" />
      ) : (
        <TextAnswer
          id={id}
          name="rows"
          label="Or are they people? Which rows?"
          hint={`Leave it empty for all ${numberWords(rows)} rows, or write row numbers such as 14, 18-20.`}
          initial=""
        />
      )}
    </ActionForm>
  )
}
