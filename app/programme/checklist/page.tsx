import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { checkWords, type ChecklistCode } from '#core/messages/operating/check-words.ts'
import { readChecklist } from '#server/portal/checklist/read-checklist.ts'
import type { CheckState } from '#server/portal/checklist/check.ts'
import { SuccessBanner } from '../../components/notices.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { StatusTag } from '../../components/notices.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'

export const metadata: Metadata = { title: 'Before the first file' }

/** What a programme must have before it takes real files. */
export default async function ChecklistPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('system.see')
  const { portal, accounts } = await openRequest()
  const sources = {
    ...{ database: accounts.pool, card: await portal.secrets.card(), now: accounts.now() },
  }
  const read = await readChecklist(sources, actor)
  if (!read.ok) return turnAway()
  const missing = read.checks.filter(({ state }) => state === 'missing').length
  return (
    <>
      {textIn(await searchParams, 'done') === '1' && <SuccessBanner>It is noted.</SuccessBanner>}
      <h1 className="govuk-heading-l">Before the first file</h1>
      <p className="govuk-body-l">
        {missing === 0
          ? 'Nothing is missing. Look again from time to time.'
          : `${missing} of ${read.checks.length} ${missing === 1 ? 'is' : 'are'} missing. Do not take real files before they are done.`}
      </p>
      <DataTable
        caption="What a programme must have"
        isCaptionHidden
        columns={['What', 'State', 'Found', 'What it is for']}
        rows={read.checks.map(({ code, state, found }) => ({
          key: code,
          cells: [
            code === 'backup-tested' || code === 'postcodes' ? (
              checkWords(code).name
            ) : (
              <a key="what" className="govuk-link" href={DONE_AT[code]}>
                {checkWords(code).name}
              </a>
            ),
            <State key="state" state={state} />,
            found,
            checkWords(code).purpose,
          ],
        }))}
      />
      <p className="govuk-body">
        The operator of the server sees the same and more with <code>countonce doctor</code>:
        database, keys, mail, storage, clock and versions.
      </p>
    </>
  )
}

/** Where each is done; a backup is tested, and postcodes are imported, on the server alone. */
const DONE_AT: Readonly<Record<Exclude<ChecklistCode, 'backup-tested' | 'postcodes'>, string>> = {
  administrators: addresses.users,
  'keys-held': addresses.confirmCheck('keys-held'),
  'mail-proven': addresses.confirmCheck('mail-proven'),
  agreements: addresses.services,
  'privacy-notice': addresses.confirmCheck('privacy-notice'),
  anchors: addresses.audit,
}

function State({ state }: { readonly state: CheckState }): ReactNode {
  if (state === 'met') return <StatusTag colour="green">Done</StatusTag>
  if (state === 'weak') return <StatusTag colour="yellow">Could be better</StatusTag>
  return <StatusTag colour="red">Missing</StatusTag>
}
