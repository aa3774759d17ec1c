import { drawBarChart } from '#core/charts/bar-chart.ts'
import { notReached } from '#core/measures/young-children.ts'
import { periodWords } from '#core/standard/quarter.ts'
import { PictureFigure } from '../../components/picture-figure.tsx'
import type { ReadPage } from '../read-page.ts'
import { readYoung } from '../read-young.ts'
import type { ToldPage } from '../told-page.tsx'

/** Who of the young children of each ward and age was not reached. */
export const readNotReached: ReadPage<
  ToldPage & Pick<NonNullable<Awaited<ReturnType<typeof readYoung>>>, 'tables'>
> = async (asked) => {
  const read = await readYoung(asked, 'not-reached.measured')
  if (read === undefined) return undefined
  const { tables, wards } = read
  const [byWard, byAge, byBoth] = tables.notReached
  if (byWard === undefined || byAge === undefined || byBoth === undefined) return undefined
  const names = new Map(wards.map(({ code, name }) => [code, name]))
  const bars = tables.of.flatMap((one) => {
    const left = notReached(one)
    return left === null ? [] : [{ name: names.get(one.ward) ?? one.ward, value: left.people }]
  })
  return {
    title: `Not reached, ${periodWords(asked.period)}`,
    tables,
    parts: [
      {
        ...{ heading: 'By ward', holds: 'Who was not reached in each ward' },
        ...{ tables: [byWard], isOpen: true },
        picture: bars.length > 0 && (
          <PictureFigure
            picture={drawBarChart(
              {
                ...{ id: 'not-reached', title: byWard.caption },
                description:
                  'Children not reached, a bar for each ward. The table below has the same figures.',
              },
              bars,
              'Not reached',
            )}
          />
        ),
      },
      {
        ...{
          heading: 'By age',
          holds: 'Who was not reached of each age, in all wards and in each',
        },
        tables: [byAge, byBoth],
      },
    ],
    notes: [...NOT_KNOWN, `In no table: ${tables.leftOut}.`],
  }
}

/** What these figures do not know. */
const NOT_KNOWN = [
  'Who lives in a ward is an estimate for the middle of one year, counted by others; who was reached is counted over the whole period. Families move in and out, so more children may be reached than live there.',
  'A child reached by a service that sent no file, or whose file gives no date of birth or no place of the programme, is among those not reached.',
  'Children are counted where a file of the period says that they live: somebody who moved within the wards is in each of them, and once in all wards.',
  'Not reached is not the same as in need, or as not helped: other services may know these children.',
]
