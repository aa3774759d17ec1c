import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { isAboutFile } from '#core/messages/findings/findings.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { readFindingRows } from '#server/intake/journey/read-check.ts'
import { BackLink } from '../../../../components/notices.tsx'
import { Pagination } from '../../../../components/pagination.tsx'
import { TwoThirds } from '../../../../components/page-columns.tsx'
import { requireStepOf } from '../../../../guards/require-journey.ts'
import { counted } from '#core/messages/reading/reading-words.ts'
import { placeWords } from '#core/preparation/row-places.ts'
import { CorrectLink, isCorrectableFinding } from '../../../findings-table.tsx'
import { StepHeading } from '../../../step-heading.tsx'
import { turnAway } from '../../../../guards/refused.ts'

export const metadata: Metadata = { title: 'Rows of a finding' }

/** Every row that a finding is about, page by page. */
export default async function RowsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ reference: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const { actor, store, journey } = await requireStepOf(params, 'check')
  const { code = '', field = '', page: wanted = '1' } = await searchParams
  const view = await readFindingRows(store, actor, {
    reference: journey.reference,
    code: String(code),
    field: String(field),
    page: /^[0-9]{1,6}$/.test(String(wanted)) ? Number(wanted) : 1,
  })
  if (!view.ok) return turnAway()
  const { finding, column, rows, page, pages } = view
  // Cells are shown to who uploaded the file alone.
  const isCorrectable =
    journey.receivedBy === actor.userId && !journey.isHashed && isCorrectableFinding(finding)
  const words = wordsOf(finding.code)
  const other = (to: number): { href: string; text: string } => ({
    href: addresses.rows(journey.reference, finding, to),
    text: to < page ? 'Previous rows' : 'Next rows',
  })
  return (
    <TwoThirds>
      <BackLink href={addresses.step(journey.reference, 'check')} text="Back to all findings" />
      <StepHeading journey={journey}>{words.title}</StepHeading>
      <p className="govuk-body">{words.fix}</p>
      <p className="govuk-body">
        {column !== '' && (
          <>
            Column <strong>{column}</strong>,{' '}
          </>
        )}
        {isAboutFile(finding.code)
          ? 'the file as a whole.'
          : `${counted(finding.rows, 'row', 'rows')}${
              pages > 1 ? `, page ${String(page)} of ${String(pages)}` : ''
            }. The numbers are those your spreadsheet shows.`}
      </p>
      {isCorrectable && rows.length > 0 && (
        <p className="govuk-body">
          <CorrectLink reference={journey.reference} finding={finding} text="See these rows" />
        </p>
      )}
      {rows.length === 0 ? (
        <p className="govuk-inset-text">This is about the file as a whole.</p>
      ) : (
        <ul className="govuk-list app-rows" aria-label="Row numbers">
          {rows.map(({ row, place }) => (
            <li key={placeWords(place)}>
              {isCorrectable ? (
                <a className="govuk-link" href={addresses.correctRow(journey.reference, row)}>
                  <span className="govuk-visually-hidden">Row </span>
                  {placeWords(place)}
                </a>
              ) : (
                placeWords(place)
              )}
            </li>
          ))}
        </ul>
      )}
      <Pagination
        label="Rows"
        previous={page > 1 ? other(page - 1) : undefined}
        next={page < pages ? other(page + 1) : undefined}
      />
    </TwoThirds>
  )
}
