'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { inviteAgain, nameOwner, setUserDisabled } from '#server/identity/accounts/users.ts'
import type { AccountContext } from '#server/identity/accounts/account-context.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { FormState } from '../../guards/form-state.ts'
import { runAction } from '../../guards/run-action.ts'

const schema = z.strictObject({ user: z.string().regex(/^U-[0-9A-Z]{8}$/) })

/** Sends a user a link to set a password. */
export async function sendLink(_state: FormState, form: FormData): Promise<FormState> {
  return changeUser(form, 'link-sent', inviteAgain)
}

/** Disables a user. */
export async function disable(_state: FormState, form: FormData): Promise<FormState> {
  return changeUser(form, 'disabled', (accounts, actor, user) =>
    setUserDisabled(accounts, actor, user, true),
  )
}

/** Lets a user sign in again. */
export async function enable(_state: FormState, form: FormData): Promise<FormState> {
  return changeUser(form, 'enabled', (accounts, actor, user) =>
    setUserDisabled(accounts, actor, user, false),
  )
}

/** Names a user an owner of the programme. */
export async function own(_state: FormState, form: FormData): Promise<FormState> {
  return changeUser(form, 'owner-named', (accounts, actor, user) =>
    nameOwner(accounts, actor, user, true),
  )
}

/** Says that a user is no owner any more. */
export async function disown(_state: FormState, form: FormData): Promise<FormState> {
  return changeUser(form, 'owner-relieved', (accounts, actor, user) =>
    nameOwner(accounts, actor, user, false),
  )
}

async function changeUser(
  form: FormData,
  done: string,
  change: (
    accounts: AccountContext,
    actor: Actor,
    user: string,
  ) => Promise<{ readonly ok: true } | Refusal>,
): Promise<FormState> {
  let changed = ''
  const outcome = await runAction({
    schema,
    form,
    right: 'user.manage',
    call: ({ accounts }, actor, { user }) => {
      changed = user
      return change(accounts, actor, user)
    },
  })
  if (!outcome.ok) return outcome.state
  redirect(withQuery(addresses.user(changed), { done }))
}
