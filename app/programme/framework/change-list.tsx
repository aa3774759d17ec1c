import type { ReactNode } from 'react'
import type { FrameworkChange } from '#core/framework/change-framework.ts'
import { changeLines } from '#core/messages/register/framework-words.ts'

/** What one version says otherwise than the one before, a line each. */
export function ChangeList({
  changes,
}: {
  readonly changes: readonly FrameworkChange[]
}): ReactNode {
  return (
    <ul className="govuk-list govuk-list--bullet">
      {changes.flatMap(changeLines).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
