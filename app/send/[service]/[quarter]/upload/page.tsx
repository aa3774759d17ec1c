import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { trialWords } from '#core/messages/register/stage-words.ts'
import { addresses, type PlaceOfUpload } from '#core/addresses/portal-addresses.ts'
import { ROWS_OF_KIND } from '#core/messages/submissions/kind-words.ts'
import { isCode, wordsOf, type Code } from '#core/messages/words-of.ts'
import { fieldLabel, readFileKind } from '#core/standard/further-fields.ts'
import { coveredFields } from '#server/programme/register/agreement-cover.ts'
import { HASHED_BYTES } from '#server/intake/hashed/sent-files.ts'
import { findCheckedDraft } from '#server/intake/journey/checked-draft.ts'
import { readHistory, type History } from '#server/intake/journey/list-history.ts'
import { whyNotTaken } from '#server/intake/journey/receive-upload.ts'
import { findJourney } from '#server/intake/journey/read-journey.ts'
import { ErrorSummary, problemOf } from '../../../../components/error-summary.tsx'
import { Folded } from '../../../../components/folded.tsx'
import { BackLink } from '../../../../components/notices.tsx'
import { TwoThirds } from '../../../../components/page-columns.tsx'
import { requireSender, type Sender } from '../../../../guards/require-journey.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { KindTabs } from './kind-tabs.tsx'
import { UploadForm } from './upload-form.client.tsx'
import { turnAway } from '../../../../guards/refused.ts'

export const metadata: Metadata = { title: 'Upload a file' }

/** Chooses the file of a service and quarter; says why the last one was not taken. */
export default async function UploadPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ service: string; quarter: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}): Promise<ReactNode> {
  const query = await searchParams
  const kind = readFileKind(String(query['kind'] ?? 'people'))
  const place = { ...(await params), kind }
  const sender = await requireSender(addresses.upload(place))
  const history = await readHistory(sender.store, sender.actor, place, sender.now)
  if (!history.ok || kind === undefined) return turnAway()
  const { problem, instead } = query
  const words = typeof problem === 'string' ? await problemWords(sender, problem, query) : undefined
  const standing = history.entries.find((entry) => entry.state === 'linked' && entry.kind === kind)
  const draft = await findCheckedDraft(sender.store.database, place)
  const refusal = await whyNotTaken(sender.store, { ...history, kind })
  if (refusal !== undefined) return <NotTaken history={history} place={place} code={refusal.code} />
  const covered = await coveredFields(
    sender.store.database,
    sender.store.programme,
    history,
    new Date(),
  )
  if (draft !== undefined && draft !== instead)
    return <DraftStands history={history} place={place} draft={draft} />
  return (
    <TwoThirds>
      <BackLink href={addresses.history(history.service, history.quarter)} />
      {words !== undefined && <ErrorSummary problems={[problemOf(words, 'file')]} />}
      <UploadForm
        action={addresses.uploadedFile(place, draft)}
        limit={sender.limit}
        hashedLimit={HASHED_BYTES}
        problems={{
          missing: wordsOf('upload-missing'),
          cut: wordsOf('upload-cut'),
          unanswered: wordsOf('upload-unanswered'),
          signedOut: wordsOf('signed-out'),
          tooLarge: wordsOf('file-too-large', { limit: sender.limit }),
          tooLargeHashed: wordsOf('file-too-large', { limit: HASHED_BYTES }),
        }}
        hint={`An Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods) or a CSV file, up to ${String(Math.round(sender.limit / (1024 * 1024)))} MB. Your own column names are fine: you match them on the next pages.`}
      >
        <span className="govuk-caption-l">
          {history.serviceName}
          {history.feed === null && `, ${quarterWords(history.quarter)}`}
        </span>
        <h1 className="govuk-heading-l">
          {history.feed === null ? 'Upload your file' : 'Send your feed'}
        </h1>
        {history.feed === null && (
          <>
            <p className="govuk-body">Say what the file holds:</p>
            <KindTabs place={place} />
          </>
        )}
        {trialWords(history.stage) !== undefined && (
          <p className="govuk-inset-text">{trialWords(history.stage)}</p>
        )}
        {standing !== undefined && (
          <p className="govuk-inset-text">
            A file{kind === 'people' ? '' : ` of ${kind}`} for this quarter is{' '}
            {history.stage === 'production' ? 'in the figures' : 'there'} already. If you submit
            another, it takes that file’s place: you are shown the differences before you decide.
          </p>
        )}
        <p className="govuk-body">{ROWS_OF_KIND[history.feed ?? kind]}</p>
        <p className="govuk-body">
          <a className="govuk-link" href={addresses.standard}>
            See what a file may hold, or download a template
          </a>
        </p>
        {covered !== undefined && (
          <p className="govuk-inset-text">
            The agreement for this service covers these fields alone:{' '}
            {covered.map(fieldLabel).join(', ')}. Do not match a column to any other.
          </p>
        )}
        <Folded text="What happens to your file">
          <p className="govuk-body">
            It is encrypted as it arrives and held for at most 24 hours, until you submit it. Then
            every identifier in it is replaced by a keyed pseudonym and the file is erased. Its name
            is not kept.
          </p>
          <p className="govuk-body">Columns that you do not match are never stored.</p>
        </Folded>
        {kind === 'people' && history.feed === null && <HashedAtSource />}
      </UploadForm>
    </TwoThirds>
  )
}

/** What is chosen where the hasher made the file. */
function HashedAtSource(): ReactNode {
  return (
    <Folded text="If your file was hashed at source">
      <p className="govuk-body">
        Choose three files at once, as the hasher wrote them: NAME.csv, NAME.manifest.json and
        NAME.manifest.hmac. In a bridge quarter choose the three NAME.bridge files with them.
      </p>
      <p className="govuk-body">
        The file may have up to 2 GB. It is checked as it arrives: if anything in it is wrong, none
        of it is kept. There are no columns to match.
      </p>
      <p className="govuk-body">
        <a className="govuk-link" href={addresses.hasher}>
          What hashing at source is, and where to get the hasher
        </a>
      </p>
    </Folded>
  )
}

/** What stands in place of the form, under the service and quarter that it is about. */
function InPlaceOfForm({
  history: { service, serviceName, quarter },
  place,
  title,
  children,
}: {
  readonly history: History
  readonly place: PlaceOfUpload
  readonly title: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <TwoThirds>
      <BackLink href={addresses.history(service, quarter)} />
      <span className="govuk-caption-l">
        {serviceName}, {quarterWords(quarter)}
      </span>
      <h1 className="govuk-heading-l">{title}</h1>
      <KindTabs place={place} />
      {children}
    </TwoThirds>
  )
}

/** Said before a file is chosen: none would be taken. */
function NotTaken({
  history,
  place,
  code,
}: {
  readonly history: History
  readonly place: PlaceOfUpload
  readonly code: Code
}): ReactNode {
  const words = wordsOf(code)
  return (
    <InPlaceOfForm
      history={history}
      place={place}
      title={
        code === 'framework-missing'
          ? 'You cannot send outcomes yet'
          : 'You cannot send a file for this quarter'
      }
    >
      <p className="govuk-body">{words.title}</p>
      <p className="govuk-body">{words.fix}</p>
    </InPlaceOfForm>
  )
}

/** A file that was checked is put aside only by somebody who was asked. */
function DraftStands({
  history,
  place,
  draft,
}: {
  readonly history: History
  readonly place: PlaceOfUpload
  readonly draft: string
}): ReactNode {
  return (
    <InPlaceOfForm history={history} place={place} title="A file is waiting to be submitted">
      <p className="govuk-body">
        A file for this quarter was uploaded and checked, but not submitted. If you upload another,
        that file is put aside and erased. What you chose for its columns and words is kept for a
        file that has the same columns; you are asked only about those that are new.
      </p>
      <div className="govuk-button-group">
        <a
          className="govuk-button"
          href={addresses.step(draft, 'check')}
          role="button"
          draggable={false}
        >
          Continue with that file
        </a>
        <a className="govuk-link" href={addresses.uploadInstead(place, draft)}>
          Upload another in its place
        </a>
      </div>
    </InPlaceOfForm>
  )
}

/** A problem is a code, or the reference of the file that could not be used. */
async function problemWords(
  { store, actor, limit }: Sender,
  problem: string,
  query: Readonly<Record<string, string | string[] | undefined>>,
): Promise<{ title: string; fix: string } | undefined> {
  if (isCode(problem)) {
    return wordsOf(problem, {
      limit: Number(query['limit'] ?? limit) || limit,
      ...placeIn(query),
    })
  }
  const journey = await findJourney(store, actor, problem)
  const refusal = journey?.refusal
  return refusal == null ? undefined : wordsOf(refusal.code, refusal.detail)
}

/**
 * Row and column of a refused cell, as the address has them: a number, and the name of a column.
 */
function placeIn(
  query: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | number> {
  const { row, column, member } = query
  return {
    ...(typeof row === 'string' && /^[0-9]{1,9}$/.test(row) ? { row: Number(row) } : {}),
    ...(typeof column === 'string' && /^[a-z_]{1,40}$/.test(column) ? { column } : {}),
    ...(typeof member === 'string' && /^[a-z_0-9]{1,40}$/.test(member) ? { member } : {}),
  }
}
