import type { ReactNode } from 'react'

/** A figure that is read first; `note` is what must be known with it. */
export interface HeadlineFigure {
  readonly name: string
  readonly value: string
  readonly note?: string
}

/** The figures that a page is about, side by side. */
export function Headline({ figures }: { readonly figures: readonly HeadlineFigure[] }): ReactNode {
  return (
    <dl className="app-headline">
      {figures.map(({ name, value, note }) => (
        <div key={name} className="app-headline__figure">
          <dt className="govuk-body-s">{name}</dt>
          <dd className="govuk-body">
            {value}
            {note !== undefined && <span className="app-headline__note">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
