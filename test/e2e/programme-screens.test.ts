import { expect as expectPage, type Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { expectNoViolations, expectNoWider } from './setup/accessibility.ts'
import { openProgrammeFiles, type ProgrammeFiles } from './setup/programme-files.ts'
import {
  ACCOUNTS,
  giveFreshCode,
  letTimePass,
  noBrowser,
  openVisit,
  signIn,
  type Visit,
} from './setup/visitor.ts'

const RELEASED = ['/reach', '/reach/programme', '/reach/impact', '/reach/method']
const EXACT = [
  '/reach/exact',
  '/reach/overlap',
  '/reach/use',
  '/reach/scorecard',
  '/reach/pathways',
  '/reach/wards',
  '/reach/not-reached',
  '/reach/quality',
  '/reach/services/baby-steps',
]
const DOUBTS = ['/doubts', '/doubts/explain']
/** What a live programme is set up, run and handed over with. */
const LIVE = [
  '/programme/checklist',
  '/programme/checklist/privacy-notice',
  '/programme/board',
  '/programme/board/baby-steps',
  '/programme/calendar',
  '/programme/governance',
  '/programme/report',
  '/programme/register',
  '/programme/register/quarter/2023-Q1',
  '/programme/register/service',
  '/programme/register/service/baby-steps',
  '/programme/register/import',
  '/support',
  '/support/queue',
]
const ADMINISTRATORS = [
  '/programme/submissions',
  '/programme/services',
  '/releases',
  '/releases/new',
  '/users/new/ask?kind=administrator-grant',
  '/audit',
  '/system',
]

describe.skipIf(noBrowser)('the pages of analysts and administrators', () => {
  let visit: Visit
  let files: ProgrammeFiles
  beforeAll(async () => {
    visit = await openVisit()
    files = await openProgrammeFiles(visit, inject('portal').databaseUrl)
  })
  afterAll(async () => {
    await files.close()
    await visit.close()
  })

  async function signedIn(
    email: string,
    options: Parameters<Visit['newPage']>[0] = {},
  ): Promise<Page> {
    const page = await visit.newPage(options)
    await signIn(visit, page, email)
    return page
  }

  async function countEvents(event: string): Promise<number> {
    const { rows } = await visit.owner.query<{ n: number }>(
      'select count(*)::int as n from audit_event where event = $1',
      [event],
    )
    return rows[0]?.n ?? 0
  }

  /** A member of the largest family, of one of one, and an adult of none. */
  async function referencesOfFamilies(): Promise<string[]> {
    const { rows } = await visit.owner.query<{ reference: string }>(
      `with family as (
         select family_id, count(distinct beneficiary_id) as people, min(beneficiary_id) as member
         from link_production group by family_id
       )
       (select reference from family join beneficiary on id = member where family_id is not null order by people desc limit 1)
       union all
       (select reference from family join beneficiary on id = member where family_id is not null order by people limit 1)
       union all
       (select reference from family join beneficiary on id = member where family_id is null)`,
    )
    return rows.map(({ reference }) => reference)
  }

  /** Opens the page again once a worker has done what was asked. */
  async function openWhenDone(page: Page): Promise<void> {
    await files.settled()
    await page.reload()
  }

  test('[S20] let a second administrator make a release after a look at the draft of the first', async () => {
    const page = await signedIn(ACCOUNTS.administrator, { javaScript: false })
    await page.goto('/')
    await page.getByRole('link', { name: 'Releases' }).click()
    await letTimePass(visit)
    await page.getByRole('button', { name: 'Make a release' }).click()
    await page.getByRole('button', { name: 'Count a draft' }).click()
    const problem = page.getByRole('alert').filter({ hasText: 'There is a problem' })
    await expectPage(problem).toContainText('Choose the last quarter')
    await expectPage(problem).toContainText('Choose who the release is for')
    await page.getByLabel('Last quarter').selectOption({ label: 'July to September 2023' })
    await page.getByLabel('Those who run and fund the programme').check()
    await page.getByRole('button', { name: 'Count a draft' }).click()
    await expectPage(problem).toContainText('Enter the code in your authenticator app')
    await page.getByLabel('Last quarter').selectOption({ label: 'July to September 2023' })
    await page.getByLabel('Those who run and fund the programme').check()
    await giveFreshCode(page)
    await page.getByRole('button', { name: 'Count a draft' }).click()
    await page.waitForURL(/\/releases\/drafts\//)
    await openWhenDone(page)
    await expectPage(page.getByRole('table', { name: 'Since the start' })).toBeVisible()
    await expectPage(page.getByText('another administrator has to make')).toBeVisible()
    await expectPage(page.getByRole('button', { name: 'Make the release' })).toHaveCount(0)

    const second = await signedIn(ACCOUNTS.secondAdministrator, { javaScript: false })
    await second.goto('/releases')
    await letTimePass(visit)
    await second.getByRole('link', { name: 'Up to July to September 2023' }).click()
    await giveFreshCode(second)
    await second.getByRole('button', { name: 'Make the release' }).click()
    await expectPage(
      second.getByRole('heading', { name: /^(Making the|The) release/ }),
    ).toBeVisible()
    await openWhenDone(second)
    await expectPage(second.getByText('has been made and can be read')).toBeVisible()
    await second.getByRole('link', { name: /^REL-2023-Q2-/ }).click()
    await expectPage(
      second.getByRole('heading', { name: 'All services, everywhere' }),
    ).toBeVisible()
  })

  test('show an analyst released figures by filter, in words, tables and pictures', async () => {
    const page = await signedIn(ACCOUNTS.analyst)
    await page
      .getByRole('navigation', { name: 'Menu' })
      .getByRole('link', { name: 'Reach' })
      .click()
    await expectPage(
      page.getByRole('img', { name: /People from quarter to quarter/ }),
    ).toBeVisible()
    await expectPage(page.getByText('stands for a figure that is hidden')).toBeVisible()
    await expectPage(page.getByText('7 people or fewer are hidden')).toBeVisible()
    await page.getByLabel('Period').selectOption({ label: 'The quarter alone' })
    await page.getByLabel('Quarter', { exact: true }).selectOption({ label: 'April to June 2023' })
    await page.getByRole('button', { name: 'Show' }).click()
    await expectPage(page).toHaveURL(/quarter=2023-Q1/)
    await expectPage(page.getByText('New this year').first()).toBeVisible()
    await page.getByText('People of each service and strand').click()
    const byService = page.getByRole('table', { name: 'By service' })
    await expectPage(byService).toBeVisible()
    for (const cell of await byService.getByRole('cell').allInnerTexts()) {
      const figure = cell === '*' ? 0 : Number(cell.replaceAll(',', ''))
      expect(figure === 0 || (figure >= 10 && figure % 5 === 0)).toBe(true)
    }
  })

  test('[S29] hand out the figures of a release as a file that is no page', async () => {
    const page = await signedIn(ACCOUNTS.analyst)
    await page.goto('/reach')
    const address = await page
      .getByRole('link', { name: 'Download all released figures (CSV)' })
      .getAttribute('href')
    const answer = await page.request.get(address ?? '')
    expect(answer.status()).toBe(200)
    expect(answer.headers()).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect(answer.headers()['content-disposition']).toMatch(/^attachment; filename="REL-/)
    expect(await answer.text()).not.toMatch(/(^|,|")[=+@-]/m)
    expect(await countEvents('release.downloaded')).toBeGreaterThan(0)
    for (const other of ['/reach/download', '/reach/download?release=REL-1999-Q1-1']) {
      expect((await page.request.get(other)).status()).toBe(404)
    }
    const stranger = await visit.newPage()
    expect((await stranger.request.get(address ?? '')).status()).toBe(404)
  })

  test('[S61] show exact figures marked as such, and record every look', async () => {
    const page = await signedIn(ACCOUNTS.analyst, { javaScript: false })
    const before = await countEvents('reach.measured')
    const overlapsBefore = await countEvents('overlap.measured')
    await page.goto('/reach/exact')
    await expectPage(page.getByText('Exact: not for publication')).toBeVisible()
    await page.getByLabel('Service').check()
    await page.getByRole('button', { name: 'Count' }).click()
    await expectPage(page.getByRole('table', { name: 'Exact reach by service' })).toBeVisible()
    expect(await countEvents('reach.measured')).toBe(before + 2)
    await page.getByRole('link', { name: 'Overlap of services' }).click()
    await expectPage(page.getByRole('table', { name: 'People in both services' })).toBeVisible()
    expect(await countEvents('overlap.measured')).toBe(overlapsBefore + 1)
    await page.getByRole('link', { name: 'Use of services' }).click()
    await expectPage(page.getByRole('table', { name: 'People', exact: true })).toBeVisible()
    await page.getByText('From referral to start, and who referred people').click()
    await expectPage(page.getByRole('table', { name: 'From referral to start' })).toBeVisible()
    expect(await countEvents('use.measured')).toBe(1)
    await page.getByRole('link', { name: 'Pathways' }).click()
    await page.getByText('First services, and which came next within a year').click()
    await expectPage(page.getByRole('table', { name: 'Which service came first' })).toBeVisible()
  })

  // Everybody else and every other page: e2e/route-matrix.
  test('[S14] of exact figures are not there for an analyst without leave to see them', async () => {
    const leave = async (may: boolean): Promise<void> => {
      await visit.owner.query('update portal_user set may_see_exact = $2 where email = $1', [
        ACCOUNTS.analyst,
        may,
      ])
    }
    await leave(false)
    try {
      const analyst = await signedIn(ACCOUNTS.analyst)
      for (const path of [...EXACT, ...DOUBTS]) {
        const answer = await analyst.request.get(path)
        expect([path, answer.status()]).toEqual([path, 404])
      }
      await analyst.goto('/reach')
      await expectPage(analyst.getByRole('link', { name: 'Exact reach' })).toHaveCount(0)
    } finally {
      await leave(true)
    }
  })

  test('let an administrator decide that two rows are different people', async () => {
    const page = await signedIn(ACCOUNTS.administrator, { javaScript: false })
    await page.goto('/doubts')
    await page.getByRole('link', { name: 'Decide about person 1 and person 2' }).first().click()
    await page.getByRole('button', { name: 'Send the answer' }).click()
    const problem = page.getByRole('alert').filter({ hasText: 'There is a problem' })
    await expectPage(problem).toContainText('Choose an answer with its reason')
    await page
      .getByRole('group', { name: 'Different people' })
      .getByLabel('The provider looked at its own file')
      .check()
    await page.getByRole('button', { name: 'Send the answer' }).click()
    // On to the next possible match.
    await page.waitForURL(/\/doubts\/decide\?act=/)
    await openWhenDone(page)
    await expectPage(page.getByText('Your answer was saved')).toBeVisible()
    await page.getByRole('link', { name: 'Possible matches', exact: true }).first().click()
    await page.getByRole('link', { name: 'Decisions so far' }).click()
    await expectPage(page.getByText('by Adam Administrator')).toBeVisible()
    await page.getByRole('button', { name: /^Undo decision/ }).click()
    await page.waitForURL(/\/doubts\/decisions\?act=/)
    await openWhenDone(page)
    await expectPage(page.getByText('The decision was undone')).toBeVisible()
    await expectPage(page.getByText('There are no decisions.')).toBeVisible()
  })

  test('let a reviewer answer by single keys, and without them', async () => {
    const page = await signedIn(ACCOUNTS.administrator)
    await page.goto('/doubts/decide')
    // Where the page says so, the keys are there.
    await expectPage(page.getByRole('button', { name: 'Turn single keys off' })).toBeVisible()
    await expectPage(page.getByRole('heading', { level: 1 })).toBeFocused()
    const different = page.getByRole('group', { name: 'Different people' })
    await page.keyboard.press('d')
    await expectPage(different.getByRole('radio').first()).toBeChecked()
    await page.keyboard.press('3')
    await expectPage(different.getByRole('radio').nth(2)).toBeChecked()
    await page.keyboard.press('l')
    const later = page.getByRole('group', { name: 'Look at it later' })
    await expectPage(later.getByRole('radio').first()).toBeChecked()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/doubts\/decide\?act=/)
    // On to the next, with the focus where it begins.
    await expectPage(page.getByRole('heading', { level: 1 })).toBeFocused()
    await openWhenDone(page)
    await expectPage(page.getByRole('heading', { level: 1 })).toBeFocused()
    await page.keyboard.press('k')
    await page.waitForURL(/skip=1/)
    await expectPage(page.getByRole('heading', { level: 1 })).toBeFocused()
    await page.getByRole('button', { name: 'Turn single keys off' }).click()
    await page.keyboard.press('d')
    await expectPage(page.getByRole('radio', { checked: true })).toHaveCount(0)
    await page.getByRole('button', { name: 'Turn single keys on' }).click()
    await page.goto('/doubts/decisions')
    await page.getByRole('button', { name: /^Undo decision/ }).click()
    await page.waitForURL(/\/doubts\/decisions\?act=/)
    await openWhenDone(page)
  })

  test('report to an administrator what another policy would change', async () => {
    const page = await signedIn(ACCOUNTS.administrator, { javaScript: false })
    await page.goto('/programme/linkage')
    await page.getByLabel('As the programme counted in 2020').check()
    await page.getByRole('button', { name: 'Report what would change' }).click()
    await page.waitForURL(/\/programme\/linkage\?report=/)
    await openWhenDone(page)
    await expectPage(page.getByText('People who would join others')).toBeVisible()
    await expectNoWider(page)
    const file = page.getByRole('link', {
      name: /^Download .*everybody who would join or part [(]CSV[)]$/,
    })
    const answer = await page.request.get((await file.getAttribute('href')) ?? '')
    expect(answer.status()).toBe(200)
    expect(await answer.text()).toMatch(/^\ufeff?what,policy_before,/)
    await page.getByRole('button', { name: 'Ask for this to be done' }).click()
    const problem = page.getByRole('alert').filter({ hasText: 'There is a problem' })
    await expectPage(problem).toContainText('Choose why')
  })

  test('pass axe at WCAG 2.2 AA, and fit a phone', { timeout: 240_000 }, async () => {
    const page = await signedIn(ACCOUNTS.administrator)
    const refused: string[] = []
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text())
    })
    const [submission = ''] = files.submissions
    for (const path of [
      '/',
      ...RELEASED,
      ...EXACT,
      '/reach/exact?by-service=yes&by-quarter=yes',
      ...DOUBTS,
      '/doubts/explain?reference=CO-2222-2222-2',
      ...(await referencesOfFamilies()).map(
        (reference) => `/doubts/explain?reference=${reference}`,
      ),
      ...ADMINISTRATORS,
      '/approvals',
      `/programme/submissions/${submission}`,
      `/programme/submissions/${submission}/withdraw`,
      '/programme/services/baby-steps',
      '/releases/drafts/1',
      '/doubts/decisions',
      '/doubts/decide',
      '/doubts/checks',
      '/doubts/checks/pair',
      '/programme/linkage',
      ...LIVE,
    ]) {
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.goto(path)
      await expectNoViolations(page)
      await expectPage(page.getByRole('heading', { level: 1 })).toHaveCount(1)
      expect(await page.title()).toMatch(/ – Count Once$|^Count Once$/)
      // Nothing is wider than the screen, a desktop's or a phone's.
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 })
        await expectNoWider(page)
      }
    }
    const [largest = ''] = await referencesOfFamilies()
    await page.goto(`/doubts/explain?reference=${largest}`)
    await expectPage(page.getByRole('img', { name: /^The family/ })).toBeVisible()
    const members = page.getByRole('table', { name: /^The family/ })
    await expectPage(members.getByRole('link', { name: /^CO-/ }).first()).toBeVisible()
    await page.goto('/reach')
    await expectNoViolations(page)
    expect(refused).toEqual([])
  })

  test('let an administrator withdraw a submission, with a reason', async () => {
    const submission = files.submissions[1] ?? ''
    const page = await signedIn(ACCOUNTS.administrator, { javaScript: false })
    await page.goto('/programme/submissions')
    await page.getByLabel('State').selectOption({ label: 'In the figures' })
    await page.getByRole('button', { name: 'Show' }).click()
    await page.getByRole('link', { name: submission }).click()
    await page.getByRole('button', { name: 'Withdraw this submission' }).click()
    await page.getByRole('button', { name: 'Withdraw the submission' }).click()
    const problem = page.getByRole('alert').filter({ hasText: 'There is a problem' })
    await expectPage(problem).toContainText('Choose why it is withdrawn')
    await page.getByLabel('It is not the file that was meant.').check()
    await page.getByRole('button', { name: 'Withdraw the submission' }).click()
    await page.waitForURL(new RegExp(`/programme/submissions/${submission}$`))
    await openWhenDone(page)
    await expectPage(page.getByText('Withdrawn').first()).toBeVisible()
    await expectPage(page.getByRole('table', { name: 'History' })).toContainText(
      'Adam Administrator',
    )
    await page.goto(`/programme/submissions/${submission}/withdraw`)
    await expectPage(page).toHaveURL(new RegExp(`/programme/submissions/${submission}$`))
  })

  test('let an administrator read the audit trail and have it checked', async () => {
    const page = await signedIn(ACCOUNTS.administrator)
    await page.goto('/audit')
    await page.getByRole('button', { name: 'Check the trail' }).click()
    const result = page.getByText('entries are as they were written')
    await expectPage(page.getByText('A worker is checking').or(result).first()).toBeVisible()
    await expectPage(async () => {
      await page.reload()
      await expectPage(page.getByText('A worker is checking')).toHaveCount(0, { timeout: 1 })
    }).toPass()
    await expectPage(result).toBeVisible()
    await expectPage(
      page.getByText('It is in storage without an immutability policy'),
    ).toBeVisible()
    await page.getByLabel('Event').selectOption({ label: 'Submission withdrawn' })
    await page.getByRole('button', { name: 'Show' }).click()
    const table = page.getByRole('table', { name: 'Entries, newest first' })
    await expectPage(table).toContainText('reason: wrong-file')
    await expectPage(table).not.toContainText('Submission linked')
  })

  test('let an administrator add an agreement, and say which day is none', async () => {
    const page = await signedIn(ACCOUNTS.administrator, { javaScript: false })
    await page.goto('/programme/services/baby-steps')
    const day = async (legend: string, parts: readonly string[]): Promise<void> => {
      const group = page.getByRole('group', { name: legend })
      for (const [index, label] of ['Day', 'Month', 'Year'].entries()) {
        await group.getByLabel(label).fill(parts[index] ?? '')
      }
    }
    await day('First day', ['31', '2', '2025'])
    await day('Last day', ['1', '13', '2025'])
    const notice = page.getByLabel('Address of the privacy notice')
    await notice.fill('on our website')
    await page.getByRole('button', { name: 'Add the agreement' }).click()
    const problem = page.getByRole('alert').filter({ hasText: 'There is a problem' })
    // All that is wrong at once.
    await expectPage(problem).toContainText('Enter an address that begins with https://')
    await expectPage(problem).toContainText('Enter the first day')
    await expectPage(problem).toContainText('Enter a real date as the last day')
    await notice.fill('')
    await day('First day', ['1', '4', '2025'])
    await day('Last day', ['31', '3', '2025'])
    await page.getByRole('button', { name: 'Add the agreement' }).click()
    await expectPage(problem).toContainText('The last day is before the first')
    await day('Last day', ['31', '3', '2026'])
    await page.getByRole('button', { name: 'Add the agreement' }).click()
    await expectPage(page.getByText('The agreement was added.')).toBeVisible()
    await expectPage(page.getByText('1 April 2025 to 31 March 2026').first()).toBeVisible()
  })
})
