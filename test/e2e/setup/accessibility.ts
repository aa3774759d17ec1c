import AxeBuilder from '@axe-core/playwright'
import { expect as expectPage, type Page } from '@playwright/test'
import { expect } from 'vitest'

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * Expects a page to pass axe at WCAG 2.2 AA at a desktop's and a phone's width, and to be no wider
 * than either.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // The title comes with the last of a page's stream: after a change of page it may be there a moment
  // later than the heading.
  await expectPage(page).toHaveTitle(/./)
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await expectNoViolations(page)
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    await expectNoWider(page)
  }
}

/**
 * Expects a page to pass axe at WCAG 2.2 AA as it stands. Our pages have no frames of others, so axe
 * runs in the page itself and works out nothing but what is wrong: a third of the time.
 */
export async function expectNoViolations(page: Page): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({
    runOnly: { type: 'tag', values: WCAG_22_AA },
    resultTypes: ['violations'],
  })
  const { violations } = await axe.analyze()
  const told = violations.flatMap(({ id, nodes }) => {
    const wrong = nodes.filter((node) => !isNamedByGovuk(id, node.html))
    return wrong.length === 0
      ? []
      : [`${page.url()} ${id}: ${wrong.map(({ html }) => html).join(' ')}`]
  })
  expect(told).toEqual([])
}

/** Expects nothing on a page to be wider than the window. */
export async function expectNoWider(page: Page): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  const width = page.viewportSize()?.width ?? 0
  expect(excess, `${page.url()} is wider than ${String(width)}`).toBeLessThanOrEqual(0)
}

/**
 * GOV.UK's file field is named by its label and by itself, with commas between that are not seen:
 * axe, which sees none, takes its name for one that lacks its words.
 */
function isNamedByGovuk(rule: string, html: string): boolean {
  return rule === 'label-content-name-mismatch' && html.includes('govuk-file-upload-button')
}
