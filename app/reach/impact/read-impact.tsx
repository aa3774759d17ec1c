import { drawBarChart } from '#core/charts/bar-chart.ts'
import { quarterWords } from '#core/standard/quarter.ts'
import {
  lookAtChanges,
  type ProgrammeChanges,
} from '#server/figures/dashboards/look-at-programme.ts'
import { coverNotes } from '#server/figures/dashboards/release-notes.ts'
import { outcomeChanges, scalesTable } from '#server/figures/dashboards/tables/impact-tables.ts'
import { PictureFigure } from '../../components/picture-figure.tsx'
import { textIn } from '../../guards/query.ts'
import type { PageAsked } from '../read-page.ts'
import type { ToldPage } from '../told-page.tsx'

/** What the page says of causes, on the page and in its files. */
export const NO_CAUSE =
  'This describes how scores changed. It does not show that a service led to a change: others may have changed alike, and people without a second score may differ.'

/** How scores changed by outcome, by a release; undefined for who may not look, and while there is none. */
export async function readImpactPage({
  actor,
  query,
  portal: { releases },
  accounts,
}: PageAsked): Promise<(ToldPage & { readonly told: ProgrammeChanges }) | undefined> {
  const told = await lookAtChanges({ releases, accounts }, actor, {
    release: textIn(query, 'release'),
    quarter: textIn(query, 'quarter'),
  })
  if (!told.ok) return undefined
  const outcomes = outcomeChanges(told)
  return {
    told,
    title: `Collective impact, the year to the end of ${quarterWords(told.quarter)}`,
    of: { release: told.release, cover: [NO_CAUSE, ...coverNotes(told)] },
    parts: [
      ...outcomes.map(({ outcome, pictures, table }, at) => ({
        ...{ heading: outcome, holds: 'How many improved, stayed about the same, or got worse' },
        ...{ tables: [table], isOpen: true },
        picture: pictures.map(({ name, bars }, scale) => (
          <section key={name}>
            <h3 className="govuk-heading-s">{name}</h3>
            <PictureFigure
              picture={drawBarChart(
                {
                  ...{
                    id: `outcome-${at}-${scale}`,
                    title: `${name}: people by how scores changed`,
                  },
                  description: `${name}: people with scores before and after. The table below has the same figures.`,
                },
                bars,
                'People',
              )}
            />
          </section>
        )),
      })),
      ...(outcomes.length === 0
        ? []
        : [
            {
              heading: 'What the scales measure',
              holds: 'Each scale with its outcome, and the services that use it',
              tables: [scalesTable(told)],
            },
          ]),
    ],
  }
}
