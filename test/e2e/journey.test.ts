import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
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

  test(
    'takes a clean workbook to the figures once, is told by mail, and finds the result on going back',
    { timeout: 180_000 },
    async () => {
      const page = await visit.newPage()
      await signIn(visit, page, ACCOUNTS.otherProvider)
      await upload(page, PLACE.food, visit.files['family-nutrition'] ?? '')
      await expectPage(
        page.getByRole('definition').filter({ hasText: 'Excel workbook' }),
      ).toBeVisible()
      await expectAccessible(page)
      await confirmReading(page)
      await matchAll(page)
      await giveMeanings(page)
      await awaitCheck(page)
      await confirmAll(page)
      await expectAccessible(page)
      await goToAnswers(page)
      await expectAccessible(page)
      const answers = page.url()
      const other = await page.context().newPage()
      await other.goto(answers)
      await page.getByRole('button', { name: 'Submit' }).click()
      await expectPage(problem(page).getByText('Tick the box')).toBeVisible()
      for (const tab of [page, other]) await submit(tab)
      await awaitResult(page)
      const reference = /SU-[^/?]+/.exec(page.url())?.[0] ?? ''
      await page.goto(answers)
      await expectPage(page).toHaveURL(/\/result/)
      const { rows } = await visit.owner.query(
        `select from audit_event where event = 'submission.accepted' and subject = $1`,
        [reference],
      )
      expect(rows).toHaveLength(1)
      const text = await mailAbout(reference)
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

  test.each([true, false])(
    'is told on the upload page why a file cannot be used, JavaScript %s',
    { timeout: 120_000 },
    async (javaScript) => {
      const page = await visit.newPage({ javaScript })
      await signIn(visit, page, ACCOUNTS.provider)
      await upload(page, PLACE.nature, { name: 'clients.csv', text: 'Ref,Ref\r\n1,2\r\n' })
      const summary = problem(page)
      await expectPage(summary).toContainText('Two columns have the same heading: A and B')
      await summary.getByRole('link').click()
      await expectPage(page.getByLabel('Your file')).toBeFocused()
      if (javaScript) await expectAccessible(page)
      await page.goto(`${PLACE.nature}/upload`)
      await page.getByRole('button', { name: 'Upload' }).click()
      await expectPage(problem(page)).toContainText('Choose a file to upload')
    },
  )

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
    },
  )
})
