import { drawBarChart } from '#core/charts/bar-chart.ts'
import { EMPTY_FRAMEWORK } from '#core/framework/framework.ts'
import { periodWords } from '#core/standard/quarter.ts'
import { lookAtWays } from '#server/figures/measures/look-at-use.ts'
import {
  changesByServicesTable,
  familiesTable,
  pathwayTables,
  scaleNames,
  servicesUsedTable,
} from '#server/figures/measures/tables/ways-tables.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { PictureFigure } from '../../components/picture-figure.tsx'
import type { ReadPage } from '../read-page.ts'

/** How people went from service to service in a period, for those with the right. */
export const readPathways: ReadPage = async ({ actor, portal, accounts, period }) => {
  const looked = await lookAtWays(portal.looks, actor, period)
  if (!looked.ok) return undefined
  const names = await readRegisterNames(accounts.pool, period.to)
  const { firsts, each } = pathwayTables(looked, (code) => names.services.get(code) ?? code)
  const framework = (await readFramework(accounts.pool))?.framework ?? EMPTY_FRAMEWORK
  const used = servicesUsedTable(looked)
  return {
    title: `Pathways, ${periodWords(period)}`,
    parts: [
      {
        ...{ heading: 'How many services', holds: 'People by how many services they used' },
        ...{ tables: [used], isOpen: true },
        picture: (
          <PictureFigure
            picture={drawBarChart(
              {
                ...{ id: 'services-used', title: used.caption },
                description: 'People by number of services. The table below has the same figures.',
              },
              looked.servicesUsed.map(({ services, people }) => ({
                name: services === 1 ? '1 service' : `${services} services`,
                value: people,
              })),
              'People',
            )}
          />
        ),
      },
      {
        heading: 'Which service first, which next',
        holds: 'First services, and which came next within a year',
        tables: [firsts],
      },
      {
        ...{
          heading: 'Whole families',
          holds: 'Families of which a child and a carer were reached',
        },
        tables: looked.families.families === 0 ? [] : [familiesTable(looked)],
      },
      {
        heading: 'Scores by how many services',
        holds: 'How scores changed of people who used one service, and of those who used more',
        tables: [changesByServicesTable(looked, scaleNames(framework))],
      },
    ],
    inFiles: [each],
  }
}
