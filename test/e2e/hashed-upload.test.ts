import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openProgrammeStore } from '#server/store/store.ts'
import { hashAtSource, type AtSource } from '../server/intake/hashed/hash-at-source.ts'
import { children, csv, mothers } from '../server/intake/submissions/small-files.ts'
import { expectAccessible } from './setup/accessibility.ts'
import {
  awaitCheck,
  awaitResult,
  confirmAll,
  goToAnswers,
  problem,
  submit,
} from './setup/provider-steps.ts'
import { ACCOUNTS, expectPage, noBrowser, openVisit, signIn, type Visit } from './setup/visitor.ts'

const SERVICE = 'natural-thinkers'
const PLACE = `/send/${SERVICE}/2024-Q3`

/** Where screenshots go, for somebody who wants to look at them. */
const SHOTS = process.env['COUNTONCE_SCREENSHOTS'] ?? ''

describe.skipIf(noBrowser)('a file that was hashed at source', () => {
  let visit: Visit
  let folder: string
  let paths: string[]

  beforeAll(async () => {
    visit = await openVisit()
    folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
    if (SHOTS !== '') await mkdir(SHOTS, { recursive: true })
    const made = await hashForVisit(csv([...children(0, 60), ...mothers(0, 20)]))
    paths = await Promise.all(
      (['csv', 'manifest', 'hmac'] as const).map(async (part) => {
        const name = {
          csv: 'trust.csv',
          manifest: 'trust.manifest.json',
          hmac: 'trust.manifest.hmac',
        }[part]
        const path = join(folder, name)
        await writeFile(path, made[part])
        return path
      }),
    )
  })

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
    await visit.close()
  })

  beforeEach(() => visit.forgetFiles())

  async function hashForVisit(bytes: Uint8Array): Promise<AtSource> {
    const { databaseUrl, dataDir, env } = inject('portal')
    const store = await openProgrammeStore({ dataDir, env: { ...env, DATABASE_URL: databaseUrl } })
    try {
      const { rows } = await visit.owner.query<{ provider: string }>(
        'select provider_code as provider from service where code = $1',
        [SERVICE],
      )
      const provider = rows[0]?.provider ?? ''
      return await hashAtSource(store, bytes, { service: SERVICE, provider, quarter: '2024-Q3' })
    } finally {
      await store.close()
    }
  }

  test.each([
    [true, 1280],
    [false, 390],
  ])(
    'goes from three files to the figures without a column to match, JavaScript %s at %i pixels',
    { timeout: 180_000 },
    async (javaScript, width) => {
      const page = await visit.newPage({ javaScript, width })
      const shot = async (name: string): Promise<void> => {
        if (SHOTS !== '')
          await page.screenshot({ path: join(SHOTS, `${name}-${width}.png`), fullPage: true })
      }
      await signIn(visit, page, ACCOUNTS.provider)

      await page.goto(`${PLACE}/upload`)
      await page.getByText('If your file was hashed at source').click()
      if (javaScript) await expectAccessible(page)
      await shot('upload')
      await page.locator('input[type=file]').setInputFiles(paths.slice(0, 1))
      await page.getByRole('button', { name: 'Upload' }).click()
      await page.waitForURL(/problem=hashed-incomplete/)
      await expectPage(problem(page).getByText('taken together with its manifest')).toBeVisible()
      await shot('refused')

      await page.locator('input[type=file]').setInputFiles(paths)
      await page.getByRole('button', { name: 'Upload' }).click()
      await page.waitForURL(/\/check/)
      await awaitCheck(page)
      await expectPage(page.getByText('This file was hashed at source')).toBeVisible()
      await page.getByText('What people can be matched by').click()
      await expectPage(page.getByText('Only a child has one').first()).toBeVisible()
      if (javaScript) await expectAccessible(page)
      await shot('check')
      // From here on pages are those of every file.
      if (!javaScript) return
      // What was done at source is not asked again.
      const { pathname } = new URL(page.url())
      await page.goto(pathname.replace('/check', '/match'))
      await page.waitForURL(/\/(check|answers)/)
      await page.goto(pathname)
      await confirmAll(page)
      await goToAnswers(page)
      await expectPage(page.getByText('Hashed at source: nothing to read or match')).toBeVisible()
      await expectAccessible(page)
      await shot('answers')
      await submit(page)
      await awaitResult(page)
      await shot('result')
      const { rows } = await visit.owner.query<{ form: string; records: number }>(
        `select form, records from submission where state = 'linked'`,
      )
      expect(rows).toEqual([{ form: 'hashed', records: 80 }])
    },
  )
})
