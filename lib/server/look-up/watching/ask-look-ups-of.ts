import { listsOf, type TypedLookUp } from '#core/look-up/asking/typed-look-up.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import type { Asker } from '#server/store/asker.ts'
import { answered, type Waits } from '#server/look-up/asking/ask-look-up.ts'
import type { LookUpsOfPerson } from './look-ups-of-person.ts'

/** Has a worker find who looked up the person who is typed: sealed, and passed on unread there. */
export function askLookUpsOf(
  { asker }: { readonly asker: Asker },
  typed: TypedLookUp,
): Promise<LookUpsOfPerson | Refusal<'not-found' | 'look-up-too-little'> | Waits> {
  return answered(asker.ask('look-ups-of-person', {}, listsOf(typed)))
}
