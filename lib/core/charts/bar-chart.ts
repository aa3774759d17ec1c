import { scaleBand, scaleLinear } from 'd3-scale'
import { element } from './markup.ts'
import { valueWords, type Picture, type PictureValue, type PictureWords } from './picture.ts'
import { COLOURS, GRID, INK, svgPicture, textAt } from './svg.ts'

/** One bar: a service, a strand or a ward. */
export interface Bar {
  readonly name: string
  readonly value: PictureValue
}

const WIDTH = 720
const NAMES = 310
const RIGHT = 76
const ROW = 34
const TOP = 28

/**
 * Lying bars, one beside another's name, in the order given. A hidden figure is a dashed box of no
 * length that means anything, labelled as hidden; where no file had come there is no bar.
 */
export function drawBarChart(words: PictureWords, bars: readonly Bar[], measure: string): Picture {
  const greatest = Math.max(1, ...bars.map(({ value }) => (typeof value === 'number' ? value : 0)))
  const x = scaleLinear()
    .domain([0, greatest])
    .nice(5)
    .range([NAMES, WIDTH - RIGHT])
  const height = TOP + bars.length * ROW + 8
  const y = scaleBand<number>()
    .domain(bars.map((_, index) => index))
    .range([TOP, height - 8])
    .paddingInner(0.35)
    .paddingOuter(0.2)
  const axis = x
    .ticks(5)
    .filter(Number.isInteger)
    .flatMap((tick) => [
      element('line', { x1: x(tick), x2: x(tick), y1: TOP, y2: height - 8, stroke: GRID }),
      textAt(x(tick), TOP - 8, tick.toLocaleString('en-GB'), { 'text-anchor': 'middle' }),
    ])
  const rows = bars.flatMap((bar, index) => {
    const top = y(index) ?? 0
    const middle = top + y.bandwidth() / 2
    return [
      textAt(NAMES - 10, middle, shorten(bar.name), {
        'text-anchor': 'end',
        'dominant-baseline': 'central',
      }),
      ...barShape(bar.value, {
        left: x(0),
        right: (value) => x(value),
        top,
        height: y.bandwidth(),
      }),
    ]
  })
  return {
    svg: svgPicture(words, { width: WIDTH, height }, [...axis, ...rows]),
    table: {
      caption: words.title,
      header: ['', measure],
      rows: bars.map(({ name, value }) => [name, valueWords(value)]),
    },
  }
}

interface Row {
  readonly left: number
  readonly right: (value: number) => number
  readonly top: number
  readonly height: number
}

function barShape(value: PictureValue, { left, right, top, height }: Row): string[] {
  const label = (at: number): string =>
    textAt(at + 8, top + height / 2, valueWords(value), {
      'dominant-baseline': 'central',
      'font-weight': typeof value === 'number' ? 'bold' : 'normal',
    })
  if (value === null) return [label(left)]
  if (value === '*') {
    const box = { x: left, y: top, width: height, height, fill: 'none', stroke: INK }
    return [element('rect', { ...box, 'stroke-dasharray': '4 3' }), label(left + height)]
  }
  const width = right(value) - left
  return [
    element('rect', { x: left, y: top, width, height, fill: COLOURS[0] }),
    label(left + width),
  ]
}

/** As many letters as fit beside the bars; the table has the whole name. */
function shorten(name: string): string {
  return name.length <= 32 ? name : `${name.slice(0, 31).trimEnd()}…`
}
