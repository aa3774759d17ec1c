import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { quarterOf, quartersBetween } from '#core/standard/quarter.ts'
import { DISCLOSURE_SETTINGS } from '#core/disclosure/settings.ts'
import { askingAct } from '#server/identity/approvals/approval.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { RadioField, SelectField } from '../../components/choice-fields.client.tsx'
import { FreshCode } from '../../components/fresh-code.tsx'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { quarterChoices } from '../../reach/programme-quarters.ts'
import { draft } from './actions.ts'

export const metadata: Metadata = { title: 'Make a release' }

/** Asks what a release is to be; nothing is published before its figures were looked at. */
export default async function NewReleasePage(): Promise<ReactNode> {
  await requireActor('release.make')
  const { portal } = await openRequest()
  const { from, to } = portal.programme
  const hides = (profile: 'programme' | 'public'): string => {
    const { threshold, base } = DISCLOSURE_SETTINGS[profile]
    return `${threshold} people or fewer are hidden, all others are rounded to the nearest ${base}.`
  }
  return (
    <TwoThirds>
      <BackLink href={addresses.releases} text="Releases" />
      <ActionForm action={draft} submit="Count a draft">
        <h1 className="govuk-heading-l">Make a release</h1>
        <p className="govuk-body">
          First a draft is counted. You will see what it would publish before anything is released.
        </p>
        <SelectField
          name="quarter"
          label="Last quarter"
          hint="The release has every quarter from the first with a file to this one."
          choices={[
            { value: '', text: 'Choose a quarter' },
            ...quarterChoices(quartersBetween(quarterOf(from), quarterOf(to)).reverse()),
          ]}
        />
        <RadioField
          name="profile"
          legend="Who is it for?"
          choices={[
            {
              value: 'programme',
              text: 'Those who run and fund the programme',
              hint: hides('programme'),
            },
            { value: 'public', text: 'The public', hint: hides('public') },
          ]}
        />
        <FreshCode act={askingAct('release')} page={addresses.newRelease} />
      </ActionForm>
    </TwoThirds>
  )
}
