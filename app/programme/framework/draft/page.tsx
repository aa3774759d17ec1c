import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { FRAMEWORK_PARTS } from '#core/framework/framework.ts'
import { doneWords } from '#core/messages/done-words.ts'
import { FRAMEWORK_PART_WORDS } from '#core/messages/register/framework-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { readDraftShown, type DraftShown } from '#server/programme/framework/read-framework.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { reasonChoices } from '../../../approvals/request-parts.tsx'
import { SecondPerson } from '../../../approvals/second-person.tsx'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { RadioField } from '../../../components/choice-fields.client.tsx'
import { FreshCode } from '../../../components/fresh-code.tsx'
import { Moment } from '../../../components/moment.tsx'
import { BackLink, SuccessBanner } from '../../../components/notices.tsx'
import { OnScreen } from '../../../components/on-screen.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { textIn, type Query } from '../../../guards/query.ts'
import { turnAway } from '../../../guards/refused.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { ChangeList } from '../change-list.tsx'
import { FrameworkTables } from '../framework-tables.tsx'
import { ask, giveUp, putInForce } from './actions.ts'

export const metadata: Metadata = { title: 'Draft of the measurement framework' }

/** The next version of the framework: changed here, and put in force by two people. */
export default async function FrameworkDraftPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('register.change')
  const { accounts } = await openRequest()
  const read = await readDraftShown(accounts, actor)
  if (!read.ok) return turnAway()
  const { draft, changes, changedBy } = read
  const { services } = await readRegisterNames(accounts.pool)
  const done = doneWords('framework', textIn(await searchParams, 'done'))
  return (
    <>
      <TwoThirds>
        <BackLink href={addresses.framework} text="Measurement framework" />
        {done !== undefined && <SuccessBanner>{done}</SuccessBanner>}
        <span className="govuk-caption-l">Version {draft.basedOn + 1}, a draft</span>
        <h1 className="govuk-heading-l">Draft of the measurement framework</h1>
        <p className="govuk-body">
          Nothing here is in force: two administrators put it in force together. What came before
          keeps the version it was read by.
        </p>
        {draft.revision > 0 && (
          <p className="govuk-body">
            Last changed by {changedBy}, <Moment at={draft.changedAt} />.
          </p>
        )}
        <h2 className="govuk-heading-m">What it would change</h2>
        {changes.length === 0 ? (
          <p className="govuk-body">Nothing yet.</p>
        ) : (
          <ChangeList changes={changes} />
        )}
        {changes.length > 0 && <Consent read={read} actor={actor} />}
      </TwoThirds>
      <FrameworkTables framework={draft.framework} services={services} isDraft />
      <OnScreen>
        <ul className="govuk-list">
          {FRAMEWORK_PARTS.map((part) => (
            <li key={part}>
              <a className="govuk-link" href={addresses.frameworkEntry(part)}>
                {FRAMEWORK_PART_WORDS[part].add}
              </a>
            </li>
          ))}
          <li>
            <a className="govuk-link" href={addresses.importFramework}>
              Import a framework file in place of all of it
            </a>
          </li>
        </ul>
        {draft.revision > 0 && (
          <ActionForm action={giveUp} submit="Give the draft up" warning>
            <input type="hidden" name="seen" value={draft.revision} />
          </ActionForm>
        )}
      </OnScreen>
    </>
  )
}

function Consent({
  read: { asked, draft },
  actor,
}: {
  readonly read: DraftShown
  readonly actor: Actor
}): ReactNode {
  if (asked !== undefined) {
    return (
      <SecondPerson
        {...{ asked, actor, second: 'somebody else', approve: putInForce, hidden: {} }}
        submit="Put it in force"
        page={addresses.frameworkDraft}
      />
    )
  }
  return (
    <OnScreen>
      <ActionForm action={ask} submit="Ask a second person to put it in force">
        <input type="hidden" name="seen" value={draft.revision} />
        <RadioField
          name="reason"
          legend="Why is it put in force?"
          choices={reasonChoices(APPROVAL_KINDS.framework.reasons)}
        />
        <FreshCode act={askingAct('framework')} page={addresses.frameworkDraft} />
      </ActionForm>
    </OnScreen>
  )
}
