import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { DATASET_VERSION, dictionaryCodes, dictionaryEntries } from '#core/standard/dictionary.ts'
import { DATASET_FILES } from '#server/portal/screens/standard-files.ts'
import { DataTable } from '../components/data-table.tsx'
import { BackLink } from '../components/notices.tsx'
import { requireActor } from '../guards/require-actor.ts'

export const metadata: Metadata = { title: 'What a file may hold' }

/**
 * The standard, to read and to download: what each column may hold, and an empty file with these
 * columns.
 */
export default async function DatasetPage(): Promise<ReactNode> {
  await requireActor()
  const entries = dictionaryEntries()
  const codes = dictionaryCodes()
  return (
    <>
      <BackLink href={addresses.home} text="Home" />
      <span className="govuk-caption-l">Standard, version {DATASET_VERSION}</span>
      <h1 className="govuk-heading-l">What a file may hold</h1>
      <p className="govuk-body">
        An export from your own system is best, with its own column names: you match them when you
        upload it. Where there is nothing to export from, fill in the template.
      </p>
      <h2 className="govuk-heading-m">Download</h2>
      <ul className="govuk-list app-ways">
        <FileLine what="Template" note="one row a person" files={DATASET_FILES.template} />
        <FileLine
          what="Dictionary"
          note="every column, with the codes it may hold"
          files={DATASET_FILES.dictionary}
        />
      </ul>
      <DataTable
        caption="Columns"
        columns={['Column', 'What it holds', 'About', 'Required', 'For example']}
        rows={entries.map(({ heading, field, what, kind, forWhom, required, examples }) => ({
          key: field,
          cells: [
            heading,
            <>
              {what}
              <span className="app-cell-note">{kind}</span>
            </>,
            forWhom,
            required,
            examples,
          ],
        }))}
      />
      <details className="govuk-details">
        <summary className="govuk-details__summary">
          <span className="govuk-details__summary-text">Codes</span>
        </summary>
        <p className="govuk-body">
          We understand many other words for these too, or ask you what yours mean. Languages may be
          given by name or by their ISO 639 code.
        </p>
        <DataTable
          caption="Codes"
          isCaptionHidden
          columns={['Column', 'Code', 'Meaning']}
          rows={codes.map(({ heading, code, meaning }) => ({
            key: `${heading} ${code}`,
            cells: [heading, code, meaning],
          }))}
        />
      </details>
    </>
  )
}

function FileLine({
  what,
  note,
  files,
}: {
  readonly what: string
  readonly note: string
  readonly files: { readonly csv: string; readonly xlsx: string }
}): ReactNode {
  return (
    <li>
      {what} ({note}):{' '}
      <a className="govuk-link" href={addresses.standardFile(files.xlsx)} download>
        Excel<span className="govuk-visually-hidden"> {what.toLowerCase()}</span>
      </a>{' '}
      or{' '}
      <a className="govuk-link" href={addresses.standardFile(files.csv)} download>
        CSV<span className="govuk-visually-hidden"> {what.toLowerCase()}</span>
      </a>
    </li>
  )
}
