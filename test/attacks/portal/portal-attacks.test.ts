import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  ask,
  askPage,
  callAction,
  outcomeOf,
  PAGE_FORMS,
  type Answer,
} from '../../e2e/setup/ask.ts'
import { ACTIONS, mayHave, ROUTES } from '../../e2e/setup/routes.ts'
import { uploadForm } from '../../e2e/setup/session-of.ts'
import { ACCOUNTS } from '../../e2e/setup/visitor.ts'
import { writeWorkbook } from '../../core/tabular/workbook/workbook-writer.ts'
import { bombOf, zipOf } from '../../core/tabular/zip/zip-forging.ts'
import { children, csvText } from '../../server/intake/submissions/small-files.ts'
import { cookieOf, openAttackedPortal, type AttackedPortal } from './attacked-portal.ts'

/**
 * The attacks of the list that a stranger, or somebody with an account, makes over HTTP, each as the
 * attacker does: nothing is asked of the code behind the pages but what became of it.
 */

let portal: AttackedPortal

beforeAll(async () => {
  portal = await openAttackedPortal()
}, 300_000)

afterAll(() => portal.close())

const PASSWORD_STEP = 'app/sign-in/actions.ts givePassword'
const CODE_STEP = 'app/sign-in/code/actions.ts giveCode'

/** What a quarter of an hour would do. */
beforeEach(async () => {
  await portal.owner.query('delete from sign_in_attempt')
  await portal.owner.query('update portal_user set code_step = 0')
})

/** Gives the password as the first page does; answers the cookie of the step. */
async function givePassword(email: string, password?: string): Promise<string> {
  const { installation } = portal
  const fields = { email, password: password ?? installation.password }
  return cookieOf(await portal.act(PASSWORD_STEP, fields, ''), 'countonce-sign-in')
}

/** The code that the demonstration's page of the second step shows. */
async function shownCode(step: string): Promise<string> {
  const { body } = await ask(portal.origin, '/sign-in/code', { headers: { cookie: step } })
  return />([0-9]{6})</.exec(body)?.[1] ?? ''
}

const giveCode = (code: string, cookie: string): Promise<Answer> =>
  portal.act(CODE_STEP, { code }, cookie, '/sign-in/code')

const sessionIn = (answer: Answer): string => cookieOf(answer, 'countonce-session')

const OF_NOBODY = { needs: 'what nobody has' } as const

describe('attack 01: [S15] somebody without the right asks for pages of administrators by every trick', () => {
  const GUARDED = ['/users', '/audit', '/system', '/tokens', '/releases', '/doubts', '/reach/exact']
  const SUBREQUEST = 'proxy:proxy:proxy:proxy:proxy'
  const TRICKS: readonly ((path: string) => [string, Record<string, string>])[] = [
    (path) => [path, { 'x-middleware-subrequest': SUBREQUEST }],
    (path) => [path, { 'x-middleware-subrequest': 'src/proxy:src/proxy', 'x-nextjs-data': '1' }],
    (path) => [path, { 'x-middleware-rewrite': path, 'x-middleware-next': '1' }],
    (path) => [path, { 'x-original-url': path, 'x-rewrite-url': path, 'x-matched-path': path }],
    (path) => [path, { 'x-invoke-path': path, 'x-invoke-status': '200', 'x-next-url': path }],
    (path) => [path, { 'x-countonce-path': '/sign-in', 'x-countonce-address': '127.0.0.1' }],
    (path) => [path, { authorization: 'Bearer administrator', 'x-user-role': 'administrator' }],
    (path) => [`${path}?_rsc=1`, { rsc: '1' }],
    (path) => [`${path}?_rsc=1`, { rsc: '1', 'next-router-prefetch': '1' }],
    (path) => [`${path}?_rsc=1`, { rsc: '1', 'next-router-prefetch': '2' }],
    (path) => [
      `${path}?_rsc=1`,
      { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    ],
    (path) => [
      `${path}?_rsc=1`,
      { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/__PAGE__' },
    ],
    (path) => [`${path}.rsc`, { rsc: '1' }],
    (path) => [`${path}.segments/_full.segment.rsc`, {}],
    (path) => [`${path}.prefetch.rsc`, {}],
    (path) => [`/_next/data/build${path}.json`, { 'x-nextjs-data': '1' }],
    (path) => [`/${path}`, {}],
    (path) => [`/./${path}`, {}],
    (path) => [`/sign-in/..${path}`, {}],
    (path) => [`/sign-in/..%2f${path.slice(1)}`, {}],
    (path) => [`/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`, {}],
    (path) => [path.toUpperCase(), {}],
    (path) => [`${path};.css`, {}],
    (path) => [`${path}%00`, {}],
    (path) => [`${path}?nxtPuser=U-AAAAAAAA&__nextLocale=en`, {}],
    () => [`/users/${portal.subjects.administrator}?nxtPuser=${portal.subjects.administrator}`, {}],
  ]

  test.each(['nobody', 'between password and code', 'provider', 'analyst'] as const)(
    'attack 01: %s gets nothing of them',
    async (asker) => {
      const cookie = portal.cookies[asker]
      const closed = GUARDED.filter((path) => !mayHave(asker, ROUTES[`${path}/page`] ?? OF_NOBODY))
      expect(closed.length).toBeGreaterThan(3)
      // What a trick does has little to do with the role: all of them for one, some for others.
      const paths = asker === 'provider' ? closed : closed.slice(0, 2)
      const wrong: string[] = []
      for (const path of paths) {
        const own = await ask(portal.origin, path, {
          headers: { cookie: portal.cookies.administrator },
        })
        const heading = /<h1[^>]*>([^<]+)</.exec(own.body)?.[1] ?? ''
        expect([path, own.status, heading]).toEqual([path, 200, expect.stringMatching(/\w/)])
        for (const [at, trick] of TRICKS.entries()) {
          const [address, headers] = trick(path)
          const { status, body } = await ask(portal.origin, address, {
            headers: { ...headers, cookie },
          })
          if (status >= 500 || body.includes(`>${heading}<`) || body.includes('administrator2@'))
            wrong.push(`${String(at)} ${address}: ${String(status)}`)
        }
      }
      expect(wrong).toEqual([])
    },
    60_000,
  )
})

test('attack 02: [S3] who has only the password puts its cookie in the session’s place, on every address', async () => {
  const step = await givePassword(ACCOUNTS.secondAdministrator)
  const ticket = step.split('=')[1] ?? ''
  expect(ticket).toMatch(/^[\w-]{20,}$/)
  const cookie = `${step}; countonce-session=${ticket}; next-auth.session-token=${ticket}`
  const wrong: string[] = []
  for (const [route, { path, method, needs }] of Object.entries(ROUTES)) {
    if (needs === 'nothing' || needs === 'a first step' || route.startsWith('/sign-in/')) continue
    const address = path(portal.subjects)
    const answers = route.endsWith('/page')
      ? await Promise.all(
          (Object.keys(PAGE_FORMS) as (keyof typeof PAGE_FORMS)[]).map((form) =>
            askPage(portal.origin, address, form, cookie),
          ),
        )
      : [
          await ask(portal.origin, address, {
            method: method ?? 'GET',
            headers: { cookie, origin: portal.origin },
          }),
        ]
    for (const answer of answers) {
      const outcome = outcomeOf(answer)
      if (outcome !== 'sign-in' && outcome !== 'absent') wrong.push(`${route}: ${outcome}`)
    }
  }
  expect(wrong).toEqual([])
}, 60_000)

test('attack 03: [S1] one code is given in two tabs at once, and once more: one signs in', async () => {
  const steps = await Promise.all([1, 2, 3].map(() => givePassword(ACCOUNTS.secondAdministrator)))
  const [first = '', second = '', third = ''] = steps
  const code = await shownCode(first)
  expect(code).toMatch(/^[0-9]{6}$/)
  const together = await Promise.all([giveCode(code, first), giveCode(code, second)])
  expect(together.map(sessionIn).filter((cookie) => cookie !== '')).toHaveLength(1)
  const again = await giveCode(code, third)
  expect(sessionIn(again)).toBe('')
  // Whoever was second is told so.
  const refused = [...together, again].filter((answer) => sessionIn(answer) === '')
  for (const { body } of refused) expect(body).toMatch(/used already/)
  const { rows } = await portal.owner.query<{ times: number }>(
    `select count(*)::int as times from audit_event
      where event = 'sign-in.refused' and detail ->> 'reason' = 'code-used'`,
  )
  expect(rows[0]?.times).toBeGreaterThan(0)
})

test('attack 04: [S5] codes are sent to next-auth’s own callback from ever new addresses: locked at six, and the owner returns', async () => {
  // The owner’s own browser, where they have signed in before.
  const owners = await givePassword(ACCOUNTS.analyst)
  const signedIn = await giveCode(await shownCode(owners), owners)
  const devices = cookieOf(signedIn, 'countonce-devices')
  expect(devices).not.toBe('')
  await portal.owner.query('update portal_user set code_step = 0')

  const step = await givePassword(ACCOUNTS.analyst)
  const code = await shownCode(step)
  const csrf = await ask(portal.origin, '/api/auth/csrf')
  const { csrfToken } = JSON.parse(csrf.body) as { csrfToken: string }
  const cookie = `${step}; ${cookieOf(csrf, 'countonce-csrf')}`
  const send = async (guess: string, at: number): Promise<string> => {
    const answer = await ask(portal.origin, '/api/auth/callback/credentials', {
      method: 'POST',
      headers: {
        ...{ cookie, origin: portal.origin },
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-for': `198.51.100.${String(at)}, 203.0.113.${String(at)}`,
        'x-real-ip': `198.51.100.${String(at)}`,
        forwarded: `for=198.51.100.${String(at)}`,
        'true-client-ip': `198.51.100.${String(at)}`,
        'x-countonce-address': `198.51.100.${String(at)}`,
      },
      body: new URLSearchParams({ csrfToken, code: guess, json: 'true' }).toString(),
    })
    expect(sessionIn(answer)).toBe('')
    return /error=([a-z-]+)/.exec(`${String(answer.headers['location'])} ${answer.body}`)?.[1] ?? ''
  }
  const told: string[] = []
  for (let at = 1; at <= 12; at += 1) {
    // From the sixth on the right code is no better.
    const wrong = String((Number(code) + at) % 1_000_000).padStart(6, '0')
    told.push(await send(at > 5 ? code : wrong, at))
  }
  expect(told).toEqual([
    ...Array<string>(5).fill('code-refused'),
    ...Array<string>(7).fill('too-many-tries'),
  ])
  const back = await portal.act(
    PASSWORD_STEP,
    { email: ACCOUNTS.analyst, password: portal.installation.password },
    devices,
  )
  const ownStep = cookieOf(back, 'countonce-sign-in')
  expect(ownStep).not.toBe('')
  const returned = await giveCode(await shownCode(ownStep), `${ownStep}; ${devices}`)
  expect(sessionIn(returned)).not.toBe('')
})

test('attack 05: [S4] a provider tells next-auth’s session that they are an administrator', async () => {
  const cookie = portal.cookies.provider
  const csrf = await ask(portal.origin, '/api/auth/csrf', { headers: { cookie } })
  const { csrfToken } = JSON.parse(csrf.body) as { csrfToken: string }
  const claims = { mfa: true, role: 'administrator', userId: portal.subjects.administrator }
  for (const body of [
    { csrfToken, data: { ...claims, providerCode: null, ticket: 'x' } },
    { csrfToken, ...claims },
    { csrfToken, data: { ticket: portal.cookies.administrator.split('=')[1], user: claims } },
  ]) {
    const answer = await ask(portal.origin, '/api/auth/session', {
      method: 'POST',
      headers: {
        cookie: `${cookie}; ${cookieOf(csrf, 'countonce-csrf')}`,
        origin: portal.origin,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    })
    const given = JSON.parse(answer.body) as object
    expect(Object.keys(given)).toEqual(['expires'])
    const set = sessionIn(answer)
    expect([cookie, '']).toContain(set)
  }
  const users = await askPage(portal.origin, '/users', 'page', cookie)
  expect(outcomeOf(users)).toBe('absent')
})

test('attack 06: [S8] a link to set a password is asked for under another host, bent, and used to skip the code', async () => {
  const email = ACCOUNTS.secondAdministrator
  const asked = portal.inventory.actions.find(({ name }) =>
    name.endsWith('forgotten-password/actions.ts askForLink'),
  )
  const body =
    `--x\r\ncontent-disposition: form-data; name="_1_email"\r\n\r\n${email}\r\n` +
    `--x\r\ncontent-disposition: form-data; name="0"\r\n\r\n[{"errors":[],"values":{}},"$K1"]\r\n--x--\r\n`
  const headers = {
    ...{ origin: portal.origin, host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    ...{ 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' },
    'next-action': asked?.id ?? '',
    'content-type': 'multipart/form-data; boundary=x',
  }
  const sent = { method: 'POST', headers, body }
  await ask(portal.origin, '/sign-in/forgotten-password', sent)
  // Next refuses a form whose Host is another than its Origin’s: asked for as its own page asks.
  await portal.act('app/sign-in/forgotten-password/actions.ts askForLink', { email }, '')
  const links = await portal.linksMailedTo(email)
  expect(links.length).toBeGreaterThan(0)
  for (const { origin } of links) expect(origin).toBe(portal.origin)
  const ticket = links[0]?.searchParams.get('link') ?? ''

  for (const query of [
    'link[not]=',
    'link={"not":""}',
    `link=${ticket}&link=x`,
    'link=',
    'link=%00',
    `link=${ticket}%20`,
    `link=${ticket.toUpperCase()}`,
  ]) {
    const page = await ask(portal.origin, `/set-password?${encodeURI(query)}`)
    expect([query, page.status < 500, page.body.includes('New password')]).toEqual([
      query,
      true,
      false,
    ])
  }
  const password = 'walnut trombone ferry lichen'
  const SET = 'app/set-password/actions.ts setPassword'
  const setting = portal.inventory.actions.find(({ name }) => name === SET)
  for (const link of [{ not: '' }, { gt: '' }, ['x'], null, true]) {
    const answer = await ask(portal.origin, '/set-password', {
      method: 'POST',
      headers: {
        ...{ origin: portal.origin, 'next-action': setting?.id ?? '' },
        'content-type': 'text/plain;charset=UTF-8',
      },
      body: JSON.stringify([
        { errors: [], values: {} },
        { link, password },
      ]),
    })
    expect([link, answer.status]).toEqual([link, 403])
    const typed = await portal.act(SET, { link: JSON.stringify(link), password }, '')
    expect(typed.body).not.toContain('password=set')
    expect(String(typed.headers['x-action-redirect'] ?? '')).not.toContain('password=set')
  }
  const set = await portal.act(SET, { link: ticket, password }, '')
  expect(String(set.headers['x-action-redirect'])).toContain('password=set')
  // It signs nobody in, and the code is asked for all the same.
  expect(sessionIn(set)).toBe('')
  const step = await givePassword(email, password)
  expect(step).not.toBe('')
  const home = await askPage(portal.origin, '/', 'page', step)
  expect(outcomeOf(home)).toBe('sign-in')
  // Twice is once too often.
  const again = await portal.act(
    SET,
    { link: ticket, password: 'lichen ferry trombone walnut' },
    '',
  )
  expect(String(again.headers['x-action-redirect'] ?? '')).not.toContain('password=set')
})

test('attack 07: another provider puts an id that is not theirs into every address and every form', async () => {
  const cookie = portal.cookies['other provider']
  const before = await portal.stateOf(portal.subjects.submission)
  const wrong: string[] = []
  for (const [route, { path, method, within, needs }] of Object.entries(ROUTES)) {
    if (within === undefined && needs !== 'submission.send') continue
    const address = path(portal.subjects)
    // One's own, whoever one is.
    if (address === '/send' || address === '/inbox') continue
    const answer = await ask(portal.origin, address, {
      method: method ?? 'GET',
      headers: {
        ...{ cookie, origin: portal.origin },
        'content-type': 'multipart/form-data; boundary=x',
      },
      body: method === undefined ? '' : '--x--\r\n',
    })
    if (outcomeOf(answer) !== 'absent') wrong.push(`${route}: ${outcomeOf(answer)}`)
  }
  for (const [name, { fields, within }] of Object.entries(ACTIONS)) {
    if (within === undefined) continue
    // As their own pages would send it, with the page that they have open.
    for (const given of [
      fields(portal.subjects),
      { ...fields(portal.subjects), version: before.version },
      { ...fields(portal.subjects), version: before.version, provider: 'lambeth', role: 'analyst' },
    ]) {
      const answer = await portal.act(name, given, cookie)
      const outcome = outcomeOf(answer)
      const isRefused = outcome === 'absent' || /"errors":\[\{/.test(answer.body)
      if (!isRefused) wrong.push(`${name}: ${outcome}`)
      if (/C-10[67]/.test(answer.body)) wrong.push(`${name}: shows a reference`)
    }
  }
  expect(wrong).toEqual([])
  expect(await portal.stateOf(portal.subjects.submission)).toEqual(before)
}, 60_000)

describe('attack 08: server actions are called by their numbers', () => {
  test.each([
    ['from nowhere', undefined],
    ['from null', 'null'],
    ['from another site', 'https://evil.example'],
    ['from an address that begins like ours', 'evil'],
  ])('attack 08: all of them with an administrator’s cookie, %s: 403', async (_what, given) => {
    const evil = given === 'evil' ? `${portal.origin}.evil.example` : given
    const wrong: string[] = []
    for (const { id, name, page } of portal.inventory.actions) {
      const path = ROUTES[page]?.path(portal.subjects) ?? '/'
      const { status } = await ask(portal.origin, path, {
        method: 'POST',
        headers: {
          cookie: portal.cookies.administrator,
          ...(evil === undefined ? {} : { origin: evil }),
          ...{ 'next-action': id, referer: portal.origin, host: new URL(portal.origin).host },
          'content-type': 'text/plain;charset=UTF-8',
        },
        body: '[]',
      })
      if (status !== 403) wrong.push(`${name}: ${String(status)}`)
    }
    expect(wrong).toEqual([])
  })

  test('attack 08: of administrators’ pages, by a provider, from a page that they have', async () => {
    const wrong: string[] = []
    const { owner, origin, subjects, cookies } = portal
    const asked = async (): Promise<unknown> =>
      (
        await owner.query(
          'select (select count(*) from act) as acts, (select count(*) from approval) as approvals',
        )
      ).rows
    const before = await asked()
    for (const { id, name, page } of portal.inventory.actions) {
      const guarded = ACTIONS[name]
      if (guarded === undefined || mayHave('provider', guarded)) continue
      const fields = guarded.fields(subjects)
      const led = await callAction(origin, '/', id, fields, cookies.provider)
      // Next hands it on to the page of the action without its length, which is refused unread.
      const isHandedOn = led.body !== '{}'
      if (isHandedOn && outcomeOf(led) === 'open') wrong.push(`${name}: open`)
      // As if it had been handed on: what is answered is the action's, and not its page's.
      const path = ROUTES[page]?.path(subjects) ?? page
      const handed = await callAction(origin, path, id, fields, cookies.provider, {
        'x-action-forwarded': '1',
      })
      if (outcomeOf(handed) === 'open') wrong.push(`${name}: open where it is handed on`)
      if (handed.body === '{}') wrong.push(`${name}: not asked`)
    }
    expect(wrong).toEqual([])
    expect(await asked()).toEqual(before)
  })
})

describe('a file that is sent to do harm', () => {
  /** Uploads as a browser does; answers the page that it leads to. */
  async function upload(bytes: Uint8Array, quarter: string): Promise<Answer> {
    const cookie = portal.cookies.provider
    const form = uploadForm(portal.origin, cookie, bytes)
    const sent = await ask(portal.origin, `/send/natural-thinkers/${quarter}/file`, {
      method: 'POST',
      ...form,
    })
    expect(sent.status).toBe(200)
    const { path } = JSON.parse(sent.body) as { path: string }
    return ask(portal.origin, path, { headers: { cookie } })
  }

  test('attack 09: bombs, nested quotes, 16,384 columns and a cell of 10 MB are refused, and pages are served all the while', async () => {
    const bomb = zipOf([
      { name: 'xl/worksheets/sheet1.xml', packed: bombOf(870_000_000), announced: 870_000_000 },
    ])
    const liar = zipOf([
      { name: 'xl/worksheets/sheet1.xml', packed: bombOf(870_000_000), announced: 900_000 },
    ])
    expect(bomb.length).toBeLessThan(1_000_000)
    const text = (value: string): Uint8Array => new TextEncoder().encode(value)
    const wide = Array.from({ length: 16_384 }, (_, at) => `h${String(at)}`).join(',')
    const files = [
      bomb,
      liar,
      text(`Client ID,Name\r\n1,${'"'.repeat(2_000_001)}`),
      text(`${wide}\r\n${'x,'.repeat(16_383)}x\r\n`),
      text(`Client ID,First name,Surname\r\n1,${'a'.repeat(10_000_000)},b\r\n`),
    ]
    for (const bytes of files) {
      const [page, isServed] = await Promise.all([upload(bytes, '2023-Q3'), portal.answers()])
      expect(isServed).toBe(true)
      expect(page.body).toMatch(/There is a problem|cannot be used|not taken|could not/)
    }
    const { rows } = await portal.owner.query<{ held: number }>(
      `select count(*)::int as held from submission where quarter = '2023-Q3' and file_id is not null`,
    )
    expect(rows[0]?.held).toBe(0)
  }, 120_000)

  test('attack 11: script and line breaks in headings, names of files and sheets are text, and a log line stays one', async () => {
    const script = '<script>alert(1)</script>'
    const broken = 'x\r\nSet-Cookie: stolen=1\r\ncount once: forged line'
    const columns = ['Client ID', 'First name', 'Surname', 'DOB', script, `a${broken}`]
    const rows = children(200, 212).map((row, at) => [
      ...[row.client_ref ?? '', row.first_name ?? '', row.last_name ?? '', row.date_of_birth ?? ''],
      ...[at % 2 === 0 ? '"><img src=x onerror=alert(1)>' : 'b', 'c'],
    ])
    const bytes = writeWorkbook({
      sheets: [{ name: script.slice(0, 31).replaceAll('/', '|'), rows: [columns, ...rows] }],
    })
    const cookie = portal.cookies.provider
    const head =
      `--once\r\ncontent-disposition: form-data; name="file"; filename="${script}%0d%0a\\"x.xlsx"\r\n` +
      'content-type: text/html\r\n\r\n'
    const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--once--\r\n')])
    const sent = await ask(portal.origin, '/send/natural-thinkers/2023-Q4/file', {
      method: 'POST',
      headers: {
        ...uploadForm(portal.origin, cookie, bytes).headers,
        'content-length': String(body.length),
      },
      body,
    })
    const { path } = JSON.parse(sent.body) as { path: string }
    expect(path).toMatch(/^\/files\/SU-[^?]+\/read/)
    const reference = /SU-[A-Z0-9-]+/.exec(path)?.[0] ?? ''
    const read = await ask(portal.origin, path, { headers: { cookie } })
    const { version } = await portal.stateOf(reference)
    await portal.act(
      'app/files/[reference]/read/actions.ts confirm',
      { reference, version },
      cookie,
      path,
    )
    const pages = [read]
    for (const step of ['match?show=values', 'fill', 'shape'])
      pages.push(await ask(portal.origin, `/files/${reference}/${step}`, { headers: { cookie } }))
    expect(pages.some(({ body: shown }) => shown.includes('&lt;script&gt;alert(1)'))).toBe(true)
    for (const page of pages) {
      expect(page.status).toBeLessThan(400)
      expect(page.body).not.toMatch(/<script>alert|<img src=x/)
      expect(page.headers['set-cookie'] ?? []).not.toContain('stolen=1')
    }
    for (const name of await readdir(join(portal.installation.dataDir, 'logs'))) {
      const log = await readFile(join(portal.installation.dataDir, 'logs', name), 'utf8')
      expect(log).not.toMatch(/alert\(1\)|forged line|stolen/)
    }
  }, 60_000)

  test('attack 12: a reserved heading, two columns of NHS numbers and shifted columns are refused with a reason', async () => {
    const [header = '', ...rows] = csvText(children(300, 310)).split('\r\n')
    const told = async (...lines: readonly string[]): Promise<string> => {
      const { body } = await upload(new TextEncoder().encode(lines.join('\r\n')), '2024-Q1')
      return /class="govuk-error-summary__body">(.*?)<\/div>/.exec(body)?.[1] ?? ''
    }
    for (const name of ['__proto__', 'constructor', 'prototype'])
      expect(await told(header.replace('contacts', name), ...rows)).toContain(
        'Column N has a heading that a column cannot have.',
      )
    expect(await told(header.replace('email', 'nhs_number'), ...rows)).toContain(
      'Two columns have the same heading: G and H.',
    )
    // From the fourth person on everything stands a column further.
    const shifted = rows.map((row, at) => (at < 3 || row === '' ? row : row.replace(',', ',,')))
    expect(await told(header, ...shifted)).toMatch(
      /Row 5 of the file is out of step with the headings/,
    )
  }, 60_000)
})
