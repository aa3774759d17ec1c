import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  chooseReading,
  confirmReading,
  describeReading,
} from '#server/intake/journey/describe-reading.ts'
import { FormBroken, readFormFiles } from '#server/intake/journey/multipart-file.ts'
import { sweepFiles } from '#server/intake/submissions/sweep-files.ts'
import { inPieces } from '../submissions/small-programme.ts'
import {
  ACORN,
  BRIDGE,
  csvOf,
  journeyOf,
  match,
  mustUpload,
  NOW,
  settingOfFile,
  range,
  upload,
} from './journey-setting.ts'

const FORM = 'multipart/form-data; boundary=XyZ'

function filesOf(
  body: AsyncIterable<Uint8Array>,
  type: string | null = FORM,
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  const files = readFormFiles(body, type, 'file')
  if (files === undefined) throw new Error('no form')
  return files
}

async function bytesOf(file: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of file) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

async function formFile(body: Uint8Array, piece: number, type = FORM): Promise<Buffer> {
  const files: Buffer[] = []
  for await (const file of filesOf(inPieces(body, piece), type)) files.push(await bytesOf(file))
  return Buffer.concat(files)
}

/** One file whose bytes come as they come. */
async function* oneFile(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  await Promise.resolve()
  yield bytes
}

function form(content: Uint8Array, boundary = 'XyZ'): Buffer {
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n`),
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="Ann.csv"\r\nContent-Type: text/csv\r\n\r\n`,
    ),
    content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
}

describe('the file of a form', () => {
  test('is what was sent, in whatever pieces it comes', async () => {
    const content = fc
      .array(fc.constantFrom('\r\n', '--', '--XyZ', '\r\n--Xy', 'a', '\r', '\n', 'é'), {
        maxLength: 40,
      })
      .map((parts) => Buffer.from(parts.join('')))
      // A boundary is no boundary if a line of a file may begin with it (RFC 2046, 5.1.1).
      .filter((bytes) => !`\r\n${bytes.toString('latin1')}`.includes('\r\n--XyZ'))
    await fc.assert(
      fc.asyncProperty(content, fc.integer({ min: 1, max: 30 }), async (bytes, piece) => {
        expect((await formFile(form(bytes), piece)).equals(bytes)).toBe(true)
      }),
    )
  })

  test('is refused wherever the form breaks off', async () => {
    const whole = form(Buffer.from('a,b\r\n1,2\r\n'))
    for (let at = 0; at < whole.length - 4; at += 1) {
      await expect(formFile(whole.subarray(0, at), 7)).rejects.toBeInstanceOf(FormBroken)
    }
  })

  test.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['Multipart/Form-Data; charset=utf-8; boundary="a b"', 'a b'],
  ])('is found by the boundary that %j names', async (type, boundary) => {
    const content = Buffer.from('a,b\r\n1,2\r\n')
    expect((await formFile(form(content, boundary), 5, type)).equals(content)).toBe(true)
  })

  test.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data'],
    ['multipart/mixed; boundary=abc'],
    [null],
  ])('is not looked for in %j', (type) => {
    expect(readFormFiles(inPieces(form(Buffer.from('x'))), type, 'file')).toBeUndefined()
  })

  test('is given before the next one is asked for, and what is not read of it is passed over', async () => {
    const one = (content: string): Buffer =>
      Buffer.from(
        `--XyZ\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${content}\r\n`,
      )
    const body = [
      one('a'.repeat(300_000)),
      one('b'.repeat(300_000)),
      one('c'),
      Buffer.from('--XyZ--'),
    ]
    const begun: string[] = []
    for await (const file of filesOf(inPieces(Buffer.concat(body), 10_000))) {
      for await (const piece of file) {
        begun.push(Buffer.from(piece).toString('latin1', 0, 1))
        break
      }
    }
    expect(begun).toEqual(['a', 'b', 'c'])
  })

  test('is read no faster than it is taken, and its body is left open', async () => {
    let given = 0
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(
        '--XyZ\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n',
      )
      for (;;) {
        given += 1
        yield await Promise.resolve(new Uint8Array(65_536))
      }
    }
    const source = body()
    for await (const file of filesOf(source)) {
      for await (const piece of file) {
        expect(piece.length).toBeGreaterThan(0)
        break
      }
      await pause(50)
      break
    }
    expect(given).toBeLessThan(6)
    await pause(50)
    const before = given
    expect((await source.next()).done).toBe(false)
    expect(given).toBe(before + 1)
  })

  test('is not waited for in a body that begins with none', async () => {
    let given = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 1
        yield await Promise.resolve(Buffer.alloc(4096, 'x'))
      }
    }
    await expect(filesOf(endless()).next()).rejects.toBeInstanceOf(FormBroken)
    expect(given).toBeLessThan(20)
  })
})

describe('an upload', () => {
  const setting = settingOfFile()

  async function held(): Promise<number> {
    const files = new Set<string>()
    for await (const { id } of setting.owner.files.list()) files.add(id)
    return files.size
  }

  test('[S22] is cut while it streams, and leaves nothing', async () => {
    const before = await held()
    let asked = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        asked += 65_536
        yield await Promise.resolve(new Uint8Array(65_536))
      }
    }
    const refused = await upload(setting, oneFile(endless()), { limit: 1_000_000 })
    expect(refused).toMatchObject({ ok: false, code: 'file-too-large' })
    expect(asked).toBeLessThan(1_000_000 + 4 * 65_536)
    expect(await held()).toBe(before)
  })

  test('whose connection is lost half-way leaves nothing', async () => {
    const before = await held()
    const { rows } = await setting.owner.pool.query('select count(*) from submission')
    const bytes = form(csvOf(range(1, 500))).subarray(0, 9_000)
    const refused = await upload(setting, filesOf(inPieces(bytes)))
    expect(refused).toMatchObject({ ok: false, code: 'upload-cut' })
    expect(await held()).toBe(before)
    expect((await setting.owner.pool.query('select count(*) from submission')).rows).toEqual(rows)
  })

  test('of nothing is no file', async () => {
    expect(await upload(setting, new Uint8Array(0))).toMatchObject({ code: 'upload-missing' })
  })

  test('of the same bytes twice is the submission that is there', async () => {
    const bytes = csvOf(range(1, 30))
    const first = await mustUpload(setting, bytes, { quarter: '2024-Q2' })
    const second = await mustUpload(setting, bytes, { quarter: '2024-Q2' })
    expect(second).toEqual({ ...first, sentBefore: true })
  })

  test('of another file puts the one before aside and goes on with its choices', async () => {
    const first = await mustUpload(setting, csvOf(range(1, 40)), { quarter: '2024-Q3' })
    const matched = await match(setting, first.reference)
    const second = await mustUpload(setting, csvOf(range(1, 41)), { quarter: '2024-Q3' })
    const before = await journeyOf(setting.storeOf, ACORN, first.reference)
    expect(before).toMatchObject({
      state: 'rejected',
      reason: 'discarded',
      fileId: null,
      supersededBy: second.reference,
    })
    const after = await journeyOf(setting.storeOf, ACORN, second.reference)
    expect(after).toMatchObject({ step: 'read', mapping: matched.mapping })
  })

  test('puts a file that was checked aside only where it is said to', async () => {
    const place = { service: 'toy-library', quarter: '2024-Q1' }
    const first = await mustUpload(setting, csvOf(range(1, 42)), place)
    await match(setting, first.reference)
    await setting.work(first.reference)
    const { state } = await journeyOf(setting.storeOf, ACORN, first.reference)
    expect(state).toBe('checked')
    const other = csvOf(range(1, 43))
    const unasked = await upload(setting, other, { ...place, instead: '' })
    expect(unasked).toMatchObject({ ok: false, code: 'draft-stands' })
    const elsewhere = await upload(setting, other, { ...place, instead: 'SU-0000-0000-0' })
    expect(elsewhere).toMatchObject({ ok: false, code: 'draft-stands' })
    expect((await journeyOf(setting.storeOf, ACORN, first.reference)).state).toBe('checked')
    const second = await mustUpload(setting, other, { ...place, instead: first.reference })
    expect(await journeyOf(setting.storeOf, ACORN, first.reference)).toMatchObject({
      state: 'rejected',
      supersededBy: second.reference,
    })
  })

  test('that is a day old is erased; uploaded again, it is where it was', async () => {
    const bytes = csvOf(range(50, 90))
    const { reference } = await mustUpload(setting, bytes, { quarter: '2024-Q4' })
    const matched = await match(setting, reference)
    await sweepFiles(setting.owner, new Date(Date.now() + 25 * 60 * 60 * 1000))
    expect((await journeyOf(setting.storeOf, ACORN, reference)).step).toBe('upload')
    const again = await mustUpload(setting, bytes, { quarter: '2024-Q4' })
    expect(again.reference).toBe(reference)
    const { step, mapping } = await journeyOf(setting.storeOf, ACORN, reference)
    expect({ step, mapping }).toEqual({ step: 'check', mapping: matched.mapping })
  })

  test.each([
    ['empty of rows', 'Client ID,Name\r\n', 'no-rows'],
    ['with one heading twice', 'Client ID,Client ID\r\n1,2\r\n', 'header-duplicate'],
    [
      'with a heading that means something to programs',
      'Client ID,__proto__\r\n1,2\r\n',
      'header-reserved',
    ],
    ['with a short row', 'Client ID,Name,Age\r\n1,Ann,\r\n2,Ben\r\n3,Cy,\r\n', 'row-short'],
    ['with a long row', 'Client ID,Name\r\n1,Ann\r\n2,Ben,7\r\n', 'row-long'],
    [
      'with a quote that is never closed',
      'Client ID,Name\r\n1,"Ann\r\n2,Ben\r\n',
      'quote-unterminated',
    ],
    ['with text after a quote', 'Client ID,Name\r\n1,"Ann"x\r\n', 'quote-misplaced'],
    ['that is a web page', '<html><body><table></table></body></html>', 'kind-html'],
    ['that is JSON', '{"a": [1, 2]}', 'kind-json'],
    ['that is a document', '%PDF-1.7 and so on', 'kind-pdf'],
    ['that is a program', 'MZ\u0090\u0000\u0003 and so on', 'kind-program'],
    ['that is a packed folder of nothing', 'PK\u0005\u0006' + '\u0000'.repeat(18), 'kind-zip'],
  ])('%s is put aside at once, with its reason', async (_, text, code) => {
    const before = await held()
    const bytes = Buffer.from(text, 'latin1')
    const uploaded = await mustUpload(setting, bytes, { service: 'toy-library' })
    expect(uploaded.isUsable).toBe(false)
    const journey = await journeyOf(setting.storeOf, ACORN, uploaded.reference)
    expect(journey).toMatchObject({ state: 'rejected', fileId: null, refusal: { code } })
    expect(await held()).toBe(before)
  })

  test('whose headings are not plain waits until somebody says which row they are in', async () => {
    const people = 'C1,Amara,01/06/2019\nC2,Ben,02/07/2020\nC3,Cara,13/08/2018\n'
    const bytes = Buffer.from(`${people}Client ID,First name,Date of birth\n${people}`)
    const uploaded = await mustUpload(setting, bytes, { service: 'toy-library' })
    expect(uploaded.isUsable).toBe(true)
    const store = setting.storeOf(ACORN)
    const { reference } = uploaded
    const before = await journeyOf(setting.storeOf, ACORN, reference)
    expect(before).toMatchObject({ state: 'received', step: 'read', header: [], refusal: null })
    const view = await describeReading(store, ACORN, reference)
    expect(view).toMatchObject({
      reading: {
        ok: false,
        code: 'header-unsure',
        detail: { fileRow: 4 },
        top: { firstRow: 1 },
      },
    })
    const top = view.ok && !view.reading.ok && 'top' in view.reading ? view.reading.top : undefined
    expect(top?.rows[0]).toEqual(['C•', 'A••••', '0•/••/••••'])
    const form = { reference, version: before.version }
    expect(await confirmReading(store, ACORN, form)).toMatchObject({ code: 'step-not-reached' })
    const chosen = {
      ...({ encoding: '', separator: '', sheet: '' } as const),
      ...{ headerRow: 4, leaveOutMarked: [] },
    }
    expect(await chooseReading(store, ACORN, form, chosen)).toMatchObject({ ok: true })
    const after = await journeyOf(setting.storeOf, ACORN, reference)
    expect(after).toMatchObject({
      fileRows: 3,
      header: ['Client ID', 'First name', 'Date of birth'],
    })
  })

  test('[S32] beyond the quota of its provider is refused before a byte is read, however many come at once', async () => {
    const quota = { attemptsAnHour: 5, filesADay: 100, bytesADay: 1e9 }
    const later = new Date(NOW.getTime() + 3 * 24 * 60 * 60 * 1000)
    let read = 0
    async function* counted(n: number): AsyncGenerator<Uint8Array> {
      read += 1
      yield await Promise.resolve(csvOf([n]))
    }
    const place = { actor: BRIDGE, service: 'health-visiting', now: later, quota }
    const outcomes = await Promise.all(
      range(1, 9).map((n) => upload(setting, oneFile(counted(n)), place)),
    )
    expect(
      outcomes.filter((outcome) => !outcome.ok && outcome.code === 'upload-quota'),
    ).toHaveLength(4)
    expect(read).toBe(5)
    const hourLater = new Date(later.getTime() + 61 * 60 * 1000)
    expect(await upload(setting, csvOf([20]), { ...place, now: hourLater })).toMatchObject({
      ok: true,
    })
    const bytes = { ...quota, attemptsAnHour: 100, bytesADay: 10 }
    expect(
      await upload(setting, csvOf([21]), { ...place, now: hourLater, quota: bytes }),
    ).toMatchObject({
      code: 'upload-quota',
    })
  })

  test('[S32] cannot use up the bytes that another one is just using up, and is cut as they come', async () => {
    const later = new Date(NOW.getTime() + 5 * 24 * 60 * 60 * 1000)
    const MB = 1024 * 1024
    const quota = { attemptsAnHour: 100, filesADay: 100, bytesADay: 7 * MB }
    const place = { actor: BRIDGE, service: 'health-visiting', now: later, quota }
    const before = await held()
    let come = 0
    async function* page(bytes: number): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes; at += 64 * 1024) {
        come += 64 * 1024
        yield await Promise.resolve(Buffer.alloc(64 * 1024, '<html>'))
      }
    }
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => upload(setting, oneFile(page(5 * MB)), place)),
    )
    const refused = outcomes.filter((outcome) => !outcome.ok && outcome.code === 'upload-quota')
    // One fits; where two took what was left in turns, neither does.
    expect(refused.length).toBeGreaterThanOrEqual(2)
    expect(come).toBeLessThanOrEqual(7 * MB + 3 * 64 * 1024)
    const { rows } = await setting.owner.pool.query<{ bytes: string }>(
      'select sum(bytes) as bytes from upload_attempt where at = $1',
      [later],
    )
    expect(Number(rows[0]?.bytes)).toBeLessThanOrEqual(7 * MB)
    expect(await held()).toBe(before)
    // What was set aside and did not come is free again: alone the same file is taken, and the next is not.
    const dayLater = { ...place, now: new Date(later.getTime() + 25 * 60 * 60 * 1000) }
    expect((await upload(setting, oneFile(page(5 * MB)), dayLater)).ok).toBe(true)
    expect((await upload(setting, oneFile(page(MB)), dayLater)).ok).toBe(true)
    expect(await upload(setting, oneFile(page(2 * MB)), dayLater)).toMatchObject({
      code: 'upload-quota',
    })
  })

  test('[S14] for another provider’s service is as for one that does not exist', async () => {
    const other = await upload(setting, csvOf([1]), { service: 'health-visiting' })
    const none = await upload(setting, csvOf([1]), { service: 'no-such-service' })
    expect(other).toEqual(none)
    expect(other).toEqual({ ok: false, code: 'not-found' })
  })

  test('without an agreement is refused', async () => {
    expect(await upload(setting, csvOf([1]), { service: 'unsigned' })).toMatchObject({
      code: 'agreement-missing',
    })
  })
})
