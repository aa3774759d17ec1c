import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openPool } from '#server/platform/db/pool.ts'
import { children, csv } from '../server/intake/submissions/small-files.ts'
import { ask } from './setup/ask.ts'
import { sessionOf, uploadForm } from './setup/session-of.ts'
import { ACCOUNTS, noBrowser, openVisit, type Visit } from './setup/visitor.ts'

interface Answer {
  readonly status: number
  readonly body: string
  readonly headers: Record<string, string | string[] | undefined>
}

/** A request with exactly these headers: fetch would fix them. */
function send(
  path: string,
  method: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Answer> {
  const { origin } = inject('portal')
  // As it is: a URL would be tidied first.
  const url = new URL(origin)
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { path, method, headers }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const PAGES = [
  '/',
  '/sign-in',
  '/sign-in/code',
  '/sign-in/enrol',
  '/set-password',
  '/sign-out',
  '/account/password',
  '/users/new',
  '/users/U-AAAAAAAA',
]
const ROUTES = [
  '/api/auth/callback/credentials',
  '/api/auth/session',
  '/api/auth/signout',
  '/api/auth/signin/credentials',
  '/api/auth/signin/organisation',
  '/sign-in/organisation',
]

describe('a request that does not come from our own pages', () => {
  test.each([
    'none',
    'null',
    'https://evil.example',
    'http://127.0.0.1.evil.example',
    'http://127.0.0.1:1',
  ])('[S70] with Origin %s is refused by every page and route', async (origin) => {
    for (const path of [...PAGES, ...ROUTES]) {
      const headers: Record<string, string> = { 'content-type': 'multipart/form-data; boundary=x' }
      if (origin !== 'none') headers['origin'] = origin
      const answer = await send(path, 'POST', headers, '--x--')
      expect([path, answer.status]).toEqual([path, 403])
    }
  })

  test('[S70] is refused by an action called by its number', async () => {
    const page = await send('/sign-in', 'GET')
    const id = /&quot;id&quot;:&quot;([0-9a-f]+)&quot;/.exec(page.body)?.[1] ?? ''
    expect(id).not.toBe('')
    for (const origin of [undefined, 'null', 'https://evil.example']) {
      const headers: Record<string, string> = {
        'next-action': id,
        'content-type': 'text/plain;charset=UTF-8',
      }
      if (origin !== undefined) headers['origin'] = origin
      expect((await send('/sign-in', 'POST', headers, '[]')).status).toBe(403)
    }
  })

  test('[S67] [S68] that no page can be made of is refused in words, with every header', async () => {
    const { origin } = inject('portal')
    const asked: [number, string, string, Record<string, string>][] = [
      [400, '/users/%ff', 'GET', {}],
      [400, '/files/%00/read', 'GET', {}],
      [400, '/audit?subject=%00', 'GET', {}],
      [400, '/%c3%28', 'POST', { origin }],
      [308, '/users/', 'GET', {}],
      [405, '/standard/template.csv', 'DELETE', { origin }],
    ]
    for (const [status, path, method, headers] of asked) {
      const answer = await send(path, method, headers)
      expect([path, answer.status]).toEqual([path, status])
      expect(Object.keys(answer.headers)).toEqual(
        expect.arrayContaining([
          'content-security-policy',
          'strict-transport-security',
          'x-content-type-options',
          'referrer-policy',
          'cross-origin-opener-policy',
        ]),
      )
    }
    const body = '--x\r\ncontent-disposition: form-data; name="email"\r\n\r\na\0b\r\n--x--\r\n'
    const type = { 'content-type': 'multipart/form-data; boundary=x', origin }
    expect((await send('/sign-in', 'POST', type, body)).status).toBeLessThan(500)
  })

  test('cannot make the portal believe another host', async () => {
    const answer = await send('/', 'GET', {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
    })
    expect(JSON.stringify(answer.headers)).not.toContain('evil.example')
    expect(answer.body).not.toContain('evil.example')
  })
})

describe.skipIf(noBrowser)('a request of somebody who is signed in', () => {
  let visit: Visit
  let cookie = ''
  const owner = openPool(inject('portal').databaseUrl, { max: 1 })
  beforeAll(async () => {
    visit = await openVisit()
    cookie = await sessionOf(visit, ACCOUNTS.provider)
  })
  afterAll(async () => {
    await owner.end()
    await visit.close()
  })

  test('[S61] is an entry of the audit trail when it is refused, with who and why and no address', async () => {
    const refused = async (): Promise<Record<string, string | null>[]> => {
      const { rows } = await owner.query<{ entry: Record<string, string | null> }>(
        `select distinct (detail || jsonb_build_object('role', role)) - 'times' - 'from' as entry
           from audit_event left join portal_user on id = actor
          where event = 'access.refused' and detail ->> 'reason' = any($1)`,
        [['origin', 'role', 'not-found', 'session']],
      )
      return rows.map(({ entry }) => entry)
    }
    expect((await send('/users', 'GET', { cookie })).status).toBe(404)
    expect((await send('/files/S-AAAA-AAAA/read', 'GET', { cookie })).status).toBe(404)
    expect(
      (await send('/account', 'POST', { cookie, origin: 'https://evil.example' })).status,
    ).toBe(403)
    const forged = cookie.replace(/(session[^=]*)=[^;]*/i, '$1=forged%1B%5B31m')
    expect(forged).not.toBe(cookie)
    expect((await send('/account', 'GET', { cookie: forged })).status).toBe(307)
    expect(await refused()).toEqual(
      expect.arrayContaining([
        { reason: 'origin', role: null },
        { reason: 'role', role: 'provider', at: 'users' },
        { reason: 'not-found', role: 'provider', at: 'files' },
        expect.objectContaining({ reason: 'session', role: null }),
      ]),
    )
    const { rows } = await owner.query<{ entries: string }>(
      `select string_agg(audit_event::text, ' ') as entries from audit_event
        where event = 'access.refused'`,
    )
    for (const told of ['127.0.0.1', 'evil', 'forged', 'S-AAAA']) {
      expect(rows[0]?.entries).not.toContain(told)
    }
  })

  test('[S19] for a later step of a file leads to the one reached', async () => {
    await visit.forgetFiles()
    const { origin } = visit
    const sent = await ask(origin, '/send/natural-thinkers/2024-Q3/file', {
      method: 'POST',
      ...uploadForm(origin, cookie, csv(children(0, 12))),
    })
    const { path } = JSON.parse(sent.body) as { path: string }
    expect(path).toMatch(/\/read$/)
    const steps = ['match', 'values', 'check', 'answers', 'progress', 'result', 'withdraw']
    for (const step of steps) {
      const { status, headers } = await send(path.replace('read', step), 'GET', { cookie })
      expect([step, status, headers['location']]).toEqual([step, 307, path])
    }
    await visit.forgetFiles()
  })

  test('[S18] with fields that a form has not is refused and changes nothing', async () => {
    const page = await visit.newPage()
    await page.goto('/sign-in')
    await page.evaluate(() => {
      const extra = document.createElement('input')
      extra.name = 'role'
      extra.value = 'administrator'
      document.querySelector('form')?.append(extra)
    })
    await page.getByLabel('Email address').fill(ACCOUNTS.analyst)
    await page.getByLabel('Password', { exact: true }).fill(visit.password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('There is a problem').waitFor()
    expect(page.url()).toMatch(/\/sign-in$/)
  })
})
