import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { XmlScanner } from '#core/tabular/workbook/xml-scanner.ts'

/** What is told of a document; text that stands together is one. */
type Told =
  | { readonly open: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly close: string }
  | { readonly text: string }

const ATTRIBUTES = ['r', 's', 't', 'ref', 'id', 'Target']

function scan(pieces: readonly string[]): Told[] {
  const told: Told[] = []
  const scanner = new XmlScanner({
    open(name, opened) {
      const attributes = ATTRIBUTES.flatMap((attribute) => {
        const value = opened.attribute(attribute)
        return value === undefined ? [] : [[attribute, value] as const]
      })
      told.push({ open: name, attributes: Object.fromEntries(attributes) })
    },
    close: (name) => told.push({ close: name }),
    text: (text) => told.push({ text }),
  })
  scanner.wantsText = true
  for (const piece of pieces) scanner.push(piece)
  scanner.finish()
  return joined(told)
}

function parse(document: string): Told[] {
  const told: Told[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const plain = Object.entries(attributes).map(([key, value]) => [local(key), value] as const)
    told.push({ open: local(name), attributes: Object.fromEntries(plain) })
  })
  parser.on('closetag', ({ name }) => told.push({ close: local(name) }))
  for (const kind of ['text', 'cdata'] as const) parser.on(kind, (text) => told.push({ text }))
  parser.on('error', (error) => {
    throw error
  })
  parser.write(document).close()
  return joined(told)
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function joined(told: readonly Told[]): Told[] {
  const together: Told[] = []
  for (const event of told) {
    const last = together.at(-1)
    if ('text' in event && last !== undefined && 'text' in last) {
      together[together.length - 1] = { text: last.text + event.text }
    } else together.push(event)
  }
  return together.filter((event) => !('text' in event) || event.text !== '')
}

const spaces = fc.constantFrom('', ' ', '\n', '\t ')
const name = fc.constantFrom('row', 'c', 'v', 'x:c', 'si', 't', 'mc:Fallback', 'sheetData')
const characters = fc.constantFrom(
  ...['a', ' ', '0', '7', 'é', '𝄞', '>', '/', '=', ':', '-', '?', '!', '[', '\n', '\r\n', '\r'],
  ...['&amp;', '&lt;', '&gt;', '&quot;', '&apos;', '&#65;', '&#x1F600;', '&#10;'],
)
const text = fc.array(characters, { maxLength: 12 }).map((parts) =>
  // What may not stand in text, and saxes refuses.
  parts.join('').replaceAll(']]>', ''),
)
const value = text.map((written) => written.replace(/[\r\n]/g, ' '))
const attribute = fc
  .record({
    before: spaces,
    prefix: fc.constantFrom('', 'r:'),
    key: fc.constantFrom(...ATTRIBUTES),
    around: fc.tuple(spaces, spaces),
    quote: fc.constantFrom('"', "'"),
    value,
  })
  .map(({ before, prefix, key, around: [left, right], quote, value }) => ({
    key,
    written: ` ${before}${prefix}${key}${left}=${right}${quote}${value}${quote}`,
  }))
const attributes = fc
  .uniqueArray(attribute, { selector: ({ key }) => key, maxLength: 4 })
  .map((list) => list.map(({ written }) => written).join(''))

const { content } = fc.letrec<{ content: string; element: string }>((tie) => ({
  content: fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: text },
        { weight: 3, arbitrary: tie('element') },
        fc.constantFrom('<!-- a < b & c -->', '<!---->', '<?pi a < b ?>'),
        text.map((inside) => `<![CDATA[${inside.replaceAll(']', '')}<&]]>`),
      ),
      { maxLength: 4 },
    )
    .map((parts) => parts.join('')),
  element: elementOf(tie('content')),
}))

function elementOf(inside: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .record({ name, attributes, end: spaces, inside: fc.option(inside) })
    .map(({ name, attributes, end, inside }) =>
      inside === null
        ? `<${name}${attributes}${end}/>`
        : `<${name}${attributes}${end}>${inside}</${name}${end}>`,
    )
}

const document = fc
  .tuple(fc.constantFrom('', '<?xml version="1.0" encoding="UTF-8"?>\n'), elementOf(content))
  .map(([declaration, root]) => declaration + root)

/** Cuts a text at places that follow from `lengths`. */
function inPieces(whole: string, lengths: readonly number[]): string[] {
  const pieces: string[] = []
  for (let at = 0, turn = 0; at < whole.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1
    pieces.push(whole.slice(at, at + length))
    at += length
  }
  return pieces
}

describe('the scanner of XML', () => {
  it('tells of any document what saxes tells, in whatever pieces it comes', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(document, lengths, (whole, cuts) => {
        expect(scan(inPieces(whole, cuts))).toEqual(parse(whole))
      }),
      { numRuns: 2_000 },
    )
  })

  it('refuses a document cut anywhere', () => {
    const whole = '<?xml version="1.0"?><a r="1"><b>x</b><![CDATA[y]]><!-- z --><c/></a>'
    for (let at = 0; at < whole.length; at += 1) {
      expect(() => scan([whole.slice(0, at)]), whole.slice(0, at)).toThrow('xlsx-damaged')
    }
  })

  it.each([
    ['a document type', '<!DOCTYPE a><a/>', 'xlsx-dtd'],
    ['a declared entity', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'xlsx-dtd'],
    ['an entity that nobody declared', '<a>&b;</a>', 'xlsx-dtd'],
    ['an ampersand that begins none', '<a>b & c</a>', 'xlsx-damaged'],
    ['a character that there is not', '<a>&#x110000;</a>', 'xlsx-damaged'],
    ['tags that cross', '<a><b></a></b>', 'xlsx-damaged'],
    ['a second root', '<a/><b/>', 'xlsx-damaged'],
    ['no root', ' ', 'xlsx-damaged'],
    ['an attribute without a value', '<a b></a>', 'xlsx-damaged'],
    ['an attribute without quotes', '<a b=c></a>', 'xlsx-damaged'],
    ['depth beyond any workbook’s', '<a>'.repeat(65) + '</a>'.repeat(65), 'xlsx-damaged'],
  ])('refuses %s', (_, whole, code) => {
    expect(() => scan([whole])).toThrow(code)
  })
})
