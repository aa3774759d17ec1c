import { scaleLinear, scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import { element } from './markup.ts'
import { valueWords, type Picture, type PictureValue, type PictureWords } from './picture.ts'
import { COLOURS, GRID, INK, svgPicture, textAt } from './svg.ts'

/** One line: a value for each quarter. */
export interface Line {
  readonly name: string
  readonly values: readonly PictureValue[]
}

const WIDTH = 720
const HEIGHT = 300
const MARGIN = { top: 16, right: 24, bottom: 44, left: 60 }
const LEGEND_ROW = 24
const DASHES = ['', '8 4', '2 4', '10 3 2 3', '5 5', '1 3']

/**
 * Lines over quarters. A line ends before a hidden figure, which is a star on the axis, and goes on
 * after it: nothing is drawn where nothing is known. Lines differ by colour, dashes and the shape
 * of their marks.
 */
export function drawLineChart(
  words: PictureWords,
  quarters: readonly string[],
  lines: readonly Line[],
): Picture {
  const shown = lines.flatMap(({ values }) => values.filter((value) => typeof value === 'number'))
  const y = scaleLinear()
    .domain([0, Math.max(1, ...shown)])
    .nice(5)
    .range([HEIGHT - MARGIN.bottom, MARGIN.top])
  const x = scalePoint<number>()
    .domain(quarters.map((_, index) => index))
    .range([MARGIN.left, WIDTH - MARGIN.right])
    .padding(0.4)
  const place: Place = { x: (quarter) => x(quarter) ?? 0, y: (value) => y(value) }
  const axis = y
    .ticks(5)
    .filter(Number.isInteger)
    .flatMap((tick) => [
      element('line', {
        x1: MARGIN.left,
        x2: WIDTH - MARGIN.right,
        y1: y(tick),
        y2: y(tick),
        stroke: GRID,
      }),
      textAt(MARGIN.left - 8, y(tick), tick.toLocaleString('en-GB'), {
        'text-anchor': 'end',
        'dominant-baseline': 'central',
      }),
    ])
  // As many names of quarters as have room beside one another.
  const every = Math.max(1, Math.ceil(quarters.length / 6))
  const names = quarters.flatMap((quarter, index) =>
    index % every === 0
      ? [textAt(place.x(index), HEIGHT - MARGIN.bottom + 24, quarter, { 'text-anchor': 'middle' })]
      : [],
  )
  const hidden = lines.some(({ values }) => values.includes('*'))
  const legend = HEIGHT + lines.length * LEGEND_ROW
  return {
    svg: svgPicture(words, { width: WIDTH, height: legend + (hidden ? LEGEND_ROW : 0) }, [
      ...axis,
      ...names,
      ...lines.flatMap((drawn, index) => drawLine(drawn, index, place)),
      ...(hidden
        ? [textAt(MARGIN.left + 20, legend + 8, '*', { 'text-anchor': 'middle', 'font-size': 20 })]
        : []),
      ...(hidden ? [textAt(MARGIN.left + 52, legend + 4, 'hidden figure')] : []),
    ]),
    table: {
      caption: words.title,
      header: ['Quarter', ...lines.map(({ name }) => name)],
      rows: quarters.map((quarter, index) => [
        quarter,
        ...lines.map(({ values }) => valueWords(values[index] ?? null)),
      ]),
    },
  }
}

interface Place {
  readonly x: (quarter: number) => number
  readonly y: (value: number) => number
}

function drawLine({ name, values }: Line, index: number, place: Place): string[] {
  const colour = COLOURS[index % COLOURS.length] ?? INK
  const dashes = DASHES[index % DASHES.length] ?? ''
  const stroke = {
    stroke: colour,
    'stroke-width': 3,
    fill: 'none',
    ...(dashes === '' ? {} : { 'stroke-dasharray': dashes }),
  }
  const path = line<PictureValue>()
    .defined((value) => typeof value === 'number')
    .x((_, quarter) => place.x(quarter))
    .y((value) => (typeof value === 'number' ? place.y(value) : 0))([...values])
  const marks = values.flatMap((value, quarter) => {
    if (value === null) return []
    if (value === '*') {
      const at = { 'text-anchor': 'middle', fill: colour, 'font-size': 20 }
      return [textAt(place.x(quarter), place.y(0) - 4 - index * 12, '*', at)]
    }
    return [mark(index, place.x(quarter), place.y(value), colour)]
  })
  const row = HEIGHT + index * LEGEND_ROW + 4
  return [
    ...(path === null ? [] : [element('path', { d: path, ...stroke })]),
    ...marks,
    element('line', { x1: MARGIN.left, x2: MARGIN.left + 40, y1: row, y2: row, ...stroke }),
    mark(index, MARGIN.left + 20, row, colour),
    textAt(MARGIN.left + 52, row, name, { 'dominant-baseline': 'central' }),
  ]
}

/** A round, square or diamond mark around a point. */
function mark(index: number, x: number, y: number, fill: string): string {
  if (index % 3 === 0) return element('circle', { cx: x, cy: y, r: 5, fill })
  const box = { x: x - 5, y: y - 5, width: 10, height: 10, fill }
  if (index % 3 === 1) return element('rect', box)
  return element('rect', { ...box, transform: `rotate(45 ${x.toFixed(1)} ${y.toFixed(1)})` })
}
