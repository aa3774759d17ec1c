/** The page with which anybody checks signed figures, as one file. */
import { fileURLToPath } from 'node:url'
import { buildSinglePage, digestOf, writeSinglePage, type SinglePage } from './single-page.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NAME = 'count-once-verifier.html'

/** Builds the page into a folder, with its SHA-256 beside it; answers its path. */
export async function writeVerifierPage(folder: string): Promise<string> {
  return writeSinglePage(folder, NAME, await buildVerifierPage(ROOT))
}

/** Builds the page from a project's folder. */
export async function buildVerifierPage(root: string): Promise<SinglePage> {
  return buildSinglePage(root, {
    script: 'desktop-hasher/verifier/main.ts',
    style: 'desktop-hasher/html/styles.scss',
    policy: verifierPolicy,
    what: 'verifier',
    title: 'Check signed figures – Count Once verifier',
    heading: 'Check signed figures',
    state:
      '<strong class="govuk-tag govuk-tag--green">Offline</strong><span>This page cannot connect to anything.</span>',
  })
}

/** What the page may do: run its own script, and nothing else. */
function verifierPolicy(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src ${digestOf(script)}`,
    `style-src ${digestOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}
