import { element } from './markup.ts'
import { valueWords, type PictureValue } from './picture.ts'
import { COLOURS, INK } from './svg.ts'

const SIZE = { width: 96, height: 28, margin: 4 } as const

/**
 * A small line of a few values beside a figure, read out as the values that it is of; the last has a mark. It ends where nothing
 * is known, and goes on after it.
 */
export function drawSparkline(name: string, values: readonly PictureValue[]): string {
  const numbers = values.filter((value) => typeof value === 'number')
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
  const x = (at: number): number =>
    SIZE.margin + (at * (SIZE.width - 2 * SIZE.margin)) / Math.max(1, values.length - 1)
  // Equal values are a line in the middle.
  const y = (value: number): number =>
    most === least
      ? SIZE.height / 2
      : SIZE.height -
        SIZE.margin -
        ((value - least) * (SIZE.height - 2 * SIZE.margin)) / (most - least)
  const points = values.flatMap((value, at) =>
    typeof value === 'number' ? [{ at, x: x(at), y: y(value) }] : [],
  )
  const lines = points.slice(1).flatMap((point, index) => {
    const from = points[index]
    if (from === undefined || point.at !== from.at + 1) return []
    const ends = { x1: from.x, y1: from.y, x2: point.x, y2: point.y }
    return [element('line', { ...ends, stroke: COLOURS[0], 'stroke-width': 2 })]
  })
  const said = values.map((value) => valueWords(value)).join(', ')
  return element(
    'svg',
    {
      ...{ xmlns: 'http://www.w3.org/2000/svg', role: 'img', class: 'app-sparkline' },
      ...{ viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, width: SIZE.width, height: SIZE.height },
      'aria-label': `${name}: ${said}`,
    },
    ...lines,
    ...points.map((point) => {
      const isLast = point.at === values.length - 1
      const radius = isLast ? 4 : 2
      return element('circle', {
        ...{ cx: point.x, cy: point.y, r: radius, fill: isLast ? INK : COLOURS[0] },
      })
    }),
  )
}
