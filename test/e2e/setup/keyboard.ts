import type { Page } from '@playwright/test'
import { expect } from 'vitest'
import { expectPage } from './visitor.ts'

/** What somebody does who has a keyboard alone. */

/** More presses of Tab than any page has stops. */
const STOPS = 60

/** The first stop of every page leads past its header. */
export async function skipToContent(page: Page): Promise<void> {
  await page.keyboard.press('Tab')
  const link = page.getByRole('link', { name: 'Skip to main content' })
  await expectPage(link).toBeFocused()
  await expectPage(link).toBeInViewport()
  await page.keyboard.press('Enter')
  await expectPage(page.getByRole('main')).toBeFocused()
}

/** Tabs to something and presses Enter; waits for the page it leads to. */
export async function press(page: Page, name: string | RegExp, leadsTo?: RegExp): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
  if (leadsTo !== undefined) await page.waitForURL(leadsTo)
}

/** Tabs until something of this name has the focus; everything on the way shows that it has it. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = []
  for (let stop = 0; stop < STOPS; stop++) {
    await page.keyboard.press('Tab')
    const { called, isSeen } = await focused(page)
    passed.push(called)
    if (called !== '') expect(`${called}: ${isSeen ? 'seen' : 'not seen'}`).toBe(`${called}: seen`)
    if (typeof name === 'string' ? called === name : name.test(called)) return
  }
  throw new Error(`no stop is called ${String(name)}: ${passed.join(' | ')}`)
}

export async function expectFocus(page: Page, name: RegExp): Promise<void> {
  await expectPage.poll(async () => (await focused(page)).called, { timeout: 60_000 }).toMatch(name)
}

/**
 * What has the focus: its label or words, and whether it is on the screen and looks different for
 * it.
 */
function focused(page: Page): Promise<{ called: string; isSeen: boolean }> {
  return page.evaluate(() => {
    const active = document.activeElement
    if (!(active instanceof HTMLElement) || active === document.body)
      return { called: '', isSeen: true }
    const isField =
      active instanceof HTMLInputElement ||
      active instanceof HTMLSelectElement ||
      active instanceof HTMLTextAreaElement
    const label = isField ? active.labels?.[0]?.innerText : undefined
    const called = (label ?? active.getAttribute('aria-label') ?? active.textContent)
      .replace(/\s+/g, ' ')
      .trim()
    const { top, bottom, width } = active.getBoundingClientRect()
    const { outlineStyle, boxShadow } = getComputedStyle(active)
    // A box or a circle draws its focus in front of its label.
    const before =
      active.nextElementSibling === null
        ? ''
        : getComputedStyle(active.nextElementSibling, '::before').boxShadow
    const isDrawn =
      outlineStyle !== 'none' || boxShadow !== 'none' || (before !== '' && before !== 'none')
    return { called, isSeen: isDrawn && width > 0 && bottom > 0 && top < window.innerHeight }
  })
}
