import type { ReactNode } from 'react'
import { countWords, shareWords } from '#core/messages/releases/measure-words.ts'
import type { MeasuredUse } from '#server/figures/measures/measure-use.ts'
import { NumberTable } from '../../components/number-table.tsx'
import { ChangeTable, type ScaleCodes } from './change-table.tsx'
import { FoldedPart } from '../../components/folded-part.tsx'

/** What activities come to, where services sent files of them; docs/measures.md. */
export function ActivityTable({
  activities,
  named,
}: {
  readonly activities: MeasuredUse['activities']
  readonly named: (code: string) => string
}): ReactNode {
  if (activities.length === 0) return null
  return (
    <FoldedPart heading="Activities" holds="Activities of each service, and who came">
      <NumberTable
        caption="Activities"
        columns={[
          { name: 'Service' },
          { name: 'Activities' },
          { name: 'Attendances' },
          { name: 'Different people' },
          { name: 'Adults not named' },
          { name: 'Children not named' },
        ]}
        rows={activities.map((row) => ({
          key: row.service,
          cells: [
            named(row.service),
            countWords(row.activities),
            countWords(row.attendances),
            countWords(row.participants),
            countWords(row.anonymousAdults),
            countWords(row.anonymousChildren),
          ],
        }))}
      />
      <p className="govuk-body govuk-!-width-two-thirds">
        Who came to an activity is not reached by that alone. Somebody who was counted and not named
        may have come several times, and be among the people as well.
      </p>
    </FoldedPart>
  )
}

/** What scores come to, where services sent files of them; docs/measures.md. */
export function ScoreTables({
  use: { scores, changes },
  named,
  scaleNamed,
}: {
  readonly use: Pick<MeasuredUse, 'scores' | 'changes'>
  readonly named: (code: string) => string
  readonly scaleNamed: (of: ScaleCodes) => string
}): ReactNode {
  if (scores.length === 0) return null
  return (
    <FoldedPart heading="Scores" holds="Scores of each service, and how they changed">
      <NumberTable
        caption="Scores"
        columns={[
          { name: 'Service' },
          { name: 'Instrument', words: true },
          { name: 'Scores' },
          { name: 'People with a baseline' },
          { name: 'With a later score' },
          { name: 'Of them, with both' },
        ]}
        rows={scores.map((row) => ({
          key: `${row.service} ${row.instrument} ${row.subScale}`,
          cells: [
            named(row.service),
            scaleNamed(row),
            countWords(row.scores),
            countWords(row.baseline),
            countWords(row.later),
            shareWords(row.paired, row.later),
          ],
        }))}
      />
      <p className="govuk-body govuk-!-width-two-thirds">
        A baseline may be of an earlier quarter. Scores of different people are never compared as if
        they showed a change.
      </p>
      <ChangeTable changes={changes} named={named} scaleNamed={scaleNamed} />
    </FoldedPart>
  )
}
