import type { Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  ACCOUNTS,
  givePassword,
  letTimePass,
  noBrowser,
  openVisit,
  shownCode,
  signIn,
  type Visit,
  expectPage,
} from './setup/visitor.ts'

describe.skipIf(noBrowser)('signing in', () => {
  let visit: Visit
  beforeAll(async () => {
    visit = await openVisit()
  })
  afterAll(() => visit.close())
  beforeEach(() => letTimePass(visit))

  async function problem(page: Page): Promise<string> {
    const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
    await expectPage(summary).toBeVisible()
    return summary.innerText()
  }

  test.each([true, false])(
    'leads a provider to its own services, JavaScript %s',
    async (javaScript) => {
      const page = await visit.newPage({ javaScript })
      await page.goto('/')
      await expectPage(page).toHaveURL(/\/sign-in$/)
      await signIn(visit, page, ACCOUNTS.provider)
      await expectPage(page.getByRole('heading', { name: 'Your services' })).toBeVisible()
      await expectPage(page.getByRole('link', { name: 'Users' })).toHaveCount(0)
    },
  )

  test.each([true, false])(
    'refuses a wrong password and says what to do, JavaScript %s',
    async (javaScript) => {
      const page = await visit.newPage({ javaScript })
      await givePassword(page, ACCOUNTS.analyst, 'not the password')
      expect(await problem(page)).toContain('could not sign you in')
      await expectPage(page.getByLabel('Email address')).toHaveValue(ACCOUNTS.analyst)
      await expectPage(page.getByLabel('Password', { exact: true })).toHaveValue('')
    },
  )

  test('asks for what was left empty', async () => {
    const page = await visit.newPage()
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Continue' }).click()
    expect(await problem(page)).toContain('Enter your email address')
    await page.getByRole('link', { name: 'Enter your password' }).click()
    await expectPage(page.getByLabel('Password', { exact: true })).toBeFocused()
  })

  test('[S1] refuses a code that another tab has used', async () => {
    const [one, other] = [await visit.newPage(), await visit.newPage()]
    await givePassword(one, ACCOUNTS.analyst, visit.password)
    await givePassword(other, ACCOUNTS.analyst, visit.password)
    const code = await shownCode(one)
    for (const page of [one, other]) {
      await page.getByLabel('Enter the code in your authenticator app').fill(code)
      await page.getByRole('button', { name: 'Sign in' }).click()
      if (page === one) await page.waitForURL('**/')
    }
    expect(await problem(other)).toContain('used already')
  })

  test('[S5] locks after five wrong codes, and says how long', async () => {
    const page = await visit.newPage()
    await givePassword(page, ACCOUNTS.analyst, visit.password)
    const code = await shownCode(page)
    const field = page.getByLabel('Enter the code in your authenticator app')
    for (let wrong = 0; wrong < 5; wrong += 1) {
      await field.fill(code === '000000' ? '000001' : '000000')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expectPage(field).toHaveValue('')
      expect(await problem(page)).toContain('not right')
    }
    await field.fill(code)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expectPage(
      page.getByRole('alert').filter({ hasText: 'too many wrong tries' }),
    ).toBeVisible()
  })

  test('[S5] next-auth’s own callback counts codes like the page, and sets the same cookie', async () => {
    const page = await visit.newPage()
    await givePassword(page, ACCOUNTS.analyst, visit.password)
    const code = await shownCode(page)
    const wrong = code === '000000' ? '000001' : '000000'
    for (let tried = 0; tried < 5; tried += 1) {
      expect(await postToCallback(page, wrong)).toContain('error=code-refused')
    }
    expect(await postToCallback(page, code)).toContain('error=too-many-tries')
    await letTimePass(visit)
    expect(await postToCallback(page, code)).not.toContain('error=')
    const session = (await page.context().cookies()).find(({ name }) =>
      name.endsWith('countonce-session'),
    )
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    await page.goto('/account')
    await expectPage(page.getByRole('heading', { name: 'Your account' })).toBeVisible()
  })

  test('[S3] the cookie of the first step opens no page but those of signing in', async () => {
    const page = await visit.newPage()
    await givePassword(page, ACCOUNTS.administrator, visit.password)
    for (const path of [
      '/',
      '/users',
      '/users/new',
      '/users/U-AAAAAAAA',
      '/account',
      '/account/password',
      '/account/recovery-codes',
      '/sign-out',
    ]) {
      await page.goto(path)
      await expectPage(page).toHaveURL(/\/sign-in$/)
    }
  })

  test('[S4] posting to the session changes nothing', async () => {
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.provider)
    const before = (await page.context().cookies()).find(({ name }) =>
      name.endsWith('countonce-session'),
    )
    const answer = await page.evaluate(async () => {
      const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string }
      const data = {
        mfa: true,
        role: 'administrator',
        providerId: 'all',
        ticket: 'x',
        providerCode: null,
      }
      const response = await fetch('/api/auth/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ csrfToken, data }),
      })
      return response.text()
    })
    expect(Object.keys(JSON.parse(answer) as object)).toEqual(['expires'])
    const after = (await page.context().cookies()).find(({ name }) =>
      name.endsWith('countonce-session'),
    )
    expect(after?.value).toBe(before?.value)
    await page.goto('/users')
    await expectPage(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  })

  test('[S10] a copied cookie dies when its owner signs out, and Back shows nothing', async () => {
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.analyst)
    const thief = await visit.newPage()
    await thief.context().addCookies(await page.context().cookies())
    await thief.goto('/account')
    await expectPage(thief.getByRole('heading', { name: 'Your account' })).toBeVisible()
    await page.getByRole('link', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expectPage(page.getByText('You have signed out.')).toBeVisible()
    await expectPage(page.getByRole('link', { name: 'Your account' })).toHaveCount(0)
    await thief.goto('/account')
    await expectPage(thief).toHaveURL(/\/sign-in$/)
    await page.goBack()
    await page.goBack()
    await expectPage(page.getByRole('table')).toHaveCount(0)
  })

  test('[S11] a session left alone for half an hour is over, and the page says so', async () => {
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.analyst)
    await page.goto('/account/password')
    await visit.owner.query(`update portal_session set seen_at = seen_at - interval '31 minutes'`)
    await page.getByLabel('Current password').fill('x')
    await page.getByLabel('New password').fill('x')
    await page.getByRole('button', { name: 'Change password' }).click()
    await expectPage(page.getByText('Your session has ended')).toBeVisible()
  })

  test('works with the keyboard alone', async () => {
    const page = await visit.newPage()
    await page.goto('/sign-in')
    await page.keyboard.press('Tab')
    await expectPage(page.getByRole('link', { name: 'Skip to main content' })).toBeFocused()
    await page.getByLabel('Email address').focus()
    await page.keyboard.type(ACCOUNTS.analyst)
    await page.keyboard.press('Tab')
    await page.keyboard.type(visit.password)
    await page.keyboard.press('Enter')
    const code = await shownCode(page)
    await page.getByLabel('Enter the code in your authenticator app').focus()
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/')
    await expectPage(page.getByRole('heading', { level: 1 })).toBeVisible()
  })
})

/**
 * Posts a code to next-auth’s own callback from a page of the portal, and answers where it leads.
 */
function postToCallback(page: Page, code: string): Promise<string> {
  return page.evaluate(async (given) => {
    const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string }
    const answer = await fetch('/api/auth/callback/credentials', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ csrfToken, code: given, json: 'true' }),
    })
    return answer.text()
  }, code)
}
