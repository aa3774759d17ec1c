/**
 * A page as one file: script and style inlined, and a policy that names their digests and allows
 * nothing else. The same bytes from the same commit.
 */
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compile } from 'sass'
import { bundle } from './bundle.ts'

/** A page and its digest, as it is published beside it. */
export interface SinglePage {
  readonly html: string
  /** SHA-256 of the page, in hexadecimal. */
  readonly sha256: string
}

/** What a page is made of. Paths are from the project's folder. */
export interface PageParts {
  readonly script: string
  readonly style: string
  /** What the page may do beside running its own script and style. */
  readonly policy: (script: string, style: string) => string
  /** The name in the header, after that of Count Once. */
  readonly what: string
  readonly title: string
  readonly heading: string
  /** Markup of the banner below the header. */
  readonly state: string
  /** Markup below the main part. */
  readonly below?: string
}

/** Builds a page from a project's folder. Throws when something in it refers to another file. */
export async function buildSinglePage(root: string, parts: PageParts): Promise<SinglePage> {
  const script = asInline(
    await bundle({ entry: join(root, parts.script), platform: 'browser', format: 'iife' }),
  )
  const style = compile(join(root, parts.style), {
    style: 'compressed',
    quietDeps: true,
  }).css.trim()
  if (/url\(|@import/.test(style)) throw new Error('the style sheet refers to another file')
  const html = pageMarkup(parts, script, style)
  return { html, sha256: createHash('sha256').update(html).digest('hex') }
}

/** Writes a page into a folder, with its SHA-256 beside it; answers its path. */
export async function writeSinglePage(
  folder: string,
  name: string,
  { html, sha256 }: SinglePage,
): Promise<string> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), html)
  await writeFile(join(folder, `${name}.sha256`), `${sha256}  ${name}\n`)
  return join(folder, name)
}

/** How a policy names a script or style that stands in the page. */
export function digestOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/** A script as it can stand inside a page: nothing in it ends the element, or begins a comment. */
function asInline(script: string): string {
  return script
    .replaceAll('\r', '')
    .replace(/<\/script/gi, '<\\/script')
    .replaceAll('<!--', '<\\!--')
    .trim()
}

function pageMarkup(
  { policy, what, title, heading, state, below = '' }: PageParts,
  script: string,
  style: string,
): string {
  return `<!doctype html>
<html lang="en-GB" class="govuk-template">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script, style)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="#1d3f72">
<title>${title}</title>
<style>${style}</style>
</head>
<body class="govuk-template__body">
<a href="#main-content" class="govuk-skip-link">Skip to main content</a>
<header class="govuk-template__header">
<div class="govuk-generic-header app-header">
<div class="govuk-generic-header__container govuk-width-container">
<div class="govuk-generic-header__logo"><span class="govuk-generic-header__homepage-link">
<svg class="app-header__mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="16" cy="16" r="13" fill="none" stroke="#fff" stroke-width="4"/><circle cx="16" cy="16" r="4.5" fill="#ffdd00"/></svg>
Count Once <span class="app-header__what">${what}</span></span></div>
</div>
</div>
<div class="govuk-width-container">
<div class="govuk-phase-banner">
<div class="govuk-phase-banner__content app-state">${state}</div>
</div>
</div>
</header>
<div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main-content" tabindex="-1">
<h1 class="govuk-heading-l">${heading}</h1>
<noscript><p class="govuk-body">This page does all its work with JavaScript, on this computer. Allow it for this file, and open it again.</p></noscript>
</main>
</div>
${below}<script>${script}</script>
</body>
</html>
`
}
