import type { ReactNode } from 'react'
import { periodWords, quartersBetween, type Quarter } from '#core/standard/quarter.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { FilterForm } from '../components/filter-form.tsx'
import { ExactNotice } from './exact-notice.tsx'
import { quarterChoices } from './programme-quarters.ts'
import { MissingFiles } from './missing-files.tsx'
import { ReachTabs, type ReachPage } from './reach-tabs.tsx'

/** What stands above exact figures of a period: which they are, what they are not for, and another choice. */
export function ExactHead({
  actor,
  here,
  heading,
  period,
  children,
}: {
  readonly actor: Actor
  readonly here: ReachPage
  readonly heading: string
  readonly period: {
    readonly quarters: readonly Quarter[]
    readonly from: Quarter
    readonly to: Quarter
  }
  /** Further fields of the choice. */
  readonly children?: ReactNode
}): ReactNode {
  const { quarters, from, to } = period
  const choices = quarterChoices(quarters)
  return (
    <>
      <ReachTabs actor={actor} here={here} />
      <span className="govuk-caption-l">{periodWords(period)}</span>
      <h1 className="govuk-heading-l">{heading}</h1>
      <ExactNotice />
      <FilterForm
        action={here}
        submit="Count"
        fields={[
          { name: 'from', label: 'From', value: from, choices },
          { name: 'to', label: 'To', value: to, choices },
        ]}
      >
        {children}
      </FilterForm>
      <MissingFiles actor={actor} quarters={quartersBetween(from, to)} />
    </>
  )
}
