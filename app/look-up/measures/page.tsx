import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { DataTable } from '../../components/data-table.tsx'
import { FilterForm } from '../../components/filter-form.tsx'
import { dayWords } from '../../components/moment.tsx'
import { BackLink } from '../../components/notices.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { TwoThirds } from '../../components/page-columns.tsx'
import type { Query } from '../../guards/query.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { turnAway } from '../../guards/refused.ts'
import { readMeasures } from './read-measures.ts'

export const metadata: Metadata = { title: 'How look-ups are used' }

/** How look-ups were used between two days. */
export default async function MeasuresPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('look-up.watch')
  const measures = await readMeasures(actor, await searchParams)
  if (measures === undefined) return turnAway()
  const { from, to } = measures
  return (
    <TwoThirds>
      <BackLink href={addresses.lookUps} />
      <h1 className="govuk-heading-l">How look-ups are used</h1>
      <FilterForm action={addresses.lookUpMeasures} submit="Show" fields={[]}>
        <div className="app-filter__fields">
          {[
            { name: 'from', label: 'From', value: from },
            { name: 'to', label: 'To', value: to },
          ].map(({ name, label, value }) => (
            <div key={name} className="govuk-form-group">
              <label className="govuk-label" htmlFor={name}>
                {label}
              </label>
              <input
                className="govuk-input govuk-input--width-10"
                id={name}
                name={name}
                type="date"
                defaultValue={value}
              />
            </div>
          ))}
        </div>
      </FilterForm>
      <p className="govuk-body">
        From {dayWords(from)} to {dayWords(to)}.{' '}
        <a
          className="govuk-link app-no-print"
          href={withQuery(addresses.lookUpMeasuresFile, { from, to })}
          download
        >
          Download as CSV
        </a>
      </p>
      <SummaryList
        lines={[
          { name: 'Look-ups', value: measures.lookUps.toLocaleString('en-GB') },
          { name: 'Practitioners who looked up', value: measures.practitioners },
          {
            name: 'Look-ups a person and day of work',
            value: rate(measures.lookUps, measures.signIns),
          },
          {
            name: 'Found somebody',
            value: `${String(measures.found)} (${share(measures.found, measures.lookUps)})`,
          },
          { name: 'Sources opened', value: measures.opened },
          { name: 'Sources opened a look-up', value: rate(measures.opened, measures.lookUps) },
        ]}
      />
      <DataTable
        caption="First contact after a look-up, as practitioners told it"
        columns={['When', 'Look-ups']}
        rows={[...measures.contacts, { name: 'Not answered', count: measures.unanswered }].map(
          ({ name, count }) => ({ key: name, cells: [name, count] }),
        )}
      />
      <DataTable
        caption="By purpose"
        columns={['Purpose', 'Look-ups']}
        rows={measures.byPurpose.map(({ name, count }) => ({ key: name, cells: [name, count] }))}
      />
      <DataTable
        caption="By source"
        columns={['Source', 'Had records', 'Opened']}
        rows={measures.bySource.map(({ name, shown, opened }) => ({
          ...{ key: name, cells: [name, shown, opened] },
        }))}
      />
    </TwoThirds>
  )
}

function rate(of: number, by: number): string {
  return by === 0 ? 'None yet' : (of / by).toFixed(1)
}

function share(part: number, whole: number): string {
  return whole === 0 ? 'none yet' : `${String(Math.round((100 * part) / whole))}%`
}
