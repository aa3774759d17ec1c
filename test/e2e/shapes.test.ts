import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectAccessible } from './setup/accessibility.ts'
import {
  awaitCheck,
  awaitResult,
  confirmAll,
  giveMeanings,
  goToAnswers,
  matchAll,
  problem,
  submit,
  upload,
} from './setup/provider-steps.ts'
import { ACCOUNTS, expectPage, noBrowser, openVisit, signIn, type Visit } from './setup/visitor.ts'

const PLACE = '/send/natural-thinkers/2024-Q3'

describe.skipIf(noBrowser)('a charity with a sheet a month', () => {
  let visit: Visit
  beforeAll(async () => {
    visit = await openVisit()
  })
  afterAll(() => visit.close())
  beforeEach(() => visit.forgetFiles())

  // The second time the answers are remembered.
  test.each([true, false])(
    'takes its months together, and every child to the figures, JavaScript %s',
    { timeout: 180_000 },
    async (javaScript) => {
      const page = await visit.newPage({ javaScript })
      await signIn(visit, page, ACCOUNTS.provider)
      const text = await readFile(new URL('../files/ugly-A-monthly.xlsx', import.meta.url))
      await upload(page, PLACE, { name: 'monthly.xlsx', text })
      await page.getByRole('button', { name: 'This is right' }).click()
      await page.waitForURL(/\/shape/)
      await expectPage(page.getByRole('heading', { name: 'How the rows are kept' })).toBeVisible()
      const together = page.getByLabel('Read October 24, November 24, December 24 as one table')
      const filled = page.getByLabel('Fill these cells from the row above')
      if (javaScript) {
        await expectAccessible(page)
        await page.getByRole('button', { name: 'Continue' }).click()
        const unanswered = problem(page).getByText('Choose how to read the file')
        await expectPage(unanswered).toHaveCount(2)
        await expectAccessible(page)
        await together.check()
        await filled.check()
      } else {
        // As it was answered for the service's last file.
        await expectPage(together).toBeChecked()
        await expectPage(filled).toBeChecked()
      }
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.waitForURL(/\/match/)
      // From here on pages are those of every file.
      if (!javaScript) return
      await page.reload()
      await page.getByLabel('Where is the client reference?').selectOption('name-and-birth')
      await matchAll(page)
      await giveMeanings(page)
      await awaitCheck(page)
      await confirmAll(page)
      await goToAnswers(page)
      const prepared = page.locator('.govuk-summary-list__row', {
        hasText: 'Sheets read as one table',
      })
      await expectPage(prepared).toContainText('October 24, November 24, December 24')
      await submit(page)
      await awaitResult(page)
      const { rows } = await visit.owner.query<{ children: number; carers: number }>(
        `select count(*) filter (where role = 'child')::int as children,
                count(*) filter (where role = 'parent')::int as carers
         from record join submission s on s.id = submission_id where s.state = 'linked'`,
      )
      expect(rows).toEqual([{ children: 42, carers: 42 }])
    },
  )
})
