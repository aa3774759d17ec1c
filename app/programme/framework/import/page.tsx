import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { readDraftShown } from '#server/programme/framework/read-framework.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { FileField } from '../../../components/file-field.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { TextAreaField } from '../../../components/text-field.client.tsx'
import { turnAway } from '../../../guards/refused.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { bringIn } from './actions.ts'

export const metadata: Metadata = { title: 'Import a measurement framework' }

/** Makes the draft of a framework file: what it changes is shown before anybody puts it in force. */
export default async function ImportFrameworkPage(): Promise<ReactNode> {
  const actor = await requireActor('register.change')
  const { accounts } = await openRequest()
  const read = await readDraftShown(accounts, actor)
  if (!read.ok) return turnAway()
  return (
    <TwoThirds>
      <BackLink href={addresses.frameworkDraft} text="Draft of the measurement framework" />
      <h1 className="govuk-heading-l">Import a measurement framework</h1>
      <p className="govuk-body">
        A file as it is exported here. It takes the place of the whole draft. Nothing is in force
        before two administrators put it in force.
      </p>
      <ActionForm action={bringIn} submit="Make it the draft">
        <input type="hidden" name="seen" value={read.draft.revision} />
        <FileField name="file" label="Choose a file" accept=".json,application/json" />
        <TextAreaField name="framework" label="Or paste a framework" rows={8} longest={500_000} />
      </ActionForm>
    </TwoThirds>
  )
}
