import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { buildHasherPage, pagePolicy } from '../../../desktop-hasher/build/hasher-page.ts'
import { findBrowser } from '../../e2e/setup/browser-program.ts'

/**
 * The hasher's page in Chromium, opened from a folder as a double click opens it, with the network
 * refused.
 */

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
/** The machine may be busy. */
const PATIENCE = 60_000

/** A page that is open, and all that it tried. */
export interface HasherVisit {
  readonly page: Page
  /** Every address that was asked for, but the page itself and its worker. */
  readonly requests: readonly string[]
  /** What the page's policy stopped, and what the console was told. */
  readonly complaints: readonly string[]
}

/** How a page is opened. */
export interface HasherVisitOptions {
  /** Another page than the one that is built. */
  readonly html?: string
  /**
   * Chromium's own way to choose a place for a file, which nobody can answer here, is taken away
   * unless this says so.
   */
  readonly withPicker?: boolean
}

export interface HasherBrowser {
  /** The page as it is built. */
  readonly html: string
  readonly sha256: string
  open(options?: HasherVisitOptions): Promise<HasherVisit>
  close(): Promise<void>
}

/** Why the page cannot be tried here; empty when it can. */
export async function missingBrowser(): Promise<string> {
  return (await findBrowser()) === '' ? 'there is no Chromium' : ''
}

/** Builds the page and starts a browser for it. */
export async function startHasherBrowser(): Promise<HasherBrowser> {
  const { html, sha256 } = await buildHasherPage(ROOT)
  const folder = await mkdtemp(join(tmpdir(), 'countonce-page-'))
  const browser: Browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  const contexts: BrowserContext[] = []
  return {
    html,
    sha256,
    async open({ html: other = html, withPicker = false } = {}) {
      const path = join(folder, `count-once-hasher-${contexts.length}.html`)
      await writeFile(path, other)
      const context = await browser.newContext({ locale: 'en-GB', offline: true })
      contexts.push(context)
      context.setDefaultTimeout(PATIENCE)
      const requests: string[] = []
      const complaints: string[] = []
      await context.exposeFunction('complain', (text: string) => complaints.push(text))
      await context.addInitScript(watchPolicy, withPicker)
      const page = await context.newPage()
      const address = pathToFileURL(path).href
      context.on('request', (request) => {
        const url = request.url()
        if (url !== address && !url.startsWith('blob:null/')) requests.push(url)
      })
      page.on('console', (message) => complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto(address)
      return { page, requests, complaints }
    },
    async close() {
      for (const context of contexts) await context.close()
      await browser.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Runs in the page before anything of it. */
function watchPolicy(withPicker: boolean): void {
  const { complain } = globalThis as unknown as { complain: (text: string) => void }
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    complain(`${violatedDirective} ${blockedURI}`)
  })
  if (!withPicker) Reflect.deleteProperty(globalThis, 'showSaveFilePicker')
}

/** The page with its script changed, and a policy that lets the changed script run. */
export function withScriptChanged(html: string, change: (script: string) => string): string {
  const script = inside(html, 'script')
  const style = inside(html, 'style')
  const changed = change(script)
  if (changed === script) throw new Error('nothing was changed')
  return html
    .replace(pagePolicy(script, style), () => pagePolicy(changed, style))
    .replace(script, () => changed)
}

/** What stands inside the only element of a kind. */
export function inside(html: string, tag: 'script' | 'style'): string {
  const from = html.indexOf(`<${tag}>`) + tag.length + 2
  return html.slice(from, html.lastIndexOf(`</${tag}>`))
}

/** What a person gives the page. */
export interface GivenToPage {
  readonly key: string
  readonly passphrase: string
  readonly area?: string
  /** The key that was replaced, in a bridge quarter. */
  readonly bridge?: { readonly key: string; readonly passphrase: string }
  readonly provider: string
  readonly service: string
  readonly quarter: string
  /** What the file holds; people and service use where it is not said. */
  readonly kind?: string
  readonly file: string
  readonly mapping?: string
}

/** Opens the key, and the area file where there is one. */
export async function openKey(
  page: Page,
  { key, passphrase, area }: Pick<GivenToPage, 'key' | 'passphrase' | 'area'>,
): Promise<void> {
  await page.getByLabel('Key file').setInputFiles(key)
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase)
  if (area !== undefined) await page.getByLabel('Area file').setInputFiles(area)
  await page.getByRole('button', { name: 'Open the key' }).click()
}

/** Opens the old key beside the one that is open. */
export async function openBridgeKey(
  page: Page,
  { key, passphrase }: NonNullable<GivenToPage['bridge']>,
): Promise<void> {
  await page.getByText('In a bridge quarter: open the old key as well').click()
  await page.getByLabel('Old key file').setInputFiles(key)
  await page.getByRole('textbox', { name: 'Passphrase of the old key' }).fill(passphrase)
  await page.getByRole('button', { name: 'Open the old key' }).click()
}

/** From the key to the page that matches columns. */
export async function goToColumns(page: Page, given: GivenToPage): Promise<void> {
  await openKey(page, given)
  if (given.bridge !== undefined) {
    await openBridgeKey(page, given.bridge)
    await page.getByText('Check value of the old key').waitFor()
  }
  await press(page, 'Continue')
  if (given.area === undefined) {
    await page.getByLabel('Code of your organisation').fill(given.provider)
    await page.getByLabel('Code of the service').fill(given.service)
  } else await page.getByLabel('Service').selectOption(given.service)
  await page.getByLabel('Quarter').selectOption(given.quarter)
  if (given.kind !== undefined)
    await page.getByLabel('What does the file hold?').selectOption(given.kind)
  await press(page, 'Continue')
  await page.getByLabel('Your file').setInputFiles(given.file)
  if (given.mapping !== undefined)
    await page.getByLabel('Mapping saved before').setInputFiles(given.mapping)
  await press(page, 'Read the file')
  await press(page, 'This is right: match the columns')
  await heading(page, 'Match your columns')
}

/** From the columns, as they are, to the check: words that no list knows are read as blank. */
export async function goToCheck(page: Page): Promise<void> {
  await press(page, 'Continue')
  await heading(page, /Match your values|Check your file/)
  if ((await page.title()).includes('Match your values')) {
    for (const select of await page.locator('select[id^=word-]').all())
      if ((await select.inputValue()) === '') await select.selectOption('blank')
    await press(page, 'Continue')
    await heading(page, 'Check your file')
  }
}

/** Confirms all that is to be confirmed, leaves out what must be fixed, and goes on. */
export async function answerCheck(page: Page): Promise<void> {
  const reason = page.getByLabel('Why are they left out?')
  if ((await reason.count()) > 0) {
    await reason.selectOption('in-a-later-file')
    await page.getByRole('button', { name: /^Leave th/ }).click()
  }
  for (const box of await page.getByRole('checkbox').all()) await box.check()
  await press(page, 'Continue')
  await heading(page, 'Make the hashed file')
}

/** Makes the hashed file, saves all three files and answers with their content by their ending. */
export async function makeAndSave(page: Page): Promise<Readonly<Record<string, string>>> {
  await press(page, 'Make the hashed file')
  await heading(page, 'Hashed file made')
  const saved: Record<string, string> = {}
  for (const button of await page.getByRole('button', { name: /^Save / }).all()) {
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
    const name = download.suggestedFilename()
    saved[name.slice(name.indexOf('.'))] = await readFile(await download.path(), 'utf8')
  }
  return saved
}

/** All that a page could keep in a browser. */
export function keptBy(page: Page): Promise<unknown> {
  return page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases().catch(() => [])).length,
    cookie: document.cookie,
    history: JSON.stringify(history.state),
    name: window.name,
  }))
}

export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
}

/** Waits for a step by its heading. */
export async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** SHA-256 of a text, in hexadecimal. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
