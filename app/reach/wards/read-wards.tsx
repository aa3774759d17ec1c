import { drawTileMap } from '#core/charts/tile-map.ts'
import { shareReached } from '#core/measures/young-children.ts'
import { betweenWords, toldShareWords } from '#core/messages/releases/measure-words.ts'
import { periodWords } from '#core/standard/quarter.ts'
import { PictureFigure } from '../../components/picture-figure.tsx'
import type { ReadPage } from '../read-page.ts'
import { readYoung } from '../read-young.ts'
import type { ToldPage } from '../told-page.tsx'

/** Each ward: who of its young children was reached, as a map of tiles and as tables. */
export const readWardsPage: ReadPage<
  ToldPage & Pick<NonNullable<Awaited<ReturnType<typeof readYoung>>>, 'tables'>
> = async (asked) => {
  const read = await readYoung(asked, 'wards.measured')
  if (read === undefined) return undefined
  const { tables, wards } = read
  const of = new Map(tables.of.map((one) => [one.ward, one]))
  const picture = drawTileMap(
    {
      ...{ id: 'ward-tiles', title: tables.wards.caption },
      description:
        'A tile for each ward, placed roughly as the wards lie, with the share of its young children who were reached. The table below has the same figures.',
    },
    wards.map(({ code, name, tile }) => {
      const one = of.get(code)
      const share = one === undefined ? null : shareReached(one)
      return {
        ...{ name, place: tile, share: share?.share ?? null },
        words: [
          share === null ? 'share not known' : toldShareWords(share),
          `${one === undefined ? '0' : betweenWords(one.reached)} reached`,
        ],
      }
    }),
  )
  return {
    title: `Wards, ${periodWords(asked.period)}`,
    tables,
    parts: [
      {
        ...{ heading: 'Each ward', holds: 'A map of tiles, and the same as a table' },
        ...{ tables: [tables.wards], isOpen: true },
        picture: <PictureFigure picture={picture} narrow />,
      },
      {
        heading: 'Who was reached beside who lives there',
        holds: 'The part of each age and ward',
        tables: [tables.profile],
      },
    ],
    notes: [`${tables.leftOut}.`],
  }
}
