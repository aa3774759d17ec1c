import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { BackLink } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { requireActor } from '../../../guards/require-actor.ts'
import { openRegister, readChoices } from '../read-choices.ts'
import { ImportForms } from './import-forms.client.tsx'

export const metadata: Metadata = { title: 'Import a register' }

/** Brings a register in as one file. */
export default async function ImportPage(): Promise<ReactNode> {
  const actor = await requireActor('register.change')
  const { from } = await readChoices(await openRegister(), actor)
  return (
    <TwoThirds>
      <BackLink href={addresses.register} text="Register" />
      <h1 className="govuk-heading-l">Import a register</h1>
      <p className="govuk-body">
        A file as it is exported here. You see what it would change before anything is changed. What
        the file does not name stays as it is.
      </p>
      <ImportForms from={from} />
    </TwoThirds>
  )
}
