import type { ReactNode } from 'react'
import type { Picture } from '#core/charts/picture.ts'

/**
 * A picture of figures, written by the server; the table that says the same stands beside it on the
 * page. On a phone it scrolls, so that its letters can be read.
 */
export function PictureFigure({
  picture,
  narrow = false,
}: {
  readonly picture: Picture
  /** Whether its letters can be read at the width of a phone. */
  readonly narrow?: boolean
}): ReactNode {
  return (
    <div
      className={`govuk-body app-picture${narrow ? ' app-picture--narrow' : ''}`}
      role="region"
      aria-label={`Picture: ${picture.table.caption}`}
      tabIndex={0}
      dangerouslySetInnerHTML={{ __html: picture.svg }}
    />
  )
}
