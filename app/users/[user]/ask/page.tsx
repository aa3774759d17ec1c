import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { APPROVAL_WORDS_OF } from '#core/messages/accounts/approval-words.ts'
import { USER_APPROVALS } from '#server/identity/accounts/user-approvals.ts'
import { readUser } from '#server/identity/accounts/users.ts'
import { APPROVAL_KINDS } from '#server/identity/approvals/approval-kinds.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { reasonChoices } from '../../../approvals/request-parts.tsx'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { RadioField } from '../../../components/choice-fields.client.tsx'
import { FreshCode } from '../../../components/fresh-code.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { textIn, type Query } from '../../../guards/query.ts'
import { turnAway } from '../../../guards/refused.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { ask } from './actions.ts'

export const metadata: Metadata = { title: 'Ask another administrator' }

/** Asks for something about a user that takes two administrators. */
export default async function AskAboutUserPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ user: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('user.manage')
  const { accounts } = await openRequest()
  const read = await readUser(accounts, actor, (await params).user)
  const asked = textIn(await searchParams, 'kind')
  const kind = USER_APPROVALS.find((one) => one === asked)
  if (!read.ok || kind === undefined) return turnAway()
  const { user } = read
  return (
    <TwoThirds>
      <BackLink href={addresses.user(user.id)} text={user.name} />
      <ActionForm action={ask} submit="Ask another administrator">
        <h1 className="govuk-heading-l">{APPROVAL_WORDS_OF[kind].title}</h1>
        <p className="govuk-body">
          This is about {user.name}. Another administrator must approve it; then you do it.
        </p>
        <input type="hidden" name="user" value={user.id} />
        <input type="hidden" name="kind" value={kind} />
        <RadioField
          name="reason"
          legend="Why is it needed?"
          choices={reasonChoices(APPROVAL_KINDS[kind].reasons)}
        />
        <FreshCode act={askingAct(kind)} page={addresses.askAboutUser(user.id, kind)} />
      </ActionForm>
    </TwoThirds>
  )
}
