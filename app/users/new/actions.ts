'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { PURPOSES } from '#core/purpose/purposes.ts'
import { isOfProvider } from '#server/identity/actors/actor.ts'
import { rolesIn } from '#server/identity/actors/user.ts'
import { INVITING, inviteUser } from '#server/identity/accounts/users.ts'
import type { FormState } from '../../guards/form-state.ts'
import { runProvedAction } from '../../guards/run-action.ts'
import { newPerson } from './new-person.ts'

const schema = z
  .strictObject({
    ...newPerson,
    role: z.enum(PURPOSES.flatMap(rolesIn), { error: 'Choose what they will do' }),
    provider: z.string().max(64),
  })
  .refine(({ role, provider }) => !isOfProvider({ role }) || provider !== '', {
    path: ['provider'],
    error: 'Choose the organisation whose files they will send',
  })

/** Makes a user and mails them a link. */
export async function invite(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runProvedAction({
    schema,
    form,
    fields: { 'user-exists': 'email', 'provider-unknown': 'provider' },
    right: 'user.manage',
    act: () => INVITING,
    call: ({ accounts }, actor, { name, email, role, provider, exact }, fresh) => {
      const providerCode = provider === '' ? null : provider
      const wanted = { name, email, role, providerCode, mayExact: exact === 'yes' }
      return inviteUser(accounts, actor, wanted, fresh)
    },
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.users, { invited: '1' }))
}
