import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { LEAVE_OUT_CHOICES, LEAVE_OUT_REASONS } from '#core/messages/findings/answer-reasons.ts'
import { betterWay } from '#core/checks/better-way.ts'
import type { CheckView } from '#server/intake/journey/read-check.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { StatusTag } from '../../../components/notices.tsx'
import { SelectAnswer } from '../../answer-fields.client.tsx'
import { FindingsTable, findingsOf } from '../../findings-table.tsx'
import { counted } from '#core/messages/reading/reading-words.ts'
import { StepFields } from '../../step-fields.tsx'
import { keepRows, leaveOut } from './actions.ts'

/** What must be fixed, and the ways to do it. */
export function ToFix({
  view,
  isUploader,
}: {
  readonly view: CheckView
  /** Cells are shown to who uploaded the file alone. */
  readonly isUploader: boolean
}): ReactNode {
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
            isCorrectable={isUploader}
            groups={mustFix}
          />
        </>
      )}
      {(isToFix || isUploader) && (
        <h2 className="govuk-heading-m">
          {isToFix ? 'How to fix it' : 'Your file with what we found'}
        </h2>
      )}
      {isUploader ? (
        <Ways view={view} isToFix={isToFix} />
      ) : (
        isToFix && <WayOfColleague view={view} />
      )}
      {mustFix.length > 0 && !isStopped && <LeaveOut view={view} rows={rows} />}
    </section>
  )
}

/** What somebody can do who sees which rows are meant, and nothing that stands in them. */
function WayOfColleague({ view: { journey } }: { readonly view: CheckView }): ReactNode {
  return (
    <p className="govuk-body">
      What stands in the rows is shown to the person who uploaded the file and to nobody else. Ask
      them to correct it, or correct it in your own system and{' '}
      <a className="govuk-link" href={addresses.uploadInstead(journey, journey.reference)}>
        upload the file again
      </a>
      .
    </p>
  )
}

/** The two ways to fix rows, the better one first and recommended. */
function Ways({
  view: { journey, groups },
  isToFix,
}: {
  readonly view: CheckView
  readonly isToFix: boolean
}): ReactNode {
  const { reference } = journey
  const mustFix = findingsOf(groups, ({ severity }) => severity === 'must-fix')
  const { read = 0, blank = 0, leftOut = 0, rejected = 0 } = journey.rows ?? {}
  const { way: better, why } = betterWay({
    ...{ read: read - blank - leftOut, rows: rejected },
    kinds: mustFix.flatMap(({ findings }) => findings.map(({ rows }) => rows)),
  })
  const here = (
    <li key="here">
      <a className="govuk-link" href={addresses.correct(reference)}>
        Correct the rows here, in your browser
      </a>
      {isToFix && better === 'here' && <Recommended />}
      <span className="app-ways__why">
        {isToFix && better === 'here' && `Recommended because ${why} `}Each row is checked as you
        correct it. You can find and replace in a column, paste from a spreadsheet and undo, and
        download the corrected file for your own system.
      </span>
    </li>
  )
  const inFile = (
    <li key="in-file">
      <a className="govuk-link" href={addresses.findingsFile(reference)} download>
        Download your file with a column of findings
      </a>
      {isToFix && better === 'in-file' && <Recommended />}
      <span className="app-ways__why">
        {isToFix && better === 'in-file' && `Recommended because ${why} `}CSV. Fix the rows there
        and{' '}
        <a className="govuk-link" href={addresses.uploadInstead(journey, journey.reference)}>
          upload the corrected file
        </a>
        : we ignore the extra column, and your column matches are kept.
      </span>
    </li>
  )
  return (
    <>
      <ul className="govuk-list app-ways">{better === 'here' ? [here, inFile] : [inFile, here]}</ul>
      {isToFix && (
        <p className="govuk-body">
          Either way, put it right in your own system as well, so that your next file is right too.
        </p>
      )}
    </>
  )
}

function Recommended(): ReactNode {
  return (
    <>
      {' '}
      <StatusTag colour="blue">Recommended</StatusTag>
    </>
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
          <strong>You leave {these} out.</strong> {LEAVE_OUT_REASONS[journey.leaveOutReason]}
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
        <SelectAnswer
          id="reason-leave-out"
          name="reason"
          label="Why are they left out?"
          initial=""
          choices={LEAVE_OUT_CHOICES}
        />
      </ActionForm>
    </>
  )
}
