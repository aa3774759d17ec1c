import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashedHeader } from '#core/hashed-file/hashed-columns.ts'
import { checkToken } from '#server/programme/tokens/check-token.ts'
import { sendByToken } from '#server/intake/automated/send-by-token.ts'
import { readFormFiles } from '#server/intake/journey/multipart-file.ts'
import { receiveUpload } from '#server/intake/journey/receive-upload.ts'
import { BRIDGE } from '../server/intake/journey/journey-setting.ts'
import { inPieces } from '../server/intake/submissions/small-programme.ts'
import {
  ADDRESS,
  openTokenSetting,
  type TokenSetting,
} from '../server/intake/automated/token-setting.ts'
import { hostileBytes, MARK } from './portal/hostile.ts'

/** Whoever may send files, with a session or a token, sends bodies that are none; what is sent follows from the seed. */

const SEED = 20261129
const TO_EACH = 3

let setting: TokenSetting
beforeAll(async () => {
  setting = await openTokenSetting()
}, 120_000)
afterAll(() => setting.close())

const text = (given: string): Uint8Array => Buffer.from(given, 'latin1')
const ZIP = text('PK\x03\x04\x14\x00\x00\x00\x08\x00')
const COMPOUND = text('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')

type Body = readonly [type: string, bytes: Uint8Array]

function formOf(disposition: string, bytes: Uint8Array): Body {
  const head = text(`--once\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n`)
  return [
    'multipart/form-data; boundary=once',
    Buffer.concat([head, bytes, text('\r\n--once--\r\n')]),
  ]
}

const fileOf = (bytes: Uint8Array): Body => formOf('name="file"; filename="a.csv"', bytes)

const FORMS: Readonly<Record<string, (bytes: Uint8Array) => Body>> = {
  'a form': fileOf,
  'a form without an end': (bytes) => {
    const [type, body] = fileOf(bytes)
    return [type, body.subarray(0, -6)]
  },
  'a form of another field': (bytes) => formOf('name="__proto__"; filename="a.csv"', bytes),
  'a field that is no file': (bytes) => formOf('name="file"', bytes),
  'a name that breaks out': (bytes) =>
    formOf(`name="file"; filename="../../${MARK}\0;x"; filename*=utf-8''%ff%00`, bytes),
  'a form without a boundary': (bytes) => ['multipart/form-data', bytes],
  'a form with another boundary': (bytes) => ['multipart/form-data; boundary=other', bytes],
  'a form with an empty boundary': (bytes) => ['multipart/form-data; boundary=""', bytes],
  'a workbook that is none': (bytes) => fileOf(Buffer.concat([ZIP, bytes])),
  'an old workbook that is none': (bytes) => fileOf(Buffer.concat([COMPOUND, bytes])),
  'what was hashed, and is not': (bytes) =>
    fileOf(Buffer.concat([text(`${hashedHeader('people')}\n`), bytes])),
  'a manifest that is none': (bytes) =>
    fileOf(Buffer.concat([text('{"form":"countonce-manifest-1"'), bytes])),
  'no form': (bytes) => ['text/csv', bytes],
}

async function* alone(bytes: Uint8Array): AsyncGenerator<AsyncIterable<Uint8Array>> {
  await Promise.resolve()
  yield inPieces(bytes)
}

/** What must not change, whatever is sent: all that is in the figures, and who may see them. */
async function figures(): Promise<unknown> {
  const { rows } = await setting.owner.pool.query(
    `select (select count(*) from record) as records, (select count(*) from link) as links,
       (select count(*) from portal_user) as users, (select count(*) from submission_token) as tokens`,
  )
  return rows
}

test.each(Object.keys(FORMS))(
  '[S67] %s: whoever may send gets a refusal or a file that cannot be used, and nothing else happens',
  async (name) => {
    const { token: secret } = await setting.tokenFor()
    const checked = await checkToken(setting.context, {
      ...{ authorization: `Bearer ${secret}`, service: 'health-visiting', address: ADDRESS },
    })
    if (!checked.ok) throw new Error(checked.code)
    const store = setting.storeOf(BRIDGE)
    const before = await figures()
    const samples = fc.sample(hostileBytes, {
      ...{ seed: SEED + Object.keys(FORMS).indexOf(name), numRuns: TO_EACH },
    })
    for (const bytes of samples) {
      const [type, body] = FORMS[name]?.(bytes) ?? fileOf(bytes)
      const files = (): AsyncIterable<AsyncIterable<Uint8Array>> | undefined =>
        readFormFiles(inPieces(Uint8Array.from(body)), type, 'file')
      const now = setting.clock.now
      const form = files()
      if (form !== undefined) {
        const place = { service: 'health-visiting', quarter: '2024-Q1', files: form, now }
        const received = await receiveUpload(store, BRIDGE, { ...place, instead: undefined })
        expect(received.ok ? received.isUsable : received.code).toEqual(
          received.ok ? expect.any(Boolean) : expect.stringMatching(/^[a-z-]+$/),
        )
      }
      for (const quarter of ['2024-Q1', '9999-Q9', '4857773457', '\r\nforged', '\0']) {
        const sent = await sendByToken(store, checked.token, {
          ...{ quarter, replace: MARK, now, files: files() ?? alone(Uint8Array.from(body)) },
        })
        if (quarter !== '2024-Q1') expect(sent.ok).toBe(false)
        if (!sent.ok) expect(sent.code).toMatch(/^[a-z-]+$/)
      }
    }
    expect(await figures()).toEqual(before)
    // Nothing that was typed is in the trail, not even where a quarter should stand.
    const { rows } = await setting.owner.pool.query<{ entry: string }>(
      `select detail::text as entry from audit_event where event = 'token.used'`,
    )
    const entries = rows.map(({ entry }) => entry).join('\n')
    expect(entries).toContain('2024-Q1')
    expect(entries).not.toMatch(/4857773457|forged|9999/)
  },
  120_000,
)
