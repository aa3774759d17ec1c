import type { ReactNode } from 'react'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Release } from '#server/figures/releases/list-releases.ts'
import type { Anew } from '#server/figures/releases/release-revision.ts'
import { revisionLines } from '#server/figures/releases/revision-words.ts'

/** That another release tells the same quarter anew, and what it changed; nothing where none does. */
export function Superseded({
  told: { release, quarter, anew },
  href,
}: {
  readonly told: {
    readonly release: Release
    readonly quarter: Quarter
    readonly anew: Anew | undefined
  }
  /** Where the page is for another release. */
  readonly href: (asked: Readonly<Record<string, string>>) => string
}): ReactNode {
  if (anew === undefined) return null
  const { reference } = anew.release
  const [, ...lines] = revisionLines(anew.revision)
  return (
    <div className="govuk-inset-text">
      <p className="govuk-body">
        Release {release.reference} is superseded.{' '}
        <a className="govuk-link" href={href({ release: reference, quarter })}>
          See this quarter in release {reference}
        </a>
        . What it changed:
      </p>
      <ul className="govuk-list govuk-list--bullet">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
