import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { expectAccessible } from './setup/accessibility.ts'
import {
  awaitCheck,
  awaitResult,
  confirmAll,
  confirmReading,
  giveMeanings,
  goToAnswers,
  matchAll,
  problem,
  submit,
  upload,
} from './setup/provider-steps.ts'
import { ACCOUNTS, expectPage, noBrowser, openVisit, signIn, type Visit } from './setup/visitor.ts'

const PLACE = { nature: '/send/natural-thinkers/2024-Q3', food: '/send/family-nutrition/2024-Q3' }

describe.skipIf(noBrowser)('a provider', () => {
  let visit: Visit
  beforeAll(async () => {
    visit = await openVisit()
  })
  afterAll(() => visit.close())
  // Each test begins where nothing was sent.
  beforeEach(() => visit.forgetFiles())

  test.runIf(process.platform === 'linux')(
    '[S72] is served by a process that is not told where the workers’ keys are',
    async () => {
      const { dataDir, env } = inject('portal')
      const told: string[] = []
      for (const pid of (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name))) {
        const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
        if (!command.includes('portal-process.ts')) continue
        const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
        if (environment.includes(`COUNTONCE_DATA=${dataDir}\0`)) told.push(environment)
      }
      expect(told).toHaveLength(1)
      expect(told[0]).not.toContain(env['KEYS'])
      // Nor are they where it would look of itself.
      expect(await readdir(join(dataDir, 'keys'))).toEqual(['portal'])
    },
  )

  test.each([true, false])(
    'fixes a file with mistakes or leaves rows out, and sees it in the figures, JavaScript %s',
    { timeout: 180_000 },
    async (javaScript) => {
      const page = await visit.newPage({ javaScript })
      await signIn(visit, page, ACCOUNTS.provider)
      if (javaScript) await expectAccessible(page)
      await page.goto(PLACE.nature)
      if (javaScript) await expectAccessible(page)
      await upload(page, PLACE.nature, visit.files['natural-thinkers'] ?? '')
      await expectPage(page.getByRole('heading', { name: 'What we read' })).toBeVisible()
      await expectPage(
        page.getByRole('definition').filter({ hasText: 'Windows-1252' }),
      ).toBeVisible()
      if (javaScript) await expectAccessible(page)
      await confirmReading(page)
      if (javaScript) await expectAccessible(page)
      await matchAll(page)
      await awaitCheck(page)
      await expectPage(page.getByRole('heading', { name: '4 rows must be fixed' })).toBeVisible()
      if (javaScript) await expectAccessible(page)
      await page.getByRole('link', { name: /^2\s+rows: One client reference is on/ }).click()
      await expectPage(
        page.getByRole('list', { name: 'Row numbers' }).getByRole('listitem'),
      ).toHaveCount(2)
      if (javaScript) await expectAccessible(page)
      await page.getByRole('link', { name: 'Back to all findings' }).click()
      await page.getByRole('button', { name: 'Leave these 4 rows out' }).click()
      await expectPage(problem(page).getByText('Choose a reason')).toBeVisible()
      await page.getByLabel('Why are they left out?').selectOption('in-a-later-file')
      await page.getByRole('button', { name: 'Leave these 4 rows out' }).click()
      await expectPage(page.getByText('You leave these 4 rows out.')).toBeVisible()
      await confirmAll(page)
      await goToAnswers(page)
      await submit(page)
      await awaitResult(page)
      if (javaScript) await expectAccessible(page)
      await page.getByRole('link', { name: 'Withdraw it' }).click()
      await page.getByRole('button', { name: 'Withdraw this file' }).click()
      await expectPage(problem(page).getByText('Choose why you are withdrawing it')).toBeVisible()
      if (javaScript) await expectAccessible(page)
      await page.getByLabel('It is not the file that was meant.').check()
      await page.getByRole('button', { name: 'Withdraw this file' }).click()
      await expectPage(page.getByText('The file is being withdrawn')).toBeVisible()
    },
  )

  test.each([true, false])(
    'takes a clean workbook to the figures, and is told by mail, JavaScript %s',
    { timeout: 180_000 },
    async (javaScript) => {
      const page = await visit.newPage({ javaScript })
      await signIn(visit, page, ACCOUNTS.otherProvider)
      await upload(page, PLACE.food, visit.files['family-nutrition'] ?? '')
      await expectPage(
        page.getByRole('definition').filter({ hasText: 'Excel workbook' }),
      ).toBeVisible()
      if (javaScript) await expectAccessible(page)
      await confirmReading(page)
      await matchAll(page)
      await giveMeanings(page)
      await awaitCheck(page)
      await confirmAll(page)
      if (javaScript) await expectAccessible(page)
      await goToAnswers(page)
      if (javaScript) await expectAccessible(page)
      await page.getByRole('button', { name: 'Submit' }).click()
      await expectPage(problem(page).getByText('Tick the box')).toBeVisible()
      await page.getByLabel('The file is right as far as I know').check()
      await page.getByRole('button', { name: 'Submit' }).click()
      await awaitResult(page)
      const text = await mailAbout(/SU-[^/?]+/.exec(page.url())?.[0] ?? '')
      expect(text.match(/http/g)).toHaveLength(1)
    },
  )

  /** The mail that tells what became of a submission. */
  async function mailAbout(reference: string): Promise<string> {
    const folder = visit.mailDir
    let found: string | undefined
    await expect
      .poll(
        async () => {
          for (const name of await readdir(folder).catch(() => [])) {
            const text = await readFile(join(folder, name), 'utf8')
            if (text.includes(reference)) found = text
          }
          return found !== undefined
        },
        { timeout: 20_000, interval: 300 },
      )
      .toBe(true)
    return found ?? ''
  }

  test('says what words mean that no list knows', { timeout: 90_000 }, async () => {
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.provider)
    const text =
      'Client ID,First name,Surname,Date of birth,Gender\r\nC1,Ann,Abara,03/02/2021,Lass\r\n'
    await upload(page, '/send/natural-thinkers/2024-Q1', { name: 'words.csv', text })
    await confirmReading(page)
    // Two columns for one thing are seen while they are chosen.
    await expectPage(page.getByText('Of 5 columns 5 are used and 0 not.')).toBeVisible()
    await page.getByLabel('Surname').selectOption({ label: 'First name' })
    await expectPage(page.getByText('“Surname” has the same meaning')).toBeVisible()
    await page.getByLabel('Surname').selectOption({ label: 'Last name' })
    await expectPage(page.getByText('has the same meaning')).toHaveCount(0)
    await matchAll(page)
    await expectPage(page.getByRole('heading', { name: 'Match your values' })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expectPage(problem(page)).toContainText(/“.+”: Choose what the word means/)
    await page.getByLabel('“Lass”').selectOption({ label: 'Female' })
    await page.getByRole('button', { name: 'Continue' }).click()
    await awaitCheck(page)
  })

  test(
    'fixes the downloaded file and uploads it again, and its choices go on',
    { timeout: 120_000 },
    async () => {
      const page = await visit.newPage()
      await signIn(visit, page, ACCOUNTS.provider)
      await upload(page, PLACE.nature, visit.files['natural-thinkers'] ?? '')
      await confirmReading(page)
      await matchAll(page)
      await awaitCheck(page)
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download your file with a column of findings' }).click(),
      ])
      const report = await readFile(await download.path(), 'utf8')
      const fixed = report
        .split('\r\n')
        .filter((line) => !/no client reference|describe different people|no such day/.test(line))
        .join('\r\n')
      await upload(page, PLACE.nature, { name: 'fixed.csv', text: fixed })
      await confirmReading(page)
      await matchAll(page)
      await awaitCheck(page)
      await expectPage(page.getByRole('heading', { name: /must be fixed/ })).toHaveCount(0)
      await expectPage(page.getByRole('button', { name: 'Continue to your answers' })).toBeVisible()
    },
  )

  test.each([true, false])(
    'is told on the upload page why a file cannot be used, JavaScript %s',
    { timeout: 120_000 },
    async (javaScript) => {
      const page = await visit.newPage({ javaScript })
      await signIn(visit, page, ACCOUNTS.provider)
      for (const [text, told] of [
        ['Ref,Ref\r\n1,2\r\n', 'Two columns have the same heading: A and B'],
        ['Ref,Name\r\n1,"Ann\r\n2,Ben\r\n', 'is never closed'],
        ['Ref,Name\r\n1,Ann,7\r\n', 'Row 2 of the file has 3 cells'],
        ['<html><table></table></html>', 'This is a web page'],
        ['%PDF-1.7', 'This is a PDF document'],
      ] as const) {
        await upload(page, PLACE.nature, { name: 'clients.csv', text })
        const summary = problem(page)
        await expectPage(summary).toContainText(told)
        await summary.getByRole('link').click()
        await expectPage(page.getByLabel('Your file')).toBeFocused()
      }
      if (javaScript) await expectAccessible(page)
      await page.goto(`${PLACE.nature}/upload`)
      await page.getByRole('button', { name: 'Upload' }).click()
      await expectPage(problem(page)).toContainText('Choose a file to upload')
    },
  )

  test('is told when the connection is lost, and can try again', async () => {
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.provider)
    await page.route('**/file', (route) => route.abort('connectionreset'))
    await page.goto(`${PLACE.nature}/upload`)
    await page.locator('input[type=file]').setInputFiles(visit.files['natural-thinkers'] ?? '')
    await page.getByRole('button', { name: 'Upload' }).click()
    await expectPage(
      page.getByRole('alert').filter({ hasText: 'stopped before the whole file' }),
    ).toBeVisible()
    await page.unroute('**/file')
    await page.getByRole('button', { name: 'Upload' }).click()
    await page.waitForURL(/\/read/)
  })

  test(
    'in two tabs is told that the other went on, and nothing is lost',
    { timeout: 120_000 },
    async () => {
      const page = await visit.newPage()
      await signIn(visit, page, ACCOUNTS.provider)
      await upload(page, PLACE.nature, visit.files['natural-thinkers'] ?? '')
      const other = await page.context().newPage()
      await other.goto(page.url())
      await confirmReading(page)
      await other.getByRole('button', { name: 'This is right' }).click()
      await expectPage(
        other.getByRole('alert').filter({ hasText: 'Something changed' }),
      ).toBeVisible()
      await matchAll(page)
      await awaitCheck(page)
    },
  )

  test(
    'who goes back after submitting finds the result, and sends nothing twice',
    { timeout: 120_000 },
    async () => {
      const page = await visit.newPage()
      await signIn(visit, page, ACCOUNTS.otherProvider)
      await upload(page, PLACE.food, visit.files['family-nutrition'] ?? '')
      await confirmReading(page)
      await matchAll(page)
      await giveMeanings(page)
      await awaitCheck(page)
      await confirmAll(page)
      await goToAnswers(page)
      const other = await page.context().newPage()
      await other.goto(page.url())
      const answers = page.url()
      for (const tab of [page, other]) {
        await submit(tab)
      }
      await page.goto(answers)
      await expectPage(page).toHaveURL(/\/(progress|result)/)
      const { rows } = await visit.owner.query(
        `select from audit_event where event = 'submission.accepted' and subject = $1`,
        [/SU-[^/]+/.exec(answers)?.[0]],
      )
      expect(rows).toHaveLength(1)
    },
  )

  test.each([true, false])(
    'whose session is over in the middle signs in and is where they were, JavaScript %s',
    { timeout: 90_000 },
    async (javaScript) => {
      const page = await visit.newPage({ javaScript })
      await signIn(visit, page, ACCOUNTS.provider)
      await upload(page, PLACE.nature, visit.files['natural-thinkers'] ?? '')
      await confirmReading(page)
      const place = page.url()
      await visit.owner.query('delete from portal_session')
      await page.getByRole('button', { name: 'Continue' }).click()
      await expectPage(page.getByText('Your session has ended')).toBeVisible()
      // A script's page stays while they sign in beside it.
      await signInHere(javaScript ? await openBeside(page) : page)
      await expectPage(page.getByRole('dialog')).toBeHidden()
      await expectPage(page).toHaveURL(place)
    },
  )

  async function openBeside(page: Page): Promise<Page> {
    const opened = page.context().waitForEvent('page')
    await page.getByRole('button', { name: 'Sign in' }).click()
    return opened
  }

  async function signInHere(page: Page): Promise<void> {
    await visit.owner.query('update portal_user set code_step = 0')
    await page.getByLabel('Email address').fill(ACCOUNTS.provider)
    await page.getByLabel('Password', { exact: true }).fill(visit.password)
    await page.getByRole('button', { name: 'Continue' }).click()
    const banner = page.getByRole('region', { name: 'Demonstration' })
    await expectPage(banner).toBeVisible()
    await page
      .getByLabel('Enter the code in your authenticator app')
      .fill(/[0-9]{6}/.exec(await banner.innerText())?.[0] ?? '')
    await page.getByRole('button', { name: 'Sign in' }).click()
  }

  test('[S18] cannot slip a further field into a form', { timeout: 90_000 }, async () => {
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.provider)
    await upload(page, PLACE.nature, visit.files['natural-thinkers'] ?? '')
    await page.locator('form', { hasText: 'This is right' }).evaluate((form) => {
      const input = document.createElement('input')
      Object.assign(input, { type: 'hidden', name: 'state', value: 'linked' })
      form.append(input)
    })
    await page.getByRole('button', { name: 'This is right' }).click()
    await expectPage(
      page.getByRole('alert').filter({ hasText: 'There is a problem' }),
    ).toBeVisible()
    await expectPage(page).toHaveURL(/\/read/)
  })

  test(
    '[S19] who types the address of a later step is led to the one reached',
    { timeout: 90_000 },
    async () => {
      const page = await visit.newPage()
      await signIn(visit, page, ACCOUNTS.provider)
      await upload(page, PLACE.nature, visit.files['natural-thinkers'] ?? '')
      for (const step of [
        'match',
        'values',
        'check',
        'answers',
        'progress',
        'result',
        'withdraw',
      ]) {
        await page.goto(page.url().replace(/\/[a-z]+(\?.*)?$/, `/${step}`))
        await expectPage(page).toHaveURL(/\/read$/)
      }
    },
  )
})
