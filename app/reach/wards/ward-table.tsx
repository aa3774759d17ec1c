import type { ReactNode } from 'react'
import { PRIORITY_AGE, shareReached } from '#core/measures/young-children.ts'
import { countWords } from '#core/messages/releases/measure-words.ts'
import type { PeopleFigures } from '#core/reach/measure.ts'
import type { WardReach } from '#server/figures/measures/look-at-wards.ts'
import { NumberTable } from '../../components/number-table.tsx'

const NOBODY: PeopleFigures = { people: 0, lower: 0, upper: 0 }

/** Each ward of the programme: young children reached, and of how many who live there. */
export function WardTable({
  reach: { wards, whole, populations },
  names,
}: {
  readonly reach: WardReach
  readonly names: ReadonlyMap<string, string>
}): ReactNode {
  const living = new Map(populations.map(({ ward, people }) => [ward, people]))
  const reached = new Map(wards.map((of) => [of.ward, of]))
  const codes = [...names].sort(([, left], [, right]) => left.localeCompare(right, 'en-GB'))
  const isWhole = codes.every(([code]) => living.has(code))
  const all = codes.reduce((sum, [code]) => sum + (living.get(code) ?? 0), 0)
  const year = populations[0]?.year
  return (
    <>
      <NumberTable
        caption={`Children under ${PRIORITY_AGE} who were reached, and who live there`}
        columns={[
          { name: 'Ward' },
          { name: 'Reached' },
          { name: 'Between' },
          { name: year === undefined ? 'Live there' : `Live there, mid-${year}` },
          { name: 'Share reached' },
        ]}
        rows={codes.map(([code, name]) => ({
          key: code,
          cells: [name, ...cellsOf(reached.get(code) ?? NOBODY, living.get(code))],
        }))}
        total={['All wards', ...cellsOf(whole, isWhole ? all : undefined)]}
      />
      {!isWhole && (
        <p className="govuk-body">
          Nobody has imported how many people live in{' '}
          {populations.length === 0 ? 'the wards' : 'some of the wards'}: an operator does, with{' '}
          <code>countonce populations import</code>.
        </p>
      )}
    </>
  )
}

function cellsOf(figures: PeopleFigures, population: number | undefined): string[] {
  const { people, lower, upper } = figures
  const share = population === undefined ? null : shareReached(figures, population)
  return [
    countWords(people),
    lower === upper ? countWords(people) : `${countWords(lower)} to ${countWords(upper)}`,
    population === undefined ? 'not known' : countWords(population),
    share === null ? 'not known' : `${percent(share.share)}${between(share)}`,
  ]
}

function between({ lower, upper }: { readonly lower: number; readonly upper: number }): string {
  return lower === upper ? '' : ` (${percent(lower)} to ${percent(upper)})`
}

function percent(share: number): string {
  return `${share.toLocaleString('en-GB', { maximumFractionDigits: 0 })}%`
}
