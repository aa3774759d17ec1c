import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { CheckView } from '#server/intake/journey/read-check.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { TextAnswer } from '../../answer-fields.client.tsx'
import { FindingsTable, findingsOf } from '../../findings-table.tsx'
import { counted } from '#core/messages/reading-words.ts'
import { StepFields } from '../../step-fields.tsx'
import { keepRows, leaveOut } from './actions.ts'

/** More rows than this are fixed more easily in the file with its findings beside them. */
const FEW = 20

/** What must be fixed, and the ways to do it. */
export function ToFix({ view }: { readonly view: CheckView }): ReactNode {
  const { journey, groups } = view
  const mustFix = findingsOf(groups, ({ severity }) => severity === 'must-fix')
  const rows = journey.rows?.rejected ?? 0
  // Leaving rows out does not help a file that cannot continue.
  const isStopped = findingsOf(groups, ({ severity }) => severity === 'file').length > 0
  const isToFix = mustFix.length > 0 && journey.leaveOutReason === null
  return (
    <section id="must-fix">
      {mustFix.length > 0 && (
        <>
          <h2 className="govuk-heading-m">
            {journey.leaveOutReason === null
              ? counted(rows, 'row must be fixed', 'rows must be fixed')
              : counted(rows, 'row is left out', 'rows are left out')}
          </h2>
          <FindingsTable
            caption="What must be fixed"
            isCaptionHidden
            reference={journey.reference}
            groups={mustFix}
          />
        </>
      )}
      <h2 className="govuk-heading-m">
        {isToFix ? 'How to fix it' : 'Your file with what we found'}
      </h2>
      {isToFix && (
        <p className="govuk-body">
          {rows <= FEW
            ? 'We suggest that you fix these rows in your own system and export the file again, so that next quarter’s file is right too.'
            : 'We suggest that you download your file: a last column says what is wrong in each row. Fix the rows there and upload it again.'}
        </p>
      )}
      <ul className="govuk-list app-ways">
        <li>
          <a className="govuk-link" href={addresses.findingsFile(journey.reference)} download>
            Download your file with a column of findings
          </a>{' '}
          (CSV; we ignore the extra column when you upload it again)
        </li>
        <li>
          <a
            className="govuk-link"
            href={addresses.uploadInstead(journey.service, journey.quarter, journey.reference)}
          >
            Upload the corrected file
          </a>
          : your column matches are kept
        </li>
      </ul>
      {mustFix.length > 0 && !isStopped && <LeaveOut view={view} rows={rows} />}
    </section>
  )
}

function LeaveOut({
  view: { journey },
  rows,
}: {
  readonly view: CheckView
  readonly rows: number
}): ReactNode {
  const these = rows === 1 ? 'this row' : `these ${String(rows)} rows`
  if (journey.leaveOutReason !== null) {
    return (
      <div className="govuk-inset-text">
        <p className="govuk-body">
          <strong>You leave {these} out.</strong> Reason: {journey.leaveOutReason}
        </p>
        <ActionForm action={keepRows} submit="Do not leave them out" secondary>
          <StepFields journey={journey} />
        </ActionForm>
      </div>
    )
  }
  return (
    <>
      <h2 className="govuk-heading-m">Leave {these} out instead</h2>
      <ActionForm action={leaveOut} submit={`Leave ${these} out`} secondary>
        <StepFields journey={journey} />
        <input type="hidden" name="at" value="reason-leave-out" />
        <p className="govuk-body">
          The people in {rows === 1 ? 'it' : 'them'} are then not counted. Everything else
          continues.
        </p>
        <TextAnswer
          id="reason-leave-out"
          name="reason"
          label="Why are they left out?"
          hint="For example: the referral was withdrawn. Do not write names, numbers or dates of birth."
          initial=""
        />
      </ActionForm>
    </>
  )
}
