import { expect, test } from 'vitest'
import { FrameworkNames, parseFramework, type Framework } from '#core/framework/framework.ts'
import { FRAMEWORK } from './invented-framework.ts'

function changed(change: (framework: Framework) => unknown): ReturnType<typeof parseFramework> {
  return parseFramework(JSON.stringify(change(structuredClone(FRAMEWORK))))
}

test('reads a framework, and finds an instrument by its code, its name or another name', () => {
  const parsed = changed((framework) => framework)
  expect(parsed).toEqual({ ok: true, framework: FRAMEWORK })
  const names = new FrameworkNames(FRAMEWORK)
  for (const written of ['invented-wellbeing', 'Invented wellbeing scale', 'IWS', 'i.w.s.'])
    expect(names.instrument(written)?.code).toBe('invented-wellbeing')
  for (const written of ['', 'constructor', 'Wellbeing', '__proto__'])
    expect(names.instrument(written)).toBeUndefined()
})

test('a sub-scale has its own scale, and the whole instrument has where none is written', () => {
  const names = new FrameworkNames(FRAMEWORK)
  const instrument = names.instrument('invented-talk')
  if (instrument === undefined) throw new Error('the framework has it')
  expect(names.scale(instrument, '')).toMatchObject({ code: '', least: 0, most: 60 })
  expect(names.scale(instrument, 'Words')).toMatchObject({ code: 'words', least: 0, most: 20 })
  expect(names.scale(instrument, 'sleep')).toBeUndefined()
})

const [first, second] = FRAMEWORK.instruments

test.each<[what: string, change: (framework: Framework) => unknown, at: RegExp]>([
  [
    'an instrument of a measure that is not there',
    (of) => ({ ...of, measures: [] }),
    /instruments/,
  ],
  ['a measure of an outcome that is not there', (of) => ({ ...of, outcomes: [] }), /measures/],
  [
    'a name of two instruments',
    (of) => ({ ...of, instruments: [first, { ...second, words: ['IWS'] }] }),
    /instruments/,
  ],
  [
    'a scale upside down',
    (of) => ({ ...of, instruments: [{ ...first, least: 70 }] }),
    /instruments/,
  ],
  [
    'two outcomes of one code',
    (of) => ({ ...of, outcomes: [...of.outcomes, ...of.outcomes] }),
    /./,
  ],
  [
    'a reliable change that is no thousandth, since nobody would be about the same',
    (of) => ({
      ...of,
      instruments: [{ ...first, reliableChange: { by: 0.0004, source: 'Invented' } }, second],
    }),
    /reliableChange/,
  ],
  [
    'a name of two lines, which reads as two names',
    (of) => ({ ...of, instruments: [{ ...first, words: ['IWS\nScale'] }, second] }),
    /words/,
  ],
  [
    'a sub-scale whose name ends where a field of its line would',
    (of) => ({
      ...of,
      instruments: [{ ...first, subScales: [{ code: 'a', label: 'A; B', least: 0, most: 1 }] }],
    }),
    /subScales/,
  ],
  [
    'a service of a code that no register has',
    (of) => ({ ...of, instruments: [{ ...first, services: ['S 1'] }, second] }),
    /services/,
  ],
  [
    'a reliable change of more than the scale',
    (of) => ({
      ...of,
      instruments: [{ ...first, reliableChange: { by: 57, source: 'Invented' } }, second],
    }),
    /instruments/,
  ],
  [
    'a time point that ends before it begins',
    (of) => ({
      ...of,
      instruments: [{ ...first, timePoints: [{ point: 'exit', earliest: 9, latest: 8 }] }],
    }),
    /instruments/,
  ],
  [
    'two sub-scales of one code',
    (of) => ({
      ...of,
      instruments: [{ ...second, subScales: [second?.subScales?.[0], second?.subScales?.[0]] }],
    }),
    /instruments/,
  ],
  ['a part that nobody knows', (of) => ({ ...of, items: ['How do you feel?'] }), /^$/],
  ['a day that is none', (of) => ({ ...of, instruments: [{ ...first, retired: '2024' }] }), /0/],
])('refuses %s', (_, change, at) => {
  const parsed = changed(change)
  expect(parsed.ok).toBe(false)
  if (!parsed.ok) {
    expect(parsed.at).toMatch(at)
    expect(parsed.why).not.toBe('')
  }
})

test('refuses what is not JSON', () => {
  expect(parseFramework('code,label')).toMatchObject({ ok: false, why: 'it is not JSON' })
})
