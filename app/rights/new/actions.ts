'use server'

import { z } from 'zod'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  IDENTITY_CHECKS,
  RIGHTS_ASKERS,
  RIGHTS_KINDS,
  type RightsKind,
} from '#core/messages/rights/rights-words.ts'
import { openRightsRequest } from '#server/linkage/rights/handle-requests.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { dayParts, demandDay, readDay } from '../../guards/day-parts.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runAction } from '../../guards/run-action.ts'

const oneOf = <Code extends string>(words: Readonly<Record<Code, unknown>>, error: string) =>
  z.enum(Object.keys(words) as [Code, ...Code[]], { error })

const LATE = 'Enter a day that is not after today, for example 27 3 2026'
const isOver = (day: string): boolean => day <= dayInLondon(new Date())

const schema = z
  .strictObject({
    kind: oneOf<RightsKind>(RIGHTS_KINDS, 'Choose what they ask for'),
    askedBy: oneOf(RIGHTS_ASKERS, 'Choose who asks'),
    ...dayParts('received'),
    identityCheck: oneOf(IDENTITY_CHECKS, 'Choose how it was made sure who they are'),
    ...dayParts('checked'),
  })
  .refine(...demandDay('received', isOver, LATE))
  .refine(...demandDay('checked', isOver, LATE))
  .transform(({ kind, askedBy, identityCheck, ...parts }) => ({
    ...{ kind, askedBy, identityCheck },
    receivedOn: readDay(parts, 'received') ?? '',
    identityCheckedOn: readDay(parts, 'checked') ?? '',
  }))

/** Opens a request. */
export async function openRights(_state: FormState, form: FormData): Promise<FormState> {
  const outcome = await runAction({
    schema,
    form,
    right: 'rights.handle',
    call: ({ accounts }, actor, given) => openRightsRequest(accounts, actor, given),
  })
  if (!outcome.ok) return outcome.state
  goTo(addresses.rightsRequest(outcome.done.reference))
}
