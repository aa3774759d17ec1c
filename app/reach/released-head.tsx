import type { ReactNode } from 'react'
import { withQuery } from '#core/addresses/portal-addresses.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import type { OpenedRelease } from '#server/figures/dashboards/open-release.ts'
import { releaseNotes } from '#server/figures/dashboards/release-notes.ts'
import type { Release } from '#server/figures/releases/list-releases.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { isDemonstrationBeingMade } from '#server/programme/setting-up/is-demonstration-being-made.ts'
import { FilterForm } from '../components/filter-form.tsx'
import { openRequest } from '../guards/request-context.ts'
import { quarterChoices } from './programme-quarters.ts'
import { ReachTabs, type ReachPage } from './reach-tabs.tsx'
import { Superseded } from './superseded.tsx'

/** Of which release and quarter a page is, what another changed of it, and how to choose another. */
export function ReleasedHead({
  actor,
  here,
  title,
  told,
}: {
  readonly actor: Actor
  readonly here: ReachPage
  readonly title: string
  readonly told: OpenedRelease
}): ReactNode {
  const { release, releases, quarter } = told
  return (
    <>
      <ReachTabs actor={actor} here={here} />
      <span className="govuk-caption-l">{quarterWords(quarter)}</span>
      <h1 className="govuk-heading-l">{title}</h1>
      <Superseded told={told} href={(asked) => withQuery(here, asked)} />
      <FilterForm
        action={here}
        submit="Show"
        fields={[
          {
            ...{ name: 'quarter', label: 'Quarter', value: quarter },
            choices: quarterChoices([...release.quarters].reverse()),
          },
          {
            ...{ name: 'release', label: 'Release', value: release.reference },
            choices: releases.map(({ reference }) => ({ value: reference, text: reference })),
          },
        ]}
      />
      {releaseNotes(told).map((note) => (
        <p key={note} className="govuk-body govuk-!-width-two-thirds">
          {note}
        </p>
      ))}
    </>
  )
}

/** What stands while there is no release. */
export async function NothingReleased({
  actor,
  here,
  title,
}: {
  readonly actor: Actor
  readonly here: ReachPage
  readonly title: string
}): Promise<ReactNode> {
  const { accounts } = await openRequest()
  const isBeingMade = await isDemonstrationBeingMade(accounts.pool)
  return (
    <>
      <ReachTabs actor={actor} here={here} />
      <h1 className="govuk-heading-l">{title}</h1>
      <p className="govuk-body">
        No figures have been released yet.{' '}
        {isBeingMade
          ? 'The first release of this demonstration is being made: open this page again in a minute or two.'
          : 'An administrator makes a release once files are in the figures.'}
      </p>
    </>
  )
}

/** What a release of reach alone says where another would tell of use. */
export function ReachAlone({ release }: { readonly release: Release }): ReactNode {
  return (
    <p className="govuk-body">
      Release {release.reference} tells of reach alone, as releases did before they told how
      services were used.
    </p>
  )
}
