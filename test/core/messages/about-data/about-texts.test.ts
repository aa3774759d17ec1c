import { describe, expect, test } from 'vitest'
import { aboutTexts, TRANSLATIONS } from '#core/messages/about-data/about-texts.ts'
import { ENGLISH } from '#core/messages/about-data/english.ts'
import { LOOK_UP_ENGLISH } from '#core/messages/about-data/look-up-english.ts'
import {
  ENGLISH_TEXTS,
  translationSchema,
  withEnglish,
} from '#core/messages/about-data/translation.ts'
import { RETENTION } from '#core/retention/schedule.ts'

const PROGRAMME = {
  purpose: 'reach' as const,
  name: 'Small {Steps}',
  from: (language: string) => `first day in ${language}`,
  to: (language: string) => `last day in ${language}`,
}

test.each([undefined, ...TRANSLATIONS.keys()])('has every text of the page in %s', (language) => {
  const translation = TRANSLATIONS.get(language ?? '')
  const { texts, inEnglish } = aboutTexts(translation, PROGRAMME)
  const written = JSON.stringify(texts)
  expect(written.replaceAll('Small {Steps}', '')).not.toMatch(/[{][a-z]+[}]|""/)
  for (const said of [
    'Small {Steps}',
    `first day in ${language ?? 'en'}`,
    `last day in ${language ?? 'en'}`,
    String(RETENTION.records.keep.months),
  ]) {
    expect(written).toContain(said)
  }
  expect(texts.easy.listAfter).toBeLessThan(texts.easy.parts.length)
  expect([...inEnglish]).toEqual([])
  if (translation !== undefined) {
    expect(Object.keys(translation.texts)).toEqual([...ENGLISH_TEXTS.keys()])
    expect(withEnglish(translation).missing).toEqual([])
  }
})

test('tells of a look-up that practitioners see who is involved, and of no counting', () => {
  const { texts, inEnglish } = aboutTexts(TRANSLATIONS.get('pt'), {
    ...PROGRAMME,
    purpose: 'look-up',
  })
  const written = JSON.stringify(texts)
  expect(written.replaceAll('Small {Steps}', '')).not.toMatch(
    /[{][a-z]+[}]|""|count(ed|ing)?\b|figures|Researchers/,
  )
  expect(written).toContain(`for ${String(RETENTION['look-ups'].keep.months)} months`)
  expect(texts.rights.list).toHaveLength(ENGLISH.rights.list.length)
  expect(texts.easy.listAfter).toBeLessThan(texts.easy.parts.length)
  expect([...inEnglish]).toEqual([])
})

test.each([
  ['en', ENGLISH.easy],
  ['en of a look-up', LOOK_UP_ENGLISH.easy],
  ...[...TRANSLATIONS].map(([code, each]) => [code, withEnglish(each).texts.easy] as const),
] as const)('says in easy words one thing a line in %s', (_, { parts }) => {
  for (const { paragraphs } of parts)
    for (const line of paragraphs) expect(line.split(' ').length).toBeLessThanOrEqual(16)
})

describe('a translation of a programme', () => {
  const FILE = {
    ...{ language: 'ar', name: 'العربية', direction: 'rtl', isReviewed: false },
    texts: { title: 'بياناتك', 'kept.paragraphs.0': '{from} {to} {months} {months}' },
  }

  test('is told in English where it lacks a text, and those texts are known', () => {
    const { texts, inEnglish } = aboutTexts(translationSchema.parse(FILE), PROGRAMME)
    expect(texts.title).toBe('بياناتك')
    expect(texts.why).toEqual(ENGLISH.why)
    expect(texts.kept.paragraphs[0]).toContain('first day in ar last day in ar')
    expect(texts.easy.parts[4]?.paragraphs[0]).toContain('last day in en')
    expect(inEnglish).toContain(ENGLISH.why.heading)
    expect(inEnglish).toContain(texts.easy.parts[4]?.paragraphs[0])
    expect(inEnglish).not.toContain('بياناتك')
    expect(inEnglish.size).toBe(new Set(ENGLISH_TEXTS.values()).size - 2)
  })

  test.each(['', 'de-12', 'en_GB', '../so', 'so"onload'])(
    'is not taken of language “%s”',
    (language) => {
      expect(translationSchema.safeParse({ ...FILE, language }).success).toBe(false)
    },
  )

  test.each([
    [{ wye: 'x' }, 'No text is called wye'],
    [{ 'kept.paragraphs.0': '{from}' }, 'has other places in braces'],
    [{ title: '{programme}' }, 'has other places in braces'],
    [{ title: '' }, 'Too small'],
  ])('is not taken with %o', (texts, why) => {
    const parsed = translationSchema.safeParse({ ...FILE, texts })
    expect(parsed.error?.message).toContain(why)
  })
})
