import type { ReactNode, Ref } from 'react'
import { errorSummary, type Problem } from '#core/forms/error-summary.ts'
import type { Words } from '#core/messages/words.ts'
import { rendered } from './rendered.ts'

/** What went wrong, above the heading of a page or the fields of a form. */
export function ErrorSummary({
  problems,
  ref,
}: {
  readonly problems: readonly Problem[]
  /** For a form that puts the focus there. */
  readonly ref?: Ref<HTMLDivElement>
}): ReactNode {
  return rendered(errorSummary(problems), ref === undefined ? {} : { ref })
}

/** Words as a problem of a field, or of the page as a whole. */
export function problemOf({ title, fix }: Words, field?: string): Problem {
  return { field, message: title, hint: fix }
}
