import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import {
  DATASET_VERSION,
  dictionaryCodes,
  dictionaryEntries,
  type DictionaryCode,
} from '#core/standard/dictionary.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import { DATASET_FILES } from '#server/portal/screens/standard-files.ts'
import { DataTable } from '../components/data-table.tsx'
import { Folded } from '../components/folded.tsx'
import { BackLink } from '../components/notices.tsx'
import { requireActor } from '../guards/require-actor.ts'

export const metadata: Metadata = { title: 'What a file may hold' }

/**
 * The standard, to read and to download: what each column may hold, and an empty file with these
 * columns.
 */
export default async function DatasetPage(): Promise<ReactNode> {
  await requireActor()
  const codes = dictionaryCodes('people')
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
        <FileLine what="Template" note="one row a person" files={DATASET_FILES.people.template} />
        <FileLine
          what="Dictionary"
          note="every column, with the codes it may hold"
          files={DATASET_FILES.people.dictionary}
        />
      </ul>
      <Columns caption="Columns" kind="people" />
      <Folded isWide text="Codes">
        <p className="govuk-body">
          We understand many other words for these too, or ask you what yours mean. Languages may be
          given by name or by their ISO 639 code.
        </p>
        <Codes caption="Codes" codes={codes} />
      </Folded>
      <h2 className="govuk-heading-m">Activities and outcomes</h2>
      <p className="govuk-body">
        Two further kinds of file have a standard as well. Upload them beside your file of people:
        say on the page where you upload what the file holds.
      </p>
      {FURTHER.map(({ kind, name, what }) => (
        <section key={kind}>
          <h3 className="govuk-heading-s">{name}</h3>
          <p className="govuk-body">{what}</p>
          <ul className="govuk-list app-ways">
            <FileLine
              what={`${name} template`}
              note="as the standard has it"
              files={DATASET_FILES[kind].template}
            />
            <FileLine
              what={`${name} dictionary`}
              note="every column, with the codes it may hold"
              files={DATASET_FILES[kind].dictionary}
            />
          </ul>
          <Folded isWide text={`Columns of ${name.toLowerCase()}`}>
            <Columns caption={`Columns of ${name.toLowerCase()}`} kind={kind} />
            <Codes
              caption={`Codes of ${name.toLowerCase()}`}
              codes={dictionaryCodes(kind).filter(
                ({ heading, code }) =>
                  !codes.some((known) => known.heading === heading && known.code === code),
              )}
            />
          </Folded>
        </section>
      ))}
    </>
  )
}

const FURTHER = [
  {
    kind: 'activities',
    name: 'Activities',
    what: 'One row is one person at one activity, or one activity with the number of adults and children who came and are not named.',
  },
  {
    kind: 'outcomes',
    name: 'Outcomes',
    what: 'One row is one score of one person at one time. Baseline and follow-up may be columns of one row instead, if their headings name the instrument and the time point.',
  },
] as const

function Columns({
  caption,
  kind,
}: {
  readonly caption: string
  readonly kind: FileKind
}): ReactNode {
  return (
    <DataTable
      caption={caption}
      columns={['Column', 'What it holds', 'About', 'Required', 'For example']}
      rows={dictionaryEntries(kind).map((entry) => ({
        key: entry.field,
        cells: [
          entry.heading,
          <>
            {entry.what}
            <span className="app-cell-note">{entry.kind}</span>
          </>,
          entry.forWhom,
          entry.required,
          entry.examples,
        ],
      }))}
    />
  )
}

function Codes({
  caption,
  codes,
}: {
  readonly caption: string
  readonly codes: readonly DictionaryCode[]
}): ReactNode {
  return (
    <DataTable
      caption={caption}
      isCaptionHidden
      columns={['Column', 'Code', 'Meaning']}
      rows={codes.map(({ heading, code, meaning }) => ({
        key: `${heading} ${code}`,
        cells: [heading, code, meaning],
      }))}
    />
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
