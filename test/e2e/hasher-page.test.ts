import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ACCOUNTS, expectPage, noBrowser, openVisit, signIn, type Visit } from './setup/visitor.ts'

describe.skipIf(noBrowser)('the page about hashing at source', () => {
  let visit: Visit
  beforeAll(async () => {
    visit = await openVisit()
  })
  afterAll(() => visit.close())

  test('gives a provider the hasher, with the digest of what it gives', async () => {
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.provider)
    await page.getByRole('link', { name: 'Hash at source' }).click()
    await expectPage(page.getByRole('heading', { level: 1, name: 'Hash at source' })).toBeVisible()
    const saving = page.waitForEvent('download')
    await page.getByRole('link', { name: 'count-once-hasher.html' }).click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('count-once-hasher.html')
    const bytes = await readFile(await saved.path())
    const digest = createHash('sha256').update(bytes).digest('hex')
    await expectPage(page.getByText(digest)).toBeVisible()
  })
})
