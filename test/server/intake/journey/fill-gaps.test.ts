import { expect, test } from 'vitest'
import { parseMappingFile } from '#core/mapping/mapping-file.ts'
import type { FillingRule } from '#core/filling/rules.ts'
import { SLOT } from '#core/standard/fields.ts'
import { changeFilling, readFilling } from '#server/intake/journey/fill-gaps.ts'
import { confirmReading, chooseReading } from '#server/intake/journey/describe-reading.ts'
import { readMatching } from '#server/intake/journey/match-columns.ts'
import { readCheck } from '#server/intake/journey/read-check.ts'
import { confirmFinding } from '#server/intake/journey/answer-findings.ts'
import { submitFile } from '#server/intake/journey/submit-file.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { readTreatment } from '#server/intake/held-files/file-treatment.ts'
import { ACORN, BRIDGE, journeyOf, match, mustUpload, settingOfFile } from './journey-setting.ts'

/** Rules that fill gaps in a file, from the page to the records and the next quarter's file. */

const setting = settingOfFile()

const HEADER =
  'Client ID,First name,Surname,DOB,Centre,Postcode,NHS number,Old NHS,Sessions attended'
const FILE = [
  HEADER,
  'A1,Ada,Lane,01/02/2019,Library,,,9990000018,2',
  'A2,Bea,Moss,03/04/2020,Library,SW9 8AB,9990000026,,3',
  'A3,Cara,Nye,05/06/2021,Hall,,,,1',
].join('\n')

const LOOK_UP: FillingRule = {
  ...{ kind: 'look-up', column: 'Postcode', from: 'Centre' },
  words: [{ word: 'Library', becomes: 'SW9 8AA' }],
}
const TAKE: FillingRule = { kind: 'take-from', column: 'NHS number', from: 'Old NHS' }

async function uploaded(text: string, quarter: string): Promise<Journey> {
  const { reference } = await mustUpload(setting, new TextEncoder().encode(text), { quarter })
  const journey = await journeyOf(setting.storeOf, ACORN, reference)
  await confirmReading(setting.storeOf(ACORN), ACORN, journey)
  return journeyOf(setting.storeOf, ACORN, reference)
}

async function change(reference: string, given: Parameters<typeof changeFilling>[3]) {
  const journey = await journeyOf(setting.storeOf, ACORN, reference)
  return changeFilling(setting.storeOf(ACORN), ACORN, journey, given)
}

async function view(reference: string) {
  const read = await readFilling(setting.storeOf(ACORN), ACORN, reference)
  if (!read.ok) throw new Error(read.code)
  return read
}

test('rules are added, moved and taken out, each with what it did in the file', async () => {
  const { reference } = await uploaded(FILE, '2024-Q1')
  expect(await view(reference)).toMatchObject({ rules: [], last: undefined })
  expect(await change(reference, { to: 'add', rule: LOOK_UP })).toMatchObject({ ok: true })
  expect(await change(reference, { to: 'add', rule: TAKE })).toMatchObject({ ok: true })
  expect((await view(reference)).rules).toEqual([
    { rule: LOOK_UP, effect: { rows: 3, filled: 1, changed: 0, without: 1 } },
    { rule: TAKE, effect: { rows: 3, filled: 1, changed: 0, without: 1 } },
  ])
  await change(reference, { to: 'move-down', place: 0 })
  expect((await view(reference)).rules.map(({ rule }) => rule)).toEqual([TAKE, LOOK_UP])
  await change(reference, { to: 'remove', place: 1 })
  await change(reference, { to: 'remove', place: 7 })
  expect((await view(reference)).rules.map(({ rule }) => rule)).toEqual([TAKE])
  await change(reference, { to: 'remove', place: 0 })
  const emptied = await journeyOf(setting.storeOf, ACORN, reference)
  expect(emptied.reading).toEqual({})
})

test('what would make many people one is refused at once, and changes nothing', async () => {
  const { reference } = await uploaded(FILE.replace('Ada', 'Adah'), '2024-Q2')
  const rule: FillingRule = { kind: 'default', column: 'NHS number', value: '9990000018' }
  expect(await change(reference, { to: 'add', rule })).toEqual({
    ...{ ok: false, code: 'rule-not-allowed', field: 'nhs_number' },
  })
  // A column is what it is called until somebody says otherwise, though no file has it yet.
  for (const column of ['Forename', 'Client NHS No'])
    expect(await change(reference, { to: 'add', rule: { ...rule, column } })).toMatchObject({
      code: 'rule-not-allowed',
    })
  const missing: FillingRule = { kind: 'take-from', column: 'Postcode', from: 'No such column' }
  expect(await change(reference, { to: 'add', rule: missing })).toMatchObject({
    code: 'file-unreadable',
    why: { code: 'filling-column-missing', detail: { heading: 'No such column', rule: 1 } },
  })
  expect((await view(reference)).rules).toEqual([])
  const before = await journeyOf(setting.storeOf, ACORN, reference)
  await change(reference, { to: 'add', rule: TAKE })
  // Two tabs: the second was made from the list as it was.
  const late = { to: 'add', rule: LOOK_UP } as const
  expect(await changeFilling(setting.storeOf(ACORN), ACORN, before, late)).toMatchObject({
    code: 'form-stale',
  })
  // Another provider finds no such file.
  expect(await changeFilling(setting.storeOf(BRIDGE), BRIDGE, before, late)).toMatchObject({
    code: 'not-found',
  })
  // Reading the file in another way keeps the rules.
  const now = await journeyOf(setting.storeOf, ACORN, reference)
  await chooseReading(setting.storeOf(ACORN), ACORN, now, {
    ...{ encoding: 'utf-8', separator: '', sheet: '', headerRow: null },
  })
  expect((await view(reference)).rules.map(({ rule }) => rule)).toEqual([TAKE])
})

test('what was filled is asked about, goes to the records, and is offered next quarter', async () => {
  const store = setting.storeOf(ACORN)
  const { reference } = await uploaded(FILE.replace('Ada', 'Adele'), '2024-Q3')
  await change(reference, { to: 'add', rule: LOOK_UP })
  await change(reference, { to: 'add', rule: TAKE })
  const matched = await match(setting, reference)
  expect(matched.mapping?.columns).toMatchObject({ postcode: 'Postcode', nhs_number: 'NHS number' })
  const checked = await setting.work(reference)
  const check = await readCheck(store, ACORN, reference)
  if (!check.ok) throw new Error(check.code)
  const found = check.groups.flatMap(({ findings }) => findings)
  expect(
    found
      .filter(({ code }) => code.startsWith('filled-'))
      .map(({ code, field, rows }) => `${code} ${field} ${rows}`)
      .sort(),
  ).toEqual(['filled-own nhs_number 1', 'filled-shared postcode 1'])
  expect(checked.linkability?.columns?.['nhs_number_pseudonym']).toMatchObject({ made: 2 })
  for (const { code, field } of found.filter(({ severity }) => severity === 'confirm')) {
    const now = await journeyOf(setting.storeOf, ACORN, reference)
    await confirmFinding(store, ACORN, now, { code, field, reason: 'looked-and-right' })
  }
  const answered = await journeyOf(setting.storeOf, ACORN, reference)
  expect(await submitFile(store, ACORN, answered, { replaces: '' })).toMatchObject({ ok: true })
  const told = async (): Promise<readonly string[] | undefined> => {
    const treatment = await readTreatment(store, ACORN, 'stay-and-play')
    if (!treatment.ok) throw new Error(treatment.code)
    const gaps = treatment.parts.find(({ title }) => title === 'Gaps are filled')
    return gaps?.lines.flatMap(({ text, details }) => [text, ...details])
  }
  // While the file is held, in its own words.
  expect(await told()).toEqual([
    'Look up what “Centre” says, and put what it stands for in “Postcode” where it is blank.',
    '“Library” stands for “SW9 8AA”',
    'Take what “Old NHS” has for “NHS number” where it is blank.',
  ])
  const handed = await readTreatment(store, ACORN, 'stay-and-play')
  // What is handed to the hasher is a mapping file that it reads.
  expect(parseMappingFile(JSON.stringify(handed.ok ? handed.mapping : ''))).toMatchObject({
    mapping: {
      columns: { postcode: 'Postcode' },
      preparation: { filling: { rules: [LOOK_UP, TAKE] } },
    },
  })
  await setting.work(reference)
  expect(checked.linkability?.filled).toEqual({
    nhs_number: { given: 1, filled: 1 },
    postcode: { given: 1, filled: 1 },
  })
  const { rows: marks } = await setting.owner.pool.query<{ filled: number | null }>(
    `select r.filled from record r join submission s on s.id = r.submission_id
     where s.reference = $1 order by r.source_row`,
    [reference],
  )
  expect(marks.map(({ filled }) => filled)).toEqual([
    (1 << SLOT.nhs_number) | (1 << SLOT.postcode),
    null,
    null,
  ])
  // Once it is gone, by its places: no heading and no word.
  expect(await told()).toEqual([
    'Look up what “column 5” says, and put what it stands for in “column 6 (Postcode)” where it is blank.',
    'And 1 remembered word of earlier files.',
    'Take what “column 8” has for “column 7 (NHS number)” where it is blank.',
  ])
  expect(await readTreatment(store, ACORN, 'stay-and-play')).toMatchObject({ mapping: undefined })
  // Another provider has no such service.
  expect(await readTreatment(setting.storeOf(BRIDGE), BRIDGE, 'stay-and-play')).toMatchObject({
    code: 'not-found',
  })
  // No word that was typed stands in the audit.
  const { rows: audit } = await setting.owner.pool.query(
    `select 1 from audit_event where detail::text ~ 'Library|SW9'`,
  )
  expect(audit).toEqual([])

  const next = await uploaded(
    FILE.replace('Ada', 'Agnes').replaceAll('Old NHS', 'Other'),
    '2024-Q4',
  )
  const asked = await view(next.reference)
  expect(asked.rules).toEqual([])
  expect(asked.last).toEqual({
    filling: { version: 1, rules: [LOOK_UP] },
    missing: ['(column 8 of the last file)'],
  })
  expect(await readMatching(store, ACORN, next.reference)).toMatchObject({ hasRulesBefore: true })
  await change(next.reference, { to: 'use-again' })
  expect((await view(next.reference)).rules.map(({ rule }) => rule)).toEqual([LOOK_UP])
  expect(await readMatching(store, ACORN, next.reference)).toMatchObject({ hasRulesBefore: false })
})
