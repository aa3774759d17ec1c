import type { Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openStaffPortal, type StaffPortal } from './setup/staff-portal.ts'
import {
  ACCOUNTS,
  giveFreshCode,
  givePassword,
  letTimePass,
  openFresh,
  noBrowser,
  openVisit,
  shownCode,
  signIn,
  signInByHand,
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

  /** What so many minutes without use of any session would do. */
  async function leaveAlone(minutes: number): Promise<void> {
    await visit.owner.query(
      'update portal_session set seen_at = seen_at - make_interval(mins => $1)',
      [minutes],
    )
  }

  async function problem(page: Page): Promise<string> {
    const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
    await expectPage(summary).toBeVisible()
    return summary.innerText()
  }

  describe('with an organisation’s account', () => {
    let staff: StaffPortal
    beforeAll(async () => {
      staff = await openStaffPortal(visit)
    })
    afterAll(() => staff.close())

    test.each([true, false])(
      'lets staff sign on, and prove themselves there, JavaScript %s',
      async (javaScript) => {
        const { portal, organisation } = staff
        const sub = `staff-${String(javaScript)}`
        const member = { sub, name: 'Sam Marlowe', email: `${sub}@council.example`, amr: ['mfa'] }
        organisation.member = { ...member, groups: ['analysts'] }
        const page = await visit.newPage({ javaScript })
        const button = page.getByRole('button', {
          name: 'Sign in with your Northern Council account',
        })
        const signIn = await page.goto(`${portal.origin}/sign-in`)
        // A form leads to the portal alone, where an organisation is set up as well.
        expect(signIn?.headers()['content-security-policy']).toContain("; form-action 'self'; ")
        await button.click()
        const menu = page.getByRole('navigation', { name: 'Menu' })
        await expectPage(menu.getByRole('link', { name: 'Reach' })).toBeVisible()

        // Before an act that takes a fresh second factor: at the organisation, and back to the form.
        await page.goto(`${portal.origin}/account/recovery-codes`)
        await page.getByRole('button', { name: /Show with your Northern Council account/ }).click()
        await expectPage(page.getByText('You have shown that it is you.')).toBeVisible()
        await page.getByRole('button', { name: 'Make recovery codes' }).click()
        await expectPage(page.getByRole('list', { name: 'Recovery codes' })).toBeVisible()

        // Who has left the group does not come in again, and is told so.
        organisation.member = { ...member, groups: [] }
        await page.goto(`${portal.origin}/sign-out`)
        await page.getByRole('button', { name: 'Sign out' }).click()
        await button.click()
        expect(await problem(page)).toContain('no longer has access')
        await page.goto(`${portal.origin}/account`)
        await expectPage(page).toHaveURL(/\/sign-in$/)
      },
    )
  })

  test.each([true, false])(
    'leads a provider to its own services, JavaScript %s',
    async (javaScript) => {
      const page = await visit.newPage({ javaScript })
      await page.goto('/')
      await expectPage(page).toHaveURL(/\/sign-in$/)
      await signInByHand(visit, page, ACCOUNTS.provider)
      await expectPage(page.getByRole('heading', { name: 'Your services' })).toBeVisible()
      await expectPage(page.getByRole('link', { name: 'Users' })).toHaveCount(0)
    },
  )

  test.each([true, false])(
    'refuses a wrong password and a wrong code, and says what to do, JavaScript %s',
    async (javaScript) => {
      const page = await visit.newPage({ javaScript })
      await givePassword(page, ACCOUNTS.analyst, 'not the password')
      expect(await problem(page)).toContain('could not sign you in')
      await expectPage(page.getByLabel('Email address')).toHaveValue(ACCOUNTS.analyst)
      const password = page.getByLabel('Password', { exact: true })
      await expectPage(password).toHaveValue('')
      await password.fill(visit.password)
      await page.getByRole('button', { name: 'Continue' }).click()
      const wrong = (await shownCode(page)) === '000000' ? '000001' : '000000'
      const code = page.getByLabel('Enter the code in your authenticator app')
      await code.fill(wrong)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await expectPage(code).toHaveValue('')
      expect(await problem(page)).toContain('not right')
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
    await leaveAlone(31)
    await page.getByLabel('Current password').fill('x')
    await page.getByLabel('New password').fill('x')
    await page.getByRole('button', { name: 'Change password' }).click()
    await expectPage(page.getByText('Your session has ended')).toBeVisible()
  })

  test('[S11] gives back what was typed to who signs in again, without JavaScript', async () => {
    const page = await visit.newPage({ javaScript: false })
    await signIn(visit, page, ACCOUNTS.administrator)
    await openFresh(visit, page, '/users/new')
    await page.getByLabel('Full name').fill('Kept Typed')
    await page.getByLabel('Email address').fill('kept.typed@example.org')
    await page.getByLabel('Analyst').check()
    await giveFreshCode(page)
    await leaveAlone(31)
    await page.getByRole('button', { name: 'Invite' }).click()
    await expectPage(page.getByText('Your session has ended')).toBeVisible()
    await letTimePass(visit)
    await page.getByLabel('Email address').fill(ACCOUNTS.administrator)
    await page.getByLabel('Password', { exact: true }).fill(visit.password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await giveFreshCode(page)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expectPage(page).toHaveURL(/\/users\/new\?kept=1$/)
    await expectPage(page.getByText('What you typed is back.')).toBeVisible()
    await expectPage(page.getByLabel('Full name')).toHaveValue('Kept Typed')
    await expectPage(page.getByLabel('Email address')).toHaveValue('kept.typed@example.org')
    await expectPage(page.getByLabel('Analyst')).toBeChecked()
    await expectPage(page.getByLabel('Enter the code in your authenticator app')).toHaveValue('')
  })

  test('[S11] is warned of before it ends, and goes on at a button', async () => {
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.analyst)
    await page.clock.install()
    await page.goto('/account/password')
    const dialog = page.getByRole('dialog')
    await expectPage(page.getByRole('heading', { level: 1 })).toBeVisible()
    await leaveAlone(29)
    // The page counts from when its script began, which a busy machine begins late.
    await expectPage(async () => {
      await page.clock.fastForward('27:00')
      await expectPage(dialog).toContainText('You will be signed out at', { timeout: 2_000 })
    }).toPass()
    await dialog.getByRole('button', { name: 'Stay signed in' }).click()
    await expectPage(dialog).toBeHidden()
    const { rows } = await visit.owner.query<{ fresh: boolean }>(
      `select max(seen_at) > now() - interval '5 minutes' as fresh from portal_session`,
    )
    expect(rows).toEqual([{ fresh: true }])
  })

  test('[S11] [S69] keeps what was typed when it has ended, in the page alone, for who signs in again', async () => {
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.administrator)
    await openFresh(visit, page, '/users/new')
    await page.getByLabel('Full name').fill('Kept Typed')
    await page.getByLabel('Email address').fill('kept.typed@example.org')
    await page.getByLabel('Analyst').check()
    await leaveAlone(31)
    await page.getByRole('button', { name: 'Invite' }).click()
    const dialog = page.getByRole('dialog')
    await expectPage(dialog).toContainText('You have been signed out')
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0])

    const tab = page.context().waitForEvent('page')
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await signInByHand(visit, await tab, ACCOUNTS.administrator)
    await expectPage(dialog).toBeHidden()
    await expectPage(page.getByLabel('Full name')).toHaveValue('Kept Typed')
    await letTimePass(visit)
    await giveFreshCode(page)
    await page.getByRole('button', { name: 'Invite' }).click()
    await expectPage(
      page.getByText('The user is invited. We will email them a link to set a password.'),
    ).toBeVisible()

    // What one person typed is not for the next who signs in here.
    await page.goto('/users/new')
    await page.getByLabel('Full name').fill('Not For Others')
    await leaveAlone(31)
    await page.getByRole('button', { name: 'Invite' }).click()
    await expectPage(dialog).toBeVisible()
    await signInByHand(visit, await page.context().newPage(), ACCOUNTS.provider)
    await expectPage(page.getByText('Not For Others')).toHaveCount(0)
    await expectPage(page.getByLabel('Full name')).toHaveCount(0)
  })

  test('[S10] is listed with the others of its user, who signs out of them', async () => {
    const [here, elsewhere] = [await visit.newPage(), await visit.newPage({ javaScript: false })]
    await visit.owner.query('delete from portal_session')
    await signInByHand(visit, elsewhere, ACCOUNTS.analyst)
    await signInByHand(visit, here, ACCOUNTS.analyst)
    await here.goto('/account')
    await here.getByRole('link', { name: /^See where/ }).click()
    const rows = here.getByRole('row').filter({ hasText: 'Chrome on Linux' })
    await expectPage(rows).toHaveCount(2)
    await expectPage(rows.filter({ hasText: 'This one' })).toHaveCount(1)
    await rows.getByRole('button', { name: 'Sign out of Chrome on Linux' }).click()
    await expectPage(here.getByText('You are signed out of that browser.')).toBeVisible()
    await expectPage(rows).toHaveCount(1)
    await elsewhere.goto('/account')
    await expectPage(elsewhere).toHaveURL(/\/sign-in$/)
  })

  test('[S74] a browser in which somebody has signed in goes on while strangers guess', async () => {
    const page = await visit.newPage()
    await signInByHand(visit, page, ACCOUNTS.analyst)
    await page.context().clearCookies({ name: /session$/ })
    const stranger = await visit.newPage()
    for (let wrong = 0; wrong < 6; wrong += 1) {
      await givePassword(stranger, ACCOUNTS.analyst, 'not the password')
      await problem(stranger)
    }
    await givePassword(stranger, ACCOUNTS.analyst, visit.password)
    expect(await problem(stranger)).toContain('could not sign you in')
    await givePassword(page, ACCOUNTS.analyst, visit.password)
    await expectPage(page.getByLabel('Enter the code in your authenticator app')).toBeVisible()
  })
})
