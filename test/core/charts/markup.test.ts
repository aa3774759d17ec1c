import { expect, test } from 'vitest'
import { element, escapeText } from '#core/charts/markup.ts'

test('no text and no value of an attribute becomes markup', () => {
  expect(escapeText(`<b>&"'</b>`)).toBe('&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;')
  expect(element('td', { 'data-column': `'><script>` }, escapeText('<script>'))).toBe(
    `<td data-column='&#39;&gt;&lt;script&gt;'>&lt;script&gt;</td>`,
  )
})

test('an element whose text is empty keeps its end, and one without children is closed', () => {
  expect(element('td', {}, '')).toBe('<td></td>')
  expect(element('rect', { x: 1.26 })).toBe(`<rect x='1.3'/>`)
})
