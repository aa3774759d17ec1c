import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { RESEARCH_BASES } from '#core/messages/research/research-words.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { RadioField } from '../../components/choice-fields.client.tsx'
import { DateField } from '../../components/date-field.client.tsx'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { TextAreaField, TextField } from '../../components/text-field.client.tsx'
import { requireActor } from '../../guards/require-actor.ts'
import { open } from './actions.ts'

export const metadata: Metadata = { title: 'Write down a project' }

/** Where a piece of research is written into the register. */
export default async function NewResearchPage(): Promise<ReactNode> {
  await requireActor('research.manage')
  return (
    <TwoThirds>
      <BackLink href={addresses.research} text="Research" />
      <h1 className="govuk-heading-l">Write down a project</h1>
      <ActionForm action={open} submit="Write it down">
        <TextField name="title" label="Title" autoComplete="off" />
        <TextAreaField name="purpose" label="What it is to find out" rows={4} longest={2000} />
        <TextAreaField
          name="people"
          label="Who works on it"
          hint="A name and organisation on each line."
          rows={3}
          longest={2000}
        />
        <TextAreaField
          name="approvals"
          label="Approvals"
          hint="On each line a day, and which board or organisation gave it. For example, 2026-03-27 Ethics board."
          rows={3}
          longest={2000}
        />
        <RadioField
          name="legalBasis"
          legend="Legal basis"
          choices={Object.entries(RESEARCH_BASES).map(([value, text]) => ({ value, text }))}
        />
        <TextField
          name="environment"
          label="Where the data is worked on"
          hint="The secure environment and who runs it."
          autoComplete="off"
        />
        <TextField
          name="recipient"
          label="Public key of that environment"
          hint="43 letters, which countonce research key printed there. Only its private half opens an extract."
          autoComplete="off"
        />
        <DateField
          name="ends"
          legend="On which day does the project end?"
          hint="Everything it was given is destroyed by then. For example, 27 3 2027."
        />
      </ActionForm>
    </TwoThirds>
  )
}
