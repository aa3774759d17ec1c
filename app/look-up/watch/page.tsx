import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { LOOK_UP_PURPOSES } from '#core/messages/look-up/look-up-words.ts'
import { listLookUps } from '#server/look-up/watching/list-look-ups.ts'
import { SAMPLE, SAMPLE_DAYS } from '#server/look-up/watching/spot-checks.ts'
import { ActionForm } from '../../components/action-form.client.tsx'
import { FilterForm } from '../../components/filter-form.tsx'
import { Pagination } from '../../components/pagination.tsx'
import type { Query } from '../../guards/query.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { turnAway } from '../../guards/refused.ts'
import { sample } from './actions.ts'
import { LookUpTable } from './look-up-table.tsx'
import { filterIn, queryOf, watchOf } from './watch-context.ts'

export const metadata: Metadata = { title: 'Look-ups' }

const ONLY = [
  { value: 'all', text: 'All look-ups' },
  { value: 'alarms', text: 'With an alarm' },
  { value: 'sampled', text: 'Drawn as a sample' },
  { value: 'opened', text: 'With details opened' },
  { value: 'reported', text: 'With something reported' },
  { value: 'nobody', text: 'That found nobody' },
]

/** Who looked somebody up, for what and what they saw; reading it is an entry itself. */
export default async function LookUpsPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('look-up.watch')
  const filter = filterIn(await searchParams)
  const listed = await listLookUps(watchOf(await openRequest()), actor, filter)
  if (!listed.ok) return turnAway()
  const asked = queryOf(filter)
  const page = (number: number): string =>
    withQuery(addresses.lookUps, { ...asked, page: String(number) })
  return (
    <>
      <h1 className="govuk-heading-l">Look-ups</h1>
      <p className="govuk-body">
        Nobody who was looked up is named here. To see who looked up one person,{' '}
        <a className="govuk-link" href={addresses.lookUpsOfPerson}>
          enter the same identifiers again
        </a>
        .
      </p>
      <ActionForm
        action={sample}
        submit={`Draw ${String(SAMPLE)} look-ups of the last ${String(SAMPLE_DAYS)} days to check`}
        secondary
      />
      <FilterForm
        action={addresses.lookUps}
        submit="Show"
        fields={[
          {
            name: 'by',
            label: 'Practitioner',
            value: filter.by,
            choices: [
              { value: '', text: 'Everybody' },
              ...listed.practitioners.map(({ id, name }) => ({ value: id, text: name })),
            ],
          },
          {
            name: 'purpose',
            label: 'Purpose',
            value: filter.purpose,
            choices: [
              { value: '', text: 'Any' },
              ...Object.entries(LOOK_UP_PURPOSES).map(([value, text]) => ({ value, text })),
            ],
          },
          { name: 'only', label: 'Show', value: filter.only, choices: ONLY },
        ]}
      >
        <div className="app-filter__fields">
          {[
            { name: 'from', label: 'From', type: 'date', value: filter.from },
            { name: 'to', label: 'To', type: 'date', value: filter.to },
            { name: 'case', label: 'Case reference', type: 'text', value: '' },
          ].map(({ name, label, type, value }) => (
            <div key={name} className="govuk-form-group">
              <label className="govuk-label" htmlFor={name}>
                {label}
              </label>
              <input
                className="govuk-input govuk-input--width-10"
                id={name}
                name={name}
                type={type}
                autoComplete="off"
                spellCheck={false}
                defaultValue={value}
              />
            </div>
          ))}
        </div>
      </FilterForm>
      <p className="govuk-body app-no-print">
        {listed.count.toLocaleString('en-GB')} {listed.count === 1 ? 'look-up' : 'look-ups'}.{' '}
        <a className="govuk-link" href={addresses.lookUpsFile(asked)} download>
          Download them as CSV
        </a>
      </p>
      <LookUpTable lookUps={listed.lookUps} />
      <Pagination
        label="Look-ups"
        previous={filter.page > 1 ? { href: page(filter.page - 1), text: 'Newer' } : undefined}
        next={
          filter.page < listed.pages ? { href: page(filter.page + 1), text: 'Older' } : undefined
        }
      />
    </>
  )
}
