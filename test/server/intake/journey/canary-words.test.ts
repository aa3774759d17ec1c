import { expect, test } from 'vitest'
import type { FillingRule } from '#core/filling/rules.ts'
import { confirmFinding } from '#server/intake/journey/answer-findings.ts'
import { confirmReading } from '#server/intake/journey/describe-reading.ts'
import { changeFilling } from '#server/intake/journey/fill-gaps.ts'
import { readMatching } from '#server/intake/journey/match-columns.ts'
import { readValues, saveValues } from '#server/intake/journey/match-values.ts'
import { readCheck } from '#server/intake/journey/read-check.ts'
import { submitFile } from '#server/intake/journey/submit-file.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { TraceFinder, tracesEverywhere } from '../submissions/traces.ts'
import { ACORN, journeyOf, match, mustUpload, settingOfFile, upload } from './journey-setting.ts'

/** Words planted wherever a provider's file and its steps have any, and looked for everywhere. */

const setting = settingOfFile()

const PLANTED = {
  heading: 'Zebedelia Quarrington',
  codeHeading: 'Heard via Thistlewick',
  lookedUp: 'Yggdrasil Annexe',
  word: 'Xanthorrhoea leaflet',
  person: 'Mum Gwendraeth',
  telephone: '07700 900611',
  unused: 'Kalamazoo',
  typed: 'Wolframite',
  added: 'Ptarmigan note',
}
const FINDER = new TraceFinder(Object.values(PLANTED))

function file(first: string, referred: string): Uint8Array {
  const { heading, codeHeading, lookedUp, unused } = PLANTED
  const rows = ['Ada', 'Bea', 'Cal', 'Dee', 'Eli', 'Flo', first].map((name, at) =>
    [
      ...[`C-${String(at)}`, name, `Um${name.toLowerCase()}or`, `0${String(at + 1)}/02/2020`],
      ...['Girl', unused, at === 0 ? referred : PLANTED.word, lookedUp, 'SE11 6AA', '2'],
    ].join(','),
  )
  const header = `Client ID,First name,Surname,DOB,Gender,${heading},${codeHeading},Site,Postcode,Contacts`
  return new TextEncoder().encode([header, ...rows, ''].join('\r\n'))
}

async function begin(bytes: Uint8Array, quarter: string): Promise<Journey> {
  const { reference } = await mustUpload(setting, bytes, { quarter })
  const journey = await journeyOf(setting.storeOf, ACORN, reference)
  await confirmReading(setting.storeOf(ACORN), ACORN, journey)
  return journeyOf(setting.storeOf, ACORN, reference)
}

test('[S73] what a provider’s file says and its steps type is nowhere in the clear, held or gone', async () => {
  const store = setting.storeOf(ACORN)
  const { reference } = await begin(
    file('Gwendraeth', `${PLANTED.person} ${PLANTED.telephone}`),
    '2024-Q1',
  )
  const now = (): Promise<Journey> => journeyOf(setting.storeOf, ACORN, reference)
  const rules: readonly FillingRule[] = [
    {
      ...{ kind: 'look-up', column: 'Status', from: 'Site' },
      words: [{ word: PLANTED.lookedUp, becomes: 'active' }],
    },
    { kind: 'default', column: PLANTED.added, value: PLANTED.typed },
  ]
  for (const rule of rules) {
    const changed = await changeFilling(store, ACORN, await now(), { to: 'add', rule })
    expect(changed).toMatchObject({ ok: true })
  }
  const matching = await readMatching(store, ACORN, reference)
  if (!matching.ok) throw new Error(matching.code)
  await match(setting, reference, ACORN, { [PLANTED.codeHeading]: 'field:referral_source' })
  const values = await readValues(store, ACORN, reference)
  if (!values.ok) throw new Error(values.code)
  // The word that tells a person is not offered to be given a meaning.
  expect(values.fields).toMatchObject([{ words: [{ word: PLANTED.word }], withheld: 1 }])
  const meant = await saveValues(store, ACORN, await now(), ['self'])
  expect(meant).toMatchObject({ ok: true })
  await setting.work(reference)
  expect(await tracesEverywhere(setting.owner, FINDER)).toEqual([])

  const check = await readCheck(store, ACORN, reference)
  if (!check.ok) throw new Error(check.code)
  for (const { code, field, severity } of check.groups.flatMap(({ findings }) => findings))
    if (severity === 'confirm')
      await confirmFinding(store, ACORN, await now(), { code, field, reason: 'looked-and-right' })
  expect(await submitFile(store, ACORN, await now(), { replaces: '' })).toMatchObject({ ok: true })
  await setting.work(reference)
  expect(await now()).toMatchObject({ state: 'linked', header: [], mapping: null, reading: {} })

  // The next quarter's words need no answer, though nobody kept them.
  const next = await begin(file('Gus', PLANTED.word), '2024-Q2')
  const again = await readMatching(store, ACORN, next.reference)
  expect(again).toMatchObject({ ok: true, hasRulesBefore: true })
  const matched = await match(setting, next.reference)
  expect(matched).toMatchObject({ hasValues: true, step: 'check' })
  expect(matched.mapping?.columns['referral_source']).toBe(PLANTED.codeHeading)
  expect(matched.mapping?.values?.['referral_source']).toMatchObject({ [PLANTED.word]: 'self' })
  expect(await tracesEverywhere(setting.owner, FINDER)).toEqual([])
  // A second upload in its place, which is given up: its words are of the same kind.
  await upload(setting, file('Hal', PLANTED.word), { quarter: '2024-Q2' })
  expect(await tracesEverywhere(setting.owner, FINDER)).toEqual([])
}, 120_000)

test('[S73] the search finds each of them where one was written to a table', async () => {
  const { pool } = setting.owner
  await pool.query('create table planted (words text)')
  await pool.query('insert into planted select unnest($1::text[])', [Object.values(PLANTED)])
  const found = await tracesEverywhere(setting.owner, FINDER)
  await pool.query('drop table planted')
  for (const planted of Object.values(PLANTED))
    expect(found).toContainEqual(expect.stringMatching(`planted: ${planted} `))
})
