import { chromium, expect, type Browser, type BrowserContext, type Page } from '@playwright/test'
import type pg from 'pg'
import { inject } from 'vitest'
import { openPool } from '#server/platform/db/pool.ts'
import { sessionOf } from './session-of.ts'

/**
 * The run's portal as the tests of a file use it: a browser, and the owner's look behind the
 * scenes.
 */
export interface Visit {
  readonly origin: string
  readonly password: string
  readonly dataDir: string
  /** Every mail that was sent, one a file. */
  readonly mailDir: string
  readonly owner: pg.Pool
  /** The files that the demonstration leaves to a visitor, by service. */
  readonly files: Readonly<Record<string, string>>
  /** A fresh browser profile, with or without JavaScript, at a desktop's or a phone's width. */
  newPage(options?: {
    readonly javaScript?: boolean
    readonly width?: number
    /** What the browser goes through to the portal. */
    readonly proxy?: string
  }): Promise<Page>
  /** Begins where nothing was sent. */
  forgetFiles(): Promise<void>
  close(): Promise<void>
}

/** Looks at a page until it is as expected: patient, since the machine may be busy. */
export const expectPage = expect.configure({ timeout: 20_000 })

const scriptless = new WeakSet<BrowserContext>()

/** Whether scripts run in a page of `newPage`. */
export function hasScript(page: Page): boolean {
  return !scriptless.has(page.context())
}

/** Whether there is a browser to test with. */
export const noBrowser = inject('browser') === ''

export async function openVisit(): Promise<Visit> {
  const { origin, databaseUrl, password, dataDir, mailDir, files } = inject('portal')
  const owner = openPool(databaseUrl)
  const browser: Browser = await chromium.launch({
    executablePath: inject('browser'),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  const contexts: BrowserContext[] = []
  return {
    origin,
    password,
    dataDir,
    mailDir,
    owner,
    files,
    async newPage({ javaScript = true, width = 1280, proxy } = {}) {
      const context = await browser.newContext({
        baseURL: origin,
        javaScriptEnabled: javaScript,
        viewport: { width, height: 900 },
        locale: 'en-GB',
        ...(proxy === undefined ? {} : { proxy: { server: proxy } }),
      })
      context.setDefaultTimeout(30_000)
      contexts.push(context)
      if (!javaScript) scriptless.add(context)
      return context.newPage()
    },
    async forgetFiles() {
      await owner.query(
        `update submission set state = 'withdrawn', file_id = null where state <> 'rejected'`,
      )
      await owner.query('delete from upload_attempt')
    },
    async close() {
      for (const context of contexts) await context.close()
      await browser.close()
      await owner.end()
    },
  }
}

/** The demonstration's accounts. */
export const ACCOUNTS = {
  provider: 'provider@demonstration.example',
  otherProvider: 'provider2@demonstration.example',
  analyst: 'analyst@demonstration.example',
  administrator: 'administrator@demonstration.example',
  secondAdministrator: 'administrator2@demonstration.example',
  officer: 'officer@demonstration.example',
  secondOfficer: 'officer2@demonstration.example',
} as const

/**
 * Lets the present code be used again, and forgets wrong tries: what half a minute and a quarter of
 * an hour would do.
 */
export async function letTimePass(visit: Visit): Promise<void> {
  await visit.owner.query('update portal_user set code_step = 0')
  await visit.owner.query('delete from sign_in_attempt')
}

/** Fills in the first page of signing in. */
export async function givePassword(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
}

/** The code that the demonstration's page shows. */
export async function shownCode(page: Page): Promise<string> {
  const banner = page.getByRole('region', { name: 'Demonstration' })
  await expectPage(banner).toContainText(/[0-9]{6}/)
  return /[0-9]{6}/.exec(await banner.innerText())?.[0] ?? ''
}

/** Opens a page whose form takes a fresh code, with one that was not used. */
export async function openFresh(visit: Visit, page: Page, path: string): Promise<void> {
  await letTimePass(visit)
  await page.goto(path)
}

/** Fills in the fresh code that an act takes, as the demonstration shows it beside its field. */
export async function giveFreshCode(page: Page): Promise<void> {
  await page.getByLabel('Enter the code in your authenticator app').fill(await shownCode(page))
}

/**
 * Signs in as somebody of the demonstration, with the session that the pages of signing in give:
 * those have tests of their own, which walk through them.
 */
export async function signIn(visit: Visit, page: Page, email: string): Promise<void> {
  const [name = '', value = ''] = (await sessionOf(visit, email)).split('=')
  const { origin: url } = visit
  await page.context().addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }])
  await page.goto('/')
}

/** Signs in as somebody of the demonstration, through both pages. */
export async function signInByHand(visit: Visit, page: Page, email: string): Promise<void> {
  await letTimePass(visit)
  await givePassword(page, email, visit.password)
  await page.getByLabel('Enter the code in your authenticator app').fill(await shownCode(page))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}
