import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { approvingAct } from '#server/identity/approvals/approval.ts'
import { digestTicket } from '#server/identity/sessions/secrets-at-rest.ts'
import { ANSWER_HEADERS } from '#server/portal/serving/every-answer.ts'
import { ask, type Answer } from '../../e2e/setup/ask.ts'
import { mayHave, ROUTES, type Asker } from '../../e2e/setup/routes.ts'
import { sessionOf, uploadForm } from '../../e2e/setup/session-of.ts'
import { ACCOUNTS } from '../../e2e/setup/visitor.ts'
import { children, COLUMNS, csv } from '../../server/intake/submissions/small-files.ts'
import { cookieOf, openAttackedPortal, type AttackedPortal } from './attacked-portal.ts'
import { attackProgramme } from './programme-attacks.ts'
import { processAt, searchHeap, searchMemory } from './process-memory.ts'
import { sendRaw } from './raw-request.ts'

/**
 * Attacks of our own, beyond the list: on the wire, on the way a request takes before a page sees it, and on what
 * is left in the portal's process.
 */

let portal: AttackedPortal

/** Where the portal leaves a picture of its heap when it is asked to. */
let pictures: string

beforeAll(async () => {
  pictures = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  portal = await openAttackedPortal({
    NODE_OPTIONS: `--heapsnapshot-signal=SIGUSR2 --diagnostic-dir=${pictures}`,
  })
}, 300_000)

afterAll(async () => {
  await portal.close()
  await rm(pictures, { recursive: true, force: true })
})

const hostOf = (): string => new URL(portal.origin).host

/** A request to the letter; answers what came back. */
function wire(first: string, ...lines: readonly string[]): ReturnType<typeof sendRaw> {
  const own = lines.some((line) => /^host:/i.test(line)) ? [] : [`Host: ${hostOf()}`]
  return sendRaw(portal.origin, Buffer.from([first, ...own, ...lines].join('\r\n'), 'latin1'))
}

function missingHeaders(headers: ReadonlyMap<string, string> | Answer['headers']): string[] {
  const has = (name: string): boolean =>
    headers instanceof Map ? headers.has(name) : name in headers
  return [...Object.keys(ANSWER_HEADERS), 'cache-control'].filter((name) => !has(name))
}

describe('attack 21: a change of protocol is asked for, to be led past what every request goes through', () => {
  const UPGRADE = ['Connection: Upgrade, close', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']

  test('[S68] [S70] it is answered as if nobody had asked, from another origin with a refusal', async () => {
    // Next takes it over from the first request on.
    expect(await portal.answers()).toBe(true)
    for (const path of ['/sign-in', '/nowhere', '//evil.example/x', '/_next/webpack-hmr']) {
      const { status, headers } = await wire(`GET ${path} HTTP/1.1`, ...UPGRADE, '', '')
      expect([path, status >= 200, missingHeaders(headers)]).toEqual([path, true, []])
    }
    const posted = await wire('POST /sign-in HTTP/1.1', ...UPGRADE, 'Content-Length: 0', '', '')
    expect(posted.status).toBe(403)
    const elsewhere = await wire('GET http://127.0.0.1:1/ HTTP/1.1', ...UPGRADE, '', '')
    expect(elsewhere.status).toBe(400)
  })

  test('[S67] no connection is left open for it', async () => {
    const { port, hostname } = new URL(portal.origin)
    const sockets = Array.from({ length: 20 }, () => connect(Number(port), hostname))
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy()
    })
    const ended = sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.resume().on('error', () => undefined)
          socket.once('close', () => {
            resolve()
          })
        }),
    )
    for (const socket of sockets)
      socket.write(`GET /nowhere HTTP/1.1\r\nHost: ${hostOf()}\r\n${UPGRADE.join('\r\n')}\r\n\r\n`)
    await Promise.all(ended)
  }, 60_000)
})

test('attack 22: [S22] a body without end is sent to a form by a path that looks like a file’s', async () => {
  for (const path of [
    '/api/submissions/../../sign-in',
    '/api/submissions/%2e%2e/%2E%2E/sign-in',
    '/api/submissions/a/..%2f..%2f..%2fsign-in',
    '/send/../sign-in/file',
    '/send/x/../../sign-in/file',
  ]) {
    const { status, body } = await wire(
      `POST ${path} HTTP/1.1`,
      `Origin: ${portal.origin}`,
      'Content-Type: text/plain',
      'Transfer-Encoding: chunked',
      'Connection: close',
      '',
      '5\r\nhello\r\n0\r\n\r\n',
    )
    expect([path, status < 500 && status >= 400, body.includes('Password')]).toEqual([
      path,
      true,
      false,
    ])
  }
})

test('attack 23: [S67] bent addresses and hosts lead nobody to another site', async () => {
  const paths = [
    ...['/\\evil.example/', '/%5cevil.example/', '//evil.example/', '/.//evil.example/'],
    ...['/x/..//evil.example/', '/%09//evil.example/', '///evil.example//', '/;@evil.example/'],
    ...['/%2f%2fevil.example/', '/@evil.example/', '/https://evil.example/', '/%0d%0aLocation:/'],
  ]
  const asked = [
    ...paths,
    ...[
      '/sign-in?to=//evil.example',
      '/sign-in?to=https://evil.example',
      '/sign-in?to=/\\evil.example',
    ],
    ...['signin', 'signout', 'error', 'callback/organisation'].map(
      (route) => `/api/auth/${route}?callbackUrl=https://evil.example`,
    ),
  ]
  for (const path of asked) {
    const { status, headers } = await wire(
      `GET ${path} HTTP/1.1`,
      'Host: evil.example',
      `Cookie: ${portal.cookies.provider}; countonce-callback=https%3A%2F%2Fevil.example`,
      'X-Forwarded-Host: evil.example',
      'X-Forwarded-Proto: https',
      'Connection: close',
      '',
      '',
    )
    const to = headers.get('location')
    const leads = to === undefined ? portal.origin : new URL(to, portal.origin).origin
    expect([path, status < 500, leads]).toEqual([path, true, portal.origin])
  }
})

test('attack 24: [S67] a second request is hidden in the first: it is never answered', async () => {
  const hidden = `GET /users HTTP/1.1\r\nHost: ${hostOf()}\r\nCookie: ${portal.cookies.administrator}\r\n\r\n`
  const shapes: Readonly<Record<string, readonly string[]>> = {
    'a length and pieces': [
      'Content-Length: 5',
      'Transfer-Encoding: chunked',
      '',
      `0\r\n\r\n${hidden}`,
    ],
    'two lengths': ['Content-Length: 0', `Content-Length: ${String(hidden.length)}`, '', hidden],
    'pieces that are none': ['Transfer-Encoding: xchunked', '', `0\r\n\r\n${hidden}`],
    'pieces, and what is none': ['Transfer-Encoding: chunked, identity', '', `0\r\n\r\n${hidden}`],
    'a folded header': ['X: a\r\n Content-Length: 5', 'Content-Length: 0', '', hidden],
    'a space before the colon': ['Content-Length : 0', '', hidden],
    'a line that ends early': ['X: a\nContent-Length: 0', '', hidden],
    'two hosts': ['Host: other.example', `Host: ${hostOf()}`, 'Content-Length: 0', '', ''],
    'a piece with a sign': ['Transfer-Encoding: chunked', '', `+0\r\n\r\n${hidden}`],
  }
  for (const [name, lines] of Object.entries(shapes)) {
    const { status, body } = await wire(
      'POST /sign-in HTTP/1.1',
      `Origin: ${portal.origin}`,
      ...lines,
    )
    expect([name, status, body.includes('administrator2@')]).toEqual([name, 400, false])
  }
})

/** Whoever may have a route, and how they ask for it. */
function asked(route: string): { path: string; method: string; who: Asker } | undefined {
  const given = ROUTES[route]
  const who = (
    ['provider', 'administrator', 'analyst', 'between password and code', 'nobody'] as const
  ).find((asker) => given !== undefined && mayHave(asker, given))
  return given === undefined
    ? undefined
    : { path: given.path(portal.subjects), method: given.method ?? 'GET', who: who ?? 'nobody' }
}

test('attack 25: [S68] every answer of every route, to who may have it and who may not, carries every header and is kept nowhere', async () => {
  const wrong: string[] = []
  let files = 0
  for (const route of Object.keys(ROUTES)) {
    const { path, method, who } = asked(route) ?? {
      path: '/',
      method: 'GET',
      who: 'nobody' as const,
    }
    for (const asker of new Set<Asker>([who, 'nobody', 'analyst'])) {
      // What proxies and caches are told to vary by, and what Next answers a payload to, changes none of it.
      for (const extra of [
        {},
        { 'x-forwarded-host': 'evil.example', 'x-nextjs-data': '1', rsc: '1' },
      ]) {
        const { headers } = await ask(portal.origin, path, {
          method,
          headers: {
            cookie: portal.cookies[asker],
            origin: portal.origin,
            'content-type': 'text/plain',
            ...extra,
          },
        })
        const policy = String(headers['content-security-policy'])
        const isBare = !policy.includes("frame-ancestors 'none'") || policy.includes('unsafe')
        // What is published is anybody's, and may be kept for a few minutes.
        const isPublished = path.startsWith('/published') && headers['set-cookie'] === undefined
        const kept = !isPublished && !String(headers['cache-control']).includes('no-store')
        const lacks = missingHeaders(headers)
        const isTagged = !isPublished && headers['etag'] !== undefined
        if (isBare || kept || lacks.length > 0 || isTagged)
          wrong.push(
            `${route} to ${asker}: ${lacks.join(', ')} ${policy} ${String(headers['cache-control'])}`,
          )
        const disposition = headers['content-disposition']
        if (disposition !== undefined) files += 1
        if (
          disposition !== undefined &&
          !/^attachment; filename="[\w.%-]+"$/.test(String(disposition))
        )
          wrong.push(`${route}: ${String(disposition)}`)
      }
    }
  }
  expect(wrong).toEqual([])
  expect(files).toBeGreaterThan(5)
}, 120_000)

test('attack 26: [S18] answers for scripts hold what their pages show, and no field more', async () => {
  const keysIn = (value: unknown): string[] =>
    Array.isArray(value)
      ? value.flatMap(keysIn)
      : typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)])
        : []
  const file = portal.subjects.submission
  const answers: Readonly<Record<string, string>> = {
    '/account/session': 'seconds isLast userId',
    [`/files/${file}/progress/state`]: 'text percent isOver',
    [`/files/${file}/check/correct/rows?show=all&count=3`]:
      'state version corrected canUndo canRedo isChecked isApplied total from rows row place cells originals findings column code severity words',
    '/api/auth/session': 'expires',
    '/api/auth/csrf': 'csrfToken',
  }
  for (const [path, allowed] of Object.entries(answers)) {
    const { body, status } = await ask(portal.origin, path, {
      headers: { cookie: portal.cookies.provider },
    })
    expect([path, status]).toEqual([path, 200])
    const { words = {}, ...answer } = JSON.parse(body) as Record<string, unknown>
    // Words are told by the code of what they are about.
    const keys = [...keysIn(answer), ...keysIn(Object.values(words as object).flat())]
    const known = [...allowed.split(' '), 'title', 'fix', 'hint']
    expect([path, keys.filter((key) => !known.includes(key) && !/^[0-9]+$/.test(key))]).toEqual([
      path,
      [],
    ])
    expect(keys.length).toBeGreaterThan(0)
  }
})

test('attack 27: [S14] conditions and ranges tell nobody whether somebody else has something', async () => {
  const other = portal.cookies['other provider']
  const there = `/files/${portal.subjects.submission}/check/findings`
  const nowhere = '/files/SU-2222-2222-2/check/findings'
  for (const headers of [
    { 'if-none-match': '*' },
    { 'if-match': '*' },
    { 'if-modified-since': new Date().toUTCString() },
    { range: 'bytes=0-1' },
    { 'if-unmodified-since': new Date(0).toUTCString() },
  ]) {
    const told = await Promise.all(
      [there, nowhere].map((path) =>
        ask(portal.origin, path, { headers: { ...headers, cookie: other } }),
      ),
    )
    const [one, two] = told.map(({ status, body }) => [status, body])
    expect(one).toEqual(two)
    expect(one?.[0]).toBe(404)
    const own = await ask(portal.origin, there, {
      headers: { ...headers, cookie: portal.cookies.provider },
    })
    expect(own.status).toBe(200)
  }
})

test('attack 28: [S29] names of files lead out of their folder: nothing of the program is given', async () => {
  for (const path of [
    '/hasher/..%2f..%2fpackage.json',
    '/hasher/....//package.json',
    '/standard/..%5c..%5cpackage.json',
    '/standard/%252e%252e%252fpackage.json',
    '/_next/static/../server/server-reference-manifest.json',
    '/_next/static/%2e%2e/server/server-reference-manifest.json',
    '/_next/static/..%2fserver%2fserver-reference-manifest.json',
    '/_next/server/server-reference-manifest.json',
    '/_next/BUILD_ID',
    '/.env',
    '/package.json',
    '/.git/config',
    '/app/page.tsx',
    ...['/_global-error', '/_global-error?x=1', '/_not-found', '/_error'],
  ]) {
    const { status, body } = await wire(
      `GET ${path} HTTP/1.1`,
      `Cookie: ${portal.cookies.administrator}`,
      'Connection: close',
      '',
      '',
    )
    expect([path, status === 400 || status === 404 || status === 308]).toEqual([path, true])
    expect(body).not.toMatch(/"dependencies"|exportedName|\[core\]/)
  }
})

test('attack 29: [S11] a browser comes with the cookies of an attacker’s choice: it leaves with others', async () => {
  const chosen = 'A'.repeat(43)
  const fixed = `countonce-session=${chosen}; countonce-sign-in=${chosen}; countonce-devices=${chosen}`
  const answer = await portal.act(
    'app/sign-in/actions.ts givePassword',
    { email: 'analyst@demonstration.example', password: portal.installation.password },
    fixed,
  )
  const step = cookieOf(answer, 'countonce-sign-in')
  expect(step).toMatch(/=[\w-]{43}$/)
  expect(step).not.toContain(chosen)
  const page = await ask(portal.origin, '/sign-in/code', { headers: { cookie: step } })
  const code = />([0-9]{6})</.exec(page.body)?.[1] ?? ''
  const done = await portal.act(
    'app/sign-in/code/actions.ts giveCode',
    { code },
    `${step}; countonce-session=${chosen}`,
    '/sign-in/code',
  )
  const session = cookieOf(done, 'countonce-session')
  expect(session).toMatch(/=[\w-]{43}$/)
  expect(session).not.toContain(chosen)
  // What was chosen opens nothing before or after.
  const opened = await ask(portal.origin, '/account', {
    headers: { cookie: `countonce-session=${chosen}` },
  })
  expect(opened.status).toBe(307)
})

test('attack 30: [S20] [S75] a release is approved in three tabs with one code while its request is taken back: one outcome, one release', async () => {
  const { owner, origin, cookies, subjects } = portal
  const reference = subjects.draftRequest
  const { rows } = await owner.query<{ bound_to: Buffer }>(
    'select bound_to from approval where reference = $1',
    [reference],
  )
  const boundTo = rows[0]?.bound_to.toString('hex') ?? ''
  // The second administrator asked for it, and the first gave a code for it a moment ago.
  const asker = await sessionOf({ owner, origin }, ACCOUNTS.secondAdministrator)
  const { rowCount } = await owner.query(
    // To the millisecond, as a portal keeps it.
    `update portal_session set proved_for = $2, proved_at = date_trunc('milliseconds', now()) where digest = $1`,
    [digestTicket(cookies.administrator.split('=')[1] ?? ''), approvingAct(reference)],
  )
  expect(rowCount).toBe(1)
  const publish = (): Promise<Answer> =>
    portal.act(
      'app/releases/drafts/[act]/actions.ts publish',
      { reference, boundTo, draft: subjects.draft },
      cookies.administrator,
    )
  await Promise.all([
    ...[publish(), publish()],
    portal.act('app/approvals/[request]/actions.ts withdrawRequest', { reference }, asker),
    publish(),
  ])
  const { rows: told } = await owner.query<{ events: string; acts: number }>(
    `select (select string_agg(event, ' ' order by seq) from audit_event
              where subject = $1 and event ~ '^approval') as events,
       (select count(*)::int from act
         where kind = 'make-release' and request ->> 'approval' = $1) as acts`,
    [reference],
  )
  expect(told[0]?.events).toMatch(
    /^approval[.]asked approval[.](approved( approval[.]used)?|withdrawn)$/,
  )
  expect(told[0]?.acts).toBe(/withdrawn/.test(told[0]?.events ?? '') ? 0 : 1)
})

test('attack 31: [S38] [S72] what the portal still refers to, and its freed memory, are searched for a file that was sent and cells that were shown', async () => {
  const early = ['Quartermainette', 'Zoroastrienne']
  const rows = children(900, 4_900).map((row, at) => ({
    ...row,
    // Each its own, or they would be words of a code column, which pages show.
    first_name: at < 2_000 ? `${early[at % 2] ?? ''}${String(at)}` : 'Ann',
  }))
  const { cookies, origin, subjects } = portal
  const pid = await processAt(origin)
  const form = uploadForm(origin, cookies.provider, csv(rows))
  expect(form.body.length).toBeGreaterThan(400_000)
  const sent = await ask(origin, '/send/natural-thinkers/2023-Q2/file', { method: 'POST', ...form })
  const { path } = JSON.parse(sent.body) as { path: string }
  const reference = /SU-[A-Z0-9-]+(?=[/]read$)/.exec(path)?.[0] ?? ''
  expect(reference).not.toBe('')
  const shown = [
    `/files/${subjects.submission}/check/correct/rows?show=all&count=9`,
    `/files/${subjects.submission}/match?show=values`,
  ]
  for (const cells of shown) {
    const { body } = await ask(origin, cells, { headers: { cookie: cookies.provider } })
    expect(body).toContain('mother62@example.org')
  }
  const looked = [...early, 'mother62@', 'natural-thinkers']
  // Something that it does keep tells that the looking works.
  expect(await searchHeap(pid, pictures, looked)).toEqual(['natural-thinkers'])
  // Freed memory as well, which a picture of the heap leaves out: all that the process may write to.
  await expect
    .poll(() => searchMemory(pid, looked), { timeout: 100_000, interval: 1_000 })
    .toEqual(['natural-thinkers'])
}, 180_000)

test('attack 54: [S18] a column is added to a file for a field that there is not', async () => {
  const { submission } = portal.subjects
  const before = await portal.stateOf(submission)
  const columns = COLUMNS.map((name, at) => [`column-${String(at)}`, `field:${name}`] as const)
  const refused = await portal.act(
    'app/files/[reference]/match/actions.ts match',
    {
      ...{ reference: submission, version: before.version, shape: 'person', role: '' },
      ...{ ...Object.fromEntries(columns), 'add-next of kin': 'yes' },
    },
    portal.cookies.provider,
  )
  // About the form as a whole: of answers it would be told which.
  expect(refused.body).toContain('"errors":[{"field":""')
  expect(await portal.stateOf(submission)).toEqual(before)
})

attackProgramme(() => portal)

test('attack 32: [S67] nothing of all this is in the log', async () => {
  const folder = join(portal.installation.dataDir, 'logs')
  for (const name of await readdir(folder)) {
    const log = await readFile(join(folder, name), 'utf8')
    expect(log).not.toMatch(/evil|Quartermain|Zoroast|A{43}|\bat .*[.]ts/)
  }
})
