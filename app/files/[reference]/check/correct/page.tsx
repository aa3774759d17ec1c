import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { counted } from '#core/messages/reading/reading-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import type { GridFrame, GridPage } from '#core/grid/grid-rows.ts'
import { askGrid, askOffers } from '#server/intake/correcting/ask-corrections.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { BackLink, StatusTag } from '../../../../components/notices.tsx'
import { FileWaits } from '../../../file-waits.tsx'
import { TwoThirds } from '../../../../components/page-columns.tsx'
import { Pagination } from '../../../../components/pagination.tsx'
import { pageIn, type Query } from '../../../../guards/query.ts'
import { pathOfStep, requireStepOf } from '../../../../guards/require-journey.ts'
import { StepHeading } from '../../../step-heading.tsx'
import { CorrectionsNote, OffersNote } from './corrections-note.tsx'
import { CorrectionGrid } from './correction-grid.client.tsx'
import { rowChoiceIn } from './row-choice.ts'
import { RowsToCorrect } from './rows-to-correct.tsx'
import { turnAway } from '../../../../guards/refused.ts'

export const metadata: Metadata = { title: 'Correct your file' }

/** Rows that are shown without JavaScript, and that come with the page. */
const ROWS_A_PAGE = 50

/** The cells of a draft, to be corrected by who uploaded it. */
export default async function CorrectPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ reference: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const { store, journey } = await requireStepOf(params, 'check')
  const query = await searchParams
  const choice = rowChoiceIn(query)
  const page = pageIn(query)
  const view = await askGrid(store, journey.reference, choice, {
    from: (page - 1) * ROWS_A_PAGE,
    count: ROWS_A_PAGE,
  })
  if (!view.ok && view.code === 'not-uploader') return <NotTheirs reference={journey.reference} />
  if (!view.ok && view.code === 'not-found') return turnAway()
  if (!view.ok && view.code === 'file-waits') return <FileWaits />
  if (!view.ok) redirect(pathOfStep(journey))
  const { frame, state, total, from, rows, words } = view
  const offers = await askOffers(store, journey.reference)
  const elsewhere = wordsOf('corrections-elsewhere')
  const first: GridPage = { state, total, from, rows, words }
  return (
    <>
      <BackLink href={addresses.step(journey.reference, 'check')} text="Back to all findings" />
      <StepHeading journey={journey}>Correct your file</StepHeading>
      <p className="govuk-body">
        Your file stays as you sent it: corrections are kept beside it, encrypted, until it is
        submitted or 24 hours old. Only you can see its values.
      </p>
      <RowChoices reference={journey.reference} frame={frame} choice={choice} state={state} />
      <CorrectionGrid
        reference={journey.reference}
        columns={frame.columns}
        first={first}
        fileRows={frame.fileRows}
        offers={offers}
        elsewhere={`${elsewhere.title} ${elsewhere.fix}`}
        rowsAddress={addresses.rowsToCorrect(journey.reference)}
        progressAddress={addresses.progressState(journey.reference)}
        query={Object.fromEntries(Object.entries(choice))}
      >
        <CorrectionsNote journey={journey} state={state} />
        <OffersNote reference={journey.reference} version={state.version} offers={offers} />
        <RowsToCorrect
          reference={journey.reference}
          rows={rows}
          words={words}
          columns={frame.columns}
          show={choice.show}
          isChecked={state.isChecked}
        />
        <Pages reference={journey.reference} page={page} total={total} choice={choice} />
      </CorrectionGrid>
      <h2 className="govuk-heading-m">Take the corrected file with you</h2>
      <CorrectedFiles journey={journey} />
    </>
  )
}

/** The corrected file in both formats, the one that it came in first and recommended. */
function CorrectedFiles({
  journey: { reference, receipt },
}: {
  readonly journey: Journey
}): ReactNode {
  const formats = [
    { format: 'csv', text: 'CSV' },
    { format: 'xlsx', text: 'Excel workbook (XLSX)' },
  ] as const
  const cameAs = receipt?.format === 'csv' ? 'csv' : 'xlsx'
  const ordered = cameAs === 'csv' ? formats : formats.toReversed()
  return (
    <>
      <p className="govuk-body">
        With your columns and rows in their order, so that your own system can be put right as well.
      </p>
      <ul className="govuk-list">
        {ordered.map(({ format, text }) => (
          <li key={format}>
            <a className="govuk-link" href={addresses.correctedFile(reference, format)} download>
              Download your file as it is corrected: {text}
            </a>
            {format === cameAs && (
              <>
                {' '}
                <StatusTag colour="blue">Recommended: as you sent it</StatusTag>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Which rows are shown, and which others can be. */
function RowChoices({
  reference,
  frame,
  choice,
  state,
}: {
  readonly reference: string
  readonly frame: GridFrame
  readonly choice: ReturnType<typeof rowChoiceIn>
  readonly state: GridPage['state']
}): ReactNode {
  const choices = [
    // The rows of one finding are a choice of their own, of which this is the way here.
    ...(choice.show === 'finding' ? [{ show: 'finding', text: 'Rows of this finding' }] : []),
    { show: 'findings', text: 'Rows with findings' },
    { show: 'all', text: `All ${counted(frame.fileRows, 'row', 'rows')}` },
    ...(state.corrected > 0 ? [{ show: 'corrected', text: 'Corrected rows' }] : []),
  ]
  return (
    <nav className="app-tabs" aria-label="Rows to show">
      <ul className="app-tabs__list">
        {choices.map(({ show, text }) => (
          <li key={show} className="app-tabs__item">
            <a
              className="govuk-link govuk-link--no-visited-state app-tabs__link"
              href={addresses.correct(reference, show === 'finding' ? choice : { show })}
              aria-current={show === choice.show ? 'page' : undefined}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Pages({
  reference,
  page,
  total,
  choice,
}: {
  readonly reference: string
  readonly page: number
  readonly total: number
  readonly choice: ReturnType<typeof rowChoiceIn>
}): ReactNode {
  const to = (other: number): { href: string; text: string } => ({
    href: addresses.correct(reference, { ...choice, page: other }),
    text: other < page ? 'Previous rows' : 'Next rows',
  })
  return (
    <Pagination
      label="Rows"
      previous={page > 1 ? to(page - 1) : undefined}
      next={page * ROWS_A_PAGE < total ? to(page + 1) : undefined}
    />
  )
}

function NotTheirs({ reference }: { readonly reference: string }): ReactNode {
  const { title, fix } = wordsOf('not-uploader')
  return (
    <TwoThirds>
      <BackLink href={addresses.step(reference, 'check')} text="Back to all findings" />
      <h1 className="govuk-heading-l">Correct your file</h1>
      <p className="govuk-body-l">{title}</p>
      <p className="govuk-body">{fix}</p>
    </TwoThirds>
  )
}
