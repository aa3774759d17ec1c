import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import {
  CLOSING_REASONS,
  deletesPeople,
  EXTENSION_REASONS,
  HELD_FILES,
  RIGHTS_KINDS,
} from '#core/messages/rights/rights-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { askingAct, type Approval } from '#server/identity/approvals/approval.ts'
import { readLastAct } from '#server/jobs/acts/acts.ts'
import { readLiftApproval } from '#server/jobs/acts/lift-acts.ts'
import { isAskedFor, isOfEverybody, readRightsApproval } from '#server/jobs/acts/rights-acts.ts'
import {
  isForgotten,
  readRightsRequest,
  type RightsView,
} from '#server/linkage/rights/handle-requests.ts'
import { isRestricting } from '#server/linkage/rights/rights-request.ts'
import { listServices } from '#server/programme/register/list-register.ts'
import { ActProgress } from '../../acts/act-progress.tsx'
import { RefusedNotice } from '../../approvals/refused-notice.tsx'
import { SecondPerson } from '../../approvals/second-person.tsx'
import { ActionForm } from '../../components/action-form.client.tsx'
import { CheckboxField, RadioField } from '../../components/choice-fields.client.tsx'
import { Folded } from '../../components/folded.tsx'
import { FreshCode } from '../../components/fresh-code.tsx'
import { BackLink } from '../../components/notices.tsx'
import { OnScreen } from '../../components/on-screen.tsx'
import { openRequest } from '../../guards/request-context.ts'
import { turnAway } from '../../guards/refused.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { FoundTable, RightsFacts } from '../rights-parts.tsx'
import { approvePicked, askSecond, close, extend, pick } from './actions.ts'
import { Restriction } from './lift-parts.tsx'

export const metadata: Metadata = { title: 'Request about somebody’s own data' }

const FORGOTTEN = wordsOf('rights-forgotten')

/** One request: what was found, what is picked, and what two officers agree to have done. */
export default async function RightsRequestPage({
  params,
}: {
  readonly params: Promise<{ request: string }>
}): Promise<ReactNode> {
  const actor = await requireActor('rights.handle')
  const { accounts } = await openRequest()
  const { request: given } = await params
  const view = await readRightsRequest(accounts, actor, given)
  if (!view.ok) return turnAway()
  const { request } = view
  const { reference } = request
  const act = await readLastAct(accounts.pool, actor, reference)
  const asked = await readRightsApproval(accounts, actor, reference)
  const isWaiting = asked?.stage === 'waiting'
  const isUnderWay = act?.stage === 'waiting' || act?.stage === 'running'
  const isHolding = isRestricting(request)
  const lift = isHolding ? await readLiftApproval(accounts, actor, reference) : undefined
  const services = await listServices(accounts.pool, null)
  const names = new Map(services.map(({ code, name }) => [code, name]))
  return (
    <>
      <BackLink href={addresses.rights} text="Requests about people’s own data" />
      {request.state === 'open' && act !== undefined && (
        <ActProgress act={act} what="What this request is for" />
      )}
      {isHolding && act !== undefined && <ActProgress act={act} what="Lifting the restriction" />}
      <h1 className="govuk-heading-l">{RIGHTS_KINDS[request.kind].name}</h1>
      <RightsFacts request={request} now={accounts.now()} />
      {request.state === 'done' && request.kind === 'access' && (
        <p className="govuk-body">
          {isForgotten(view) ? (
            `${FORGOTTEN.title} ${FORGOTTEN.fix}`
          ) : (
            <a className="govuk-link" href={addresses.accessLetter(reference)}>
              Make the letter
            </a>
          )}
        </p>
      )}
      {isHolding && lift?.stage === 'refused' && <RefusedNotice refused={lift} />}
      {isHolding && !isUnderWay && (
        <Restriction
          request={reference}
          actor={actor}
          asked={lift?.stage === 'waiting' ? lift : undefined}
        />
      )}
      {request.state === 'open' && !isUnderWay && (
        <Open
          {...{ view, names, actor, asked: isWaiting ? asked : undefined }}
          refused={asked?.stage === 'refused' ? asked : undefined}
        />
      )}
    </>
  )
}

function Open({
  view,
  names,
  actor,
  asked,
  refused,
}: {
  readonly view: RightsView
  readonly names: ReadonlyMap<string, string>
  readonly actor: Actor
  readonly asked: Approval | undefined
  readonly refused: Approval | undefined
}): ReactNode {
  const { request } = view
  return (
    <>
      <h2 className="govuk-heading-m">What is held</h2>
      {request.searchedAt === null ? (
        <p className="govuk-body">Nobody was looked for yet.</p>
      ) : (
        <Found view={view} names={names} canPick={asked === undefined} />
      )}
      {asked === undefined ? (
        <OnScreen>
          <p className="govuk-body">
            <a className="govuk-link" href={addresses.findPerson(request.reference)}>
              {request.searchedAt === null ? 'Look for the person' : 'Look again'}
            </a>
          </p>
          {refused !== undefined && <RefusedNotice refused={refused} />}
          {request.searchedAt !== null && <Ask view={view} />}
          <Others view={view} />
        </OnScreen>
      ) : (
        <Decide asked={asked} actor={actor} view={view} />
      )}
    </>
  )
}

function Found({
  view: { request, found },
  names,
  canPick,
}: {
  readonly view: RightsView
  readonly names: ReadonlyMap<string, string>
  readonly canPick: boolean
}): ReactNode {
  if (found.length === 0) {
    return (
      <p className="govuk-inset-text">
        Nothing was found. To the person, answer as you would if only doubtful records had been
        found: nothing is held that is surely about them.
      </p>
    )
  }
  const of = (certainty: string) => found.filter((row) => row.certainty === certainty)
  const tables = (
    <>
      <FoundTable
        caption="Certainly theirs"
        found={of('certain')}
        services={names}
        canPick={canPick}
      />
      <FoundTable
        caption="Doubtful: may be theirs"
        found={of('doubtful')}
        services={names}
        canPick={canPick}
      />
    </>
  )
  return canPick ? (
    <ActionForm action={pick} submit="Save what is picked" secondary>
      <input type="hidden" name="request" value={request.reference} />
      {tables}
    </ActionForm>
  ) : (
    tables
  )
}

function Ask({ view: { request, found } }: { readonly view: RightsView }): ReactNode {
  const { kind, reference } = request
  const picked = found.filter((row) => row.picked).length
  return (
    <ActionForm action={askSecond} submit="Ask a second officer">
      <h2 className="govuk-heading-m">Have it done</h2>
      <p className="govuk-body">
        {RIGHTS_KINDS[kind].done} {picked === 1 ? '1 record is' : `${String(picked)} records are`}{' '}
        picked. Another officer looks at them and approves it.
      </p>
      <input type="hidden" name="request" value={reference} />
      {deletesPeople(kind) && (
        <>
          <p className="govuk-body">{HELD_FILES.senders}</p>
          <CheckboxField
            name="everybody"
            label="Erase held files of every organisation"
            hint={HELD_FILES.everybody}
          />
        </>
      )}
      <FreshCode act={askingAct('rights-request')} page={addresses.rightsRequest(reference)} />
    </ActionForm>
  )
}

function Decide({
  asked,
  actor,
  view: {
    request: { reference: request, kind },
    picks,
  },
}: {
  readonly asked: Approval
  readonly actor: Actor
  readonly view: RightsView
}): ReactNode {
  const { title, fix } = wordsOf('rights-changed')
  return (
    <SecondPerson
      {...{ asked, actor, approve: approvePicked, second: 'another officer' }}
      submit="Approve, and have it done"
      page={addresses.rightsRequest(request)}
      hidden={{ request, picks }}
      stopped={isAskedFor(asked, picks) ? undefined : `${title} ${fix}`}
    >
      <h2 className="govuk-heading-m">Approve it</h2>
      <p className="govuk-body">{RIGHTS_KINDS[kind].done}</p>
      {deletesPeople(kind) && (
        <p className="govuk-body">{HELD_FILES[isOfEverybody(asked) ? 'everybody' : 'senders']}</p>
      )}
    </SecondPerson>
  )
}

function Others({ view: { request } }: { readonly view: RightsView }): ReactNode {
  const { reference, extendedFor } = request
  const choices = (words: Readonly<Record<string, string>>) =>
    Object.entries(words).map(([value, text]) => ({ value, text }))
  return (
    <>
      {extendedFor === null && (
        <Folded text="Extend the time">
          <p className="govuk-body">
            It is due two months later. Tell the person why before the first month is over.
          </p>
          <ActionForm action={extend} submit="Extend the time" secondary>
            <input type="hidden" name="request" value={reference} />
            <RadioField name="extension" legend="Why?" choices={choices(EXTENSION_REASONS)} />
          </ActionForm>
        </Folded>
      )}
      <Folded text="Close it, and have nothing done">
        <ActionForm action={close} submit="Close the request" secondary>
          <input type="hidden" name="request" value={reference} />
          <RadioField name="closing" legend="Why?" choices={choices(CLOSING_REASONS)} />
        </ActionForm>
      </Folded>
    </>
  )
}
