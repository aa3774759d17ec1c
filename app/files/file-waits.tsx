import type { ReactNode } from 'react'
import { wordsOf } from '#core/messages/words-of.ts'
import { readScannerState } from '#server/intake/held-files/scanner-state.ts'
import { TwoThirds } from '../components/page-columns.tsx'
import { openRequest } from '../guards/request-context.ts'

/** How often the page is asked for again, in seconds. */
const AGAIN = 5

/**
 * The page of a file that a worker still reads, or that waits for one or for the virus scanner: it
 * comes back by itself, without scripts as well.
 */
export async function FileWaits(): Promise<ReactNode> {
  const { portal } = await openRequest()
  const { state } = await readScannerState(portal.accounts.pool)
  return (
    <TwoThirds>
      <meta httpEquiv="refresh" content={String(AGAIN)} />
      {state === 'away' ? <ForScanner /> : <ForWorker />}
    </TwoThirds>
  )
}

function ForWorker(): ReactNode {
  const { title, fix } = wordsOf('file-waits')
  return (
    <>
      <h1 className="govuk-heading-l">Reading your file</h1>
      <p className="govuk-body-l" role="status">
        We are reading your file. This page looks again every {AGAIN} seconds.
      </p>
      <p className="govuk-body">If it takes longer than a minute or two: {title.toLowerCase()}</p>
      <p className="govuk-body">{fix}</p>
    </>
  )
}

function ForScanner(): ReactNode {
  return (
    <>
      <h1 className="govuk-heading-l">Your file waits for the virus scanner</h1>
      <p className="govuk-body-l" role="status">
        The virus scanner does not answer at the moment, and we do not read a file until it has been
        scanned. This page looks again every {AGAIN} seconds.
      </p>
      <p className="govuk-body">
        Your file is safe, and we will carry on when the scanner answers. You can leave this page
        and come back: we hold the file for 24 hours. If it is still waiting in an hour, tell the
        programme.
      </p>
    </>
  )
}
