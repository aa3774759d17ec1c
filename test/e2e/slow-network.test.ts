import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  awaitCheck,
  awaitResult,
  confirmAll,
  confirmReading,
  goToAnswers,
  problem,
} from './setup/provider-steps.ts'
import { openSlowRoad, type SlowRoad } from './setup/slow-road.ts'
import { ACCOUNTS, expectPage, noBrowser, openVisit, signIn, type Visit } from './setup/visitor.ts'

const PLACE = '/send/natural-thinkers/2024-Q2'
const ROWS = 6_000

/** Some 250 kB. */
const FILE = `Client ID,First name,Surname,Date of birth,Sessions\r\n${Array.from(
  { length: ROWS },
  (_, row) =>
    `S${String(row)},Ann,Abara${'abcdefgh'.charAt(row % 8)},0${String(((row * 4) % 9) + 1)}/02/2021,2\r\n`,
).join('')}`

describe.skipIf(noBrowser)('on a slow network that breaks off', () => {
  let visit: Visit
  let road: SlowRoad
  beforeAll(async () => {
    visit = await openVisit()
    road = await openSlowRoad()
  })
  afterAll(async () => {
    await visit.close()
    await road.close()
  })

  test(
    '[S10] a file is sent once, nothing that was filled in is lost, and it is said what to do',
    { timeout: 90_000 },
    async () => {
      const page = await visit.newPage({ proxy: road.server })
      await signIn(visit, page, ACCOUNTS.provider)
      await page.goto(`${PLACE}/upload`)
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 's.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) })

      // Pressed again while it goes, then cut off in the middle.
      road.slow(400, 50_000)
      const told = await listenToStatus(page)
      const button = page.getByRole('button', { name: 'Upload' })
      await button.press('Enter')
      await expectPage(page.getByRole('status')).toContainText('uploaded', { ignoreCase: true })
      await page.keyboard.press('Enter')
      await expect.poll(() => posts(road, '/file')).toBe(1)
      road.cut()
      await expectPage(problem(page)).toContainText(
        'The upload stopped before the whole file had arrived.',
      )
      await expectPage(problem(page)).toBeFocused()
      expect(await submissions()).toBe(0)
      expect(await told()).toContain('Uploading…')
      for (const words of await told()) {
        expect(words).toMatch(
          /^(Uploading…|(25|50|75)% uploaded|100% uploaded[.] Reading your file…)$/,
        )
      }

      // A load balancer without a portal behind it answers: that is said, and the file stays
      // chosen.
      road.fix()
      road.slow(0, Infinity)
      road.losePortal()
      await button.press('Enter')
      await expectPage(problem(page)).toContainText('The service did not answer')
      expect(await submissions()).toBe(0)

      // The file is still chosen: once the portal is back, the button is all it takes.
      road.fix()
      road.slow(400, Infinity)
      await button.press('Enter')
      await page.waitForURL(/\/read/)

      // A step whose connection is lost keeps what was answered.
      await confirmReading(page)
      await page
        .getByLabel('Sessions', { exact: true })
        .selectOption({ label: 'Do not use this column' })
      road.cut()
      await page.getByRole('button', { name: 'Continue' }).click()
      await expectPage(problem(page)).toContainText('The connection was lost')
      await expectPage(problem(page)).toBeFocused()
      await expectPage(page.getByLabel('Sessions', { exact: true })).toHaveValue('none')
      road.fix()

      // So does one that a load balancer answers in place of the portal.
      road.losePortal()
      await page.getByRole('button', { name: 'Continue' }).click()
      await expectPage(problem(page)).toContainText('The service did not answer')
      await expectPage(problem(page)).toBeFocused()
      await expectPage(page.getByLabel('Sessions', { exact: true })).toHaveValue('none')
      road.fix()
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.waitForURL(/\/check/)
      await awaitCheck(page)
      await confirmAll(page)
      await goToAnswers(page)
      await page.getByLabel('The file is right as far as I know').check()
      await submitTwice(page)
      await awaitResult(page)
      expect(await submissions()).toBe(1)

      // The same file again: nothing happens, and that is said.
      road.slow(0, Infinity)
      await page.goto(`${PLACE}/upload`)
      await page.locator('input[type=file]').setInputFiles({
        name: 'again.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(FILE),
      })
      await page.getByRole('button', { name: 'Upload' }).click()
      await expectPage(page.getByRole('region', { name: 'The same file' })).toContainText(
        'You sent exactly this file before. It is in the figures.',
      )
      expect(await submissions()).toBe(1)
    },
  )

  /** What is held or in the figures for the place. */
  async function submissions(): Promise<number> {
    const { rows } = await visit.owner.query<{ count: number }>(
      `select count(*)::int as count from submission
        where service_code = 'natural-thinkers' and quarter = '2024-Q2' and state not in ('withdrawn', 'rejected')`,
    )
    return rows[0]?.count ?? 0
  }
})

/** Answers every text that the page's live region has had since, each once. */
async function listenToStatus(page: Page): Promise<() => Promise<string[]>> {
  const told = await page.getByRole('status').evaluateHandle((region) => {
    const texts = new Set<string>()
    new MutationObserver(() => {
      if (region.textContent !== '') texts.add(region.textContent)
    }).observe(region, { childList: true, characterData: true, subtree: true })
    return texts
  })
  return () => told.evaluate((texts) => [...texts])
}

function posts(road: SlowRoad, ending: string): number {
  return road.posted.filter((path) => path.endsWith(ending)).length
}

async function submitTwice(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Submit' })
  await button.press('Enter')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/(progress|result)/)
}
