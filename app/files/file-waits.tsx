import type { ReactNode } from 'react'
import { wordsOf } from '#core/messages/words-of.ts'
import { TwoThirds } from '../components/page-columns.tsx'

/** How often the page is asked for again, in seconds. */
const AGAIN = 5

/**
 * The page of a file that a worker still reads, or that waits for one: it comes back by itself, without
 * scripts as well.
 */
export function FileWaits(): ReactNode {
  const { title, fix } = wordsOf('file-waits')
  return (
    <TwoThirds>
      <meta httpEquiv="refresh" content={String(AGAIN)} />
      <h1 className="govuk-heading-l">Reading your file</h1>
      <p className="govuk-body-l" role="status">
        We are reading your file. This page looks again every {AGAIN} seconds.
      </p>
      <p className="govuk-body">If it takes longer than a minute or two: {title.toLowerCase()}</p>
      <p className="govuk-body">{fix}</p>
    </TwoThirds>
  )
}
