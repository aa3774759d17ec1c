import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'

/** What is said where the rows that were asked for are none, and where to go from there. */
export function NoSuchRows({
  reference,
  show,
  isChecked,
}: {
  readonly reference: string
  /** Which rows were asked for. */
  readonly show: string | undefined
  /** Whether the file was checked with the corrections as they are. */
  readonly isChecked: boolean
}): ReactNode {
  return (
    <>
      <p className="govuk-body-l">{WORDS[show ?? ''] ?? 'There are no such rows.'}</p>
      {show === 'finding' && (
        <p className="govuk-body">
          <a className="govuk-link" href={addresses.correct(reference, { show: 'findings' })}>
            Correct rows with other findings
          </a>
        </p>
      )}
      <p className="govuk-body">
        {isChecked ? '' : 'Check the file again to see whether all is right now. '}
        <a className="govuk-link" href={addresses.step(reference, 'check')}>
          Go on to what was found in the whole file
        </a>
      </p>
    </>
  )
}

const WORDS: Readonly<Record<string, string>> = {
  finding: 'No row has this finding any more.',
  findings: 'No row has a finding left.',
  corrected: 'No row is corrected.',
}
