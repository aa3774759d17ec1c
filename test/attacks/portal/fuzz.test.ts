import fc from 'fast-check'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANSWER_HEADERS } from '#server/portal/serving/every-answer.ts'
import { ask } from '../../e2e/setup/ask.ts'
import { ACTIONS, mayHave, ROUTES, type Asker } from '../../e2e/setup/routes.ts'
import { TraceFinder, tracesEverywhere } from '../../server/intake/submissions/traces.ts'
import { openAttackedPortal, type AttackedPortal } from './attacked-portal.ts'
import { hostileBytes, hostileText, MARK } from './hostile.ts'
import { sendRaw, writeRequest, type RawAnswer, type RawRequest } from './raw-request.ts'

/**
 * Every route, action and handler of the build with hostile bytes, types, lengths, encodings and
 * orders. What is sent follows from the seed, so that what failed fails again; what has found
 * something is kept (FOUND) and sent first.
 */

const SEED = 20261129
/** To every route, and to every action, so many requests. */
const TO_EACH = 4
/** So many wait for their answers together. */
const AT_ONCE = 12

/** Names that some page reads from its address, and names that mean something to JavaScript. */
const QUERY_NAMES = [
  ...[
    'act',
    'add',
    'asked',
    'before',
    'changed',
    'code',
    'count',
    'done',
    'event',
    'field',
    'first',
  ],
  ...[
    'format',
    'from',
    'instead',
    'invited',
    'kind',
    'left',
    'limit',
    'link',
    'over',
    'page',
    'place',
  ],
  ...['problem', 'quarter', 'quarters', 'release', 'replace', 'right', 'scope', 'sent', 'service'],
  ...[
    'show',
    'span',
    'state',
    'subject',
    'to',
    '_rsc',
    'nxtPuser',
    '__proto__',
    'constructor',
    'a[b]',
  ],
]

let portal: AttackedPortal

beforeAll(async () => {
  portal = await openAttackedPortal()
}, 300_000)

afterAll(() => portal.close())

/** Whoever has a cookie; administrators reach most. */
const WHO: readonly Asker[] = [
  'nobody',
  'between password and code',
  'provider',
  'other provider',
  'analyst',
  'administrator',
  'administrator',
]

const METHODS = [
  'GET',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'TRACE',
  'QUERY',
]

const ENCODINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  encode,
  (text) => encode(encode(text)),
  (text) => Buffer.from(text, 'utf16le').toString('latin1'),
]

/** As encodeURIComponent, of half a pair too. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** A line of a request ends where its line does, or it would be another request. */
const ofOneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ')

/** Most of them without what ends a request before anybody reads it. */
const headerValue = fc.oneof(
  { weight: 9, arbitrary: hostileText.map((text) => text.replace(/[^\x20-\x7e\x80-\xff]/g, '?')) },
  { weight: 1, arbitrary: hostileText.map(ofOneLine) },
)

const HEADERS = [
  ...['cookie', 'accept', 'accept-encoding', 'content-type', 'content-encoding', 'range', 'rsc'],
  ...['next-router-prefetch', 'next-router-segment-prefetch', 'next-router-state-tree', 'next-url'],
  ...[
    'next-action',
    'next-html-request-id',
    'authorization',
    'referer',
    'user-agent',
    'if-none-match',
  ],
  ...['x-forwarded-for', 'x-http-method-override', 'expect', 'upgrade', 'accept-language', 'host'],
]

interface Bent {
  readonly who: Asker
  readonly method: string
  readonly segment: string | undefined
  readonly query: readonly (readonly [string, string])[]
  readonly encoding: number
  readonly headers: readonly (readonly [string, string])[]
  readonly isOwn: boolean
  readonly body: Uint8Array
}

const bent: fc.Arbitrary<Bent> = fc.record({
  who: fc.constantFrom(...WHO),
  method: fc.constantFrom(...METHODS),
  segment: fc.option(hostileText, { nil: undefined }),
  query: fc.array(fc.tuple(fc.constantFrom(...QUERY_NAMES), hostileText), { maxLength: 3 }),
  encoding: fc.nat({ max: ENCODINGS.length - 1 }),
  headers: fc.array(fc.tuple(fc.constantFrom(...HEADERS), headerValue), { maxLength: 3 }),
  isOwn: fc.boolean(),
  body: hostileBytes,
})

/** A request to a route, bent. */
function askFor(route: string, given: Bent): RawRequest {
  const { who, method, segment, query, encoding, headers, isOwn, body } = given
  const encoded = ENCODINGS[encoding] ?? encode
  const [path = '', asked] = (ROUTES[route]?.path(portal.subjects) ?? '/').split('?')
  const parts = path.split('/')
  const bentPath =
    segment === undefined ? path : [...parts.slice(0, -1), encoded(segment)].join('/')
  const pairs = [
    ...(asked === undefined ? [] : [asked]),
    ...query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`),
  ]
  const address = pairs.length === 0 ? bentPath : `${bentPath}?${pairs.join('&')}`
  const isReading = ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method)
  return {
    method: isReading ? method : (ROUTES[route]?.method ?? method),
    // Spaces and line ends would begin the next part of the request.
    path: address.replace(/[\s\0]/g, ''),
    headers: [
      ...(headers.some(([name]) => name === 'host') ? [] : [['host', hostOf()] as const]),
      ...(isOwn || !isReading ? [['origin', portal.origin] as const] : []),
      ['cookie', portal.cookies[who]] as const,
      ...headers,
      ...(isReading ? [] : [['content-length', String(body.length)] as const]),
    ],
    body: isReading ? new Uint8Array() : body,
  }
}

const hostOf = (): string => new URL(portal.origin).host

interface BentCall {
  readonly who: Asker
  readonly at: number
  readonly value: string
  readonly extra: readonly (readonly [string, string])[]
  readonly form: keyof typeof CALL_FORMS
  readonly id: string | undefined
  readonly argument: string
}

/** How the fields of a form may be sent, and mis-sent. */
const CALL_FORMS = {
  script: (fields: Fields) =>
    multipart([...fields.map(asOfScript), ['0', '[{"errors":[],"values":{}},"$K1"]']]),
  'without script': (fields: Fields, id: string) =>
    multipart([[`$ACTION_ID_${id}`, ''], ...fields]),
  'bound, forged': (fields: Fields, id: string, argument: string) =>
    multipart([
      ['$ACTION_REF_1', ''],
      ['$ACTION_1:0', JSON.stringify({ id, bound: '$@1' })],
      ['$ACTION_1:1', argument],
      ['$ACTION_KEY', argument],
      ...fields,
    ]),
  'arguments as text': (_fields: Fields, _id: string, argument: string) => ({
    type: 'text/plain;charset=UTF-8',
    body: Buffer.from(argument),
  }),
  'arguments as parts': (fields: Fields, _id: string, argument: string) =>
    multipart([...fields.map(asOfScript), ['1', argument], ['0', argument]]),
  'form, encoded': (fields: Fields) => ({
    type: 'application/x-www-form-urlencoded',
    body: Buffer.from(fields.map((pair) => pair.map(encode).join('=')).join('&')),
  }),
  'a file for a text': (fields: Fields) =>
    multipart([
      ...fields.map(
        ([name, value]) => [`_1_${name}"; filename="${ofOneLine(value)}`, value] as const,
      ),
      ['0', '[{"errors":[],"values":{}},"$K1"]'],
    ]),
  'cut off': (fields: Fields) => {
    const { type, body } = multipart([...fields.map(asOfScript), ['0', '[{},"$K1"]']])
    return { type, body: body.subarray(0, Math.floor(body.length * 0.7)) }
  },
} as const

type Fields = readonly (readonly [name: string, value: string])[]

function asOfScript([name, value]: readonly [string, string]): readonly [string, string] {
  return [`_1_${name}`, value]
}

function multipart(parts: Fields): { readonly type: string; readonly body: Buffer } {
  const text = parts
    .map(
      ([name, value]) =>
        `--once\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('')
  return { type: 'multipart/form-data; boundary=once', body: Buffer.from(`${text}--once--\r\n`) }
}

/** Arguments of an action as React writes them, and as nobody should. */
const ARGUMENTS = [
  '[]',
  '[{"errors":[],"values":{}},{}]',
  '[{"errors":[],"values":{}},"$K1"]',
  '["$F1","$F1"]',
  '["$1:__proto__:constructor","$1:constructor:constructor"]',
  '[{"__proto__":{"role":"administrator"}},"$K1"]',
  '{"then":"$1:then","status":"resolved_model","value":"{\\"then\\":\\"$B0\\"}","_response":{"_prefix":"1"}}',
  '"$@0"',
  '"$Q1"',
  '"$W1"',
  '"$i1"',
  '"$D2024"',
  '"$n9999999999999999999999999999999999"',
  '"$A1"',
  '"$o1"',
  '"$r1"',
  `${'['.repeat(2_000)}${']'.repeat(2_000)}`,
  '{"a":',
  `"${MARK}"`,
]

const bentCall: fc.Arbitrary<BentCall> = fc.record({
  who: fc.constantFrom(...WHO),
  at: fc.nat({ max: 20 }),
  value: hostileText,
  extra: fc.array(
    fc.tuple(fc.constantFrom('code', 'role', '__proto__', 'column-0', 'to', 'next'), hostileText),
    {
      maxLength: 2,
    },
  ),
  form: fc.constantFrom(...(Object.keys(CALL_FORMS) as (keyof typeof CALL_FORMS)[])),
  id: fc.option(hostileText.map(ofOneLine), { nil: undefined, freq: 8 }),
  argument: fc.constantFrom(...ARGUMENTS),
})

/** A call of an action with one of its fields bent, or with one too many. */
function call(
  name: string,
  { who, at, value, extra, form, id: bentId, argument }: BentCall,
): RawRequest {
  const action = portal.inventory.actions.find((built) => built.name === name)
  const right = Object.entries(ACTIONS[name]?.fields(portal.subjects) ?? {})
  const fields =
    right.length === 0
      ? [['bent', value] as const, ...extra]
      : [
          ...right.map(
            ([field, was], index) => [field, index === at % right.length ? value : was] as const,
          ),
          ...extra,
        ]
  const id = action?.id ?? ''
  const { type, body } = CALL_FORMS[form](fields, id, argument)
  const isOfScript = form !== 'without script' && form !== 'bound, forged'
  return {
    method: 'POST',
    path: ROUTES[action?.page ?? '']?.path(portal.subjects) ?? '/',
    headers: [
      ['host', hostOf()],
      ['origin', portal.origin],
      ['cookie', portal.cookies[who]],
      ['content-type', type],
      ['content-length', String(body.length)],
      ...(isOfScript ? [['next-action', bentId ?? id] as const] : []),
    ],
    body,
  }
}

/** What has found something, and what it found. */
const FOUND: readonly (() => RawRequest)[] = [
  // Answers of Node's own had no header of ours: an expectation, no Host, what cannot be read, too much.
  () =>
    plain([
      ['host', hostOf()],
      ['expect', MARK],
    ]),
  () => plain([]),
  () => plain([['host', hostOf()]], '/\xff'),
  () =>
    plain([
      ['host', hostOf()],
      ['cookie', 'a'.repeat(20_000)],
    ]),
  // Next wrote the number of an action that is none, and the error of arguments that are none, to the log.
  () => ({ ...calling('"$i1"'), headers: [...calling('').headers, ['next-action', MARK]] }),
  () => calling(`["${MARK}`),
  () => calling('["$1:__proto__:constructor","$1:constructor:constructor"]'),
  // Next says of these that there was an error, and nothing that anybody could quote.
  () => ({ ...plain([['host', hostOf()]]), method: 'TRACE' }),
  () =>
    call('app/sign-in/forgotten-password/actions.ts askForLink', {
      ...{ who: 'nobody', at: 0, value: MARK, extra: [], id: undefined, argument: '"$W1"' },
      form: 'bound, forged',
    }),
]

function plain(headers: RawRequest['headers'], path = '/sign-in'): RawRequest {
  return { method: 'GET', path, headers, body: new Uint8Array() }
}

/** A call of an action with these arguments. */
function calling(argument: string): RawRequest {
  const { headers, ...request } = call('app/audit/actions.ts checkTrail', {
    ...{ who: 'administrator', at: 0, value: '', extra: [], id: undefined, argument },
    form: 'arguments as text',
  })
  return { ...request, headers }
}

/** What an answer says of the inside, which nobody outside has any use for. */
const INSIDE =
  /\bat [\w.<>]+ \(|node_modules|\.tsx?:[0-9]|\/lib\/server\/|prisma|\b(?:select|insert into|update) [a-z_"]+ .*\b(?:from|values|set)\b|PostgresError|relation "|syntax error at|ECONN|[a-z]Error: /i

/** What is wrong with an answer; nothing where all is well. */
function faultsOf({ status, headers, body }: RawAnswer): string[] {
  const faults: string[] = []
  // Who sends half a request is answered too.
  if (status === 0) return ['is not answered']
  // A fault, whose number its person can quote: Next’s for arguments that are none, or ours.
  if (status >= 500 && !/"digest":"[0-9]+"|this reference: F-[A-Z0-9-]{9}/.test(body))
    faults.push(`status ${String(status)}`)
  const missing = Object.keys(ANSWER_HEADERS).filter((name) => !headers.has(name))
  if (missing.length > 0) faults.push(`status ${String(status)} lacks ${missing.join(', ')}`)
  const inside = INSIDE.exec(body)?.[0]
  if (inside !== undefined && !headers.get('content-type')?.startsWith('text/css'))
    faults.push(`says ${inside.slice(0, 60)}`)
  if (headers.has('x-stolen') || /stolen=1/.test(headers.get('set-cookie') ?? ''))
    faults.push('sets a header of the sender’s')
  return faults
}

/** Sends each, some at a time; answers what was wrong, with what was sent. */
async function sendAll(requests: readonly RawRequest[]): Promise<string[]> {
  const wrong: string[] = []
  const waiting = [...requests]
  const sendWaiting = async (): Promise<void> => {
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
      const sent = { ...request, body: Buffer.from(request.body).toString('latin1').slice(0, 600) }
      const answer = await sendRaw(portal.origin, writeRequest(request))
      wrong.push(...faultsOf(answer).map((fault) => `${fault}: ${JSON.stringify(sent)}`))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sendWaiting))
  return wrong.sort()
}

/** Figures and those who may see them, as one digest each. */
async function figures(): Promise<unknown> {
  const { rows } = await portal.owner.query<{ name: string }>(
    `select format('%I', relname) as name from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace
        and (relname ~ '^(record|link|release|beneficiary|decision)' or relname = 'submission') order by 1`,
  )
  const all: unknown[] = []
  for (const { name } of rows) {
    const { rows: digests } = await portal.owner.query<{ rows: number; digest: string | null }>(
      `select count(*)::int as rows, md5(string_agg(whole::text, '|' order by whole::text)) as digest from ${name} whole`,
    )
    all.push([name, ...digests])
  }
  expect(all.length).toBeGreaterThan(5)
  return all
}

test('[S67] no hostile request gets more than a refusal, and none changes a figure', async () => {
  const before = await figures()
  const asked = Object.keys(ROUTES).flatMap((route, at) =>
    fc.sample(bent, { seed: SEED + at, numRuns: TO_EACH }).map((given) => askFor(route, given)),
  )
  const called = Object.keys(ACTIONS).flatMap((name, at) =>
    fc.sample(bentCall, { seed: SEED - at, numRuns: TO_EACH }).map((given) => call(name, given)),
  )
  const found = FOUND.map((request) => request())
  expect(await sendAll([...found, ...asked, ...called])).toEqual([])
  expect(await figures()).toEqual(before)
  expect(await portal.answers()).toBe(true)
}, 240_000)

/** A person as somebody might type them where they should not, by what a field seems to want. */
const PLANTED = {
  email: 'gwendraeth.zebrowskian@example.org',
  telephone: '07700 900611',
  name: 'Gwendraeth Zebrowskian',
} as const

/**
 * The places where something can be typed: the fields of every form, as the list of routes and the
 * schemas of the actions have them. A form that is added is planted in without a line here.
 */
async function formFields(name: string): Promise<readonly string[]> {
  const source = await readFile(name.split(' ')[0] ?? '', 'utf8')
  const declared = [...source.matchAll(/^ {2,4}'?([a-z][\w-]*)'?: z[.\n]/gm)].map(
    ([, field]) => field ?? '',
  )
  const listed = Object.keys(ACTIONS[name]?.fields(portal.subjects) ?? {})
  return [...new Set([...listed, ...declared, 'code'])]
}

/**
 * What administrators tell everybody, who does research and certifies its end, and what a quarterly report
 * says, is theirs to word; a number or an address in it is refused.
 */
function isTheirsToWord(action: string): boolean {
  return [
    'app/support/actions.ts tell',
    'app/research/new/actions.ts open',
    'app/research/extracts/[extract]/actions.ts certify',
    'app/reach/report/[release]/actions.ts write',
  ].includes(action)
}

test('[S38] [S73] a person who is typed into any field, address, header or cookie is kept nowhere', async () => {
  let planted = 0
  for (const [name, guarded] of Object.entries(ACTIONS)) {
    const own = guarded.fields(portal.subjects)
    const who = (['provider', 'administrator', 'analyst', 'nobody'] as const).find((asker) =>
      mayHave(asker, guarded),
    )
    for (const field of await formFields(name)) {
      const text = /mail/.test(field)
        ? PLANTED.email
        : planted % 2 === 0 && !isTheirsToWord(name)
          ? PLANTED.name
          : PLANTED.telephone
      await portal.act(name, { ...own, [field]: text }, portal.cookies[who ?? 'nobody'])
      planted += 1
    }
  }
  expect(planted).toBeGreaterThan(Object.keys(ACTIONS).length * 2)
  const typed = encodeURIComponent(PLANTED.name)
  for (const { path, method = 'GET' } of Object.values(ROUTES)) {
    const address = path(portal.subjects)
    await ask(
      portal.origin,
      `${address}${address.includes('?') ? '&' : '?'}subject=${typed}&to=${typed}`,
      {
        method,
        headers: {
          ...{
            origin: portal.origin,
            'user-agent': PLANTED.name,
            referer: `${portal.origin}/${typed}`,
          },
          ...{ authorization: `Bearer ${PLANTED.name}`, 'x-forwarded-for': PLANTED.email },
          cookie: `${portal.cookies.administrator}; countonce-devices=${typed}; name=${typed}`,
          'content-type':
            method === 'PUT' ? 'application/json' : 'multipart/form-data; boundary=once',
        },
        body: method === 'GET' ? '' : `{"name":"${PLANTED.name}","email":"${PLANTED.email}"}`,
      },
    )
  }
  expect(await portal.answers()).toBe(true)
  expect(await tracesOf(Object.values(PLANTED))).toEqual([])
}, 120_000)

test('[S38] nothing hostile that was sent is in any table, file, log or mail', async () => {
  expect(await tracesOf([MARK])).toEqual([])
  const log = await readFile(join(portal.installation.dataDir, 'logs', 'portal.log'), 'utf8')
  for (const line of log.split('\n')) expect(line).toMatch(/^(count once: .*)?$/)
}, 60_000)

test('[S38] the search would find it where one was written to a table', async () => {
  await portal.owner.query('create table planted (words text)')
  await portal.owner.query('insert into planted values ($1)', [PLANTED.email])
  expect((await tracesOf(Object.values(PLANTED))).length).toBeGreaterThan(0)
  await portal.owner.query('drop table planted')
})

/** Where any of these texts is kept: tables, files of database, worker and portal, blobs, mails. */
async function tracesOf(texts: readonly string[]): Promise<string[]> {
  const finder = new TraceFinder(texts)
  const { owner, installation, post } = portal
  const found = await tracesEverywhere({ pool: owner, dataDir: installation.dataDir }, finder)
  return [...found, ...(await finder.searchFolder(post.folder))]
}
