import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { CHECKLIST, STAGES, type ChecklistLine } from '#core/messages/register/stage-words.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { readRequests, type RequestView } from '#server/identity/approvals/read-requests.ts'
import { readLastAct } from '#server/jobs/acts/acts.ts'
import { readCard, type Card, type TriedOut } from '#server/portal/screens/board/read-board.ts'
import { ActProgress } from '../../../acts/act-progress.tsx'
import { AskedBefore, standingOf } from '../../../approvals/asked-before.tsx'
import { reasonChoices } from '../../../approvals/request-parts.tsx'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { RadioField, SelectField } from '../../../components/choice-fields.client.tsx'
import { DataTable } from '../../../components/data-table.tsx'
import { FreshCode } from '../../../components/fresh-code.tsx'
import { BackLink, StatusTag, SuccessBanner } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { TextField } from '../../../components/text-field.client.tsx'
import { textIn, type Query } from '../../../guards/query.ts'
import { turnAway } from '../../../guards/refused.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { shareWords } from '../share-words.ts'
import { ask, compare, move, scrub } from './actions.ts'
import { ComparedFiles, ComparedTimes, ProfiledFile, TriedFiles } from './tried-files.tsx'

export const metadata: Metadata = { title: 'Service on the board' }

const DONE: Readonly<Record<string, string>> = {
  moved: 'The service was moved.',
  scrubbed:
    'Its files are being removed from staging. The people who send them are asked to send them again.',
  compared: 'Both counts are below.',
  told: 'The organisation was asked to look at the file.',
}

/** One service: what its files came to, its checklist, and where it goes next. */
export default async function CardPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ service: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('register.see')
  const { accounts } = await openRequest()
  const { service } = await params
  const read = await readCard(accounts.pool, actor, service, accounts.now())
  if (!read.ok) return turnAway()
  const { card, files } = read
  const query = await searchParams
  const done = DONE[textIn(query, 'done')]
  const act = await readLastAct(accounts.pool, actor, service)
  const asked = standingOf(await readRequests(accounts, actor, service), 'service-stage')
  return (
    <>
      <BackLink href={addresses.board} text="Board" />
      {done !== undefined && <SuccessBanner>{done}</SuccessBanner>}
      {act !== undefined && <ActProgress act={act} what="The removal from staging" />}
      <span className="govuk-caption-l">{card.provider}</span>
      <h1 className="govuk-heading-l">{card.name}</h1>
      <p className="govuk-body">
        <StatusTag colour={card.stage === 'production' ? 'green' : 'blue'}>
          {STAGES[card.stage].name}
        </StatusTag>{' '}
        {STAGES[card.stage].hint}
      </p>
      <TriedFiles files={files} />
      <TwoThirds>
        {card.stage === 'staging' && <Staging card={card} files={files} />}
        <Checklist card={card} />
        <MoveOn card={card} asked={asked} />
      </TwoThirds>
      <ProfiledFile file={files[0]} service={service} />
      <ComparedFiles files={files} query={query} service={service} />
      <ComparedTimes files={files} query={query} service={service} />
    </>
  )
}

/** Its own count beside ours, and removing everything to begin again. */
function Staging({
  card,
  files,
}: {
  readonly card: Card
  readonly files: readonly TriedOut[]
}): ReactNode {
  const quarters = [
    ...new Set(files.filter(({ state }) => state === 'linked').map(({ quarter }) => quarter)),
  ]
  return (
    <>
      <h2 className="govuk-heading-m">Its own count</h2>
      {card.compared !== null && (
        <p className="govuk-body">
          It counts {card.compared.own.toLocaleString('en-GB')} people; its files come to{' '}
          {card.compared.counted.toLocaleString('en-GB')}.
        </p>
      )}
      {quarters.length === 0 ? (
        <p className="govuk-body">No file of it went all the way in staging yet.</p>
      ) : (
        <ActionForm action={compare} submit="Compare" secondary>
          <input type="hidden" name="service" value={card.code} />
          <SelectField
            name="quarter"
            label="Quarter"
            choices={quarters.map((value) => ({ value, text: quarterWords(value) }))}
          />
          <TextField
            name="people"
            label="How many people does the service count itself?"
            autoComplete="off"
            inputMode="numeric"
            width={10}
          />
        </ActionForm>
      )}
      <h2 className="govuk-heading-m">Begin again</h2>
      <p className="govuk-body">
        Removes all its files and records from staging, and asks the people who send them to send
        them again: one act, any number of times. Files are erased once their rows are kept, so none
        can be loaded again from here. The mail leads to the page where each quarter’s file is
        chosen. A file that is being loaded is removed with the others.
      </p>
      <ActionForm action={scrub} submit="Remove everything and ask for the files again" warning>
        <input type="hidden" name="service" value={card.code} />
      </ActionForm>
    </>
  )
}

function Checklist({ card }: { readonly card: Card }): ReactNode {
  return (
    <>
      <h2 className="govuk-heading-m">Checklist for production</h2>
      <DataTable
        caption="Checklist for production"
        isCaptionHidden
        columns={['What must be so', 'State']}
        rows={(Object.keys(CHECKLIST) as ChecklistLine[]).map((line) => ({
          key: line,
          cells: [
            CHECKLIST[line],
            card.passed[line] ? (
              <StatusTag key="state" colour="green">
                Passed
              </StatusTag>
            ) : (
              <StatusTag key="state" colour="yellow">
                Open
              </StatusTag>
            ),
          ],
        }))}
      />
      {card.share !== null && (
        <p className="govuk-body">
          Of the rows of the last file, {shareWords(card.share)} could be used.
        </p>
      )}
    </>
  )
}

/** Which reasons are one for a move. */
const WHY: Readonly<Record<'production' | 'staging', (reason: string) => boolean>> = {
  production: (reason) => ['checklist-passed', 'organisation-asked'].includes(reason),
  staging: (reason) => reason !== 'checklist-passed',
}

/** Where it can go: alone where nothing counts, with a second person into production or out of it. */
function MoveOn({
  card,
  asked,
}: {
  readonly card: Card
  /** What was asked for before and is not done yet. */
  readonly asked: RequestView | undefined
}): ReactNode {
  const to = card.stage === 'production' ? 'staging' : 'production'
  const isReady = card.stage === 'production' || Object.values(card.passed).every(Boolean)
  const others = (['profiling', 'pipeline', 'staging'] as const).filter(
    (stage) => stage !== card.stage,
  )
  return (
    <>
      <h2 className="govuk-heading-m">Move it</h2>
      {card.stage !== 'production' && (
        <ActionForm action={move} submit="Move the service" secondary>
          <input type="hidden" name="service" value={card.code} />
          <RadioField
            name="to"
            legend="To which stage?"
            choices={others.map((value) => ({
              value,
              text: STAGES[value].name,
              hint: STAGES[value].hint,
            }))}
          />
        </ActionForm>
      )}
      {asked !== undefined && <AskedBefore request={asked} />}
      {(card.stage === 'staging' || card.stage === 'production') &&
        asked === undefined &&
        (isReady ? (
          <>
            <p className="govuk-body">
              {card.stage === 'production'
                ? 'Back to staging it takes two people. What it sent while in production stays in the figures; what it sends from then on does not count.'
                : 'Into production it takes two people. What is in staging stays there: the service sends its files for production.'}
            </p>
            <ActionForm action={ask} submit={`Ask for ${STAGES[to].name.toLowerCase()}`}>
              <input type="hidden" name="service" value={card.code} />
              <input type="hidden" name="to" value={to} />
              <RadioField
                name="reason"
                legend="Why?"
                choices={reasonChoices(
                  APPROVAL_KINDS['service-stage'].reasons.filter((reason) => WHY[to](reason)),
                )}
              />
              <FreshCode act={askingAct('service-stage')} page={addresses.boardCard(card.code)} />
            </ActionForm>
          </>
        ) : (
          <p className="govuk-body">
            Once every line of the checklist is passed, you can ask for production.
          </p>
        ))}
    </>
  )
}
