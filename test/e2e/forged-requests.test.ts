import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { ACCOUNTS, noBrowser, openVisit, signIn, type Visit } from './setup/visitor.ts'

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
  beforeAll(async () => {
    visit = await openVisit()
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.provider)
    cookie = (await page.context().cookies())
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  })
  afterAll(() => visit.close())

  test('[S15] gets no page of another role by tricks with headers and addresses', async () => {
    const tricks: [string, Record<string, string>][] = [
      ['/users', { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }],
      ['/users?_rsc=1', { rsc: '1' }],
      ['/users.rsc', {}],
      [
        '/users',
        { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
      ],
      ['/users/U-AAAAAAAA?nxtPuser=U-AAAAAAAA', {}],
      ['//users', {}],
      ['/%75sers', {}],
    ]
    for (const [path, headers] of tricks) {
      const answer = await send(path, 'GET', { ...headers, cookie })
      expect([path, answer.body.includes('administrator2@demonstration.example')]).toEqual([
        path,
        false,
      ])
      expect([path, answer.body.includes('People who can sign in')]).toEqual([path, false])
    }
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
