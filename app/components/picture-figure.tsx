import type { ReactNode } from 'react'
import type { Picture } from '#core/charts/picture.ts'

/** A picture of figures, written by the server; the table that says the same stands beside it on the page. */
export function PictureFigure({ picture }: { readonly picture: Picture }): ReactNode {
  return <div className="govuk-body app-picture" dangerouslySetInnerHTML={{ __html: picture.svg }} />
}
