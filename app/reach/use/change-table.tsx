import type { ReactNode } from 'react'
import { meanChange, type PairedChange } from '#core/measures/paired-change.ts'
import { countWords, meanChangeWords, shareWords } from '#core/messages/releases/measure-words.ts'
import { NumberTable } from '../../components/number-table.tsx'

/** An instrument and its sub-scale, which is blank for the instrument's own scale. */
export interface ScaleCodes {
  readonly instrument: string
  readonly subScale: string
}

/** How scores of the same people changed, where the framework in force has the instrument; docs/measures.md. */
export function ChangeTable({
  changes,
  named,
  scaleNamed,
}: {
  readonly changes: readonly PairedChange[]
  readonly named: (code: string) => string
  readonly scaleNamed: (of: ScaleCodes) => string
}): ReactNode {
  if (changes.length === 0) return null
  return (
    <>
      <NumberTable
        caption="Change of scores"
        columns={[
          { name: 'Service' },
          { name: 'Instrument', words: true },
          { name: 'Both scores valid' },
          { name: 'Mean change (95% interval)' },
          { name: 'Improved' },
          { name: 'About the same' },
          { name: 'Worse' },
          { name: 'Valid baseline alone' },
          { name: 'No valid baseline' },
          { name: 'Mean baseline: with both, alone' },
        ]}
        rows={changes.map((row) => {
          const { service, instrument, subScale, paired, improved, worse } = row
          const people = paired + row.baselineOnly + row.noBaseline
          return {
            key: `${service} ${instrument} ${subScale}`,
            cells: [
              named(service),
              scaleNamed(row),
              shareWords(paired, people),
              meanChangeWords(meanChange(row)),
              reliablyWords(improved, paired),
              reliablyWords(improved === null ? null : paired - improved - (worse ?? 0), paired),
              reliablyWords(worse, paired),
              countWords(row.baselineOnly),
              countWords(row.noBaseline),
              `${meanWords(row.baseline, paired)}, ${meanWords(row.onlyBaseline, row.baselineOnly)}`,
            ],
          }
        })}
      />
      <p className="govuk-body govuk-!-width-two-thirds">
        Of people with a score in files of the period: those with a valid baseline and a valid later
        score. Valid is a score that was taken within the days that the measurement framework gives
        it, from the start with the service or from the baseline; the table of scores counts people
        with any, so it may count more. Improved and worse are by the instrument’s reliable change;
        smaller changes may be chance. Who has both scores may differ from who has one, so their
        baselines stand beside each other. This describes people, and does not show what led to a
        change.
      </p>
    </>
  )
}

function reliablyWords(people: number | null, paired: number): string {
  return people === null ? 'no reliable change known' : shareWords(people, paired)
}

function meanWords(thousandths: number, people: number): string {
  if (people === 0) return 'nobody'
  return (thousandths / people / 1_000).toLocaleString('en-GB', { maximumFractionDigits: 1 })
}
