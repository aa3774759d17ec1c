import { expect, test } from 'vitest'
import { compareFrameworks, editFramework } from '#core/framework/change-framework.ts'
import { fieldsOf, readEntry, type EntryFields } from '#core/framework/entry-fields.ts'
import { EMPTY_FRAMEWORK, FRAMEWORK_PARTS, type Framework } from '#core/framework/framework.ts'
import { FRAMEWORK } from './invented-framework.ts'

/** Every field of an instrument is filled somewhere in it. */
const FULL: Framework = {
  ...FRAMEWORK,
  instruments: FRAMEWORK.instruments.map((instrument, index) =>
    index === 1
      ? {
          ...instrument,
          ...{ better: 'higher', reliableChange: { by: 4.5, source: 'Invented, 2024; page 3' } },
          timePoints: [
            { point: 'baseline', earliest: -7, latest: 28 },
            { point: 'follow_up', earliest: 60 },
            { point: 'exit' },
          ],
          completedBy: ['parent', 'child'],
          ...{ licence: 'Free for public services', retired: '2031-03-31' },
          subScales: [
            {
              ...{ code: 'words', label: 'Words', least: 0, most: 20 },
              // The way is the instrument's.
              reliableChange: { by: 2, source: 'Invented;2024' },
            },
            {
              ...{ code: 'gestures', label: 'Gestures', least: -0.5, most: 40, better: 'lower' },
              reliableChange: { by: 3, source: 'Invented, 2024; page 4' },
            },
          ],
        }
      : instrument,
  ),
}

test('an entry is the same after it went through a form', () => {
  expect(editFramework(FULL, { do: 'import', text: JSON.stringify(FULL) })).toEqual({
    ...{ ok: true, framework: FULL },
  })
  for (const part of FRAMEWORK_PARTS) {
    for (const entry of FULL[part])
      expect(readEntry(part, fieldsOf(entry))).toEqual({ ok: true, entry })
  }
})

const [wellbeing] = FRAMEWORK.instruments
const fields = wellbeing === undefined ? {} : fieldsOf(wellbeing)

test.each<[field: keyof EntryFields, text: string, at: keyof EntryFields]>([
  ['code', 'Wellbeing scale', 'code'],
  ['label', ' ', 'label'],
  ['measure', '', 'measure'],
  ['least', 'none', 'least'],
  ['most', '14', 'most'],
  ['change', '-3', 'change'],
  ['change', '3', 'changeSource'],
  ['subScales', 'words; Words; 5', 'subScales'],
  ['subScales', 'words; Words; 5; 9; sideways', 'subScales'],
  ['timePoints', 'midsummer', 'timePoints'],
  ['timePoints', 'follow-up to', 'timePoints'],
])('refuses %s “%s” and says where', (field, text, at) => {
  const read = readEntry('instruments', { ...fields, [field]: text })
  expect(read).toMatchObject({ ok: false, field: at })
})

test('a reliable change needs a direction', () => {
  const change = { change: '3', changeSource: 'Invented' }
  expect(readEntry('instruments', { ...fields, ...change })).toMatchObject({ field: 'better' })
  expect(readEntry('instruments', { ...fields, ...change, better: 'lower' })).toMatchObject({
    entry: { better: 'lower', reliableChange: { by: 3, source: 'Invented' } },
  })
})

test('a change of a sub-scale is told though the way is its instrument’s', () => {
  const other = JSON.parse(JSON.stringify(FULL).replace('"by":2,', '"by":7,')) as Framework
  expect(compareFrameworks(FULL, other)).toMatchObject([
    { code: 'invented-talk', what: 'changed', fields: [{ field: 'subScales' }] },
  ])
})

test('what is done to a framework is told by comparing it with the one before', () => {
  const added = editFramework(EMPTY_FRAMEWORK, {
    ...{ do: 'add', part: 'outcomes', entry: { code: 'play', label: 'Children play' } },
  })
  expect(added.ok && compareFrameworks(EMPTY_FRAMEWORK, added.framework)).toEqual([
    { part: 'outcomes', code: 'play', label: 'Children play', what: 'added', fields: [] },
  ])
  const changed = editFramework(FRAMEWORK, {
    ...{ do: 'change', part: 'measures' },
    entry: { code: 'child-language', outcome: 'wellbeing', label: 'Language' },
  })
  expect(changed.ok && compareFrameworks(FRAMEWORK, changed.framework)).toEqual([
    {
      ...{ part: 'measures', code: 'child-language', label: 'Language', what: 'changed' },
      fields: [
        { field: 'label', before: 'Language of the child', after: 'Language' },
        { field: 'outcome', before: 'language', after: 'wellbeing' },
      ],
    },
  ])
  expect(compareFrameworks(FULL, FULL)).toEqual([])
})

test('what something else refers to cannot be removed, nor a code be given twice', () => {
  expect(
    editFramework(FRAMEWORK, { do: 'remove', part: 'outcomes', code: 'wellbeing' }),
  ).toMatchObject({ ok: false, at: 'measures' })
  expect(
    editFramework(FRAMEWORK, {
      ...{ do: 'add', part: 'outcomes', entry: { code: 'wellbeing', label: 'Again' } },
    }),
  ).toMatchObject({ ok: false, at: 'outcomes' })
  expect(editFramework(FRAMEWORK, { do: 'remove', part: 'outcomes', code: 'gone' })).toMatchObject({
    ok: false,
  })
})
