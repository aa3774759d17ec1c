import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { READINGS } from '#server/intake/reading/read-file.ts'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { besideId } from '#server/platform/storage/kept-beside.ts'
import { confirmFinding } from '#server/intake/journey/answer-findings.ts'
import { chooseReading, describeReading } from '#server/intake/journey/describe-reading.ts'
import { readMatching } from '#server/intake/journey/match-columns.ts'
import { readValues, saveValues } from '#server/intake/journey/match-values.ts'
import { readCheck } from '#server/intake/journey/read-check.ts'
import { submitFile } from '#server/intake/journey/submit-file.ts'
import { TraceFinder } from '../submissions/traces.ts'
import {
  ACORN,
  BRIDGE,
  csvOf,
  journeyOf,
  match,
  mustUpload,
  openJourneySetting,
  range,
  type JourneySetting,
} from './journey-setting.ts'

/** Readings of files as they begin. */
let readings = 0
const count = (): void => {
  readings++
}
let setting: JourneySetting

beforeAll(async () => {
  subscribe(READINGS, count)
  setting = await openJourneySetting()
})

afterAll(async () => {
  unsubscribe(READINGS, count)
  await setting.close()
})

/** How often a file was read during some work. */
async function readingsOf(work: () => Promise<unknown>): Promise<number> {
  const before = readings
  await work()
  return readings - before
}

async function pathOfProfile(reference: string, actor = ACORN): Promise<string> {
  const { fileId } = await journeyOf(setting.storeOf, actor, reference)
  return join(setting.owner.dataDir, 'blobs', besideId(fileId ?? '', 'profile'))
}

/** Words that no list knows are asked for on a page of their own. */
const WORDS = (n: number): { gender: string } => ({
  gender: n % 3 === 0 ? 'a girl she says' : 'Boy',
})

describe('a file', () => {
  test('is read once when it comes, for no page, once to be checked, and not again to be loaded', async () => {
    const store = setting.storeOf(ACORN)
    let reference = ''
    const arriving = await readingsOf(async () => {
      ;({ reference } = await mustUpload(setting, csvOf(range(1, 40), WORDS)))
    })
    expect(arriving).toBe(1)
    const paging = await readingsOf(async () => {
      expect(await describeReading(store, ACORN, reference)).toMatchObject({
        reading: { ok: true, overview: { rows: 40 } },
      })
      await match(setting, reference)
      await readMatching(store, ACORN, reference)
      const values = await readValues(store, ACORN, reference)
      if (!values.ok) throw new Error(values.code)
      expect(values.fields).toMatchObject([
        { field: 'gender', words: [{ word: 'a girl she says', rows: 13 }] },
      ])
      const saved = await saveValues(store, ACORN, values.journey, ['F'])
      expect(saved).toMatchObject({ ok: true })
    })
    expect(paging).toBe(0)
    expect(await readingsOf(() => setting.work(reference))).toBe(1)
    const taking = await readingsOf(async () => {
      const check = await readCheck(store, ACORN, reference)
      if (!check.ok) throw new Error(check.code)
      for (const { code, field, severity } of check.groups.flatMap(({ findings }) => findings)) {
        if (severity !== 'confirm') continue
        const journey = await journeyOf(setting.storeOf, ACORN, reference)
        await confirmFinding(store, ACORN, journey, { code, field, reason: 'looked-and-right' })
      }
      const journey = await journeyOf(setting.storeOf, ACORN, reference)
      expect(await submitFile(store, ACORN, journey, { replaces: '' })).toEqual({ ok: true })
      expect(await setting.work(reference)).toMatchObject({ state: 'linked', records: 40 })
    })
    expect(taking).toBe(0)
  })

  test('that is to be read in another way is read once more, and then for no page', async () => {
    const store = setting.storeOf(ACORN)
    const { reference } = await mustUpload(setting, csvOf(range(1, 20)), { quarter: '2024-Q2' })
    const journey = await journeyOf(setting.storeOf, ACORN, reference)
    const chosen = {
      encoding: 'windows-1252',
      separator: '',
      sheet: '',
      headerRow: null,
      leaveOutMarked: [],
    } as const
    expect(await readingsOf(() => chooseReading(store, ACORN, journey, chosen))).toBe(1)
    const looking = await readingsOf(async () => {
      expect(await describeReading(store, ACORN, reference)).toMatchObject({
        reading: { ok: true, receipt: { encoding: 'windows-1252' }, overview: { rows: 20 } },
      })
    })
    expect(looking).toBe(0)
  })

  test('whose profile was changed, or is another file’s, is read anew', async () => {
    const store = setting.storeOf(ACORN)
    const one = await mustUpload(setting, csvOf(range(1, 20)), { quarter: '2024-Q3' })
    const two = await mustUpload(setting, csvOf(range(1, 25)), { quarter: '2024-Q4' })
    const path = await pathOfProfile(one.reference)
    const bytes = await readFile(path)
    bytes[60] = (bytes[60] ?? 0) ^ 1
    await writeFile(path, bytes)
    const look = (reference: string): Promise<number> =>
      readingsOf(() => describeReading(store, ACORN, reference))
    expect(await look(one.reference)).toBe(1)
    expect(await look(one.reference)).toBe(0)
    await copyFile(path, await pathOfProfile(two.reference))
    expect(await look(two.reference)).toBe(1)
    expect(await describeReading(store, ACORN, two.reference)).toMatchObject({
      reading: { overview: { rows: 25 } },
    })
  })

  test('[S38] leaves nothing in clear of what its pages show, and nothing readable once it is erased', async () => {
    const { reference } = await mustUpload(
      setting,
      csvOf(range(1, 20), (n) => ({ first: 'Quillonetta', ref: `Zq-Ref-${String(7700 + n)}` })),
      { actor: BRIDGE, service: 'health-visiting' },
    )
    const finder = new TraceFinder(['Quillonetta', 'Zq-Ref-7701', 'carer1@mail.example'])
    expect(await finder.searchFolder(setting.owner.dataDir)).toEqual([])
    const { rows } = await setting.owner.pool.query<{ text: string }>(
      `select concat(s.*::text, j.*::text) as text from submission s join journey j on j.submission_id = s.id`,
    )
    expect(finder.search(Buffer.from(rows.map(({ text }) => text).join('\n')))).toEqual([])
    const journey = await journeyOf(setting.storeOf, BRIDGE, reference)
    const path = await pathOfProfile(reference, BRIDGE)
    const kept = await readFile(path)
    // Another file for its place puts it aside.
    await mustUpload(setting, csvOf(range(1, 9)), { actor: BRIDGE, service: 'health-visiting' })
    await expect(readFile(path)).rejects.toMatchObject({ code: 'ENOENT' })
    await writeFile(path, kept)
    expect(await setting.owner.files.openBeside(journey.fileId ?? '', 'profile')).toBeUndefined()
  })
})
