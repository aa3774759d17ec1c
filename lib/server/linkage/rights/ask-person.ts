import type { RightsCode } from '#core/messages/rights/rights-words.ts'
import type { TypedPerson } from '#core/rights/typed-person.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import type { Asker } from '#server/store/asker.ts'
import type { PersonFound } from './find-person.ts'

/** Has a worker look for the person of a request: what was typed is sealed, and passed on unread there. */
export function askPerson(
  { asker }: { readonly asker: Asker },
  request: string,
  typed: TypedPerson,
): Promise<PersonFound | Refusal<'not-found' | RightsCode | 'file-waits'>> {
  return asker.ask('find-person', { request, service: typed.service }, typed)
}
