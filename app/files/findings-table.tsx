import { Fragment, type ReactNode } from 'react'
import { addresses } from '#core/addresses/portal-addresses.ts'
import { aboutWords, isAboutFile } from '#core/messages/findings/findings.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import type { FindingGroup, FindingView } from '#server/intake/journey/read-check.ts'
import { DataTable } from '../components/data-table.tsx'
import { numberWords } from '#core/messages/reading/reading-words.ts'

/** Findings by column, each with its total and a way to its rows. */
export function FindingsTable({
  caption,
  isCaptionHidden = false,
  reference,
  isCorrectable = false,
  groups,
}: {
  readonly caption: string
  /** Where a heading says it already. */
  readonly isCaptionHidden?: boolean
  /** Null where no rows are known: they are those of a file that was hashed at source. */
  readonly reference: string | null
  /** Whether its rows can be corrected on a page of their own by who looks. */
  readonly isCorrectable?: boolean
  readonly groups: readonly FindingGroup[]
}): ReactNode {
  return (
    <DataTable
      caption={caption}
      isCaptionHidden={isCaptionHidden}
      columns={['What we found', 'Column', 'Rows']}
      rows={groups.flatMap(({ column, findings }) =>
        findings.map((finding) => ({
          key: `${finding.severity} ${finding.code} ${finding.field}`,
          cells: [
            <FindingWords key="words" finding={finding} />,
            aboutWords(finding.code, column),
            isAboutFile(finding.code) ? (
              'All'
            ) : reference === null ? (
              numberWords(finding.rows)
            ) : (
              <Fragment key="rows">
                <a
                  className="govuk-link govuk-link--no-visited-state"
                  href={addresses.rows(reference, finding)}
                >
                  {numberWords(finding.rows)}
                  <span className="govuk-visually-hidden">
                    {' '}
                    rows: {wordsOf(finding.code).title}
                  </span>
                </a>
                {isCorrectable && <CorrectLink reference={reference} finding={finding} />}
              </Fragment>
            ),
          ],
        })),
      )}
    />
  )
}

/** Whether a finding has rows in the grid: what only informs has none there. */
export function isCorrectableFinding({ code, severity }: FindingView): boolean {
  return !isAboutFile(code) && (severity === 'must-fix' || severity === 'confirm')
}

/** The way to the cells of a finding's rows, for who uploaded the file. */
export function CorrectLink({
  reference,
  finding: { code, field },
  text = 'Correct',
}: {
  readonly reference: string
  readonly finding: FindingView
  readonly text?: string
}): ReactNode {
  return (
    <a
      className="govuk-link govuk-link--no-visited-state app-finding__correct"
      href={addresses.correct(reference, { show: 'finding', code, field })}
    >
      {text}
      <span className="govuk-visually-hidden">
        {text === 'Correct' ? ' rows' : ''}: {wordsOf(code).title}
      </span>
    </a>
  )
}

/** What a finding is and how to fix it. */
function FindingWords({ finding }: { readonly finding: FindingView }): ReactNode {
  const words = wordsOf(finding.code, finding.detail ?? {})
  return (
    <>
      {words.title}
      <span className="app-finding__fix">{words.fix}</span>
    </>
  )
}

/** The groups with what `belongs` alone. */
export function findingsOf(
  groups: readonly FindingGroup[],
  belongs: (finding: FindingView) => boolean,
): FindingGroup[] {
  return groups
    .map(({ column, findings }) => ({ column, findings: findings.filter(belongs) }))
    .filter(({ findings }) => findings.length > 0)
}
