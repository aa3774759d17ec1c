import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { allStops, type FileStop } from '#core/checks/what-stops.ts'
import { counted } from '#core/messages/reading/reading-words.ts'
import { askSamples } from '#server/intake/journey/ask-values.ts'
import { readCheck, type CheckView, type FindingView } from '#server/intake/journey/read-check.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { Folded } from '../../../components/folded.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { choiceIn, type Query } from '../../../guards/query.ts'
import { requireStepOf } from '../../../guards/require-journey.ts'
import { Arrival } from '../../arrival.client.tsx'
import { FindingsTable, findingsOf } from '../../findings-table.tsx'
import { HashedColumns, HashedNote } from '../../hashed-parts.tsx'
import { Comparison, Events, GivenOrFilled, Linkability, RowTotals } from '../../outcome-parts.tsx'
import { StepHeading } from '../../step-heading.tsx'
import { StepFields } from '../../step-fields.tsx'
import { leaveOutAsBefore } from './actions.ts'
import { Checking } from './checking.tsx'
import { ColumnValues } from './column-values.tsx'
import { ColumnsAdded, WayToAdd } from './columns-added.tsx'
import { ToConfirm } from './to-confirm.tsx'
import { ToFix } from './to-fix.tsx'
import { turnAway } from '../../../guards/refused.ts'

export const metadata: Metadata = { title: 'Check your file' }

/** What was found in the file: to be fixed, to be confirmed, to know. */
export default async function CheckPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ reference: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const { actor, store, journey } = await requireStepOf(params, 'check')
  const wantsShown = choiceIn(await searchParams, 'show', ['masked', 'values']) === 'values'
  const shown = wantsShown ? await askSamples(store, journey.reference) : undefined
  const view = await readCheck(store, actor, journey.reference)
  if (!view.ok) return turnAway()
  const isUploader = journey.receivedBy === actor.userId
  return (
    <>
      {journey.isHashed ? (
        <BackLink href={addresses.history(journey.service, journey.quarter)} />
      ) : (
        <BackLink
          href={addresses.step(journey.reference, 'match')}
          text="Back to matching columns"
        />
      )}
      <StepHeading journey={journey}>Check your file</StepHeading>
      <ColumnsAdded journey={view.journey} isUploader={isUploader} />
      <CorrectionsMade journey={view.journey} isUploader={isUploader} />
      {view.journey.state === 'checked' ? (
        <Checked
          view={view}
          isUploader={isUploader}
          samples={shown?.ok === true ? shown.samples : undefined}
        />
      ) : (
        <Checking view={view} />
      )}
    </>
  )
}

/** That cells are corrected: for who did it with the way to them, for colleagues that it is so. */
function CorrectionsMade({
  journey: { reference, correctedCells, state },
  isUploader,
}: {
  readonly journey: CheckView['journey']
  readonly isUploader: boolean
}): ReactNode {
  if (correctedCells === 0) return null
  const cells = counted(correctedCells, 'cell was', 'cells were')
  return (
    <div className="govuk-inset-text">
      {cells} corrected by {isUploader ? 'you' : 'the person who uploaded the file'}
      {state === 'checked' ? ' and checked.' : ', but not checked yet.'}{' '}
      {isUploader && (
        <a className="govuk-link" href={addresses.correct(reference, { show: 'corrected' })}>
          See or take back the corrections
        </a>
      )}
    </div>
  )
}

/** That rows are kept as people because somebody said so, with the way back. */
function PeopleKept({ journey }: { readonly journey: CheckView['journey'] }): ReactNode {
  const { people } = journey.reading
  if (people === undefined) return null
  const { codes = [], rows = [] } = people
  const numbers = rows.map(({ row, sheet }) =>
    sheet === undefined ? String(row) : `${String(row)} of sheet ${sheet}`,
  )
  return (
    <div className="govuk-inset-text">
      <p className="govuk-body">
        <strong>You said that rows are people which did not look so.</strong> They are kept.
      </p>
      <ul className="govuk-list govuk-list--bullet">
        {codes.map((code) => (
          <li key={code}>Every row of: {wordsOf(code).title}</li>
        ))}
        {numbers.length > 0 && <li>Rows {numbers.join(', ')}</li>}
      </ul>
      <ActionForm action={leaveOutAsBefore} submit="Leave them out after all" secondary>
        <StepFields journey={journey} />
      </ActionForm>
    </div>
  )
}

function Checked({
  view,
  isUploader,
  samples,
}: {
  readonly view: CheckView
  readonly isUploader: boolean
  /** A few values of each column, where they are shown. */
  readonly samples: readonly (readonly string[])[] | undefined
}): ReactNode {
  const { journey, groups, earlier } = view
  const stopping = findingsOf(groups, ({ severity }) => severity === 'file')
  const notes = findingsOf(groups, ({ severity }) => severity === 'note')
  const noteKinds = notes.reduce((sum, { findings }) => sum + findings.length, 0)
  return (
    <>
      {journey.isHashed && <HashedNote journey={journey} />}
      <Arrival>
        <span className="govuk-visually-hidden">Your file was checked.</span>
        <RowTotals journey={journey} />
      </Arrival>
      {isUploader && !journey.isHashed && <ColumnValues view={view} samples={samples} />}
      {stopping.length > 0 && (
        <section id="file">
          <h2 className="govuk-heading-m">This file cannot continue</h2>
          <FindingsTable caption="Stops the file" reference={journey.reference} groups={stopping} />
          <p className="govuk-body">
            <WayToAdd
              {...{ journey, isUploader }}
              codes={stopping.flatMap(({ findings }) => findings.map(({ code }) => code))}
            />
          </p>
        </section>
      )}
      {!journey.isHashed && <ToFix view={view} isUploader={isUploader} />}
      <PeopleKept journey={journey} />
      <ToConfirm view={view} isUploader={isUploader} />
      {notes.length > 0 && (
        <Folded
          text={`For your information: ${counted(noteKinds, 'kind of note', 'kinds of notes')}, which ${noteKinds === 1 ? 'does' : 'do'} not stop the file`}
          isWide
        >
          <FindingsTable
            caption="Notes"
            reference={journey.isHashed ? null : journey.reference}
            groups={notes}
          />
        </Folded>
      )}
      {journey.isHashed && <HashedColumns journey={journey} />}
      <Events of={journey} />
      <Linkability journey={journey} />
      <GivenOrFilled journey={journey} />
      {earlier !== undefined && <Comparison earlier={earlier} />}
      {journey.isAnswered ? (
        <a
          className="govuk-button"
          href={addresses.step(journey.reference, 'answers')}
          role="button"
          draggable={false}
        >
          Continue to your answers
        </a>
      ) : (
        <StillToDo view={view} />
      )}
    </>
  )
}

/** What keeps a checked file from going on. */
function StillToDo({ view: { journey, groups } }: { readonly view: CheckView }): ReactNode {
  const stops = allStops<FindingView>(
    groups.flatMap(({ findings }) => findings),
    {
      leaveOut: journey.leaveOutReason !== null,
      confirmed: ({ reason }) => reason !== null,
    },
  )
  const isStopped = (rung: FileStop['rung']): boolean => stops.some((stop) => stop.rung === rung)
  if (isStopped('file')) {
    return (
      <p className="govuk-body">
        <strong>This file cannot continue.</strong> Fix it as described above and{' '}
        <a className="govuk-link" href={addresses.uploadInstead(journey, journey.reference)}>
          upload it again
        </a>
        .
      </p>
    )
  }
  const todo = [
    ...(isStopped('must-fix') ? ['fix or leave out what must be fixed'] : []),
    ...(isStopped('confirm') ? ['confirm what we ask you to confirm'] : []),
  ]
  return (
    <p className="govuk-body">
      <strong>Before you can continue:</strong> {todo.join(', and ')}.
    </p>
  )
}
