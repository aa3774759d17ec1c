import type { ReactNode } from 'react'

/** Which submission a form is about, and what it was made from. */
export function StepFields({
  journey,
}: {
  readonly journey: { readonly reference: string; readonly version: number }
}): ReactNode {
  return (
    <>
      <input type="hidden" name="reference" value={journey.reference} />
      <input type="hidden" name="version" value={journey.version} />
    </>
  )
}
