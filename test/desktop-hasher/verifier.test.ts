import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from '@playwright/test'
import { writeSignedRelease } from '#core/disclosure/signed-release.ts'
import { writePublicKey } from '#server/keys/public-key.ts'
import { buildVerifierPage } from '../../desktop-hasher/build/verifier-page.ts'
import { fileURLToPath } from 'node:url'
import { expectAccessible } from '../e2e/setup/accessibility.ts'
import {
  missingBrowser,
  startHasherBrowser,
  type HasherBrowser,
  type HasherVisit,
} from './setup/hasher-browser.ts'

/** The verifier in a browser without a network, as an outsider opens it. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TEXT = [
  'countonce-release-1',
  'reference\tPUB-2024-Q2-1',
  'profile\tpublic',
  'quarters\t2024-Q1\t2024-Q2',
  'threshold\t10',
  'age bands\t0\t1\tunknown',
  'strands\tearly',
  'wards\teast\twest',
  'service\tbaby-club\tearly',
  'service\ttalk-time\tearly',
  'coverage\t2024-Q1\tbaby-club',
  'coverage\t2024-Q2\tbaby-club',
  'cell\t2024-Q1\tquarter\tservice\tbaby-club\tward\teast\t\t\tpeople\t35',
  'cell\t2024-Q2\tquarter\tall\t\teverywhere\t\tage-band\t0\tpeople\t*',
  'cell\t2024-Q2\tquarter\tall\t\teverywhere\t\t\t\tpeople\t1115',
  '',
].join('\n')
const missing = await missingBrowser()

let browser: HasherBrowser
let folder: string
let html: string
let key: string
let otherKey: string

beforeAll(async () => {
  if (missing !== '') return
  browser = await startHasherBrowser()
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  ;({ html } = await buildVerifierPage(ROOT))
  const { privateKey } = generateKeyPairSync('ed25519')
  key = writePublicKey(privateKey)
  otherKey = writePublicKey(generateKeyPairSync('ed25519').publicKey)
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  const signature = sign(null, Buffer.from(TEXT), createPrivateKey(pem)).toString('base64url')
  const file = writeSignedRelease({ text: TEXT, key, signature })
  await writeFile(join(folder, 'genuine.signed.json'), file)
  await writeFile(join(folder, 'changed.signed.json'), file.replace('1115', '1120'))
  await writeFile(join(folder, 'list.json'), '[]')
})

afterAll(async () => {
  if (missing !== '') return
  await browser.close()
  await rm(folder, { recursive: true })
})

async function check(page: Page, name: string, noted = ''): Promise<string> {
  await page.getByLabel('Signed figures').setInputFiles(join(folder, name))
  await page.getByLabel('The programme’s key').fill(noted)
  await page.getByRole('button', { name: 'Check' }).click()
  const result = page.locator('#result')
  await result.locator('h2').first().waitFor()
  return result.innerText()
}

function expectNothingTried({ requests, complaints }: HasherVisit): void {
  expect(requests).toEqual([])
  expect(complaints).toEqual([])
}

describe.skipIf(missing !== '')('the verifier', () => {
  it('tells genuine figures from changed ones and from those that somebody else signed', async () => {
    const visit = await browser.open({ html })
    const { page } = visit
    const genuine = await check(page, 'genuine.signed.json', key)
    expect(genuine).toContain('These are the figures that were signed')
    expect(genuine).toContain('PUB-2024-Q2-1')
    expect(genuine).toContain('April to June 2024 – July to September 2024')
    expect(genuine).not.toContain('You gave no key')
    // The figures themselves, of the last quarter first.
    expect(genuine).toMatch(/All services by place: July to September 2024[^]*Everywhere\s+1,115/)
    expect(genuine).toMatch(/Service talk-time\s+No file/)
    expect(genuine).toMatch(/Under 1\s+[*]/)
    await page.getByLabel('Quarter').selectOption({ label: 'April to June 2024' })
    await page.getByLabel('Whose figures').selectOption({ label: 'Service baby-club' })
    const chosen = await page.locator('#result').innerText()
    expect(chosen).toMatch(/Service baby-club by place: April to June 2024[^]*Ward east\s+35/)
    expect(chosen).not.toContain('1,115')
    await expectAccessible(page)
    expect(await check(page, 'changed.signed.json', key)).toContain(
      'Something in the file was changed',
    )
    expect(await check(page, 'genuine.signed.json', otherKey)).toContain('Somebody else signed')
    expect(await check(page, 'list.json')).toContain('This is not a file of signed figures')
    expect(await check(page, 'genuine.signed.json')).toContain('You gave no key')
    expectNothingTried(visit)
  })

  it('says what is missing or mistyped where it is', async () => {
    const visit = await browser.open({ html })
    const { page } = visit
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByRole('link', { name: 'Choose the file of signed figures' }).waitFor()
    await page.getByLabel('Signed figures').setInputFiles(join(folder, 'genuine.signed.json'))
    await page.getByLabel('The programme’s key').fill('too short')
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByRole('link', { name: /^The key must be 43 letters/ }).waitFor()
    expect(await page.locator('#result').innerText()).toBe('')
    await expectAccessible(page)
    expectNothingTried(visit)
  })
})
