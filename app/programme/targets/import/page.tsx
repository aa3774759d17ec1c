import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { SCORECARD_INDICATORS } from '#core/measures/scorecard.ts'
import { TARGET_WAYS } from '#core/measures/targets.ts'
import { INDICATOR_WORDS } from '#core/messages/releases/measure-words.ts'
import { ActionForm } from '../../../components/action-form.client.tsx'
import { DataTable } from '../../../components/data-table.tsx'
import { FileField } from '../../../components/file-field.tsx'
import { BackLink } from '../../../components/notices.tsx'
import { TwoThirds } from '../../../components/page-columns.tsx'
import { TextAreaField } from '../../../components/text-field.client.tsx'
import { requireActor } from '../../../guards/require-actor.ts'
import { bringIn } from './actions.ts'

export const metadata: Metadata = { title: 'Import targets' }

/** Takes targets in from a file, all of it or nothing. */
export default async function ImportTargetsPage(): Promise<ReactNode> {
  await requireActor('register.change')
  return (
    <TwoThirds>
      <BackLink href={addresses.targets} text="Targets" />
      <h1 className="govuk-heading-l">Import targets</h1>
      <p className="govuk-body">
        A CSV file with the columns service (its code), quarter (like 2024-Q1), indicator and
        target, as it is exported here. A blank target takes one back. What the file does not name
        stays as it is.
      </p>
      <ActionForm action={bringIn} submit="Import them">
        <FileField name="file" label="Choose a file" accept=".csv,text/csv" />
        <TextAreaField name="targets" label="Or paste targets" rows={8} longest={500_000} />
      </ActionForm>
      <DataTable
        caption="Indicators"
        columns={['Indicator', 'What it is', 'The target is']}
        rows={SCORECARD_INDICATORS.map(({ code, form }) => ({
          key: code,
          cells: [
            <span key="code" className="app-code">
              {code}
            </span>,
            INDICATOR_WORDS[code].name,
            `the ${TARGET_WAYS[code]}, ${form === 'share' ? 'in per cent' : form === 'days' ? 'in days' : 'a whole number'}`,
          ],
        }))}
      />
    </TwoThirds>
  )
}
