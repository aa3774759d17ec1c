import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { isQuarter, quarterWords } from '#core/standard/quarter.ts'
import { APPROVAL_WORDS_OF } from '#core/messages/accounts/approval-words.ts'
import { approvingAct } from '#server/identity/approvals/approval.ts'
import { readAct } from '#server/jobs/acts/acts.ts'
import { readDraft, readDraftApproval } from '#server/jobs/acts/release-acts.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import type { ReleaseDraft } from '#server/figures/releases/make-release.ts'
import { ActProgress } from '../../../acts/act-progress.tsx'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { FreshCode } from '../../../components/fresh-code.tsx'
import { BackLink, SuccessBanner, Warning } from '../../../components/notices.tsx'
import { SummaryList } from '../../../components/summary-list.tsx'
import { openRequest } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { publish } from './actions.ts'
import { DraftTables, DraftUse } from './draft-tables.tsx'
import { LossFacts } from './draft-loss.tsx'
import { turnAway } from '../../../guards/refused.ts'

export const metadata: Metadata = { title: 'Draft of a release' }

/** What a release would print, and the button that makes it; or how making it went. */
export default async function DraftPage({
  params,
}: {
  readonly params: Promise<{ act: string }>
}): Promise<ReactNode> {
  const actor = await requireActor('release.make')
  const { accounts } = await openRequest()
  const read = await readAct(accounts.pool, actor, (await params).act)
  if (!read.ok) return turnAway()
  const { act } = read
  const draft = readDraft(act)
  const canBeMade = draft?.loss.inDoubt === 0
  const asked = await readDraftApproval(accounts, actor, act.id)
  const last = draft?.lastQuarter ?? ''
  const names = await readRegisterNames(accounts.pool, isQuarter(last) ? last : null)
  if (act.request.kind === 'make-release') {
    return (
      <>
        <BackLink href={addresses.releases} text="Releases" />
        <ActProgress act={act} what="The release" />
        {act.stage === 'done' && <Made result={act.result} />}
        <h1 className="govuk-heading-l">
          {act.stage === 'done' ? 'The release is made' : 'Making the release'}
        </h1>
      </>
    )
  }
  if (act.request.kind !== 'draft-release') return turnAway()
  return (
    <>
      <BackLink href={addresses.newRelease} />
      <ActProgress act={act} what="The draft" />
      <h1 className="govuk-heading-l">Draft of a release</h1>
      {draft !== undefined && (
        <>
          <DraftFacts draft={draft} />
          <LossFacts draft={draft} />
          <DraftTables draft={draft} names={names} />
          <DraftUse draft={draft} names={names} />
          {canBeMade && act.askedBy === actor.userId && (
            <p className="govuk-inset-text">
              You asked for this draft, so another administrator has to make the release. We tell
              them by email, and they find it under Releases.
            </p>
          )}
          {canBeMade && act.askedBy !== actor.userId && asked?.stage === 'waiting' && (
            <ActionForm action={publish} submit="Make the release">
              <input type="hidden" name="draft" value={act.id} />
              <input type="hidden" name="reference" value={asked.reference} />
              <input type="hidden" name="boundTo" value={asked.boundTo} />
              <Warning>{APPROVAL_WORDS_OF.release.warning}</Warning>
              <FreshCode
                act={approvingAct(asked.reference)}
                page={addresses.releaseDraft(act.id)}
              />
            </ActionForm>
          )}
          {asked !== undefined && (
            <p className="govuk-body">
              <a className="govuk-link" href={addresses.approval(asked.reference)}>
                The request for this release
              </a>
            </p>
          )}
        </>
      )}
    </>
  )
}

function Made({ result }: { readonly result: unknown }): ReactNode {
  const reference =
    typeof result === 'object' && result !== null && 'reference' in result
      ? String(result.reference)
      : ''
  return (
    <SuccessBanner>
      <a
        className="govuk-notification-banner__link"
        href={withQuery(addresses.reach, { release: reference })}
      >
        {reference}
      </a>{' '}
      has been made and can be read.
    </SuccessBanner>
  )
}

function DraftFacts({ draft }: { readonly draft: ReleaseDraft }): ReactNode {
  const named = (quarter: string): string => (isQuarter(quarter) ? quarterWords(quarter) : quarter)
  return (
    <SummaryList
      lines={[
        {
          name: 'For',
          value: draft.profile === 'public' ? 'The public' : 'Those who run and fund the programme',
        },
        { name: 'Quarters', value: `${named(draft.firstQuarter)} – ${named(draft.lastQuarter)}` },
        {
          name: 'Disclosure control',
          value: `${draft.settings.threshold} people or fewer are hidden, others rounded to the nearest ${draft.settings.base}`,
        },
        {
          name: 'Figures',
          value: `${draft.shown.toLocaleString('en-GB')} shown, ${draft.hidden.toLocaleString('en-GB')} hidden`,
        },
        {
          name: 'Counted from',
          value: `Linkage state ${draft.linkageVersion.toLocaleString('en-GB')}`,
        },
      ]}
    />
  )
}
