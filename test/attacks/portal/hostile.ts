import fc from 'fast-check'

/** Texts and bytes that have broken something somewhere, with a mark by which they are found again. */

/** In everything that is sent, so that it can be looked for where nothing of it may be. */
export const MARK = 'wolframzipper'

const NASTY: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  '9'.repeat(40),
  'null',
  'undefined',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  '\0',
  'a\0b',
  '\uFEFF',
  '\u202E',
  '\uD800',
  '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}',
  '\r\nSet-Cookie: stolen=1',
  '\n',
  '\x1b[31m',
  '../../../../etc/passwd',
  '..%2f..%2f',
  '%',
  '%zz',
  '%ff',
  '%00',
  '%c0%ae',
  "' or '1'='1",
  '"; drop table record; --',
  '${7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '=HYPERLINK("http://evil.example")',
  '{"not":""}',
  '[]',
  '$F1',
  '$K1',
  '$B1',
  '$@1',
  '$1:constructor:constructor',
  'SU-2222-2222-2',
  'U-AAAAAAAA',
  'a'.repeat(3_000),
  'é'.repeat(2_000),
  '\uFF1D1+1',
]

/** A text as somebody hostile would type it. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...NASTY).map((text) => `${text}${MARK}`),
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 60 }).map((text) => `${MARK}${text}`),
)

/** Bytes for a body: none, any, or as many as a form may have. */
export const hostileBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  hostileText.map((text) => new TextEncoder().encode(text)),
  fc.nat({ max: 70_000 }).map((length) => new Uint8Array(length).fill(0x5b)),
)
