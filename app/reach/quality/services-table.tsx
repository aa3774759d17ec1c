import type { ReactNode } from 'react'
import type { QualityCode } from '#core/measures/data-quality.ts'
import { INDICATOR_WORDS } from '#core/messages/releases/measure-words.ts'
import { shortQuarterWords, type Quarter } from '#core/standard/quarter.ts'
import type { YearOfQuality } from '#server/figures/measures/look-at-quality.ts'
import { NumberTable } from '../../components/number-table.tsx'
import { QualityCell } from '../../components/quality-table.tsx'

/** One measure of the files of each service, a column a quarter; services without any file are named below. */
export function ServicesTable({
  code,
  quarters,
  files,
  services,
}: {
  readonly code: QualityCode
  readonly quarters: readonly Quarter[]
  readonly files: YearOfQuality['files']
  readonly services: ReadonlyMap<string, string>
}): ReactNode {
  const named = (service: string): string => services.get(service) ?? service
  const byName = (left: string, right: string): number => left.localeCompare(right, 'en-GB')
  const sent = Map.groupBy(files, ({ service }) => service)
  const silent = [...services].filter(([service]) => !sent.has(service)).map(([, name]) => name)
  return (
    <>
      <NumberTable
        caption={`${INDICATOR_WORDS[code].name}, by service`}
        columns={[
          { name: 'Service' },
          ...quarters.map((quarter) => ({ name: shortQuarterWords(quarter) })),
        ]}
        rows={[...sent.keys()]
          .sort((left, right) => byName(named(left), named(right)))
          .map((service) => {
            const qualities = quarters.map(
              (of) => sent.get(service)?.find(({ quarter }) => quarter === of)?.quality ?? null,
            )
            return {
              key: service,
              cells: [
                named(service),
                ...qualities.map((quality, at) => (
                  <QualityCell
                    key={quarters[at]}
                    code={code}
                    quality={quality}
                    before={qualities[at - 1] ?? null}
                  />
                )),
              ],
            }
          })}
      />
      {silent.length > 0 && (
        <p className="govuk-body">
          <strong>No file for these quarters:</strong> {silent.toSorted(byName).join(', ')}.
        </p>
      )}
    </>
  )
}
