import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { listDrafts } from '#server/jobs/acts/list-drafts.ts'
import type { Release } from '#server/figures/releases/list-releases.ts'
import { lookAtReleases } from '#server/figures/releases/look-at-releases.ts'
import { Moment } from '../components/moment.tsx'
import { DataTable } from '../components/data-table.tsx'
import { openRequest } from '../guards/request-context.ts'
import { requireActor } from '../guards/require-actor.ts'
import { turnAway } from '../guards/refused.ts'

export const metadata: Metadata = { title: 'Releases' }

/** Every release there is, the latest first. */
export default async function ReleasesPage(): Promise<ReactNode> {
  const actor = await requireActor('release.make')
  const { portal, accounts } = await openRequest()
  const listed = await lookAtReleases({ releases: portal.releases, pool: accounts.pool }, actor)
  const drafts = await listDrafts(accounts, actor)
  if (!listed.ok || !drafts.ok) return turnAway()
  return (
    <>
      <h1 className="govuk-heading-l">Releases</h1>
      <p className="govuk-body">
        A release is a frozen set of tables in which small numbers are hidden and all others are
        rounded. Figures leave Count Once in no other way, and a release never changes afterwards.
        Two administrators make one: the first has a draft counted, the second looks at it and makes
        it.
      </p>
      <a className="govuk-button" href={addresses.newRelease} role="button" draggable={false}>
        Make a release
      </a>
      {drafts.drafts.length > 0 && (
        <DataTable
          caption="Drafts waiting for a second administrator"
          columns={['Draft', 'For', 'Asked for', 'By']}
          rows={drafts.drafts.map(({ act, profile, lastQuarter, askedAt, by, isOthers }) => ({
            key: act,
            cells: [
              <a key="draft" className="govuk-link" href={addresses.releaseDraft(act)}>
                Up to {quarterWords(lastQuarter)}
              </a>,
              profile === 'public' ? 'The public' : 'The programme',
              <Moment key="asked" at={askedAt} />,
              isOthers ? by : `${by} (you)`,
            ],
          }))}
        />
      )}
      {listed.releases.length === 0 ? (
        <p className="govuk-body">There are none yet.</p>
      ) : (
        <DataTable
          caption="Releases"
          columns={['Release', 'For', 'Quarters', 'Made', 'Linkage', 'Without signing in']}
          rows={listed.releases.map((release) => ({
            key: release.reference,
            cells: [
              <a
                key="reference"
                className="govuk-link app-nowrap"
                href={withQuery(addresses.reach, { release: release.reference })}
              >
                {release.reference}
              </a>,
              release.profile === 'public' ? 'The public' : 'The programme',
              `${quarterWords(release.firstQuarter)} – ${quarterWords(release.lastQuarter)}`,
              <Moment key="made" at={new Date(release.madeAt)} />,
              `${release.linkagePolicy}, state ${release.linkageVersion.toLocaleString('en-GB')}`,
              <a
                key="publication"
                className="govuk-link"
                href={addresses.release(release.reference)}
              >
                {publicationWords(release, accounts.now())}
                <span className="govuk-visually-hidden">: {release.reference}</span>
              </a>,
            ],
          }))}
        />
      )}
    </>
  )
}

function publicationWords({ publication }: Release, now: Date): string {
  if (publication === undefined) return 'Not published'
  if (publication.withdrawnAt !== null) return 'Withdrawn'
  return publication.visibleFrom > now ? 'Under embargo' : 'Published'
}
