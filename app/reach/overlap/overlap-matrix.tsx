import type { ReactNode } from 'react'
import type { OverlapPair } from '#core/reach/overlap.ts'

/**
 * The services against each other: numbered columns, named rows; on the diagonal what each reached
 * by itself.
 */
export function OverlapMatrix({
  pairs,
  named,
}: {
  readonly pairs: readonly OverlapPair[]
  readonly named: (code: string) => string
}): ReactNode {
  const services = pairs.filter(({ left, right }) => left === right).map(({ left }) => left)
  const people = new Map(pairs.map((pair) => [`${pair.left} ${pair.right}`, pair.people]))
  const both = (a: string, b: string): number =>
    people.get(`${a} ${b}`) ?? people.get(`${b} ${a}`) ?? 0
  return (
    <div className="app-scroll" role="region" aria-label="People in both services" tabIndex={0}>
      <table className="govuk-table app-matrix">
        <caption className="govuk-table__caption govuk-table__caption--m">
          People in both services
        </caption>
        <thead className="govuk-table__head">
          <tr className="govuk-table__row">
            <th scope="col" className="govuk-table__header">
              Service
            </th>
            {services.map((service, index) => (
              <th
                key={service}
                scope="col"
                className="govuk-table__header govuk-table__header--numeric"
              >
                <abbr title={named(service)} aria-label={named(service)}>
                  {index + 1}
                </abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="govuk-table__body">
          {services.map((row, index) => (
            <tr key={row} className="govuk-table__row">
              <th scope="row" className="govuk-table__header">
                {index + 1}. {named(row)}
              </th>
              {services.map((column) => (
                <td
                  key={column}
                  className={`govuk-table__cell govuk-table__cell--numeric${row === column ? ' app-matrix__self' : ''}`}
                >
                  {both(row, column).toLocaleString('en-GB')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
