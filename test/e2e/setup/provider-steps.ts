import type { Locator, Page } from '@playwright/test'
import { expectPage, hasScript } from './visitor.ts'

/** The steps of a provider's way from a file to the figures, as a person takes them. */

/** How long a worker may take, on a busy machine, before something is wrong, in milliseconds. */
const PATIENCE = 60_000

/** A file made by a test. */
export interface OwnFile {
  readonly name: string
  readonly text: string | Buffer
}

/**
 * Chooses a file on the upload page and sends it; a file that cannot be used leads back to that
 * page.
 */
export async function upload(page: Page, place: string, file: string | OwnFile): Promise<void> {
  await page.goto(`${place}/upload`)
  const another = page.getByRole('link', { name: 'Upload another in its place' })
  if (await another.isVisible()) await another.click()
  await page
    .locator('input[type=file]')
    .setInputFiles(
      typeof file === 'string'
        ? file
        : { name: file.name, mimeType: 'text/csv', buffer: Buffer.from(file.text) },
    )
  await page.getByRole('button', { name: 'Upload' }).click()
  await page.waitForURL(/\/read|problem=/)
}

/** Says that the file was read as it was meant. */
export async function confirmReading(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'This is right' }).click()
  await page.waitForURL(/\/match/)
}

/** Answers what is asked about columns: what nothing is suggested for is not used. */
export async function matchAll(page: Page): Promise<void> {
  for (const select of await page.locator('select[name^=column-]').all()) {
    if ((await select.inputValue()) === '') await select.selectOption('none')
  }
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL(/\/(values|check)/)
}

/**
 * Reads every word that is asked for as blank; files whose words are all known are being checked
 * already.
 */
export async function giveMeanings(page: Page): Promise<void> {
  if (!page.url().includes('/values')) return
  for (const select of await page.locator('select[name^=word-]').all())
    await select.selectOption('blank')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL(/\/check/)
}

/** Waits for the findings. */
export function awaitCheck(page: Page): Promise<void> {
  return awaitShown(page, page.getByText(/^Rows (in the file|as read)$/))
}

/** Waits until the file is in the figures. */
export function awaitResult(page: Page): Promise<void> {
  return awaitShown(page, page.getByRole('heading', { name: 'In the figures' }))
}

/** Says of everything that is to be confirmed why it is right. */
export async function confirmAll(page: Page): Promise<void> {
  for (;;) {
    const open = page.locator('.govuk-summary-card', { hasText: 'To confirm' })
    const before = await open.count()
    if (before === 0) return
    await open.first().getByLabel('Why is this right?').selectOption('looked-and-right')
    await open.first().getByRole('button', { name: 'Confirm' }).click()
    await expectPage(open).toHaveCount(before - 1)
  }
}

/** Goes from the findings to the answers. */
export async function goToAnswers(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue to your answers' }).click()
  await page.waitForURL(/\/answers/)
}

/** Declares the file right and submits it. */
export async function submit(page: Page): Promise<void> {
  await page.getByLabel('The file is right as far as I know').check()
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.waitForURL(/\/(progress|result)/)
}

/** The summary of what is wrong. */
export function problem(page: Page): Locator {
  return page.getByRole('alert').filter({ hasText: 'There is a problem' })
}

/**
 * Waits for something that a worker has to do first. A page with script looks again by itself; one
 * without is asked to, by its link. A tab in the background is not drawn, and nothing can be
 * clicked in it: it is brought to the front.
 */
async function awaitShown(page: Page, wanted: Locator): Promise<void> {
  await page.bringToFront()
  if (hasScript(page)) {
    await expectPage(wanted).toBeVisible({ timeout: PATIENCE })
    return
  }
  const again = page.getByRole('link', { name: 'See how far it is' })
  await expectPage(async () => {
    if ((await wanted.count()) === 0) await again.click({ timeout: 2_000 })
    await expectPage(wanted).toBeVisible({ timeout: 1_000 })
  })
    .toPass({ timeout: PATIENCE })
    .catch(async (fault: unknown) => {
      const shown = await page.locator('body').innerText()
      throw new Error(`${page.url()} shows instead: ${shown}`, { cause: fault })
    })
}
