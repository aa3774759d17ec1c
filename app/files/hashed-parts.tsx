import type { ReactNode } from 'react'
import { blankWords } from '#core/messages/hasher/blank-words.ts'
import { counted, numberWords } from '#core/messages/reading/reading-words.ts'
import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { DataTable } from '../components/data-table.tsx'
import { Folded } from '../components/folded.tsx'

/** What is shown of a file that was hashed at source, in place of how it is read and matched. */

/** Says that there was nothing to match, and which rows these are. */
export function HashedNote({ journey }: { readonly journey: Journey }): ReactNode {
  return (
    <p className="govuk-inset-text">
      This file was hashed at source: its columns and words were matched there, so there is nothing
      to match here. The portal verified its manifest, every cell and every count.
      {journey.isBridged &&
        ' The same rows under an older key came with it: this is a bridge quarter.'}
    </p>
  )
}

/** The file in a line of a summary. */
export function hashedWords({ isBridged }: Journey): string {
  return isBridged
    ? 'Hashed at source, with the same rows under an older key'
    : 'Hashed at source: nothing to read or match'
}

/** How many pseudonyms of each kind there are, and why the rest are blank. */
export function HashedColumns({ journey }: { readonly journey: Journey }): ReactNode {
  const columns = journey.linkability?.columns
  if (columns === undefined) return null
  return (
    <Folded text="What people can be matched by" isWide>
      <DataTable
        caption={`Of ${counted(journey.records ?? 0, 'person', 'people')}, as the hasher counted them`}
        columns={['Pseudonym of', 'There', 'Blank, and why']}
        rows={PSEUDONYM_COLUMNS.map(({ column, words }) => {
          const { made, blank } = columns[column] ?? { made: 0, blank: {} }
          return {
            key: column,
            cells: [words, numberWords(made), <Blanks key="blank" blank={blank} />],
          }
        })}
      />
    </Folded>
  )
}

function Blanks({ blank }: { readonly blank: Readonly<Record<string, number>> }): ReactNode {
  const reasons = Object.entries(blank)
    .filter(([, rows]) => rows > 0)
    .sort(([, left], [, right]) => right - left)
  if (reasons.length === 0) return 'None'
  return (
    <ul className="govuk-list govuk-!-margin-bottom-0">
      {reasons.map(([code, rows]) => (
        <li key={code}>
          {numberWords(rows)}: {blankWords(code)}
        </li>
      ))}
    </ul>
  )
}
