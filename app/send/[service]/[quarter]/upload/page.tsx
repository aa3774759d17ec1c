import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { describeFileRefusal } from '#core/messages/file-refusals.ts'
import { JOURNEY_WORDS } from '#core/messages/journey-refusals.ts'
import { SUBMISSION_WORDS } from '#core/messages/submission-refusals.ts'
import { readHistory } from '#server/journey/list-history.ts'
import { findJourney } from '#server/journey/read-journey.ts'
import { ErrorSummary } from '../../../../components/error-summary.tsx'
import { BackLink } from '../../../../components/notices.tsx'
import { TwoThirds } from '../../../../components/page-columns.tsx'
import { requireSender, type Sender } from '../../../../guards/require-journey.ts'
import { DATASET, filePath, historyPath, uploadPath } from '../../../../journey-paths.ts'
import { quarterWords } from '#core/dataset/quarter.ts'
import { UploadForm } from './upload-form.client.tsx'

export const metadata: Metadata = { title: 'Upload a file' }

/** Chooses the file of a service and quarter; says why the last one was not taken. */
export default async function UploadPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ service: string; quarter: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const place = await params
  const sender = await requireSender(uploadPath(place.service, place.quarter))
  const history = await readHistory(sender.store, sender.actor, place, sender.now)
  if (!history.ok) notFound()
  const { problem } = await searchParams
  const words = typeof problem === 'string' ? await problemWords(sender, problem) : undefined
  const standing = history.entries.find(({ state }) => state === 'linked')
  return (
    <TwoThirds>
      <BackLink href={historyPath(history.service, history.quarter)} />
      {words !== undefined && <ErrorSummary {...words} field="file" />}
      <UploadForm
        action={filePath(history.service, history.quarter)}
        limit={sender.limit}
        hint={`An Excel workbook (.xlsx) or a CSV file, up to ${String(Math.round(sender.limit / (1024 * 1024)))} MB. Your own column names are fine: you match them on the next pages.`}
      >
        <span className="govuk-caption-l">
          {history.serviceName}, {quarterWords(history.quarter)}
        </span>
        <h1 className="govuk-heading-l">Upload your file</h1>
        {standing !== undefined && (
          <p className="govuk-inset-text">
            A file for this quarter is in the figures already. If you submit another, it takes that
            file’s place: you are shown the differences before you decide.
          </p>
        )}
        <p className="govuk-body">
          One row for each person, for each child and carer, or for each contact, of this quarter
          alone.
        </p>
        <p className="govuk-body">
          <a className="govuk-link" href={DATASET}>
            See what a file may hold, or download a template
          </a>
        </p>
        <details className="govuk-details">
          <summary className="govuk-details__summary">
            <span className="govuk-details__summary-text">What happens to your file</span>
          </summary>
          <div className="govuk-details__text">
            <p className="govuk-body">
              It is encrypted as it arrives and held for at most 24 hours, until you submit it. Then
              every identifier in it is replaced by a keyed pseudonym and the file is erased. Its
              name is not kept.
            </p>
            <p className="govuk-body">Columns that you do not match are never stored.</p>
          </div>
        </details>
      </UploadForm>
    </TwoThirds>
  )
}

/** A problem is a code, or the reference of the file that could not be used. */
async function problemWords(
  { store, actor, limit }: Sender,
  problem: string,
): Promise<{ title: string; mend: string } | undefined> {
  if (problem === 'file-too-large') return describeFileRefusal(problem, { limit })
  if (Object.hasOwn(JOURNEY_WORDS, problem))
    return JOURNEY_WORDS[problem as keyof typeof JOURNEY_WORDS]
  if (Object.hasOwn(SUBMISSION_WORDS, problem))
    return SUBMISSION_WORDS[problem as keyof typeof SUBMISSION_WORDS]
  const journey = await findJourney(store.pool, actor, problem)
  const refusal = journey?.refusal
  return refusal == null ? undefined : describeFileRefusal(refusal.code, refusal.detail)
}
