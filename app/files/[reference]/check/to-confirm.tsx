import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { isAboutFile } from '#core/messages/findings/findings.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { wordsOfKind } from '#core/purpose/purpose-words.ts'
import type { CheckView, FindingView } from '#server/intake/journey/read-check.ts'
import { StatusTag } from '../../../components/notices.tsx'
import { CorrectLink, findingsOf, isCorrectableFinding } from '../../findings-table.tsx'
import { counted } from '#core/messages/reading/reading-words.ts'
import { isOtherRow } from '#core/preparation/rows-left-out/left-out-row.ts'
import { WayToAdd } from './columns-added.tsx'
import { ConfirmForm } from './confirm-form.tsx'
import { KeepAsPeople, RowsNoPeople, type OtherRows } from './rows-no-people.tsx'

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
  // Rows of several kinds that are no people are one question.
  const others = groups.flatMap(({ findings }) => findings.filter(isOtherRows))
  const isOneCard = others.length > 1
  return (
    <section id="confirm">
      <h2 className="govuk-heading-m">Please confirm</h2>
      <p className="govuk-body">
        These may be right. If they are, say why: the reason is remembered for{' '}
        {wordsOfKind(view.journey.kind).again}.
      </p>
      {isOneCard && <RowsNoPeople journey={view.journey} findings={others} />}
      {groups.flatMap(({ column, findings }) =>
        findings.map((finding) =>
          isOneCard && isOtherRows(finding) ? null : (
            <ConfirmCard
              key={`${finding.code} ${finding.field}`}
              view={view}
              isUploader={isUploader}
              column={column}
              finding={finding}
            />
          ),
        ),
      )}
    </section>
  )
}

function isOtherRows(finding: FindingView): finding is OtherRows {
  return isOtherRow(finding.code)
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
        <ConfirmForm {...{ journey, id, field, reason, offered }} codes={[code]} />
        {isOtherRow(code) && <KeepAsPeople journey={journey} code={code} rows={rows} />}
      </div>
    </div>
  )
}
