import { expect, test } from 'vitest'
import { ABOUT_TEXTS, aboutLanguage, aboutTexts } from '#core/messages/about-data/about-texts.ts'
import { RETENTION } from '#core/retention/schedule.ts'

const PROGRAMME = { name: 'Small {Steps}', from: '1 April 2024', to: '31 March 2029' }

test.each(Object.keys(ABOUT_TEXTS))('has every text of the page in %s', (language) => {
  const texts = aboutTexts(language, PROGRAMME)
  const written = JSON.stringify(texts)
  expect(written.replaceAll('Small {Steps}', '')).not.toMatch(/[{][a-z]+[}]|""/)
  for (const said of [
    'Small {Steps}',
    '1 April 2024',
    '31 March 2029',
    String(RETENTION.records.keep.months),
  ]) {
    expect(written).toContain(said)
  }
  expect(texts.easy.listAfter).toBeLessThan(texts.easy.parts.length)
  expect(shapeOf(texts)).toEqual(shapeOf(ABOUT_TEXTS['en']))
})

test('says in easy words one thing a line', () => {
  for (const { paragraphs } of ABOUT_TEXTS['en']?.easy.parts ?? []) {
    for (const line of paragraphs) expect(line.split(' ').length).toBeLessThanOrEqual(16)
  }
})

test('is in English where nobody asked for a language that there is', () => {
  for (const asked of [undefined, '', 'xx', '__proto__', ['en', 'en']]) {
    expect(aboutLanguage(asked)).toBe('en')
  }
})

/** Which texts there are, but for their words. */
function shapeOf(texts: unknown): unknown {
  return JSON.parse(JSON.stringify(texts), (_, value: unknown) =>
    typeof value === 'string' ? 'text' : value,
  )
}
