import type { ReactNode } from 'react'
import { drawFamily } from '#core/charts/family-picture.ts'
import type { ExplainedFamily } from '#server/linkage/decisions/explained-family.ts'
import { DataTable } from '../../components/data-table.tsx'
import { PictureFigure } from '../../components/picture-figure.tsx'
import { ReferenceLink } from '../record-places.tsx'

/** The family of somebody, as a picture and as the table that says the same. */
export function FamilyExplained({
  family: { members, bonds, isFamily },
  named,
}: {
  readonly family: ExplainedFamily
  readonly named: (service: string) => string
}): ReactNode {
  const [only, ...others] = members
  const { svg, table } = drawFamily(
    {
      id: 'family',
      title: 'The family, by roles and services',
      description: 'Adults are on the left, children on the right, and lines are what ties them.',
    },
    members.map((member) => ({ ...member, services: member.services.map(named) })),
    bonds,
  )
  return (
    <>
      <h3 className="govuk-heading-s">The family</h3>
      {others.length === 0 ? (
        <p className="govuk-body">{aloneWords(isFamily, only?.isGrown === true)}</p>
      ) : (
        <>
          <p className="govuk-body">
            {members.length} people, counted as one family. A line drawn through is one row that
            holds child and carer, a dashed one a contact that both records give, a dotted one a
            name and home. The person that this page is about has a thick frame.
          </p>
          <PictureFigure picture={{ svg, table }} narrow />
          <DataTable
            caption={table.caption}
            isCaptionHidden
            columns={[...table.header, 'Reference']}
            rows={table.rows.map((cells, place) => {
              const { reference = '', isSelf = false } = members[place] ?? {}
              return {
                key: cells[0] ?? '',
                cells: [
                  ...cells,
                  isSelf ? (
                    <span key={reference} className="app-reference">
                      {reference}
                    </span>
                  ) : (
                    <ReferenceLink key={reference} reference={reference} />
                  ),
                ],
              }
            })}
          />
        </>
      )}
    </>
  )
}

function aloneWords(isFamily: boolean, isGrown: boolean): string {
  if (!isFamily) {
    return 'Nothing ties this adult to a child, so they count in no family. Whether there is a child in another file is not known.'
  }
  return isGrown
    ? 'Nothing ties this person to anybody else. They were a child to a service, and count as a family of their own.'
    : 'Nothing ties this child to anybody else, so it counts as a family of its own. Whose family it truly is of is not known.'
}
