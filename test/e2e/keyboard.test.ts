import { afterAll, beforeAll, describe, test } from 'vitest'
import { expectFocus, press, skipToContent, tabTo } from './setup/keyboard.ts'
import {
  ACCOUNTS,
  expectPage,
  letTimePass,
  noBrowser,
  openVisit,
  shownCode,
  signIn,
  type Visit,
} from './setup/visitor.ts'

const FILE = `Client ID,First name,Surname,Date of birth,Sessions
K1,Ann,Abara,03/02/2021,2
K2,Ben,Bello,04/03/2021,1
,Cleo,Castle,05/04/2021,1
`

describe.skipIf(noBrowser)('who has a keyboard alone', () => {
  let visit: Visit
  beforeAll(async () => {
    visit = await openVisit()
  })
  afterAll(() => visit.close())

  test(
    'signs in, sends a file and knows at each step where it is',
    { timeout: 90_000 },
    async () => {
      const page = await visit.newPage()
      // Listened for early: the browser has to be told of it before the key is pressed.
      const chooser = page.waitForEvent('filechooser', { timeout: 60_000 })
      await letTimePass(visit)
      await page.goto('/sign-in')
      await skipToContent(page)
      await tabTo(page, 'Email address')
      await page.keyboard.type(ACCOUNTS.provider)
      await tabTo(page, 'Password')
      await page.keyboard.type(visit.password)
      await press(page, 'Continue', /code/)
      await tabTo(page, 'Enter the code in your authenticator app')
      await page.keyboard.type(await shownCode(page))
      await press(page, 'Sign in', /send/)
      await expectFocus(page, /^Your services$/)
      await press(page, 'April to June 2024, DV Groups', /\/upload$/)

      // Nothing chosen: the focus goes to what is wrong, and from there to the field.
      await press(page, 'Upload')
      await expectFocus(page, /^There is a problem/)
      await press(page, /^Choose a file to upload/)
      // GOV.UK's button for it, whose name begins with its label.
      await expectPage(page.getByRole('button', { name: /^Your file/ })).toBeFocused()
      await page.keyboard.press('Enter')
      await (
        await chooser
      ).setFiles({ name: 'k.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) })
      await press(page, 'Upload', /read/)
      await skipToContent(page)
      await press(page, /^This is right/, /match/)
      // The next page took the place of this one without being loaded: its heading is read out.
      await expectFocus(page, /^Match your columns$/)
      await press(page, 'Continue', /check/)

      // The page changes under who waits: what it came to has the focus, and Tab goes on from
      // there.
      await expectFocus(
        page,
        /^Your file was checked[.]\s*Rows in the file\s*3\s*Ready\s*2\s*To be fixed\s*1/,
      )
      await press(page, /^Leave this row out/)
      await expectFocus(page, /^There is a problem/)
      await tabTo(page, 'Why are they left out?')
      await page.keyboard.type('They will be put')
      await press(page, /^Leave this row out/)
      await expectPage(page.getByText('You leave this row out.')).toBeVisible()
      await tabTo(page, 'Continue to your answers')
      // It looks like a button, so that Space presses it too.
      await page.keyboard.press('Space')
      await page.waitForURL(/answers/)
      for (const box of await page.getByRole('checkbox').all()) {
        await tabTo(
          page,
          await box.evaluate((one: HTMLInputElement) => one.labels?.[0]?.innerText ?? ''),
        )
        await page.keyboard.press('Space')
        await expectPage(box).toBeChecked()
      }
      await press(page, 'Submit', /progress|result/)
      await expectFocus(page, /^In the figures/)
      await press(page, 'Withdraw it', /withdraw/)
      await tabTo(page, 'It is not the file that was meant.')
      await page.keyboard.press('Space')
      await press(page, 'Withdraw this file', /send/)
      await expectPage(page.getByRole('alert', { name: 'Done' })).toContainText(
        'The file is being withdrawn',
      )
    },
  )

  test('is led from what was asked for to what a worker made of it', async () => {
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.administrator)
    await page.goto('/programme/linkage')
    await page.getByLabel('Cautious').check()
    await press(page, 'Report what would change', /linkage\?report=/)
    await expectFocus(page, /^What would change$/)
    await expectPage(page.getByText('People who would join others')).toBeVisible({
      timeout: 60_000,
    })
    await expectFocus(page, /^What would change$/)
  })
})
