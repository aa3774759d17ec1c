import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import { readReport } from '#server/portal/screens/report/read-report.ts'
import { listOwners } from '#server/portal/screens/report/send-report.ts'
import { FilterForm } from '../../components/filter-form.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { textIn, type Query } from '../../guards/query.ts'
import { turnAway } from '../../guards/refused.ts'
import { openRequest } from '../../guards/request-context.ts'
import { requireActor } from '../../guards/require-actor.ts'
import { quarterChoices } from '../../reach/programme-quarters.ts'
import { openRegister } from '../register/read-choices.ts'

export const metadata: Metadata = { title: 'Management report' }

/** How the work of a quarter went, in counts. */
export default async function ReportPage({
  searchParams,
}: {
  readonly searchParams: Promise<Query>
}): Promise<ReactNode> {
  const actor = await requireActor('register.see')
  const report = await readReport(
    await openRegister(),
    actor,
    textIn(await searchParams, 'quarter'),
  )
  if (!report.ok) return turnAway()
  const { quarter, quarters, lines } = report
  const owners = await listOwners((await openRequest()).accounts.pool)
  const parts = [...new Set(lines.map(({ part }) => part))]
  return (
    <div className="app-pack">
      <h1 className="govuk-heading-l">Report of {quarterWords(quarter)}</h1>
      <FilterForm
        action={addresses.managementReport}
        submit="Show"
        fields={[
          {
            name: 'quarter',
            label: 'Quarter',
            value: quarter,
            choices: quarterChoices([...quarters].reverse()),
          },
        ]}
      />
      <p className="govuk-body app-no-print">
        <a
          className="govuk-link"
          href={withQuery(addresses.managementReportFile, { quarter })}
          download
        >
          Download it as CSV
        </a>
        . The day after the deadline it is mailed to {owners.map(({ name }) => name).join(', ')}.
        Who its owners are is said on the page of each{' '}
        <a className="govuk-link" href={addresses.users}>
          user
        </a>
        .
      </p>
      {parts.map((part) => (
        <section key={part} aria-label={part}>
          <h2 className="govuk-heading-m">{part}</h2>
          <SummaryList
            lines={lines
              .filter((line) => line.part === part)
              .map(({ name, value }) => ({ name, value }))}
          />
        </section>
      ))}
    </div>
  )
}
