import type { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import type { FrameworkEdit } from '#core/framework/change-framework.ts'
import { editDraft } from '#server/programme/framework/framework-draft.ts'
import type { FormState } from '../../guards/form-state.ts'
import { goTo } from '../../guards/go-to.ts'
import { runAction } from '../../guards/run-action.ts'

/** Guard, parse, edit the draft, and back to it; what would not hold together is told beside the form. */
export async function runEdit({
  prepare,
  ...given
}: {
  readonly schema: z.ZodType<{ readonly seen: number; readonly edit: FrameworkEdit }>
  readonly form: FormData
  readonly right: 'register.change'
  readonly prepare?: (sent: FormData) => Promise<FormData>
}): Promise<FormState> {
  let why = ''
  const outcome = await runAction({
    ...given,
    ...(prepare === undefined ? {} : { prepare }),
    call: async ({ accounts }, actor, { seen, edit }) => {
      const edited = await editDraft(accounts, actor, edit, seen)
      if (!edited.ok && edited.code === 'framework-problem') {
        const { at, why: told } = edited.detail
        why = at === '' ? told : `${at}: ${told}`
      }
      return edited
    },
  })
  if (outcome.ok) return goTo(withQuery(addresses.frameworkDraft, { done: 'saved' }))
  const [first] = outcome.state.errors
  if (why === '' || first === undefined) return outcome.state
  return { ...outcome.state, errors: [{ ...first, hint: `In the list of ${why}.` }] }
}
