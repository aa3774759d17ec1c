import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { makeBackupKey, writeRecipient } from '#server/keys/backup-key.ts'
import { withdrawSubmission } from '#server/linkage/processing/withdraw-submission.ts'
import { child, csv } from '../server/intake/submissions/small-files.ts'
import { figures, holdings, take } from '../server/intake/submissions/small-programme.ts'
import { press, tabTo } from './setup/keyboard.ts'
import { openProgrammeFiles, type ProgrammeFiles } from './setup/programme-files.ts'
import { problem } from './setup/provider-steps.ts'
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

const CODE = 'Enter the code in your authenticator app'
/** How far behind access, the first of the radios, other kinds of request stand. */
const [CORRECTION, ERASURE] = [1, 2]

/** Requests of people, research and retention, by two officers who have a keyboard alone. */

describe.skipIf(noBrowser)('officers who have a keyboard alone', () => {
  let visit: Visit
  let files: ProgrammeFiles
  let first: Page
  let second: Page
  beforeAll(async () => {
    visit = await openVisit()
    files = await openProgrammeFiles(visit, inject('portal').databaseUrl)
    first = await visit.newPage()
    second = await visit.newPage()
    await signIn(visit, first, ACCOUNTS.officer)
    await signIn(visit, second, ACCOUNTS.secondOfficer)
  }, 120_000)
  afterAll(async () => {
    await files.close()
    await visit.close()
  })

  test(
    'write a request down, find the person, agree and print the letter',
    { timeout: 180_000 },
    async () => {
      const page = first
      await page.goto('/rights')
      await press(page, 'Write down a request', /rights\/new/)
      await press(page, 'Open the request')
      // Days are missed beside the rest, and not once that is put right.
      await expectPage(problem(page).getByRole('link')).toHaveCount(5)
      await choose(page, /^Access/)
      await choose(page, /^The person themselves/)
      await typeDay(page)
      await choose(page, /^A document with a photograph was seen/)
      await typeDay(page)
      await press(page, 'Open the request', /rights\/DR-/)
      await press(page, 'Look for the person', /find/)
      const { first_name, last_name, date_of_birth, postcode } = child(5)
      for (const [label, value = ''] of [
        ['First names', first_name],
        ['Last names', last_name],
        ['Dates of birth', date_of_birth],
        ['Postcodes', postcode],
      ] as const) {
        await type(page, label, value)
      }
      await press(page, 'Look for the person', /rights\/DR-[^/]*$/)
      await expectPage(page.getByText('Certainly theirs')).toBeVisible()
      await giveCode(page)
      await press(page, 'Ask a second officer')
      await expectPage(page.getByText('another officer has to approve it')).toBeVisible()

      const { pathname } = new URL(page.url())
      await second.goto(pathname)
      await giveCode(second)
      await press(second, 'Approve, and have it done')
      await second.goto(pathname)
      await expectPage
        .poll(
          async () => {
            await second.reload()
            return second.getByRole('link', { name: 'Make the letter' }).count()
          },
          { timeout: 60_000 },
        )
        .toBe(1)
      await press(second, 'Make the letter', /letter/)
      await expectPage(second.getByRole('heading', { level: 1 })).toContainText('holds about you')
      // On paper the letter is alone.
      await second.emulateMedia({ media: 'print' })
      await expectPage(second.getByText('Print this page')).toBeHidden()
      await second.setViewportSize({ width: 794, height: 1123 })
      const { width = 0 } = (await second.getByRole('article').boundingBox()) ?? {}
      expect(width).toBeGreaterThan(700)
      await second.emulateMedia({ media: null })
    },
  )

  test(
    '[S63] have somebody erased whom one of them refused at first, and the next file is without them',
    { timeout: 180_000 },
    async () => {
      const { store } = files
      const service = await serviceOf(files.submissions[1] ?? '')
      const who = child(150)
      const quarter = '2023-Q2'
      const sending = { service, quarter, choices: { confirm: true, replace: true } }
      const sent = await take(store, { ...sending, bytes: csv([who]) })
      const page = first
      await askAbout(page, ERASURE, who.nhs_number ?? '')

      const { pathname } = new URL(page.url())
      await second.goto(pathname)
      await press(second, 'Refuse it', /approvals/)
      await chooseAfter(second, /^It is not needed/, 2)
      await press(second, 'Refuse')
      await expectPage(second.getByText('Refused', { exact: true }).first()).toBeVisible()
      await giveCode(page)
      await expectPage(page.getByText('was refused on')).toContainText('Something in it is not')
      await press(page, 'Ask a second officer')
      await expectPage(page.getByText('another officer has to approve it')).toBeVisible()
      await second.goto(pathname)
      await giveCode(second)
      await press(second, 'Approve, and have it done')
      await expectPage
        .poll(
          async () => {
            await second.goto(pathname)
            return second.getByText('Deleted, and kept out of every later file (1 record)').count()
          },
          { timeout: 60_000 },
        )
        .toBe(1)
      const { rows } = await visit.owner.query(
        'select records, stopped from submission where reference = $1',
        [sent.submission.reference],
      )
      expect(rows).toEqual([{ records: 0, stopped: 1 }])
      const next = await take(store, { ...sending, bytes: csv([who, child(151)]) })
      expect(next.file?.stopped).toBe(1)
      await withdrawSubmission(store, next.submission.reference, 'operator')
    },
  )

  test(
    '[S64] have a service asked about a row that its person says is wrong, and the corrected file leaves no orphan',
    { timeout: 180_000 },
    async () => {
      const { store } = files
      const service = await serviceOf(files.submissions[1] ?? '')
      const who = child(152)
      const sending = { service, quarter: '2023-Q2', choices: { confirm: true, replace: true } }
      const sent = await take(store, { ...sending, bytes: csv([who]) })
      const page = first
      await askAbout(page, CORRECTION, who.nhs_number ?? '')
      const { pathname } = new URL(page.url())
      await second.goto(pathname)
      await giveCode(second)
      await press(second, 'Approve, and have it done')
      const asked = async (): Promise<unknown[]> => {
        const { rows } = await visit.owner.query<Record<string, unknown>>(
          `select q.asks, q.source_row from provider_question q
           join submission s on s.id = q.submission_id where s.reference = $1`,
          [sent.submission.reference],
        )
        return rows
      }
      await expect
        .poll(asked, { timeout: 60_000 })
        .toEqual([{ asks: 'person-says-wrong', source_row: 1 }])
      const { unique } = await figures(store)
      const corrected = { ...who, last_name: 'Corrected', date_of_birth: '2021-02-14' }
      const next = await take(store, { ...sending, bytes: csv([corrected]) })
      expect((await figures(store)).unique.people).toBe(unique.people)
      expect(await holdings(store)).toMatchObject({ strays: 0 })
      await withdrawSubmission(store, next.submission.reference, 'operator')
    },
  )

  test('have an extract made for a project', { timeout: 180_000 }, async () => {
    const page = first
    await page.goto('/research')
    await press(page, 'Write down a project', /research\/new/)
    await type(page, 'Title', 'Early speech')
    await type(page, 'What it is to find out', 'Who is reached when.')
    await type(page, 'Who works on it', 'Ro, a university')
    await type(page, 'Approvals', '2024-01-05 Ethics board')
    await choose(page, /./)
    await type(page, 'Where the data is worked on', 'A safe haven')
    await type(page, 'Public key of that environment', writeRecipient(makeBackupKey()))
    await typeDay(page, new Date().getUTCFullYear() + 1)
    await press(page, 'Write it down', /research\/RP-/)
    await letTimePass(visit)
    await page.reload()
    await choose(page, /^Everybody/)
    await type(page, 'From which quarter?', 'April to June 2023')
    await type(page, 'To which quarter?', 'April to June 2023')
    await choose(page, 'Child or adult')
    await type(page, CODE, await shownCode(page))
    await press(page, 'Ask a second person', /extracts\/RX-/)

    const { pathname } = new URL(page.url())
    await second.goto(pathname)
    await giveCode(second)
    await press(second, 'Approve, and have it made')
    await expectPage
      .poll(
        async () => {
          await second.goto(pathname)
          return second.getByText('What was made').count()
        },
        { timeout: 60_000 },
      )
      .toBe(1)
    // What is for doing is on no paper.
    await expectPage(second.getByText('Certificate of destruction')).toBeVisible()
    await second.emulateMedia({ media: 'print' })
    await expectPage(second.getByText('Certificate of destruction')).toBeHidden()
    await expectPage(second.getByText('What was made')).toBeVisible()
    await second.emulateMedia({ media: null })
  })

  test('set a legal hold and lift it', { timeout: 120_000 }, async () => {
    const page = first
    await page.goto('/retention')
    await type(page, 'What stays', 'Everything')
    await choose(page, /./)
    await press(page, 'Set the hold')
    await expectPage(page.getByRole('table', { name: 'Legal holds' })).toBeVisible()
    await press(page, 'Lift it')
    await expectPage(page.getByText('There is no legal hold.')).toBeVisible()
  })

  async function serviceOf(submission: string): Promise<string> {
    const { rows } = await visit.owner.query<{ code: string }>(
      'select service_code as code from submission where reference = $1',
      [submission],
    )
    return rows[0]?.code ?? ''
  }

  /** Writes a request down, finds its person by a number, and asks the second officer. */
  async function askAbout(page: Page, kind: number, number: string): Promise<void> {
    await page.goto('/rights/new')
    await chooseAfter(page, /^Access/, kind)
    await choose(page, /^The person themselves/)
    await typeDay(page)
    await choose(page, /^A document with a photograph was seen/)
    await typeDay(page)
    await press(page, 'Open the request', /rights\/DR-/)
    await press(page, 'Look for the person', /find/)
    await type(page, 'NHS numbers', number)
    await press(page, 'Look for the person', /rights\/DR-[^/]*$/)
    await giveCode(page)
    await press(page, 'Ask a second officer')
    await expectPage(page.getByText('another officer has to approve it')).toBeVisible()
  }

  async function giveCode(page: Page): Promise<void> {
    await letTimePass(visit)
    await page.reload()
    await type(page, CODE, await shownCode(page))
  }
})

async function choose(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Space')
}

/** So many radios after the first of some, of which Tab stops at the first alone. */
async function chooseAfter(page: Page, first: RegExp, after: number): Promise<void> {
  await tabTo(page, first)
  for (let at = 0; at < after; at++) await page.keyboard.press('ArrowDown')
}

async function type(page: Page, name: string | RegExp, text: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.type(text)
}

async function typeDay(page: Page, year = new Date().getUTCFullYear()): Promise<void> {
  const now = new Date()
  await type(page, 'Day', String(now.getUTCDate()))
  await type(page, 'Month', String(now.getUTCMonth() + 1))
  await type(page, 'Year', String(year))
}
