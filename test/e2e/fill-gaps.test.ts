import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectAccessible } from './setup/accessibility.ts'
import { problem, upload } from './setup/provider-steps.ts'
import { ACCOUNTS, expectPage, noBrowser, openVisit, signIn, type Visit } from './setup/visitor.ts'

const PLACE = '/send/natural-thinkers/2024-Q3'
const FILE = [
  'Client ID,First name,Surname,DOB,Centre,Postcode,Old NHS,NHS number,Sessions attended',
  'F1,Ada,Lane,01/02/2019,Library,,9990000018,,2',
  'F2,Bea,Moss,03/04/2020,Hall,,,9990000026,3',
  'F3,Cara,Nye,05/06/2021,,SW9 8AC,,,1',
].join('\n')

describe.skipIf(noBrowser)('a file with gaps', () => {
  let visit: Visit
  beforeAll(async () => {
    visit = await openVisit()
  })
  afterAll(() => visit.close())
  beforeEach(() => visit.forgetFiles())

  test.each([true, false])(
    'is filled by rules that are added, ordered and taken out, JavaScript %s',
    { timeout: 180_000 },
    async (javaScript) => {
      const page = await visit.newPage({ javaScript })
      await signIn(visit, page, ACCOUNTS.provider)
      await upload(page, PLACE, { name: 'gaps.csv', text: FILE })
      await page.getByRole('button', { name: 'This is right' }).click()
      await page.waitForURL(/\/match/)
      await page.getByRole('link', { name: 'Fill gaps in your file' }).click()
      await page.getByLabel('Look up words of another column').check()
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByLabel('Which column is it taken from?').selectOption('Centre')
      await page.getByLabel('Which column does it fill?').selectOption('Postcode')
      await page.getByRole('button', { name: 'Add the rule' }).click()
      await expectPage(problem(page).getByText('Type a line for each word')).toBeVisible()
      await expectPage(page.getByLabel('Which column does it fill?')).toHaveValue('Postcode')
      if (javaScript) await expectAccessible(page)
      await page.getByLabel('Words').fill('Library = SW9 8AA\nHall = SW9 8AB')
      await page.getByRole('button', { name: 'Add the rule' }).click()
      const rules = page.getByRole('table', { name: '1 rule, with what each did in this file' })
      await expectPage(rules.getByRole('cell')).toContainText(['3', '2', '0', '0', 'Remove'])

      await page.getByLabel('Take it from another column').check()
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByLabel('Which column is it taken from?').selectOption('Old NHS')
      await page.getByLabel('Which column does it fill?').selectOption('NHS number')
      await page.getByRole('button', { name: 'Add the rule' }).click()
      const both = page.getByRole('table', { name: '2 rules, with what each did in this file' })
      await expectPage(both.getByRole('rowheader').first()).toContainText(
        '1. Look up what “Centre”',
      )
      if (javaScript) await expectAccessible(page)
      await page.getByRole('button', { name: 'Move up rule 2' }).click()
      await expectPage(both.getByRole('rowheader').first()).toContainText('1. Take what “Old NHS”')

      await page.getByLabel('Put in the same words').check()
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByLabel('What is put in?').fill('See notes')
      await page.getByLabel('Which column does it fill?').selectOption('NHS number')
      await page.getByRole('button', { name: 'Add the rule' }).click()
      await expectPage(problem(page)).toContainText('NHS number cannot come from a rule')
      await page.getByRole('link', { name: 'Back', exact: true }).click()

      await page.getByRole('button', { name: 'Remove rule 1' }).click()
      await expectPage(rules.getByRole('rowheader')).toHaveCount(1)
      await page.getByRole('link', { name: 'Go on: match your columns' }).click()
      await expectPage(
        page.getByText('1 rule fills gaps before the columns are matched'),
      ).toBeVisible()
      expect(new URL(page.url()).pathname).toMatch(/\/match$/)
    },
  )
})
