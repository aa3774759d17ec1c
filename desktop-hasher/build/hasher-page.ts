/**
 * The page of the hasher as one file: script, style and guide inlined, and a policy that names
 * their digests and allows nothing else. The same bytes from the same commit.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from 'sass'
import { bundle } from './bundle.ts'
import { guideMarkup } from './guide-markup.ts'

/** A page and its digest, as it is published beside it. */
export interface HasherPage {
  readonly html: string
  /** SHA-256 of the page, in hexadecimal. */
  readonly sha256: string
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NAME = 'count-once-hasher.html'

/** Builds the page into a folder, with its SHA-256 beside it; answers its path. */
export async function writeHasherPage(folder: string): Promise<string> {
  const { html, sha256 } = await buildHasherPage(ROOT)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, NAME), html)
  await writeFile(join(folder, `${NAME}.sha256`), `${sha256}  ${NAME}\n`)
  return join(folder, NAME)
}

/** Builds the page from a project's folder. Throws when something in it refers to another file. */
export async function buildHasherPage(root: string): Promise<HasherPage> {
  const script = asInline(
    await bundle({
      entry: join(root, 'desktop-hasher/html/main.ts'),
      platform: 'browser',
      format: 'iife',
    }),
  )
  const style = compile(join(root, 'desktop-hasher/html/styles.scss'), {
    style: 'compressed',
    quietDeps: true,
  }).css.trim()
  const guide = guideMarkup(await readFile(join(root, 'docs/hashing-at-source.md'), 'utf8'))
  if (/url\(|@import/.test(style)) throw new Error('the style sheet refers to another file')
  const html = pageMarkup({ script, style, guide })
  return { html, sha256: createHash('sha256').update(html).digest('hex') }
}

/**
 * What the page may do. Script: this one alone, and the HMAC module as WebAssembly. The worker is
 * the same script at an address of the page's own, and works under this policy as well. Neither
 * pictures nor connections, forms nor frames.
 */
export function pagePolicy(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src '${digestOf(script)}' 'wasm-unsafe-eval'`,
    `style-src '${digestOf(style)}'`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types countonce-worker',
  ].join('; ')
}

function digestOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/** A script as it can stand inside a page: nothing in it ends the element, or begins a comment. */
function asInline(script: string): string {
  return script
    .replaceAll('\r', '')
    .replace(/<\/script/gi, '<\\/script')
    .replaceAll('<!--', '<\\!--')
    .trim()
}

function pageMarkup({
  script,
  style,
  guide,
}: {
  readonly script: string
  readonly style: string
  readonly guide: string
}): string {
  return `<!doctype html>
<html lang="en-GB" class="govuk-template">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${pagePolicy(script, style)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="#1d3f72">
<title>Count Once hasher</title>
<style>${style}</style>
</head>
<body class="govuk-template__body">
<a href="#main-content" class="govuk-skip-link">Skip to main content</a>
<header class="govuk-template__header">
<div class="govuk-generic-header app-header">
<div class="govuk-generic-header__container govuk-width-container">
<div class="govuk-generic-header__logo"><span class="govuk-generic-header__homepage-link">
<svg class="app-header__mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="16" cy="16" r="13" fill="none" stroke="#fff" stroke-width="4"/><circle cx="16" cy="16" r="4.5" fill="#ffdd00"/></svg>
Count Once <span class="app-header__what">hasher</span></span></div>
</div>
</div>
<div class="govuk-width-container">
<div class="govuk-phase-banner">
<div class="govuk-phase-banner__content app-state"><strong class="govuk-tag govuk-tag--green">Offline</strong><span>This page cannot connect to anything.</span><span class="app-state__key" id="key-in-header"></span></div>
</div>
</div>
</header>
<div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main-content" tabindex="-1">
<h1 class="govuk-heading-l">Count Once hasher</h1>
<noscript><p class="govuk-body">This page does all its work with JavaScript, on this computer. Allow it for this file, and open it again.</p></noscript>
</main>
</div>
<footer class="app-guide" aria-label="Guide">
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
<script>${script}</script>
</body>
</html>
`
}
