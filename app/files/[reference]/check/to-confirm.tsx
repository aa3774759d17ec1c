import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { CONFIRM_CHOICES, CONFIRM_REASONS } from '#core/messages/findings/answer-reasons.ts'
import { isAboutFile } from '#core/messages/findings/findings.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import type { CheckView, FindingView } from '#server/intake/journey/read-check.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { StatusTag } from '../../../components/notices.tsx'
import { SelectAnswer, TextAnswer } from '../../answer-fields.client.tsx'
import { CorrectLink, findingsOf, isCorrectableFinding } from '../../findings-table.tsx'
import { counted, numberWords } from '#core/messages/reading/reading-words.ts'
import { isOtherRow, type OtherRowCode } from '#core/preparation/rows-left-out/left-out-row.ts'
import { StepFields } from '../../step-fields.tsx'
import { confirm, keepAsPeople } from './actions.ts'
import { WayToAdd } from './columns-added.tsx'

/** What may be right and is to be confirmed, each with a reason. */
export function ToConfirm({
  view,
  isUploader,
}: {
  readonly view: CheckView
  /** Cells are shown to who uploaded the file alone. */
  readonly isUploader: boolean
}): ReactNode {
  const groups = findingsOf(view.groups, ({ severity }) => severity === 'confirm')
  if (groups.length === 0) return null
  return (
    <section id="confirm">
      <h2 className="govuk-heading-m">Please confirm</h2>
      <p className="govuk-body">
        These may be right. If they are, say why: the reason is offered again next quarter.
      </p>
      {groups.flatMap(({ column, findings }) =>
        findings.map((finding) => (
          <ConfirmCard
            key={`${finding.code} ${finding.field}`}
            view={view}
            isUploader={isUploader}
            column={column}
            finding={finding}
          />
        )),
      )}
    </section>
  )
}

function ConfirmCard({
  view: { journey },
  isUploader,
  column,
  finding,
}: {
  readonly view: CheckView
  readonly isUploader: boolean
  readonly column: string
  readonly finding: FindingView
}): ReactNode {
  const { code, field, detail, reason, offered, rows } = finding
  const id = `reason-${code}-${field}`
  const words = wordsOf(code, detail ?? {})
  return (
    <div className="govuk-summary-card">
      <div className="govuk-summary-card__title-wrapper">
        <h3 className="govuk-summary-card__title">{words.title}</h3>
        {reason === null ? (
          <StatusTag colour="yellow">To confirm</StatusTag>
        ) : (
          <StatusTag colour="green">Confirmed</StatusTag>
        )}
      </div>
      <div className="govuk-summary-card__content">
        <p className="govuk-body">
          {column !== '' && <strong>{column}: </strong>}
          {words.fix}{' '}
          {!isAboutFile(code) && (
            <a className="govuk-link" href={addresses.rows(journey.reference, finding)}>
              See {counted(rows, 'row', 'rows')}
              <span className="govuk-visually-hidden">: {words.title}</span>
            </a>
          )}
          {isUploader && !journey.isHashed && isCorrectableFinding(finding) && (
            <CorrectLink
              reference={journey.reference}
              finding={finding}
              text="Look at them and correct them here"
            />
          )}
          <WayToAdd {...{ journey, isUploader }} codes={[code]} />
        </p>
        {reason !== null && <p className="govuk-body">{CONFIRM_REASONS[reason]}</p>}
        <ActionForm
          action={confirm}
          submit={reason === null ? 'Confirm' : 'Change the reason'}
          secondary
        >
          <StepFields journey={journey} />
          <input type="hidden" name="at" value={id} />
          <input type="hidden" name="code" value={code} />
          <input type="hidden" name="field" value={field} />
          <SelectAnswer
            id={id}
            name="reason"
            label="Why is this right?"
            {...(offered === null
              ? {}
              : { hint: 'This is what you said last time. Change it if it no longer holds.' })}
            initial={reason ?? offered ?? ''}
            choices={CONFIRM_CHOICES}
          />
        </ActionForm>
        {isOtherRow(code) && <KeepAsPeople journey={journey} code={code} rows={rows} />}
      </div>
    </div>
  )
}

/** Says that rows which were taken for no people are people, all or some of them. */
function KeepAsPeople({
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
