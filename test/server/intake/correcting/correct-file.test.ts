import { expect, test } from 'vitest'
import type { Change, GridRow } from '#core/grid/grid-rows.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { checkAgain, confirmFinding } from '#server/intake/journey/answer-findings.ts'
import { findCheckedDraft } from '#server/intake/journey/checked-draft.ts'
import { saveShapes } from '#server/intake/journey/choose-shapes.ts'
import { confirmReading } from '#server/intake/journey/describe-reading.ts'
import { writeFindingsFile } from '#server/intake/journey/findings-file.ts'
import { readCheck } from '#server/intake/journey/read-check.ts'
import type { Journey } from '#server/intake/journey/read-journey.ts'
import { submitFile } from '#server/intake/journey/submit-file.ts'
import { changeCells } from '#server/intake/correcting/change-cells.ts'
import { correctGridRow } from '#server/intake/correcting/correct-row.ts'
import { downloadCorrected } from '#server/intake/correcting/download-corrected.ts'
import type { RowChoice } from '#server/intake/correcting/found-rows.ts'
import { readOffers } from '#server/intake/correcting/offered-replacements.ts'
import { readGrid, readGridRow } from '#server/intake/correcting/read-grid.ts'
import { checkSubmission } from '#server/intake/checking/check-submission.ts'
import {
  ACORN,
  BRIDGE,
  csvOf,
  journeyOf,
  match,
  mustUpload,
  settingOfFile,
  range,
  upload,
} from '../journey/journey-setting.ts'
import { bytesSource } from '../../../core/tabular/byte-sources.ts'
import { readWhole } from '../../../core/tabular/reading.ts'
import { TraceFinder, tracesEverywhere } from '../submissions/traces.ts'

const AT = new Date('2025-02-03T10:00:00Z')
/** The columns of `csvOf`. */
const REF = 0
const FIRST = 1
const BIRTH = 3
const EMAIL = 5

const COLLEAGUE: Actor = { ...ACORN, userId: 'U-ACRN0002' }
const ADMINISTRATOR: Actor = {
  userId: 'U-ADMIN',
  role: 'administrator',
  providerCode: null,
  mayExact: false,
}

const setting = settingOfFile()

/** A file of which the second row has no reference and the fourth an impossible birth date. */
function withFaults(from: number): Uint8Array {
  return csvOf(range(from, from + 19), (n) => ({
    ...(n === from + 1 ? { ref: '' } : {}),
    ...(n === from + 3 ? { dob: '31/02/2021' } : {}),
  }))
}

async function checked(
  bytes: Uint8Array,
  quarter: string,
  service = 'stay-and-play',
): Promise<Journey> {
  const instead = (await findCheckedDraft(setting.owner.database, { service, quarter })) ?? ''
  const { reference } = await mustUpload(setting, bytes, { quarter, service, instead })
  await match(setting, reference)
  return setting.work(reference)
}

async function rowsOf(
  { reference }: Pick<Journey, 'reference'>,
  choice: RowChoice = { show: 'findings' },
): Promise<readonly GridRow[]> {
  const page = await readGrid(setting.storeOf(ACORN), ACORN, reference, choice, {
    from: 0,
    count: 100,
  })
  if (!page.ok) throw new Error(page.code)
  return page.rows
}

async function change(
  { reference }: Pick<Journey, 'reference'>,
  version: number,
  wanted: Change,
): ReturnType<typeof changeCells> {
  return changeCells(setting.storeOf(ACORN), ACORN, { reference, version }, wanted, AT)
}

const set = (row: number, column: number, text: string): Change => ({
  kind: 'set',
  cells: [{ row, column, text }],
})

/** Says of everything that is to be confirmed that it is right, and submits. */
async function submitted(reference: string): Promise<Journey> {
  const store = setting.storeOf(ACORN)
  const check = await readCheck(store, ACORN, reference)
  if (!check.ok) throw new Error(check.code)
  for (const { code, field, severity } of check.groups.flatMap(({ findings }) => findings)) {
    if (severity !== 'confirm') continue
    const journey = await journeyOf(setting.storeOf, ACORN, reference)
    await confirmFinding(store, ACORN, journey, { code, field, reason: 'looked-and-right' })
  }
  const journey = await journeyOf(setting.storeOf, ACORN, reference)
  expect(await submitFile(store, ACORN, journey, { replaces: '' })).toEqual({ ok: true })
  return setting.work(reference)
}

test('a row is checked as it is corrected, and the file is loaded with what was corrected', async () => {
  const journey = await checked(withFaults(1), '2024-Q1')
  expect(journey.rows).toMatchObject({ accepted: 18, rejected: 2 })
  const found = await rowsOf(journey)
  expect(found.map(({ row, place }) => [row, place])).toEqual([
    [2, '3'],
    [4, '5'],
  ])
  expect(found.map(({ findings }) => findings)).toEqual([
    [{ column: REF, code: 'ref-missing', severity: 'must-fix' }],
    [{ column: BIRTH, code: 'birth-impossible', severity: 'must-fix' }],
  ])
  expect(found[1]?.cells[BIRTH]).toBe('31/02/2021')

  const wrong = await change(journey, 0, set(4, BIRTH, '31/04/2021'))
  expect(wrong).toMatchObject({
    ...{ ok: true, cells: 1, state: { version: 1, corrected: 1, isChecked: false } },
    rows: [{ row: 4, originals: { [BIRTH]: '31/02/2021' }, findings: [{ column: BIRTH }] }],
  })
  const right = await change(journey, 1, set(4, BIRTH, '28/02/2021'))
  expect(right).toMatchObject({ ok: true, rows: [{ findings: [] }], state: { corrected: 1 } })
  expect(await change(journey, 2, set(2, REF, 'C-77'))).toMatchObject({ rows: [{ findings: [] }] })

  // Nothing can be submitted before the file was checked with it.
  const now = await journeyOf(setting.storeOf, ACORN, journey.reference)
  expect(now).toMatchObject({ state: 'mapped', step: 'check', correctedCells: 2 })
  // Nor does another file put the corrections aside unasked.
  expect(await upload(setting, withFaults(30), { instead: '' })).toMatchObject({
    code: 'draft-stands',
  })
  const store = setting.storeOf(ACORN)
  expect(await submitFile(store, ACORN, now, { replaces: '' })).toMatchObject({ ok: false })
  expect(await checkAgain(store, ACORN, journey.reference)).toEqual({ ok: true })
  const again = await setting.work(journey.reference)
  expect(again).toMatchObject({ state: 'checked', rows: { accepted: 20, rejected: 0 } })
  expect(await rowsOf(journey)).toEqual([])
  expect(await rowsOf(journey, { show: 'corrected' })).toHaveLength(2)
  expect(await submitted(journey.reference)).toMatchObject({ state: 'linked', records: 20 })
})

test('what another row tells of a corrected row stands until the file is checked again', async () => {
  const bytes = csvOf(range(50, 60), (n) => (n === 51 ? { ref: 'C-1050' } : {}))
  const journey = await checked(bytes, '2024-Q2')
  expect((await rowsOf(journey)).map(({ row }) => row)).toEqual([1, 2])
  const changed = await change(journey, 0, set(2, FIRST, 'Amaranth'))
  expect(changed).toMatchObject({ rows: [{ findings: [{ code: 'ref-rows-disagree' }] }] })
})

test('cells are undone, done again and taken back, and a column is replaced in at once', async () => {
  const journey = await checked(withFaults(100), '2024-Q3')
  const replace: Change = {
    ...{ kind: 'replace', column: 4, find: 'girl', replace: 'F' },
    ...{ isWhole: true, isExact: false },
  }
  expect(await change(journey, 0, replace)).toMatchObject({ ok: true, cells: 10 })
  expect(await change(journey, 1, { kind: 'undo' })).toMatchObject({
    ...{ cells: 10, state: { corrected: 0, canUndo: false, canRedo: true } },
  })
  expect(await change(journey, 2, { kind: 'redo' })).toMatchObject({ state: { corrected: 10 } })
  expect(await change(journey, 3, set(1, FIRST, 'Ann'))).toMatchObject({ state: { corrected: 11 } })
  expect(await change(journey, 4, { kind: 'take-back' })).toMatchObject({
    ...{ cells: 11, state: { corrected: 0, canRedo: true } },
  })
  // What changes nothing is no step.
  expect(
    await change(
      journey,
      5,
      set(1, EMAIL, (await rowsOf(journey, { show: 'all' }))[0]?.cells[EMAIL] ?? ''),
    ),
  ).toMatchObject({
    ...{ cells: 0, state: { version: 5 } },
  })
})

test('two tabs never write over one another: of two changes to one version, one is made', async () => {
  const journey = await checked(withFaults(150), '2024-Q4')
  const both = await Promise.all([
    change(journey, 0, set(1, FIRST, 'Ann')),
    change(journey, 0, set(1, FIRST, 'Ben')),
  ])
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true])
  expect(both.find(({ ok }) => !ok)).toMatchObject({ code: 'corrections-stale' })
  const kept = both[0].ok ? 'Ann' : 'Ben'
  expect((await rowsOf(journey, { show: 'all' }))[0]?.cells[FIRST]).toBe(kept)
})

test('a check never speaks of cells that were corrected while it ran', async () => {
  const journey = await checked(withFaults(200), '2024-Q1', 'toy-library')
  await change(journey, 0, set(2, REF, 'C-2001'))
  const [outcome] = await Promise.all([
    checkSubmission(setting.owner, journey.id, { actor: ACORN.userId }),
    change(journey, 1, set(4, BIRTH, '28/02/2021')),
  ])
  const now = await journeyOf(setting.storeOf, ACORN, journey.reference)
  if (now.state === 'mapped') await setting.work(journey.reference)
  expect(outcome.ok).toBe(true)
  expect(await journeyOf(setting.storeOf, ACORN, journey.reference)).toMatchObject({
    ...{ state: 'checked', rows: { accepted: 20, rejected: 0 }, correctionsVersion: 2 },
  })
})

test('one row is corrected by a form, which leads on to the next', async () => {
  const journey = await checked(withFaults(250), '2024-Q1')
  const { reference } = journey
  const store = setting.storeOf(ACORN)
  const view = await readGridRow(store, ACORN, reference, 2)
  if (!view.ok) throw new Error(view.code)
  expect(view).toMatchObject({ next: 4, row: { place: '3' } })
  const texts = view.row.cells.map((text, column) => ({ column, text }))
  const form = (version: number): { reference: string; version: number } => ({ reference, version })
  const given = { row: 2, texts }
  expect(await correctGridRow(store, ACORN, form(0), given, AT)).toMatchObject({ ok: true })
  expect((await journeyOf(setting.storeOf, ACORN, reference)).correctionsVersion).toBe(0)
  texts[REF] = { column: REF, text: 'C-9' }
  expect(await correctGridRow(store, ACORN, form(0), given, AT)).toEqual({
    ok: true,
    isClear: true,
  })
  texts[REF] = { column: REF, text: 'C-10' }
  expect(await correctGridRow(store, ACORN, form(0), given, AT)).toMatchObject({
    code: 'corrections-stale',
  })
  expect(await readGridRow(store, ACORN, reference, 21)).toMatchObject({ code: 'not-found' })
})

test('cells that there are not, and texts that are too long, are refused', async () => {
  const journey = await checked(withFaults(300), '2024-Q2')
  for (const wanted of [
    set(21, REF, 'x'),
    set(0, REF, 'x'),
    set(1, 8, 'x'),
    set(1, REF, 'x'.repeat(2_001)),
    { ...set(1, REF, 'x'), cells: [] } as Change,
  ]) {
    const done = await change(journey, 0, wanted)
    expect(done.ok ? done.cells : done.code).toBe(done.ok ? 0 : 'cell-unknown')
  }
})

test('[S14] [S61] values are for who uploaded the file: a colleague learns whose it is, others nothing', async () => {
  const { reference } = await checked(withFaults(350), '2024-Q3')
  const all: RowChoice = { show: 'all' }
  const calls = (actor: Actor, named = reference): Promise<unknown>[] => {
    const store = setting.storeOf(actor)
    return [
      readGrid(store, actor, named, all, { from: 0, count: 9 }),
      readGridRow(store, actor, named, 1),
      changeCells(store, actor, { reference: named, version: 0 }, set(1, REF, 'x'), AT),
      correctGridRow(store, actor, { reference: named, version: 0 }, { row: 1, texts: [] }, AT),
      downloadCorrected(store, actor, named),
    ]
  }
  await rowsOf({ reference })
  await rowsOf({ reference }, all)
  for (const refused of await Promise.all(calls(COLLEAGUE)))
    expect(refused).toMatchObject({ ok: false, code: 'not-uploader' })
  for (const actor of [BRIDGE, ADMINISTRATOR]) {
    const theirs = await Promise.all(calls(actor))
    expect(theirs).toEqual(await Promise.all(calls(actor, 'SU-2222-2222-2')))
    for (const refused of theirs) expect(refused).toMatchObject({ ok: false, code: 'not-found' })
  }
  // Every look is an entry before it shows anything: one for all that the same person scrolls.
  const looks = await setting.owner.pool.query(
    `select actor from audit_event where subject = $1 and event = 'submission.grid-opened'`,
    [reference],
  )
  expect(looks.rows).toEqual([{ actor: ACORN.userId }])
  // The file with its findings holds every cell in the clear: it is theirs as well, before anything is corrected and after.
  const store = setting.storeOf(COLLEAGUE)
  const refused = { ok: false, code: 'not-uploader' }
  expect(await writeFindingsFile(store, COLLEAGUE, reference)).toMatchObject(refused)
  await change({ reference }, 0, set(2, REF, 'C-1'))
  await checkAgain(setting.storeOf(ACORN), ACORN, reference)
  await setting.work(reference)
  expect(await writeFindingsFile(store, COLLEAGUE, reference)).toMatchObject(refused)
  const own = setting.storeOf(ACORN)
  expect((await writeFindingsFile(own, ACORN, reference)).ok).toBe(true)
})

test('[S19] nothing is corrected before a file was checked, nor after it was submitted', async () => {
  const { reference } = await mustUpload(setting, withFaults(400), {
    ...{ service: 'toy-library', quarter: '2024-Q2' },
  })
  const store = setting.storeOf(ACORN)
  const look = (): Promise<unknown> =>
    readGrid(store, ACORN, reference, { show: 'all' }, { from: 0, count: 9 })
  expect(await look()).toMatchObject({ code: 'step-not-reached' })
  await match(setting, reference)
  expect(await look()).toMatchObject({ code: 'step-not-reached' })
  await setting.work(reference)
  expect(await look()).toMatchObject({ ok: true })
  await change({ reference }, 0, set(2, REF, 'C-4001'))
  await change({ reference }, 1, set(4, BIRTH, '28/02/2021'))
  await checkAgain(store, ACORN, reference)
  await setting.work(reference)
  const { fileId } = await journeyOf(setting.storeOf, ACORN, reference)
  expect(await submitted(reference)).toMatchObject({ state: 'linked', records: 20 })
  expect(await look()).toMatchObject({ code: 'no-longer-open' })
  expect(await change({ reference }, 2, { kind: 'undo' })).toMatchObject({
    code: 'no-longer-open',
  })
  for (const name of ['cells', 'corrections-0', 'corrections-1'] as const)
    expect(await setting.owner.files.openBeside(fileId ?? '', name)).toBeUndefined()
})

test('the corrected file has the same columns and rows, and no cell that a spreadsheet would run', async () => {
  const journey = await checked(withFaults(450), '2024-Q3', 'toy-library')
  await change(journey, 0, set(2, REF, '=2+3'))
  await change(journey, 1, set(20, FIRST, 'Anna, "Annie"'))
  const file = await downloadCorrected(setting.storeOf(ACORN), ACORN, journey.reference)
  if (!file.ok) throw new Error(file.code)
  const text = await new Response(file.bytes).text()
  const before = new TextDecoder().decode(withFaults(450)).split('\r\n')
  const after = text.replace('\ufeff', '').split('\r\n')
  expect(after).toHaveLength(before.length)
  expect(after.flatMap((line, at) => (line === before[at] ? [] : [at]))).toEqual([2, 20])
  expect(after[2]).toMatch(/^'=2[+]3,/)
  expect(after[20]).toContain(',"Anna, ""Annie""",')
  // As a workbook it says the same, its cells texts and none of them run.
  const store = setting.storeOf(ACORN)
  const workbook = await downloadCorrected(store, ACORN, journey.reference, 'xlsx')
  if (!workbook.ok) throw new Error(workbook.code)
  expect(workbook.name).toBe('toy-library-2024-Q3-corrected.xlsx')
  const bytes = Buffer.from(await new Response(workbook.bytes).arrayBuffer())
  const read = await readWhole(bytesSource(bytes), { headerRow: 1 })
  const lines = [read.header, ...read.rows].map((row) => row.join('|'))
  expect(lines[2]).toMatch(/^=2[+]3[|]/)
  expect(lines[20]).toContain('|Anna, "Annie"|')
  const isCorrected = (at: number): boolean => at === 2 || at === 20
  expect(lines.filter((_, at) => !isCorrected(at))).toEqual(
    before.flatMap((line, at) => (isCorrected(at) || line === '' ? [] : line.split(',').join('|'))),
  )
})

test('what was replaced in a column that identifies nobody is offered for the next file, and can be read by nobody', async () => {
  const journey = await checked(csvOf(range(600, 611)), '2024-Q2')
  const replace = (column: number, find: string, text: string): Change => ({
    ...{ kind: 'replace', column, find, replace: text, isWhole: true, isExact: false },
  })
  expect(await change(journey, 0, replace(4, 'girl', 'Female'))).toMatchObject({ cells: 6 })
  // A name identifies somebody.
  expect(await change(journey, 1, replace(FIRST, 'Abcx', 'Quillanna'))).toMatchObject({ cells: 1 })
  await checkAgain(setting.storeOf(ACORN), ACORN, journey.reference)
  await setting.work(journey.reference)
  await submitted(journey.reference)
  const { rows } = await setting.owner.pool.query<{ field: string; text: string }>(
    `select field, whole::text as text from remembered_replacement whole`,
  )
  expect(rows.map(({ field }) => field)).toEqual(['gender'])
  const finder = new TraceFinder(['Female', 'Quillanna'])
  expect(finder.search(Buffer.from(rows.map(({ text }) => text).join()))).toEqual([])

  const next = await checked(csvOf(range(700, 711)), '2024-Q3')
  const store = setting.storeOf(ACORN)
  expect(await readOffers(store, ACORN, next.reference)).toEqual([
    { column: 4, heading: 'Gender', find: 'Girl', replace: 'Female', cells: 6 },
  ])
  expect(await readOffers(setting.storeOf(COLLEAGUE), COLLEAGUE, next.reference)).toEqual([])
  await change(next, 0, replace(4, 'Girl', 'Female'))
  expect(await readOffers(store, ACORN, next.reference)).toEqual([])
})

test('[S38] what is typed into cells is nowhere but in the file’s own corrections, encrypted', async () => {
  const journey = await checked(withFaults(500), '2024-Q4', 'toy-library')
  const planted = ['Quillonetta-Zebrowskian', 'Zq-Ref-889911', '07700 900645']
  await change(journey, 0, {
    kind: 'set',
    cells: planted.map((text, at) => ({ row: 2 + at, column: at, text })),
  })
  await change(journey, 1, {
    ...{ kind: 'replace', column: FIRST, find: 'Ab', replace: 'Marigoldine' },
    ...{ isWhole: false, isExact: true },
  })
  await checkAgain(setting.storeOf(ACORN), ACORN, journey.reference)
  await setting.work(journey.reference)
  const finder = new TraceFinder([...planted, 'Marigoldine'])
  const { fileId } = await journeyOf(setting.storeOf, ACORN, journey.reference)
  expect(await setting.owner.files.openBeside(fileId ?? '', 'corrections-0')).toBeDefined()
  expect(await tracesEverywhere(setting.owner, finder)).toEqual([])
  const { rows } = await setting.owner.pool.query<{ event: string; detail: object }>(
    `select event, detail from audit_event where subject = $1 and event like '%correct%' order by seq`,
    [journey.reference],
  )
  expect(rows).toMatchObject([
    { event: 'submission.cells-corrected', detail: { cells: 3, corrected: 3 } },
    { event: 'submission.cells-corrected', detail: { cells: 19 } },
  ])
})

test('a finding of the second child of a row stands in that child’s own column', async () => {
  const lines = ['Family,Child 1 name,Child 1 DOB,Child 2 name,Child 2 DOB,Postcode']
  for (let n = 0; n < 8; n += 1) {
    const letters = String.fromCharCode(97 + n)
    const second = n === 3 ? '31/02/2021' : `1${String(n)}/03/2021`
    lines.push(
      `F-${String(20 + n * 3)},An${letters} Hall,0${String(n + 1)}/05/2019,Be${letters} Hall,${second},SE11 6A${letters.toUpperCase()}`,
    )
  }
  const place = { quarter: '2024-Q3', service: 'toy-library' }
  const bytes = new TextEncoder().encode(lines.join('\r\n'))
  const { reference } = await mustUpload(setting, bytes, place)
  const store = setting.storeOf(ACORN)
  const before = await journeyOf(setting.storeOf, ACORN, reference)
  expect((await confirmReading(store, ACORN, before)).ok).toBe(true)
  const asked = await journeyOf(setting.storeOf, ACORN, reference)
  const saved = await saveShapes(store, ACORN, asked, { 'children-across': '0' })
  expect(saved).toMatchObject({ ok: true })
  await match(setting, reference)
  const journey = await setting.work(reference)
  expect(journey.rows).toMatchObject({ read: 16, rejected: 1 })
  const [found, ...more] = await rowsOf(journey, {
    ...{ show: 'finding', code: 'birth-impossible', field: 'date_of_birth' },
  })
  expect(more).toEqual([])
  expect(found).toMatchObject({ place: '5', findings: [{ column: 4, code: 'birth-impossible' }] })
})
