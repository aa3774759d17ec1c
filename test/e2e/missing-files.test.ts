import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { ACCOUNTS, expectPage, noBrowser, openVisit, signIn, type Visit } from './setup/visitor.ts'

/**
 * Pages whose styles or scripts do not come, as where another version is rolled out and they are asked of a
 * portal that has others.
 */

const MANIFEST = z.object({
  encryptionKey: z.string(),
  node: z.record(z.string(), z.object({ filename: z.string(), exportedName: z.string() })),
})

test('an action has the name in this version that it had in the one before and will have in the next', () => {
  const { build } = inject('portal')
  const path = join(build.root, build.folder, 'server/server-reference-manifest.json')
  const { encryptionKey: key, node } = MANIFEST.parse(JSON.parse(readFileSync(path, 'utf8')))
  // Another key, and forms of the version before are answered by nobody.
  expect(key).toBe('7Mh1gaaVKVqntGNeHH8270I3nlgHHNkY2+yx7aqokmk=')
  for (const [id, { filename, exportedName }] of Object.entries(node)) {
    const named = createHash('sha1').update(`${key}${filename}:${exportedName}`).digest('hex')
    // Two digits before it say which arguments it takes.
    expect(id.slice(2)).toBe(named)
  }
  expect(Object.keys(node).length).toBeGreaterThan(80)
})

describe.skipIf(noBrowser)('a page', () => {
  let visit: Visit
  beforeAll(async () => {
    visit = await openVisit()
  })
  afterAll(() => visit.close())

  test('is there without its styles', async () => {
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.administrator)
    await page.route('**/*.css', (route) => route.fulfill({ status: 404, body: 'Not Found' }))
    await page.goto('/users')
    await expectPage(page.locator('body.js-enabled')).toBeVisible()
    await expectPage(page.getByRole('heading', { level: 1 })).toHaveText('Users')
  })

  test('is opened again, once, where a script of it was not there', async () => {
    const page = await visit.newPage()
    await signIn(visit, page, ACCOUNTS.administrator)
    const scripts = new Set<string>()
    let [missing, opened] = ['', 0]
    await page.route('**/_next/static/chunks/*.js', (route) => {
      const { pathname } = new URL(route.request().url())
      scripts.add(pathname)
      return pathname === missing && opened < 2
        ? route.fulfill({ status: 404, contentType: 'text/plain', body: 'Not Found' })
        : route.continue()
    })
    page.on('request', (request) => {
      if (request.isNavigationRequest()) opened += 1
    })
    await page.goto('/users')
    await page.waitForLoadState('networkidle')
    for (const script of [...scripts]) {
      await page.evaluate(() => {
        sessionStorage.clear()
      })
      ;[missing, opened] = [script, 0]
      // Not until it has loaded: it may be opened again before it has.
      await page.goto('/users', { waitUntil: 'commit' })
      await page.waitForLoadState('networkidle')
      await expectPage(page.locator('body.js-enabled'), script).toBeVisible()
      expect([script, opened]).toEqual([script, 2])
    }
    expect(scripts.size).toBeGreaterThan(4)
  })
})
