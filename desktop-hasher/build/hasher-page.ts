/** The page of the hasher as one file, its guide inlined. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { guideMarkup } from './guide-markup.ts'
import { buildSinglePage, digestOf, writeSinglePage, type SinglePage } from './single-page.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NAME = 'count-once-hasher.html'

/** Builds the page into a folder, with its SHA-256 beside it; answers its path. */
export async function writeHasherPage(folder: string): Promise<string> {
  return writeSinglePage(folder, NAME, await buildHasherPage(ROOT))
}

/** Builds the page from a project's folder. Throws when something in it refers to another file. */
export async function buildHasherPage(root: string): Promise<SinglePage> {
  const guide = guideMarkup(await readFile(join(root, 'docs/hashing-at-source.md'), 'utf8'))
  return buildSinglePage(root, {
    script: 'desktop-hasher/html/main.ts',
    style: 'desktop-hasher/html/styles.scss',
    policy: pagePolicy,
    what: 'hasher',
    title: 'Count Once hasher',
    heading: 'Count Once hasher',
    state:
      '<strong class="govuk-tag govuk-tag--green">Offline</strong><span>This page cannot connect to anything.</span><span class="app-state__key" id="key-in-header"></span>',
    below: guideFooter(guide),
  })
}

/**
 * What the page may do. Script: this one alone, and the HMAC module as WebAssembly. The worker is
 * the same script at an address of the page's own, and works under this policy as well. Neither
 * pictures nor connections, forms nor frames.
 */
export function pagePolicy(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src ${digestOf(script)} 'wasm-unsafe-eval'`,
    `style-src ${digestOf(style)}`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types countonce-worker',
  ].join('; ')
}

function guideFooter(guide: string): string {
  return `<footer class="app-guide" aria-label="Guide">
<div class="govuk-width-container">
<details class="govuk-details">
<summary class="govuk-details__summary"><span class="govuk-details__summary-text">Guide to hashing at source</span></summary>
<div class="govuk-details__text">
<h2 class="govuk-heading-m">Hashing at source</h2>
${guide}
</div>
</details>
</div>
</footer>
`
}
