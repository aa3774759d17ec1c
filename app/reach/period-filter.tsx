import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import type { ReleasedPage } from '#server/figures/releases/look-at-releases.ts'
import { FilterForm } from '../components/filter-form.tsx'
import { quarterChoices } from './programme-quarters.ts'

const SPANS = [
  { value: 'year', text: 'Year to date' },
  { value: 'quarter', text: 'The quarter alone' },
  { value: 'start', text: 'Since the start' },
]

/** Chooses which released cells a page shows. */
export function PeriodFilter({
  page: { release, releases, asked, scopes, places },
}: {
  readonly page: ReleasedPage
}): ReactNode {
  const named = ({
    value,
    name,
  }: {
    value: string
    name: string
  }): { value: string; text: string } => ({
    value,
    text: name,
  })
  return (
    <FilterForm
      action={addresses.reach}
      submit="Show"
      fields={[
        {
          name: 'quarter',
          label: 'Quarter',
          value: asked.quarter,
          choices: quarterChoices([...release.quarters].reverse()),
        },
        { name: 'span', label: 'Period', value: asked.span, choices: SPANS },
        { name: 'scope', label: 'Services', value: asked.scope, choices: scopes.map(named) },
        { name: 'place', label: 'Place', value: asked.place, choices: places.map(named) },
        {
          name: 'release',
          label: 'Release',
          value: asked.release,
          choices: releases.map(({ reference }) => ({ value: reference, text: reference })),
        },
      ]}
    />
  )
}
