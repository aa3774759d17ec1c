import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import type { Release } from '#server/figures/releases/list-releases.ts'
import { Moment } from '../components/moment.tsx'
import { SummaryList } from '../components/summary-list.tsx'

/** Which release figures are of, when it was made and from what. */
export function ReleaseFacts({ release }: { readonly release: Release }): ReactNode {
  const { settings } = release
  return (
    <>
      <h2 className="govuk-heading-m">About these figures</h2>
      <SummaryList
        lines={[
          {
            name: 'Release',
            value: `${release.reference}, ${release.profile === 'public' ? 'for the public' : 'for the programme'}`,
          },
          {
            name: 'Quarters',
            value: `${quarterWords(release.firstQuarter)} – ${quarterWords(release.lastQuarter)}`,
          },
          { name: 'Made', value: <Moment at={new Date(release.madeAt)} /> },
          {
            name: 'Disclosure control',
            value: `${settings.threshold} people or fewer are hidden, others rounded to the nearest ${settings.base}`,
          },
          {
            name: 'Linkage',
            value: `Policy “${release.linkagePolicy}”, state ${release.linkageVersion.toLocaleString('en-GB')}`,
          },
          {
            name: 'Key check value',
            value: (
              <span className="app-code">
                {release.keyCheck === '' ? 'none' : release.keyCheck}
              </span>
            ),
          },
          { name: 'Program', value: `Count Once ${release.programVersion}` },
          { name: 'Digest', value: <span className="app-code">{release.digest}</span> },
          { name: 'Signature', value: <Signature release={release} /> },
        ]}
      />
    </>
  )
}

function Signature({ release }: { readonly release: Release }): ReactNode {
  if (release.signed === undefined) return 'Not signed yet'
  return (
    <>
      Signed with the programme’s key <span className="app-code">{release.signed.key}</span>
      <span className="app-no-print">
        <br />
        <a
          className="govuk-link"
          href={withQuery(addresses.reachDownload, { release: release.reference, form: 'signed' })}
          download
        >
          Download the signed figures
        </a>
        , which anybody can check with the{' '}
        <a className="govuk-link" href={addresses.verifier} download>
          verifier
        </a>
      </span>
    </>
  )
}
