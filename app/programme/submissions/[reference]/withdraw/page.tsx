import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import { WITHDRAWAL_REASONS } from '#core/messages/submissions/withdrawal-reasons.ts'
import { readSubmissionHistory } from '#server/intake/submissions/submission-history.ts'
import { ActionForm } from '../../../../components/action-form.client.tsx'
import { RadioField } from '../../../../components/choice-fields.client.tsx'
import { BackLink, Warning } from '../../../../components/notices.tsx'
import { TwoThirds } from '../../../../components/page-columns.tsx'
import { FindRow } from '../../../../doubts/find-row.tsx'
import { openRequest } from '../../../../guards/request-context.ts'
import { may } from '#server/identity/actors/actor.ts'
import { requireActor } from '../../../../guards/require-actor.ts'
import { withdraw } from './actions.ts'
import { turnAway } from '../../../../guards/refused.ts'

export const metadata: Metadata = { title: 'Withdraw a submission' }

/** Says what taking a submission out of the figures will change, and asks why. */
export default async function WithdrawPage({
  params,
}: {
  readonly params: Promise<{ reference: string }>
}): Promise<ReactNode> {
  const actor = await requireActor('submission.withdraw-any')
  const { portal, accounts } = await openRequest()
  const reading = { looks: portal.looks, pool: accounts.pool }
  const read = await readSubmissionHistory(reading, actor, (await params).reference)
  if (!read.ok) return turnAway()
  const { reference, state, serviceName, quarter, records, replaces, isBeingWithdrawn } =
    read.submission
  if ((state !== 'linked' && state !== 'pseudonymised') || isBeingWithdrawn) {
    redirect(addresses.submission(reference))
  }
  const period = isQuarter(quarter) ? quarterWords(quarter) : quarter
  return (
    <TwoThirds>
      <BackLink href={addresses.submission(reference)} text="Back to the submission" />
      <ActionForm action={withdraw} submit="Withdraw the submission" warning>
        <span className="govuk-caption-l">
          {serviceName}, {period}
        </span>
        <h1 className="govuk-heading-l">Withdraw submission {reference}</h1>
        <p className="govuk-body">If you withdraw it:</p>
        <ul className="govuk-list govuk-list--bullet">
          <li>
            its {(records ?? 0).toLocaleString('en-GB')} records are removed, and matches that
            depended on them are undone
          </li>
          <li>exact figures, bounds and possible matches become what they would be without it</li>
          <li>
            {serviceName} has nothing in the figures for {period} until another file is sent
            {replaces === null ? '' : '; the file it took the place of is not restored'}
          </li>
          <li>releases stay as they were published</li>
        </ul>
        <Warning>This cannot be undone: the file is no longer held.</Warning>
        <input type="hidden" name="submission" value={reference} />
        <RadioField
          name="reason"
          legend="Why is it withdrawn?"
          choices={Object.entries(WITHDRAWAL_REASONS).map(([value, text]) => ({ value, text }))}
        />
      </ActionForm>
      {state === 'linked' && may(actor, 'doubt.see') && (
        <>
          <h2 className="govuk-heading-m">Who is in it</h2>
          <FindRow submission={reference} />
        </>
      )}
    </TwoThirds>
  )
}
