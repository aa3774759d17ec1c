import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { checkWords } from '#core/messages/operating/check-words.ts'
import { listPossibleHolders } from '#server/portal/checklist/confirm-check.ts'
import { CONFIRMED_KINDS, type ConfirmedKind } from '#server/portal/checklist/confirmed.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { SelectField } from '../../../components/choice-fields.client.tsx'
import { BackLink, SuccessBanner } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { TextField } from '../../../components/text-field.client.tsx'
import { textIn, type Query } from '../../../guards/query.ts'
import { turnAway } from '../../../guards/refused.ts'
import { openRequest } from '../../../guards/request-context.ts'
import { requireActor } from '../../../guards/require-actor.ts'
import { enterCode, holdKeys, nameNotice, sendMail } from './actions.ts'

export const metadata: Metadata = { title: 'Confirm' }

/** Where an administrator confirms what no program can see. */
export default async function ConfirmPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ check: string }>
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  await requireActor('register.change')
  const { check } = await params
  const kind = CONFIRMED_KINDS.find((known) => known === check)
  if (kind === undefined) return turnAway()
  const { name, purpose, fix } = checkWords(kind)
  return (
    <TwoThirds>
      <BackLink href={addresses.checklist} text="Before the first file" />
      {textIn(await searchParams, 'sent') === '1' && (
        <SuccessBanner>The mail is on its way to you.</SuccessBanner>
      )}
      <h1 className="govuk-heading-l">{name}</h1>
      <p className="govuk-body">{purpose}</p>
      <p className="govuk-body">{fix}</p>
      <Form kind={kind} />
    </TwoThirds>
  )
}

function Form({ kind }: { readonly kind: ConfirmedKind }): ReactNode {
  switch (kind) {
    case 'keys-held':
      return <Holders />
    case 'mail-proven':
      return (
        <>
          <ActionForm action={sendMail} submit="Send me a mail" secondary />
          <ActionForm action={enterCode} submit="Confirm">
            <TextField name="typed" label="Code in the mail" autoComplete="off" width={10} />
          </ActionForm>
        </>
      )
    case 'privacy-notice':
      return (
        <ActionForm action={nameNotice} submit="Confirm">
          <TextField
            name="address"
            label="Address of the privacy notice"
            hint="For example, https://council.example/privacy"
            autoComplete="url"
          />
        </ActionForm>
      )
  }
}

async function Holders(): Promise<ReactNode> {
  const { accounts } = await openRequest()
  const choices = [
    { value: '', text: 'Choose somebody' },
    ...(await listPossibleHolders(accounts)).map(({ id, name }) => ({ value: id, text: name })),
  ]
  return (
    <ActionForm action={holdKeys} submit="Confirm">
      <SelectField name="first" label="Who holds a copy of the keys?" choices={choices} />
      <SelectField name="second" label="And who else?" choices={choices} />
    </ActionForm>
  )
}
