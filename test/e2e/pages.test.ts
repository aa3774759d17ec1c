import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import {
  billOfMaterials,
  shippedFolders,
  type BillOfMaterials,
  type LockFile,
} from '#core/bill-of-materials/bill-of-materials.ts'
import { PORTAL_BILL } from '#server/portal/serving/build-portal.ts'
import { expectNoViolations, expectNoWider } from './setup/accessibility.ts'
import {
  ACCOUNTS,
  givePassword,
  letTimePass,
  noBrowser,
  openVisit,
  signIn,
  signInByHand,
  type Visit,
  expectPage,
} from './setup/visitor.ts'

/** What anybody may open. */
const OPEN = [
  '/sign-in',
  '/sign-in?over=1',
  '/sign-in/forgotten-password',
  '/sign-in/forgotten-password?sent=1',
  '/set-password?link=none',
  '/privacy',
  '/about-your-data',
  '/about-your-data/easy-read?language=pt',
  '/nowhere',
]
/** What an administrator may open; no other page leads further. */
const SIGNED_IN = [
  '/',
  '/account',
  '/account/password',
  '/account/recovery-codes',
  '/account/sessions',
  '/sign-out',
  '/hasher',
  '/users',
  '/users/new',
  '/users/new/ask?kind=officer-grant',
  '/approvals',
  '/retention',
]

describe.skipIf(noBrowser)('every page', () => {
  let visit: Visit
  let administrator: Page
  beforeAll(async () => {
    visit = await openVisit()
    administrator = await visit.newPage()
    await signIn(visit, administrator, ACCOUNTS.administrator)
  })
  afterAll(() => visit.close())

  async function userPath(): Promise<string> {
    const { rows } = await visit.owner.query<{ id: string }>(
      'select id from portal_user where email = $1',
      [ACCOUNTS.provider],
    )
    return `/users/${rows[0]?.id ?? ''}`
  }

  /** As it stands, on a phone; and nothing is wider than the screen, a desktop's or a phone's. */
  async function passesAxe(page: Page): Promise<void> {
    await page.setViewportSize({ width: 1280, height: 900 })
    await expectNoWider(page)
    await page.setViewportSize({ width: 390, height: 900 })
    await expectNoWider(page)
    await expectNoViolations(page)
    await expectPage(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await expectPage(page.getByRole('main')).toHaveCount(1)
    expect(await page.title()).toMatch(/ – Count Once$|^Count Once$/)
  }

  test('a page that nobody could use is told by what is wrong with it', async () => {
    const page = await visit.newPage({ width: 390 })
    await page.setContent(
      '<html lang="en"><title>A form</title><h1>A form</h1><input><p style="width: 50rem">Long</p>',
    )
    await expect(expectNoViolations(page)).rejects.toThrow('label: <input>')
    await expect(expectNoWider(page)).rejects.toThrow('is wider than 390')
  })

  test('passes axe at WCAG 2.2 AA for anybody, and fits a desktop and a phone', async () => {
    const page = await visit.newPage()
    for (const path of OPEN) {
      await page.goto(path)
      await passesAxe(page)
    }
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expectPage(page.getByText('There is a problem')).toBeVisible()
    await passesAxe(page).catch((error: unknown) => {
      if (!(error instanceof Error) || !error.message.includes('Error: ')) throw error
    })
  })

  test('passes axe at WCAG 2.2 AA between password and code', async () => {
    await letTimePass(visit)
    const page = await visit.newPage()
    await givePassword(page, ACCOUNTS.analyst, visit.password)
    for (const path of ['/sign-in/code', '/sign-in/recovery-code']) {
      await page.goto(path)
      await passesAxe(page)
    }
  })

  test('passes axe at WCAG 2.2 AA for an administrator, and fits a desktop and a phone', async () => {
    for (const path of [...SIGNED_IN, await userPath()]) {
      await administrator.goto(path)
      await passesAxe(administrator)
    }
  })

  test('[S68] carries every header, files and refusals included', async () => {
    const page = await visit.newPage()
    const answered = new Map<string, Record<string, string>>()
    page.on('response', (response) => {
      answered.set(new URL(response.url()).pathname, response.headers())
    })
    for (const path of [...OPEN, ...SIGNED_IN, '/api/auth/session', '/api/auth/csrf'])
      await page.goto(path)
    const refused = await fetch(`${visit.origin}/sign-in`, { method: 'POST' })
    answered.set('POST without an origin', Object.fromEntries(refused.headers))
    expect(answered.size).toBeGreaterThan(20)
    for (const [path, headers] of answered) {
      const policy = headers['content-security-policy'] ?? ''
      for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
        expect([path, policy]).toEqual([path, expect.stringContaining(part)])
      }
      expect(policy).not.toContain('unsafe')
      expect([path, headers]).toEqual([
        path,
        expect.objectContaining({
          'strict-transport-security': expect.stringMatching(
            /^max-age=(3[2-9]|[4-9][0-9])[0-9]{6}; includeSubDomains/,
          ) as string,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'same-origin',
          'cross-origin-opener-policy': 'same-origin',
        }),
      ])
      expect(headers['x-powered-by']).toBeUndefined()
    }
  })

  test('[S68] is never kept by a browser, and has a nonce of its own each time', async () => {
    const nonces = new Set<string>()
    for (const path of [...SIGNED_IN, ...SIGNED_IN]) {
      const response = await administrator.goto(path)
      const headers = response?.headers() ?? {}
      expect(headers['cache-control']).toContain('no-store')
      nonces.add(/'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1] ?? '')
    }
    expect(nonces.size).toBe(2 * SIGNED_IN.length)
  })

  test('[S65] serves no pictures through the image optimiser', async () => {
    const response = await fetch(`${visit.origin}/_next/image?url=%2Ffavicon.svg&w=64&q=75`)
    expect(response.status).toBe(404)
  })

  test('[S65] lie beside a list of what they are made of, which is no page itself', async () => {
    const { root, folder } = inject('portal').build
    const bill = JSON.parse(
      await readFile(join(root, folder, PORTAL_BILL), 'utf8'),
    ) as BillOfMaterials
    const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as LockFile
    const { component } = bill.metadata
    expect(bill).toEqual(billOfMaterials(component, lock, shippedFolders(lock)))
    expect((await fetch(`${visit.origin}/${PORTAL_BILL}`)).status).toBe(404)
    expect((await fetch(`${visit.origin}/_next/${PORTAL_BILL}`)).status).toBe(404)
  })

  test('[S69] talks to one origin, keeps nothing in the browser, and no script can read its cookies', async () => {
    const page = await visit.newPage()
    const origins = new Set<string>()
    page.on('request', (request) => origins.add(new URL(request.url()).origin))
    await signInByHand(visit, page, ACCOUNTS.analyst)
    await page.goto('/account')
    expect([...origins]).toEqual([visit.origin])
    const kept = await page.evaluate(() => [
      document.cookie,
      localStorage.length,
      sessionStorage.length,
    ])
    expect(kept).toEqual(['', 0, 0])
    for (const cookie of await page.context().cookies()) {
      expect(cookie).toMatchObject({ httpOnly: true, path: '/', domain: '127.0.0.1' })
      expect(['Lax', 'Strict']).toContain(cookie.sameSite)
    }
  })

  test('what is not there and what is not yours are the same page', async () => {
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.provider)
    const answers = []
    for (const path of [await userPath(), '/users/U-ZZZZZZZZ', '/users', '/users/new']) {
      const response = await page.goto(path)
      answers.push([response?.status(), await page.locator('main').innerHTML()])
    }
    expect(answers[0]?.[0]).toBe(404)
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })
})
