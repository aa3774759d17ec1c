import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { ROLES } from '#server/identity/actors/roles.ts'
import { takesTwo } from '#server/identity/approvals/given-roles.ts'
import { rolesIn } from '#server/identity/actors/user.ts'
import { INVITING } from '#server/identity/accounts/users.ts'
import { listProviders } from '#server/programme/register/list-register.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { CheckboxField, RadioField, SelectField } from '../../components/choice-fields.client.tsx'
import { FreshCode } from '../../components/fresh-code.tsx'
import { BackLink } from '../../components/notices.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import { TextField } from '../../components/text-field.client.tsx'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { invite } from './actions.ts'

export const metadata: Metadata = { title: 'Invite a user' }

/** Asks for what a new user's account needs; the password is the user's own to set. */
export default async function NewUserPage(): Promise<ReactNode> {
  await requireActor('user.manage')
  const { accounts, portal } = await openRequest()
  const providers = await listProviders(accounts.pool)
  return (
    <TwoThirds>
      <BackLink href={addresses.users} />
      <ActionForm action={invite} submit="Invite">
        <h1 className="govuk-heading-l">Invite a user</h1>
        <p className="govuk-body">
          We will email them a link to set a password. You will not see the password.
        </p>
        <p className="govuk-body">
          It takes two people to invite somebody who approves requests:{' '}
          <a className="govuk-link" href={addresses.askNewUser('administrator-grant')}>
            ask for a new administrator
          </a>{' '}
          or{' '}
          <a className="govuk-link" href={addresses.askNewUser('officer-grant')}>
            ask for a new data protection officer
          </a>
          .
        </p>
        <TextField name="name" label="Full name" autoComplete="off" />
        <TextField name="email" label="Email address" type="email" autoComplete="off" />
        <RadioField
          name="role"
          legend="What will they do?"
          choices={rolesIn(portal.programme.purpose)
            .filter((role) => !takesTwo(role))
            .map((role) => ({
              value: role,
              text: ROLES[role].name,
              hint: ROLES[role].hint,
            }))}
        />
        <SelectField
          name="provider"
          label="Organisation"
          hint="For people of a provider only."
          choices={[
            { value: '', text: 'None' },
            ...providers.map(({ code, name }) => ({ value: code, text: name })),
          ]}
        />
        <CheckboxField
          name="exact"
          label="May see exact figures"
          hint="For analysts. Every view of an exact figure is recorded."
        />
        <FreshCode act={INVITING} page={addresses.newUser} />
      </ActionForm>
    </TwoThirds>
  )
}
