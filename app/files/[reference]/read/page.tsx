import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { describeReading } from '#server/intake/journey/describe-reading.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import type { FileProfile } from '#core/mapping/overview/file-profile.ts'
import type { WordsDetail } from '#core/messages/words.ts'
import type { ReadingReceipt, TopRows } from '#core/tabular/table.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { ErrorSummary, problemOf } from '../../../components/error-summary.tsx'
import { BackLink, Notice } from '../../../components/notices.tsx'
import { SummaryList } from '../../../components/summary-list.tsx'
import { requireStepOf } from '../../../guards/require-journey.ts'
import { SelectAnswer, TextAnswer, TickAnswer } from '../../answer-fields.client.tsx'
import {
  counted,
  encodingChoices,
  leaveOutChoices,
  receiptLines,
  receiptNotices,
  SEPARATOR_CHOICES,
} from '#core/messages/reading/reading-words.ts'
import { SampleTable } from '../../sample-table.tsx'
import { StepFields } from '../../step-fields.tsx'
import { FileWaits } from '../../file-waits.tsx'
import { StepHeading } from '../../step-heading.tsx'
import { choose, confirm } from './actions.ts'

export const metadata: Metadata = { title: 'What we read' }

/** How the file was read, and a little of it, so that a person can say whether it was meant so. */
export default async function ReadPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ reference: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const { before } = await searchParams
  const { actor, store, journey } = await requireStepOf(params, 'read', before !== undefined)
  const view = await describeReading(store, actor, journey.reference)
  if (!view.ok && view.code === 'file-waits') return <FileWaits />
  if (!view.ok) redirect(addresses.upload(journey, 'file-erased'))
  const { reading } = view
  return (
    <>
      <BackLink href={addresses.history(journey.service, journey.quarter)} />
      {before !== undefined && (
        <Notice title="The same file">
          <p className="govuk-notification-banner__heading">
            You uploaded this file before, so you can continue where you left off.
          </p>
        </Notice>
      )}
      {!reading.ok && (
        <ErrorSummary problems={[problemOf(wordsOf(reading.code, reading.detail))]} />
      )}
      <StepHeading journey={journey}>What we read</StepHeading>
      {!reading.ok && 'top' in reading && reading.top !== undefined && <Top top={reading.top} />}
      {reading.ok && (
        <>
          <Rows reading={reading.asItStands ?? reading} receipt={reading.receipt} />
          <ActionForm action={confirm} submit="This is right: match the columns">
            <StepFields journey={journey} />
          </ActionForm>
        </>
      )}
      <ReadAgain
        journey={journey}
        receipt={reading.ok ? reading.receipt : journey.receipt}
        likelyRow={reading.ok ? undefined : likelyRow(reading.detail)}
      />
    </>
  )
}

function Rows({
  reading: { header, overview },
  receipt,
}: {
  readonly reading: Pick<FileProfile, 'header' | 'overview'>
  readonly receipt: ReadingReceipt
}): ReactNode {
  return (
    <>
      <p className="govuk-body-l">
        {counted(overview.rows, 'row', 'rows')} in {counted(header.length, 'column', 'columns')}.
      </p>
      <Receipt receipt={receipt} rows={overview.rows} />
      <SampleTable header={header} rows={overview.firstRows} />
    </>
  )
}

function Receipt({
  receipt,
  rows,
}: {
  readonly receipt: ReadingReceipt
  readonly rows: number
}): ReactNode {
  const notices = receiptNotices(receipt)
  return (
    <>
      {notices.length > 0 && (
        <Notice title="Please check">
          <ul className="govuk-list govuk-list--bullet">
            {notices.map((notice) => (
              <li key={notice}>{notice}</li>
            ))}
          </ul>
        </Notice>
      )}
      <SummaryList lines={receiptLines(receipt, rows)} />
    </>
  )
}

/** The row that the headings are in as far as we can tell, to be confirmed. */
function likelyRow({ found, fileRow }: WordsDetail): string | undefined {
  const row = found ?? fileRow
  return row === undefined ? undefined : String(row)
}

/** The rows among which the headings are to be looked for. */
function Top({ top: { firstRow, rows } }: { readonly top: TopRows }): ReactNode {
  const caption = 'Rows of your file, with values masked'
  return (
    <div className="app-sample-scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="govuk-table govuk-table--small-text-until-tablet app-sample">
        <caption className="govuk-table__caption govuk-table__caption--m">{caption}</caption>
        <tbody className="govuk-table__body">
          {rows.map((row, at) => (
            <tr key={at} className="govuk-table__row">
              <th scope="row" className="govuk-table__header">
                Row {firstRow + at}
              </th>
              {row.map((cell, column) => (
                <td key={column} className="govuk-table__cell">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Reads the file in another way; what is left as found is found again. */
function ReadAgain({
  journey,
  receipt,
  likelyRow,
}: {
  readonly journey: Journey
  readonly receipt: ReadingReceipt | null
  readonly likelyRow: string | undefined
}): ReactNode {
  const { reading } = journey
  const found = { value: '', text: 'Work it out for me' }
  const sheets = (receipt?.sheets ?? []).filter(({ holdsData }) => holdsData)
  const isText = receipt === null || receipt.format === 'csv'
  return (
    <section>
      <h2 className="govuk-heading-m">Not right? Read the file in another way</h2>
      <ActionForm action={choose} submit="Read the file again" secondary>
        <StepFields journey={journey} />
        {isText && (
          <>
            <SelectAnswer
              name="encoding"
              label="Encoding"
              hint="If letters with accents look wrong, try another."
              initial={reading.encoding ?? ''}
              choices={[found, ...encodingChoices(receipt)]}
            />
            <SelectAnswer
              name="separator"
              label="Columns separated by"
              initial={reading.separator ?? ''}
              choices={[found, ...SEPARATOR_CHOICES]}
            />
          </>
        )}
        {sheets.length > 1 && (
          <SelectAnswer
            name="sheet"
            label="Sheet"
            initial={reading.sheet ?? ''}
            choices={[
              found,
              ...sheets.map(({ name, hidden }) => ({
                value: name,
                text: hidden ? `${name} (hidden)` : name,
              })),
            ]}
          />
        )}
        {leaveOutChoices(receipt, reading.preparation?.leaveOutMarked ?? []).map(
          ({ sign, text, isChosen }) => (
            <TickAnswer key={sign} name={sign} label={text} initial={isChosen ? 'yes' : ''} />
          ),
        )}
        <TextAnswer
          name="headerRow"
          label="Row of the headings"
          hint="The row number in the file, counted from its top. Leave it empty and we will find it."
          initial={likelyRow ?? (reading.headerRow === undefined ? '' : String(reading.headerRow))}
          isNumber
        />
      </ActionForm>
    </section>
  )
}
