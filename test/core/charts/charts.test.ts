import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { drawBarChart } from '#core/charts/bar-chart.ts'
import { drawLineChart } from '#core/charts/line-chart.ts'
import type { Picture, PictureValue } from '#core/charts/picture.ts'
import { COLOURS, INK } from '#core/charts/svg.ts'

const words = { id: 'reach', title: 'People reached', description: 'By service, 2024-Q1.' }

/** Elements of a picture, which must be well formed, with their attributes and text. */
function elementsOf(
  svg: string,
): { name: string; attributes: Record<string, string>; text: string }[] {
  const parser = new SaxesParser()
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = []
  const open: number[] = []
  parser.on('opentag', ({ name, attributes }) => {
    open.push(elements.push({ name, attributes: { ...attributes }, text: '' }) - 1)
  })
  parser.on('text', (text) => {
    const element = elements[open.at(-1) ?? -1]
    if (element !== undefined) element.text += text
  })
  parser.on('closetag', () => void open.pop())
  parser.on('error', (error) => {
    throw error
  })
  parser.write(svg).close()
  return elements
}

const values = fc.oneof(
  fc.nat(300).map((fifths): PictureValue => fifths * 5),
  fc.constantFrom<PictureValue>('*', null),
)
const names = fc
  .oneof(fc.string(), fc.constantFrom('<script>alert(1)</script>', '" onload="x', 'Baby & Co'))
  // What XML cannot hold at all is in no register.
  .map((name) =>
    Array.from(name)
      .filter((sign) => sign >= ' ' && sign <= '\ud7ff')
      .join(''),
  )
const pictures: fc.Arbitrary<Picture> = fc.oneof(
  fc
    .array(fc.record({ name: names, value: values }), { maxLength: 12 })
    .map((bars) => drawBarChart(words, bars, 'People')),
  fc
    .array(fc.record({ name: names, values: fc.array(values, { minLength: 6, maxLength: 6 }) }), {
      maxLength: 6,
    })
    .map((lines) => drawLineChart(words, ['a', 'b', 'c', 'd', 'e', 'f'], lines)),
)

describe('a picture', () => {
  it('is always well formed, with title and description, and has nothing that runs or loads', () => {
    fc.assert(
      fc.property(pictures, ({ svg }) => {
        const elements = elementsOf(svg)
        const [root, title, description] = elements
        expect(root?.attributes).toMatchObject({
          role: 'img',
          'aria-labelledby': `${title?.attributes['id']} ${description?.attributes['id']}`,
        })
        expect([title?.text, description?.text]).toEqual([words.title, words.description])
        const allowed = ['svg', 'title', 'desc', 'rect', 'line', 'path', 'circle', 'text']
        for (const { name, attributes } of elements) {
          expect(allowed).toContain(name)
          for (const [key, value] of Object.entries(attributes)) {
            expect(key).not.toMatch(/^on|^style$|href/)
            expect(value).not.toMatch(/NaN|Infinity|undefined/)
          }
        }
      }),
    )
  })

  it('draws a hidden figure as hidden and not as a length', () => {
    const { svg, table } = drawBarChart(
      words,
      [
        { name: 'Baby Club', value: 300 },
        { name: 'Talk Time', value: '*' },
        { name: 'Wise Meals', value: null },
      ],
      'People',
    )
    const elements = elementsOf(svg)
    const dashed = elements.filter(({ attributes }) => attributes['stroke-dasharray'] !== undefined)
    expect(dashed).toHaveLength(1)
    expect(elements.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['* (hidden)', 'no file']),
    )
    expect(table.rows).toEqual([
      ['Baby Club', '300'],
      ['Talk Time', '* (hidden)'],
      ['Wise Meals', 'no file'],
    ])
  })

  it('breaks a line where a figure is hidden or missing', () => {
    const { svg, table } = drawLineChart(
      words,
      ['2024-Q1', '2024-Q2', '2024-Q3', '2024-Q4'],
      [{ name: 'People', values: [100, 120, '*', 140] }],
    )
    const [path] = elementsOf(svg).filter(({ name }) => name === 'path')
    expect(path?.attributes['d']?.match(/M/g)).toHaveLength(2)
    expect(table.header).toEqual(['Quarter', 'People'])
    expect(table.rows[2]).toEqual(['2024-Q3', '* (hidden)'])
  })

  it('has colours that stand out from white at 4.5 : 1 or more', () => {
    const luminance = (colour: string): number => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
        const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    for (const colour of [INK, ...COLOURS]) {
      expect(1.05 / (luminance(colour) + 0.05), colour).toBeGreaterThanOrEqual(4.5)
    }
  })
})
