import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ACCOUNTS,
  giveFreshCode,
  givePassword,
  letTimePass,
  noBrowser,
  openFresh,
  openVisit,
  signIn,
  type Visit,
  expectPage,
} from './setup/visitor.ts'

const NEW_PASSWORD = 'walnut trombone ferry lichen'

describe.skipIf(noBrowser)('an account', () => {
  let visit: Visit
  beforeAll(async () => {
    visit = await openVisit()
  })
  afterAll(() => visit.close())

  /** The newest link that was mailed to somebody. */
  async function mailedLink(email: string): Promise<string> {
    const folder = visit.mailDir
    for (let look = 0; look < 50; look += 1) {
      for (const name of (await readdir(folder).catch(() => [])).sort().reverse()) {
        const mail = await readFile(join(folder, name), 'utf8')
        const link = /http:\/\/[^\s]+set-password\?link=[\w=-]+/.exec(
          mail.replaceAll('=\n', ''),
        )?.[0]
        if (mail.includes(`To: ${email}`) && link !== undefined)
          return link.replace('link=3D', 'link=')
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('no mail came')
  }

  /** A mail to somebody with these words in its subject, that holds a text. */
  async function mailTo(email: string, subject: string, text = ''): Promise<string> {
    for (let look = 0; look < 100; look += 1) {
      for (const name of (await readdir(visit.mailDir).catch(() => [])).sort().reverse()) {
        const mail = (await readFile(join(visit.mailDir, name), 'utf8')).replaceAll('=\n', '')
        const head = mail.slice(0, mail.indexOf('\n\n'))
        const isTo = head.includes(`To: ${email}`) && mail.includes(text)
        if (isTo && head.replaceAll('_', ' ').includes(subject)) return mail
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('no mail came')
  }

  async function invite(page: Page, email: string): Promise<void> {
    await openFresh(visit, page, '/users/new')
    await page.getByLabel('Full name').fill('Robin Newcomer')
    await page.getByLabel('Email address').fill(email)
    await page.getByLabel('Analyst').check()
    await giveFreshCode(page)
    await page.getByRole('button', { name: 'Invite' }).click()
    await expectPage(
      page.getByText('The user is invited. We will email them a link to set a password.'),
    ).toBeVisible()
  }

  async function enrol(page: Page): Promise<void> {
    await page.getByText('I cannot scan it').click()
    const key = (await page.locator('.govuk-details__text .app-code').innerText()).replaceAll(
      ' ',
      '',
    )
    await page.getByLabel('6-digit code').fill(generateSync({ secret: key }))
    await page.getByRole('button', { name: 'Set up and sign in' }).click()
  }

  test.each([true, false])(
    'is invited, sets a password, enrols, and signs in with a recovery code, JavaScript %s',
    async (javaScript) => {
      const email = `robin${javaScript ? '' : '-plain'}@example.org`
      const administrator = await visit.newPage({ javaScript })
      await signIn(visit, administrator, ACCOUNTS.administrator)
      await invite(administrator, email)

      const page = await visit.newPage({ javaScript })
      const link = await mailedLink(email)
      expect(new URL(link).origin).toBe(visit.origin)
      await page.goto(link)
      await page.getByLabel('New password').fill('password1234')
      await page.getByRole('button', { name: 'Set password' }).click()
      await expectPage(page.getByText('That password is too easy to guess.').first()).toBeVisible()
      await page.getByLabel('New password').fill(NEW_PASSWORD)
      await page.getByRole('button', { name: 'Set password' }).click()
      await expectPage(page.getByText('Your password has been set.')).toBeVisible()

      await givePassword(page, email, NEW_PASSWORD)
      await expectPage(
        page.getByRole('heading', { name: 'Set up your authenticator app' }),
      ).toBeVisible()
      await expectPage(page.getByRole('img', { name: /QR code/ })).toBeVisible()
      await enrol(page)
      await expectPage(page.getByText('Your authenticator app is set up')).toBeVisible()
      await page.getByRole('button', { name: 'Make recovery codes' }).click()
      const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
      await expectPage(codes).toHaveCount(10)
      const code = await codes.nth(4).innerText()

      const later = await visit.newPage({ javaScript })
      await givePassword(later, email, NEW_PASSWORD)
      await later.getByRole('link', { name: /recovery code/ }).click()
      await later.getByLabel('Enter one of your recovery codes').fill(code)
      await later.getByRole('button', { name: 'Sign in' }).click()
      await expectPage(later.getByText('you have 9 left')).toBeVisible()
    },
  )

  test('that has lost its password asks for a link', async () => {
    const page = await visit.newPage()
    await page.goto('/sign-in/forgotten-password')
    await page.getByLabel('Email address').fill(ACCOUNTS.otherProvider)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await expectPage(page.getByRole('heading', { name: 'Check your email' })).toBeVisible()
    await page.goto(await mailedLink(ACCOUNTS.otherProvider))
    await expectPage(page.getByLabel('New password')).toBeVisible()
  })

  test('[S10] changes its password, which ends its other sessions and not this one', async () => {
    const [here, elsewhere] = [await visit.newPage(), await visit.newPage()]
    await signIn(visit, elsewhere, ACCOUNTS.analyst)
    await signIn(visit, here, ACCOUNTS.analyst)
    await here.goto('/account/password')
    await here.getByLabel('Current password').fill(visit.password)
    await here.getByLabel('New password').fill(NEW_PASSWORD)
    await here.getByRole('button', { name: 'Change password' }).click()
    await expectPage(here.getByText('Your password has been changed')).toBeVisible()
    await elsewhere.goto('/account')
    await expectPage(elsewhere).toHaveURL(/\/sign-in$/)
    await here.goto('/account/password')
    await here.getByLabel('Current password').fill(NEW_PASSWORD)
    await here.getByLabel('New password').fill(visit.password)
    await here.getByRole('button', { name: 'Change password' }).click()
    await expectPage(here.getByText('Your password has been changed')).toBeVisible()
  })

  test('adds a passkey, signs in with it and proves itself once more, and removes it', async () => {
    const page = await visit.newPage()
    // Browsers make no passkey for an address of numbers.
    const named = visit.origin.replace('127.0.0.1', 'localhost')
    const devices = await page.context().newCDPSession(page)
    await devices.send('WebAuthn.enable')
    await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true },
        ...{ hasUserVerification: true, isUserVerified: true },
      },
    })
    await letTimePass(visit)
    await page.goto(`${named}/sign-in`)
    await page.getByLabel('Email address').fill(ACCOUNTS.secondAdministrator)
    await page.getByLabel('Password', { exact: true }).fill(visit.password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await giveFreshCode(page)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expectPage(page.getByRole('link', { name: 'Your account' })).toBeVisible()

    await openFresh(visit, page, `${named}/account/passkeys/new`)
    await giveFreshCode(page)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('This computer').check()
    await page.getByRole('button', { name: 'Make the passkey' }).click()
    await expectPage(page.getByText('Your passkey was added.')).toBeVisible()
    const listed = page.getByRole('table', { name: 'Your passkeys' })
    await expectPage(listed).toContainText('This computer')
    await expectPage(listed).toContainText('Never')

    // In place of the code, after the password.
    await page.goto(`${named}/sign-out`)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Email address').fill(ACCOUNTS.secondAdministrator)
    await page.getByLabel('Password', { exact: true }).fill(visit.password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await expectPage(page.getByRole('link', { name: 'Your account' })).toBeVisible()

    // And before an act that takes a fresh one: here, removing it.
    await page.goto(`${named}/account/passkeys`)
    await expectPage(listed).not.toContainText('Never')
    await page.getByRole('link', { name: 'Remove This computer' }).click()
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await expectPage(page.getByText('The passkey was removed.')).toBeVisible()
    await expectPage(listed).toHaveCount(0)
  })

  test('[S9] loses its second factor only when two administrators agree', async () => {
    const { rows } = await visit.owner.query<{ code_seed: Buffer }>(
      'select code_seed from portal_user where email = $1',
      [ACCOUNTS.otherProvider],
    )
    const [first, second] = [await visit.newPage(), await visit.newPage()]
    await signIn(visit, first, ACCOUNTS.administrator)
    await signIn(visit, second, ACCOUNTS.secondAdministrator)
    await first.goto('/users')
    await first.getByRole('link', { name: 'Peter Provider' }).click()
    await letTimePass(visit)
    await first.getByRole('button', { name: 'Ask for a reset' }).click()
    await first.getByLabel('They lost their authenticator app').check()
    await giveFreshCode(first)
    await first.getByRole('button', { name: 'Ask another administrator' }).click()
    await first.waitForURL(/\/approvals\/AP-/)
    await expectPage(first.getByText('Somebody else must approve it.')).toBeVisible()
    await expectPage(first.getByRole('button', { name: 'Approve' })).toHaveCount(0)

    // Told by mail, where the link leads to the same page.
    const { pathname } = new URL(first.url())
    const told = await mailTo(ACCOUNTS.secondAdministrator, 'waits for a second person', pathname)
    expect(told).toContain('authenticator')
    await second.goto('/')
    await second.getByRole('link', { name: 'Requests that need a second person' }).click()
    const waiting = second.getByRole('table', { name: 'For you to approve or refuse' })
    await expectPage(waiting).toContainText('Reset of an authenticator app: Peter Provider')
    await letTimePass(visit)
    await waiting.getByRole('link', { name: /^AP-/ }).click()
    await giveFreshCode(second)
    await second.getByRole('button', { name: 'Approve' }).click()
    await expectPage(second.getByText('The request is approved.')).toBeVisible()

    await openFresh(visit, first, first.url())
    await giveFreshCode(first)
    await first.getByRole('button', { name: 'Reset the authenticator app' }).click()
    await expectPage(first.getByText('The authenticator app is reset.')).toBeVisible()
    const page = await visit.newPage()
    await letTimePass(visit)
    await givePassword(page, ACCOUNTS.otherProvider, visit.password)
    await expectPage(
      page.getByRole('heading', { name: 'Set up your authenticator app' }),
    ).toBeVisible()
    // As it was, for the tests that come after.
    await visit.owner.query('update portal_user set code_seed = $2 where email = $1', [
      ACCOUNTS.otherProvider,
      rows[0]?.code_seed,
    ])
  })
})
