import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { isTriedOut, trialWords } from '#core/messages/register/stage-words.ts'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { KIND_WORDS } from '#core/messages/submissions/kind-words.ts'
import { standsWords } from '#core/messages/submissions/state-words.ts'
import { LEAVE_OUT_REASONS } from '#core/messages/findings/answer-reasons.ts'
import { NOT_USED, answersOf } from '#core/mapping/answers/column-choices.ts'
import { readAnswers, type StandingView } from '#server/intake/journey/submit-file.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { Moment } from '../../../components/moment.tsx'
import { BackLink, Warning } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { SummaryList, type SummaryLine } from '../../../components/summary-list.tsx'
import { requireStepOf } from '../../../guards/require-journey.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { TickAnswer } from '../../answer-fields.client.tsx'
import { Events, Figures, RowTotals } from '../../outcome-parts.tsx'
import { counted, preparedLines, sheetWords } from '#core/messages/reading/reading-words.ts'
import { hashedWords } from '../../hashed-parts.tsx'
import { StepFields } from '../../step-fields.tsx'
import { StepHeading } from '../../step-heading.tsx'
import { submit } from './actions.ts'
import { turnAway } from '../../../guards/refused.ts'

export const metadata: Metadata = { title: 'Check your answers' }

/** Everything that was chosen, before the file is submitted. */
export default async function AnswersPage({
  params,
}: {
  readonly params: Promise<{ reference: string }>
}): Promise<ReactNode> {
  const { actor, store, journey: found } = await requireStepOf(params, 'answers')
  const view = await readAnswers(store, actor, found.reference)
  if (!view.ok) return turnAway()
  const { check, standing } = view
  const { journey } = check
  const confirmed = check.groups.flatMap(({ findings }) =>
    findings.filter(({ reason }) => reason !== null),
  )
  return (
    <TwoThirds>
      <BackLink href={addresses.step(journey.reference, 'check')} />
      <ActionForm action={submit} submit="Submit">
        <StepFields journey={journey} />
        <StepHeading journey={journey}>Check your answers</StepHeading>
        <SummaryList
          lines={[
            { name: 'Service', value: journey.serviceName },
            { name: 'Quarter', value: quarterWords(journey.quarter) },
            { name: 'What it holds', value: KIND_WORDS[journey.kind] },
            ...(journey.isHashed ? [{ name: 'File', value: hashedWords(journey) }] : read(journey)),
            ...(journey.leaveOutReason === null
              ? []
              : [
                  {
                    name: 'Rows left out',
                    value: `${counted(journey.rows?.rejected ?? 0, 'row', 'rows')}: ${LEAVE_OUT_REASONS[journey.leaveOutReason]}`,
                    change: { href: addresses.step(journey.reference, 'check'), text: 'Change' },
                  },
                ]),
            ...(confirmed.length === 0
              ? []
              : [
                  {
                    name: 'Confirmed',
                    value: counted(confirmed.length, 'finding', 'findings'),
                    change: { href: addresses.step(journey.reference, 'check'), text: 'Change' },
                  },
                ]),
          ]}
        />
        <RowTotals journey={journey} />
        <Events of={journey} />
        {standing !== undefined && <Replaces standing={standing} of={journey} />}
        <h2 className="govuk-heading-m">Now submit the file</h2>
        <p className="govuk-body">
          {trialWords(journey.stage)}
          {!isTriedOut(journey.stage) && <> {whatHappens(journey)}</>}
        </p>
        <TickAnswer name="declared" label="The file is right as far as I know" />
      </ActionForm>
    </TwoThirds>
  )
}

function whatHappens({ isHashed }: Journey): string {
  const done = isHashed
    ? 'Every pseudonym in it is replaced by one under a key of the portal’s own, and your file is erased.'
    : 'Every identifier is replaced by a keyed pseudonym and your file is erased.'
  return `${done} You can withdraw or replace what you submitted at any time.`
}

/** How a clear file is read, and what its columns are, each to be changed. */
function read(journey: Journey): SummaryLine[] {
  return [
    {
      name: 'How the file is read',
      value: readingWords(journey),
      change: { href: addresses.step(journey.reference, 'read'), text: 'Change' },
    },
    ...preparedLines(journey.receipt ?? {}).map((line) => ({
      ...line,
      change: { href: addresses.step(journey.reference, 'shape'), text: 'Change' },
    })),
    {
      name: 'Columns',
      value: columnWords(journey),
      change: { href: addresses.step(journey.reference, 'match'), text: 'Change' },
    },
  ]
}

function readingWords({ receipt }: Journey): string {
  if (receipt === null) return ''
  const workbook = receipt.format === 'ods' ? 'ODS' : 'Excel'
  const kind = receipt.format === 'csv' ? 'CSV' : `${workbook}, ${sheetWords(receipt)}`
  const { leftOutRows = 0 } = receipt
  const left =
    leftOutRows === 0 ? '' : `, ${counted(leftOutRows, 'row', 'rows')} left out by their look`
  return `${kind}, headings in row ${String(receipt.headerRow)}${left}`
}

function columnWords({ mapping, header }: Journey): string {
  const answers = mapping === null ? [] : answersOf(mapping, header)
  const used = answers.filter((answer) => answer !== NOT_USED).length
  return `${counted(used, 'is', 'are')} used, ${counted(header.length - used, 'is', 'are')} dropped before anything is stored`
}

/** What the file takes the place of, and the difference in clients. */
function Replaces({
  standing,
  of,
}: {
  readonly standing: StandingView
  readonly of: Pick<Journey, 'dataset' | 'kind'>
}): ReactNode {
  const { reference, receivedAt, difference } = standing
  return (
    <section>
      <h2 className="govuk-heading-m">This file takes the place of another</h2>
      <p className="govuk-body">
        {reference}, sent <Moment at={receivedAt} />, is {standsWords(of)}, for this quarter. By
        client reference:
      </p>
      {difference === undefined ? (
        <Warning>
          It came there after this file was checked, so the differences are not known. Go back and
          check the file again to see them.
        </Warning>
      ) : (
        <Figures
          figures={[
            { name: 'Stay the same', value: difference.same },
            { name: 'Are changed', value: difference.changed },
            { name: 'Are new', value: difference.new },
            { name: 'Are removed', value: difference.removed },
          ]}
        />
      )}
      <Events of={standing} heading={`What the rows of ${reference} came to`} />
      <input type="hidden" name="replaces" value={reference} />
      <TickAnswer name="replace" label="Let this file take its place" />
    </section>
  )
}
