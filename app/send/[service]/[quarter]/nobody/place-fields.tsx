import type { ReactNode } from 'react'

/** Which service and quarter a form is about. */
export function PlaceFields({
  service,
  quarter,
}: {
  readonly service: string
  readonly quarter: string
}): ReactNode {
  return (
    <>
      <input type="hidden" name="service" value={service} />
      <input type="hidden" name="quarter" value={quarter} />
    </>
  )
}
