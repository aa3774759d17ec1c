import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { FindingWordsByCode, GridColumn, GridFinding, GridRow } from '#core/grid/grid-rows.ts'
import { headingBefore } from '#core/grid/row-note.ts'
import { askGridRow } from '#server/intake/correcting/ask-corrections.ts'
import { ActionForm } from '../../../../../components/action-form.client.tsx'
import { BackLink } from '../../../../../components/notices.tsx'
import { TwoThirds } from '../../../../../components/page-columns.tsx'
import { pathOfStep, requireStepOf } from '../../../../../guards/require-journey.ts'
import { FileWaits } from '../../../../file-waits.tsx'
import { StepFields } from '../../../../step-fields.tsx'
import { StepHeading } from '../../../../step-heading.tsx'
import { correctRow } from './actions.ts'
import { CellAnswer } from './cell-answer.client.tsx'
import { turnAway } from '../../../../../guards/refused.ts'

export const metadata: Metadata = { title: 'Correct a row' }

/** The cells of one row, each with what is found in it: the grid for who has no JavaScript. */
export default async function CorrectRowPage({
  params,
}: {
  readonly params: Promise<{ reference: string; row: string }>
}): Promise<ReactNode> {
  const { store, journey } = await requireStepOf(params, 'check')
  const { row: given } = await params
  if (!/^[1-9][0-9]{0,7}$/.test(given)) return turnAway()
  const view = await askGridRow(store, journey.reference, Number(given))
  if (!view.ok && view.code === 'not-uploader') redirect(addresses.correct(journey.reference))
  if (!view.ok && view.code === 'not-found') return turnAway()
  if (!view.ok && view.code === 'file-waits') return <FileWaits />
  if (!view.ok) redirect(pathOfStep(journey))
  const { frame, row, next, state, words } = view
  return (
    <TwoThirds>
      <BackLink href={addresses.correct(journey.reference)} text="Back to all rows" />
      <StepHeading journey={journey}>Row {row.place}</StepHeading>
      <p className="govuk-body">{standing(row)}</p>
      {row.findings.length > 0 && (
        <>
          <h2 className="govuk-heading-s">What we found in this row</h2>
          <ul className="govuk-list govuk-list--bullet">
            {row.findings.map((finding) => (
              <FindingItem
                key={`${finding.code} ${String(finding.column)}`}
                {...{ finding, words, columns: frame.columns }}
              />
            ))}
          </ul>
        </>
      )}
      <ActionForm
        // What was saved is shown anew, not what was typed.
        key={state.version}
        action={correctRow}
        submit={next === undefined ? 'Save' : 'Save and go to the next row with findings'}
      >
        <StepFields journey={{ reference: journey.reference, version: state.version }} />
        <input type="hidden" name="row" value={row.row} />
        <input type="hidden" name="next" value={next ?? ''} />
        {frame.columns.map((column) => (
          <CellField key={column.place} {...{ column, row, words }} />
        ))}
      </ActionForm>
      {next === undefined && row.row < frame.fileRows && (
        <p className="govuk-body">
          <a className="govuk-link" href={addresses.correctRow(journey.reference, row.row + 1)}>
            Go to the next row
          </a>
        </p>
      )}
    </TwoThirds>
  )
}

function standing({ findings, originals }: GridRow): string {
  if (findings.length > 0) return 'Correct what is wrong and save. The row is checked at once.'
  return Object.keys(originals).length > 0
    ? 'Nothing is left to fix in this row.'
    : 'Nothing was found in this row.'
}

/** A finding in words; of a cell, with the way to its field. */
function FindingItem({
  finding: { column, code },
  words,
  columns,
}: {
  readonly finding: GridFinding
  readonly words: FindingWordsByCode
  readonly columns: readonly GridColumn[]
}): ReactNode {
  const title = words[code]?.title ?? ''
  const heading = headingBefore(columns, column)
  return (
    <li>
      {heading === '' ? (
        `${title}. ${words[code]?.fix ?? ''}`
      ) : (
        <a className="govuk-link govuk-link--no-visited-state" href={`#cell-${String(column)}`}>
          {heading}
          {title}
        </a>
      )}
    </li>
  )
}

function CellField({
  column: { place, heading },
  row: { cells, originals, findings },
  words,
}: {
  readonly column: GridColumn
  readonly row: GridRow
  readonly words: FindingWordsByCode
}): ReactNode {
  const found = findings.filter(({ column }) => column === place)
  const told = found.map(({ code }) => `${words[code]?.title ?? ''}. ${words[code]?.fix ?? ''}`)
  const original = originals[place]
  const inFile = original === '' ? 'It is empty in your file.' : `In your file: ${original ?? ''}`
  return (
    <CellAnswer
      name={`cell-${String(place)}`}
      label={heading}
      initial={cells[place] ?? ''}
      found={told.join(' ')}
      {...(original === undefined ? {} : { hint: inFile })}
    />
  )
}
