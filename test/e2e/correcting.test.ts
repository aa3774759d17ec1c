import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './setup/accessibility.ts'
import {
  awaitCheck,
  confirmReading,
  giveMeanings,
  matchAll,
  upload,
} from './setup/provider-steps.ts'
import {
  ACCOUNTS,
  expectPage,
  noBrowser,
  openVisit,
  signIn,
  signInByHand,
  type Visit,
} from './setup/visitor.ts'

/**
 * Fifteen people; the third row has no reference, the fifth an impossible birth date; the seventh
 * may be called something of their own.
 */
function file(prefix: string, seventh = 'Amgra'): { name: string; text: string } {
  const rows = Array.from({ length: 15 }, (_, at) => {
    const reference = at === 2 ? '' : `${prefix}${String(at + 1)}`
    const birth =
      at === 4 ? '31/02/2021' : `${String(((at * 7) % 15) + 1).padStart(2, '0')}/03/2021`
    const letter = String.fromCharCode(97 + at)
    const first = at === 6 ? seventh : `Am${letter}ra`
    return `${reference},${first},Ok${letter}for,${birth},n/a,${String((at % 4) + 1)}`
  })
  const header = 'Client ID,First name,Surname,Date of birth,Gender,Sessions'
  return { name: 'rows.csv', text: [header, ...rows, ''].join('\n') }
}

/** Sends a file and waits for what is found in it. */
async function sent(page: Page, place: string, prefix: string, seventh?: string): Promise<void> {
  await upload(page, place, file(prefix, seventh))
  await confirmReading(page)
  await matchAll(page)
  await giveMeanings(page)
  await awaitCheck(page)
}

describe.skipIf(noBrowser)('who corrects a file in the browser', () => {
  let visit: Visit
  beforeAll(async () => {
    visit = await openVisit()
  })
  afterAll(() => visit.close())

  test('sees values of a column that is asked about', { timeout: 180_000 }, async () => {
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.provider)
    const { name, text } = file('VC')
    const births = text.replaceAll(/[0-9]{2}\/(?:02|03)\/2021/g, '01/01/2021')
    await upload(page, '/send/dv-groups/2023-Q1', { name, text: births })
    await confirmReading(page)
    await matchAll(page)
    await giveMeanings(page)
    await awaitCheck(page)
    await expectPage(page.getByText('01/01/2021')).toHaveCount(0)
    await page.getByRole('link', { name: 'Show values of this column' }).click()
    await expectPage(page.getByText('01/01/2021')).toBeVisible()
    await expectAccessible(page)
    await page.reload()
    await page.goto(page.url().replace(/[?].*/, ''))
    await expectPage(page.getByText('01/01/2021')).toHaveCount(0)
  })

  test(
    'does it with the keyboard alone, and is told what is left',
    { timeout: 180_000 },
    async () => {
      const page = await visit.newPage()
      await signIn(visit, page, ACCOUNTS.provider)
      await sent(page, '/send/dv-groups/2023-Q2', 'KB')
      await page.getByRole('link', { name: 'Correct the rows here' }).click()
      const grid = page.getByRole('grid', { name: 'Cells of your file' })
      await expectPage(grid).toBeVisible()
      await expectPage(grid).toHaveAttribute('aria-rowcount', '3')
      await expectAccessible(page)
      await page.setViewportSize({ width: 1280, height: 900 })

      // One stop of the Tab key: the first cell, which has no reference.
      const cell = (index: number, column: number): ReturnType<Page['locator']> =>
        page.locator(`#cell-${String(index)}-${String(column)}`)
      await page.getByRole('button', { name: 'Take all back' }).focus()
      await page.keyboard.press('Tab')
      await expectPage(cell(0, 0)).toBeFocused()
      await expectPage(cell(0, 0)).toHaveAttribute('aria-invalid', 'true')
      const told = page.getByRole('region', { name: 'The cell you are at' })
      await expectPage(told).toContainText('Row 4, Client ID')
      await expectPage(told).toContainText('There is no client reference.')
      await page.getByRole('button', { name: 'Next finding' }).click()
      await expectPage(cell(1, 3)).toBeFocused()
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Home')
      await expectPage(cell(0, 0)).toBeFocused()

      // Enter begins, Escape leaves it as it was, typing begins anew.
      await page.keyboard.press('Enter')
      await page.keyboard.type('wrong')
      await page.keyboard.press('Escape')
      await expectPage(cell(0, 0)).toBeFocused()
      await page.keyboard.type('KB3')
      await page.keyboard.press('Enter')
      await expectPage(page.getByText('Saved. Row 4: nothing is left to fix.')).toBeAttached()
      await expectPage(cell(0, 0)).toContainText('KB3')
      await expectPage(cell(1, 0)).toBeFocused()

      // After the file's own columns what is found in the row is said in words.
      await page.keyboard.press('End')
      await expectPage(cell(1, 6)).toBeFocused()
      await expectPage(cell(1, 6)).toContainText('Date of birth: ')
      await expectPage(told).toContainText('Row 6, what we found')
      await page.keyboard.press('Delete')
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('ArrowLeft')
      await expectPage(cell(1, 3)).toBeFocused()
      await expectPage(page.getByText('Row 6, Date of birth: 1 finding')).toBeAttached()
      await expectPage(cell(1, 3)).toHaveAccessibleDescription(
        /There is no such day as this date of birth[.] ./,
      )
      await page.keyboard.press('F2')
      await page.keyboard.press('ControlOrMeta+A')
      await page.keyboard.type('28/02/2021')
      await page.keyboard.press('Tab')
      await expectPage(page.getByText('Saved. Row 6: nothing is left to fix.')).toBeAttached()

      await page.keyboard.press('ControlOrMeta+Z')
      await expectPage(cell(1, 3)).toContainText('31/02/2021')
      await page.keyboard.press('ControlOrMeta+Y')
      await expectPage(cell(1, 3)).toContainText('28/02/2021')
      await expectPage(page.getByRole('status').first()).toContainText('2 cells are corrected')

      // Left alone, the file is checked with what was corrected.
      await expectPage(page.getByText('The file was checked with them.')).toBeVisible({
        timeout: 60_000,
      })
      await page.getByRole('link', { name: 'Back to all findings' }).click()
      await expectPage(page.getByText('2 cells were corrected by you and checked.')).toBeVisible()
      await expectPage(page.getByText('rows must be fixed')).toHaveCount(0)
    },
  )

  test(
    '[S11] replaces in a column, pastes from a spreadsheet and keeps what could not be sent',
    { timeout: 180_000 },
    async () => {
      const page = await visit.newPage()
      await signIn(visit, page, ACCOUNTS.provider)
      await sent(page, '/send/dv-groups/2023-Q3', 'PS')
      await page.getByRole('link', { name: 'Correct the rows here' }).click()
      await page.getByRole('link', { name: /^All 15 rows/ }).click()
      const grid = page.getByRole('grid', { name: 'Cells of your file' })
      await expectPage(grid).toHaveAttribute('aria-rowcount', '16')

      await page.getByRole('button', { name: 'Find and replace' }).click()
      await page.getByLabel('Column').selectOption('Gender')
      await page.getByLabel('Find', { exact: true }).fill('n/a')
      await page.getByLabel('Replace with').fill('F')
      await page.getByRole('button', { name: 'Replace in the whole column' }).click()
      await expectPage(page.getByText('Replaced in 15 cells.')).toBeAttached()
      await page.getByRole('button', { name: 'Close' }).click()

      const first = page.locator('#cell-0-1')
      await first.click()
      await first.evaluate((element) => {
        const data = new DataTransfer()
        data.setData('text/plain', 'Ann\tAbara\r\nBen\tBello\r\n')
        element.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        )
      })
      await expectPage(page.locator('#cell-1-2')).toContainText('Bello')
      await expectPage(page.getByRole('status').first()).toContainText('19 cells are corrected')

      // Fill down: the first of what is chosen goes into the others.
      await page.locator('#cell-0-5').click()
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('ControlOrMeta+D')
      await expectPage(page.locator('#cell-2-5')).toContainText('1')

      await page.context().setOffline(true)
      // As a screen reader goes to a cell, without a key or a press of the grid's own.
      await page.locator('#cell-3-1').focus()
      await page.keyboard.type('Dora')
      await page.keyboard.press('Enter')
      await expectPage(page.getByText('Not saved yet: the connection was lost.')).toBeVisible()
      await expectPage(page.locator('#cell-3-1')).toContainText('Dora')
      await page.context().setOffline(false)
      await expectPage(page.getByText('Not saved yet')).toHaveCount(0)
      await page.reload()
      await expectPage(page.locator('#cell-3-1')).toContainText('Dora')

      // The session ends under an edit: it waits for who signs in again, and is saved by itself.
      await visit.owner.query(`update portal_session set seen_at = seen_at - interval '31 minutes'`)
      await page.locator('#cell-4-1').click()
      await page.keyboard.type('Ewa')
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog')
      await expectPage(dialog).toContainText('You have been signed out')
      const again = await page.context().newPage()
      await signInByHand(visit, again, ACCOUNTS.provider)
      await again.close()
      await expectPage(dialog).toBeHidden()
      await expectPage(page.getByText(/^Saved[.] Row 6/)).toBeAttached()
      await page.reload()
      await expectPage(page.locator('#cell-4-1')).toContainText('Ewa')

      // Another tab: what it changed is not written over, and what it left alone is saved.
      const other = await page.context().newPage()
      await other.goto(page.url())
      await other.locator('#cell-5-1').click()
      await other.keyboard.type('Theirs')
      await other.keyboard.press('Enter')
      await expectPage(other.getByText(/^Saved[.] Row 7/)).toBeAttached()
      await page.bringToFront()
      await page.locator('#cell-5-1').click()
      await page.keyboard.type('Mine')
      await page.keyboard.press('Enter')
      const conflict = page.getByRole('alert').filter({ hasText: 'changed in another tab' })
      await expectPage(conflict).toBeVisible()
      await expectPage(page.locator('#cell-5-1')).toContainText('Theirs')
      await other.locator('#cell-7-1').click()
      await other.keyboard.type('Effie')
      await other.keyboard.press('Enter')
      await expectPage(other.getByText(/^Saved[.] Row 9/)).toBeAttached()
      await page.locator('#cell-6-1').click()
      await page.keyboard.type('Gus')
      await page.keyboard.press('Enter')
      await expectPage(conflict).toHaveCount(0)
      await expectPage(page.locator('#cell-7-1')).toContainText('Effie')
      await expectPage(page.getByText(/^Saved[.] Row 8/)).toBeAttached()
      await page.reload()
      await expectPage(page.locator('#cell-6-1')).toContainText('Gus')

      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Download your file as it is corrected: CSV' }).click()
      expect((await download).suggestedFilename()).toBe('dv-groups-2023-Q3-corrected.csv')
    },
  )

  test('does it without JavaScript on a page for each row', { timeout: 180_000 }, async () => {
    const page = await visit.newPage({ javaScript: false })
    await signIn(visit, page, ACCOUNTS.provider)
    await sent(page, '/send/dv-groups/2023-Q4', 'NJ', 'Null')
    // What is to be confirmed leads to its rows as well.
    await page.getByRole('link', { name: /^Look at them and correct them here/ }).click()
    await page.getByRole('link', { name: 'Correct row 8' }).click()
    await page.getByRole('link', { name: /^First name: / }).click()
    await expectPage(page).toHaveURL(/\/check\/correct\/7#cell-1$/)
    await expectPage(page.getByLabel('First name')).toHaveValue('Null')
    await page.getByRole('link', { name: 'Back to all rows' }).click()
    await page.getByRole('link', { name: 'Back to all findings' }).click()
    await page.getByRole('link', { name: 'Correct the rows here' }).click()
    await page.getByRole('link', { name: 'Correct row 4' }).click()
    await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Row 4')
    await page.getByLabel('Client ID').fill('NJ3')
    await page.getByRole('button', { name: 'Save and go to the next row' }).click()
    await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Row 6')
    const found = 'Date of birth: There is no such day as this date of birth'
    await expectPage(page.getByRole('link', { name: found })).toBeVisible()
    await page.getByLabel('Date of birth').fill('31/04/2021')
    await page.getByRole('button', { name: 'Save' }).click()
    // Still wrong: it stays, with what the file says beside it.
    await expectPage(page.getByText('In your file: 31/02/2021')).toBeVisible()
    await page.getByLabel('Date of birth').fill('28/02/2021')
    await page.getByRole('button', { name: 'Save' }).click()
    // The next row with something to say follows by itself.
    await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Row 8')
    await page.getByRole('link', { name: 'Back to all rows' }).click()
    await expectPage(page.getByText('2 cells are corrected.')).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expectPage(page.getByRole('button', { name: 'Redo' })).toBeVisible()
    await page.getByRole('button', { name: 'Redo' }).click()
    await page.getByRole('button', { name: 'Check the file again' }).click()
    await awaitCheck(page)
    await expectPage(page.getByText('2 cells were corrected by you and checked.')).toBeVisible()
  })
})
