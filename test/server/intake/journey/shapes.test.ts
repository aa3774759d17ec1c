import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { changeCells } from '#server/intake/correcting/change-cells.ts'
import { downloadCorrected } from '#server/intake/correcting/download-corrected.ts'
import { readGrid } from '#server/intake/correcting/read-grid.ts'
import { checkAgain } from '#server/intake/journey/answer-findings.ts'
import { readShapes, saveShapes } from '#server/intake/journey/choose-shapes.ts'
import { confirmReading, describeReading } from '#server/intake/journey/describe-reading.ts'
import { readMatching, saveMatching } from '#server/intake/journey/match-columns.ts'
import { readCheck, readFindingRows } from '#server/intake/journey/read-check.ts'
import { placeWords } from '#core/preparation/row-places.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { rememberForService } from '#server/intake/held-files/service-mapping.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { ACORN, journeyOf, settingOfFile, mustUpload } from './journey-setting.ts'

/** A file whose rows hold several children, from its upload to what is found in it. */

const setting = settingOfFile()

const SECOND_CHILD = new Uint8Array(
  readFileSync(new URL('../../../files/24-second-child-columns.csv', import.meta.url)),
)

async function uploaded(bytes: Uint8Array, quarter = '2024-Q1'): Promise<Journey> {
  const { reference } = await mustUpload(setting, bytes, { quarter })
  const journey = await journeyOf(setting.storeOf, ACORN, reference)
  await confirmReading(setting.storeOf(ACORN), ACORN, journey)
  return journeyOf(setting.storeOf, ACORN, reference)
}

test('how the rows are kept is asked between reading and matching, and answered for every child', async () => {
  const store = setting.storeOf(ACORN)
  const read = await uploaded(SECOND_CHILD)
  expect(read.step).toBe('shape')
  const asked = await readShapes(store, ACORN, read.reference)
  if (!asked.ok) throw new Error(asked.code)
  const [shape] = asked.shapes
  expect(shape).toMatchObject({ shape: 'children-across', answer: '' })
  expect(shape?.before.rows).toHaveLength(2)
  expect(shape?.after.rows).toHaveLength(4)
  const shown = JSON.stringify(asked.shapes)
  for (const value of ['Okafor', 'Amara', 'grace@mail', '01/06/2019', 'F-1'])
    expect(shown).not.toContain(value)
  expect(await saveShapes(store, ACORN, read, {})).toMatchObject({
    ok: false,
    code: 'shapes-unanswered',
    shapes: ['children-across'],
  })
  expect(await saveShapes(store, ACORN, read, { 'children-across': '0' })).toMatchObject({
    ok: true,
  })
  const shaped = await journeyOf(setting.storeOf, ACORN, read.reference)
  expect(shaped.step).toBe('match')
  const matching = await readMatching(store, ACORN, read.reference)
  if (!matching.ok) throw new Error(matching.code)
  expect(matching.columns.map(({ heading }) => heading)).toEqual([
    ...['Child reference', 'Parent name', 'Parent email', 'Child first name', 'Child surname'],
    ...['Child DOB', 'Sessions attended'],
  ])
  // What was read is still shown as it stands.
  const reading = await describeReading(store, ACORN, read.reference)
  if (!reading.ok || !reading.reading.ok) throw new Error('not read')
  expect(reading.reading.asItStands?.overview.rows).toBe(3)
  const matched = await saveMatching(store, ACORN, shaped, {
    answers: matching.columns.map(({ answer }) => answer),
    shape: 'child-and-carer',
    role: 'child',
  })
  expect(matched).toMatchObject({ ok: true })
  const checked = await setting.work(read.reference)
  expect(checked.rows).toMatchObject({ read: 5, accepted: 5 })
  const check = await readCheck(store, ACORN, read.reference)
  if (!check.ok) throw new Error(check.code)
  const found = check.groups.flatMap(({ findings }) => findings)
  expect(found.filter(({ code }) => code.startsWith('shape-'))).toEqual([])
  const rows = await readFindingRows(store, ACORN, {
    ...{ reference: read.reference, code: 'postcode-missing', field: 'postcode', page: 1 },
  })
  if (rows.ok)
    expect(rows.rows.map(({ row, place }) => [row, placeWords(place)])).toContainEqual([
      3,
      '4, child 2',
    ])
})

test('a file can be left as it stands', async () => {
  const store = setting.storeOf(ACORN)
  const bytes = new TextEncoder().encode(
    new TextDecoder().decode(SECOND_CHILD).replace('Obi', 'Ob'),
  )
  const read = await uploaded(bytes, '2024-Q2')
  await saveShapes(store, ACORN, read, { 'children-across': 'none' })
  const again = await readShapes(store, ACORN, read.reference)
  expect(again).toMatchObject({ shapes: [{ answer: 'none' }] })
  const matching = await readMatching(store, ACORN, read.reference)
  if (!matching.ok) throw new Error(matching.code)
  expect(matching.columns.map(({ heading }) => heading)).toContain('Child 2 DOB')
})

test('nothing is asked about rows of the usual kind', async () => {
  const text = 'Client ID,First name,Surname,DOB,Sessions attended\nA1,Ada,Lane,01/02/2019,2'
  expect((await uploaded(new TextEncoder().encode(text), '2024-Q3')).step).toBe('match')
})

test('a file that takes the place of a prepared one keeps its shapes and columns, and is looked at anew', async () => {
  const store = setting.storeOf(ACORN)
  const first = await uploaded(SECOND_CHILD, '2024-Q3')
  await saveShapes(store, ACORN, first, { 'children-across': '0' })
  const shaped = await journeyOf(setting.storeOf, ACORN, first.reference)
  const matching = await readMatching(store, ACORN, first.reference)
  if (!matching.ok) throw new Error(matching.code)
  const choices = { shape: 'child-and-carer', role: 'child' } as const
  const answers = matching.columns.map(({ heading, answer }) =>
    heading === 'Sessions attended' ? 'none' : answer,
  )
  await saveMatching(store, ACORN, shaped, { answers, ...choices })
  await setting.work(first.reference)
  const text = new TextDecoder().decode(SECOND_CHILD)
  const again = await uploaded(
    new TextEncoder().encode(text.replace('01/06/2019', '02/06/2019')),
    '2024-Q3',
  )
  // What is read is shown; how the rows are kept and what the columns are was answered.
  expect(again.step).toBe('match')
  expect(again.reading.preparation).toEqual(shaped.reading.preparation)
  const kept = await readMatching(store, ACORN, again.reference)
  if (!kept.ok) throw new Error(kept.code)
  expect(kept.columns.map(({ answer }) => answer)).toEqual(answers)
  // Of a column that came since nothing was said: it alone is asked.
  const wider = text
    .trimEnd()
    .split(/\r?\n/)
    .map((line, at) => `${line},${at === 0 ? 'First language' : 'Twi'}`)
  const more = await uploaded(new TextEncoder().encode(wider.join('\n')), '2024-Q3')
  expect(more.reading.preparation).toEqual(shaped.reading.preparation)
  const asked = await readMatching(store, ACORN, more.reference)
  if (!asked.ok) throw new Error(asked.code)
  const [fresh, ...others] = asked.columns.toSorted(
    (one, two) => Number(two.isNew) - Number(one.isNew),
  )
  expect(fresh).toMatchObject({ heading: 'First language', isNew: true })
  expect(others.map(({ answer, isNew }) => [answer, isNew])).toEqual(
    answers.map((answer) => [answer, false]),
  )
  expect([asked.shape, asked.role]).toEqual([choices.shape, choices.role])
  // And again, where another file comes before that is answered.
  const yet = await uploaded(
    new TextEncoder().encode(wider.join('\n').replace('Twi', 'Akan')),
    '2024-Q3',
  )
  expect(yet.unasked).toEqual(['First language'])
  // Another file altogether is asked.
  const other = text.replaceAll('Child 2', 'Sibling')
  const changed = await uploaded(new TextEncoder().encode(other), '2024-Q3')
  expect(changed.reading.preparation).toBeUndefined()
})

test('how a service’s sheets were read is offered for its next file', async () => {
  const store = setting.storeOf(ACORN)
  const monthly = new Uint8Array(
    readFileSync(new URL('../../../files/ugly-A-monthly.xlsx', import.meta.url)),
  )
  const first = await uploaded(monthly, '2024-Q3')
  const asked = await readShapes(store, ACORN, first.reference)
  if (!asked.ok) throw new Error(asked.code)
  expect(asked.shapes.map(({ shape, answer }) => [shape, answer])).toEqual([
    ['sheets', ''],
    ['family-blocks', ''],
  ])
  await saveShapes(store, ACORN, first, { sheets: '0', 'family-blocks': '0' })
  const { reading } = await journeyOf(setting.storeOf, ACORN, first.reference)
  const described = await describeReading(store, ACORN, first.reference)
  if (!described.ok || !described.reading.ok) throw new Error('not read')
  const { header } = described.reading
  const { preparation } = reading
  await withTransaction(setting.owner.pool, (client) =>
    rememberForService(
      client,
      store,
      { service: first.service, kind: 'people' },
      {
        mapping: { columns: {}, ...(preparation === undefined ? {} : { preparation }) },
        header,
      },
    ),
  )
  const again = await uploaded(monthly, '2024-Q4')
  const offered = await readShapes(store, ACORN, again.reference)
  if (!offered.ok) throw new Error(offered.code)
  expect(offered.shapes.map(({ answer }) => answer)).toEqual(['0', '0'])
})

test('what was said of a file that was given up counts no more once a later one was taken', async () => {
  const store = setting.storeOf(ACORN)
  const place = { service: 'toy-library', quarter: '2024-Q2' } as const
  const given = await mustUpload(setting, SECOND_CHILD, place)
  const draft = await journeyOf(setting.storeOf, ACORN, given.reference)
  await confirmReading(store, ACORN, draft)
  const asked = await journeyOf(setting.storeOf, ACORN, given.reference)
  await saveShapes(store, ACORN, asked, { 'children-across': '0' })
  await setting.owner.pool.query(
    `update submission set state = 'rejected', reason = 'discarded' where reference = $1`,
    [given.reference],
  )
  const text = new TextDecoder().decode(SECOND_CHILD)
  const other = (name: string): Uint8Array => new TextEncoder().encode(text.replace('F-1', name))
  const before = await mustUpload(setting, other('F-8'), place)
  const kept = await journeyOf(setting.storeOf, ACORN, before.reference)
  expect(kept.reading.preparation).toBeDefined()
  await setting.owner.pool.query(
    `update submission set state = 'withdrawn', reason = 'wrong-file' where reference = $1`,
    [before.reference],
  )
  const after = await mustUpload(setting, other('F-9'), place)
  const { reading } = await journeyOf(setting.storeOf, ACORN, after.reference)
  expect(reading.preparation).toBeUndefined()
})

test('a column that the file has not is added, and typed into row by row', async () => {
  const store = setting.storeOf(ACORN)
  const file = readFileSync(new URL('../../../files/ugly-B-register.xlsx', import.meta.url))
  const { reference } = await uploaded(new Uint8Array(file), '2024-Q3')
  const now = (): Promise<Journey> => journeyOf(setting.storeOf, ACORN, reference)
  await saveShapes(store, ACORN, await now(), { register: '0' })
  const matching = await readMatching(store, ACORN, reference)
  if (!matching.ok) throw new Error(matching.code)
  const answers = matching.columns.map(({ answer }) => (answer === '' ? 'none' : answer))
  const given = {
    answers,
    shape: 'child-and-carer',
    role: '',
    reference: 'name-and-birth',
  } as const
  // An age is no date of birth: nobody is made a child or an adult by it.
  expect(await saveMatching(store, ACORN, await now(), given)).toMatchObject({
    ...{ ok: false, problems: [{ code: 'mapping-field-missing', field: 'date_of_birth' }] },
  })
  const matched = await saveMatching(store, ACORN, await now(), {
    ...given,
    add: ['date_of_birth'],
  })
  expect(matched).toMatchObject({ ok: true })
  const checked = await setting.work(reference)
  expect(checked.header).toContain('Date of birth')
  expect(checked.rows).toMatchObject({ accepted: 0, rejected: 18 })
  const { frame, rows } = await gridOf(reference)
  const column = frame.columns.find(({ heading }) => heading === 'Date of birth')?.place ?? -1
  const cells = rows
    .filter(({ findings }) => findings.some(({ severity }) => severity === 'must-fix'))
    .map(({ row }) => ({ row, column, text: `${String(row).padStart(2, '0')}/02/2021` }))
  const form = { reference, version: 0 }
  expect(await changeCells(store, ACORN, form, { kind: 'set', cells }, new Date())).toMatchObject({
    ok: true,
  })
  expect(await checkAgain(store, ACORN, reference)).toEqual({ ok: true })
  expect((await setting.work(reference)).rows).toMatchObject({ accepted: 18, rejected: 0 })
  const text = await correctedFile(reference)
  expect(text).toContain('Date of birth')
  expect(text).toContain('01/02/2021')
})

async function gridOf(reference: string) {
  const range = { from: 0, count: 100 }
  const grid = await readGrid(setting.storeOf(ACORN), ACORN, reference, { show: 'findings' }, range)
  if (!grid.ok) throw new Error(grid.code)
  return grid
}

async function correctedFile(reference: string): Promise<string> {
  const file = await downloadCorrected(setting.storeOf(ACORN), ACORN, reference)
  if (!file.ok) throw new Error(file.code)
  return new Response(file.bytes).text()
}
