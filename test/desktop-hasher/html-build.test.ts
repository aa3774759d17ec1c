import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guideMarkup } from '../../desktop-hasher/build/guide-markup.ts'
import { buildHasherPage, writeHasherPage } from '../../desktop-hasher/build/hasher-page.ts'
import { inside, sha256Of } from './setup/hasher-browser.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SOURCES = [
  'desktop-hasher/build',
  'desktop-hasher/html',
  'desktop-hasher/tool.ts',
  'docs/hashing-at-source.md',
  'lib/core',
  'package.json',
  'tsconfig.json',
]

let folder: string
let html: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countonce-build-'))
  ;({ html } = await buildHasherPage(ROOT))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** The project again in another folder. */
async function copyProject(name: string): Promise<string> {
  const copy = join(folder, name)
  for (const source of SOURCES)
    await cp(join(ROOT, source), join(copy, source), { recursive: true })
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

describe('the page of the hasher', () => {
  it('has the same bytes wherever it is built, and its digest beside it', async () => {
    const copy = await copyProject('a folder of another name')
    expect((await buildHasherPage(copy)).html === html).toBe(true)
    const written = join(folder, 'written')
    const path = await writeHasherPage(written)
    expect((await readFile(path, 'utf8')) === html).toBe(true)
    expect(await readFile(`${path}.sha256`, 'utf8')).toBe(
      `${sha256Of(html)}  count-once-hasher.html\n`,
    )
  })

  it('allows its own script and style by their digests, WebAssembly and its worker, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? ''
    expect(policy.replace(/'sha256-[A-Za-z0-9+/]{43}='/g, "'sha256-…'").split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'sha256-…' 'wasm-unsafe-eval'",
      "style-src 'sha256-…'",
      'worker-src blob:',
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types countonce-worker',
    ])
    // It holds from the first element that could ask for anything.
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<title>'))
  })

  it('names no other file in its markup and style', () => {
    const style = inside(html, 'style')
    const markup = html.replace(inside(html, 'script'), '').replace(style, '')
    expect(style).not.toMatch(/url\(|@import/)
    expect(markup).not.toMatch(/\b(src|srcset|data|action|formaction|poster|ping)=/)
    expect(markup.match(/href="[^"]*"/g)).toEqual(['href="#main-content"'])
    expect(markup).not.toMatch(/https?:|<(link|img|iframe|object|embed|base|form)\b/)
    expect(markup).not.toMatch(/\son[a-z]+=|\sstyle=/)
  })

  it('holds the guide for the analyst, word for word as it stands in docs', async () => {
    const guide = await readFile(join(ROOT, 'docs/hashing-at-source.md'), 'utf8')
    const words = (text: string): string[] =>
      text
        .replace(/<[^>]*>/g, ' ')
        .replace(/[`*|#]|^\s*([0-9]+[.]|-+)(?=\s|$)|-{3,}/gm, ' ')
        .split(/\s+/)
        .filter((word) => word !== '')
    const shown = html.slice(html.indexOf('Guide to hashing at source'), html.indexOf('</footer>'))
    const table = / it says\s+do this /.exec(words(guide).join(' '))?.[0] ?? ' '
    const [, ...body] = guide.split('\n')
    const expected = words(body.join('\n')).join(' ').replace(table, ' ')
    expect(words(shown).join(' ')).toContain(expected)
  })

  it('refuses a guide with what it cannot show without a network', () => {
    expect(() => guideMarkup('# Title\n\nSee [this](https://example.org).')).toThrow()
    expect(() => guideMarkup('# Title\n\n![picture](a.png)')).toThrow()
    expect(() => guideMarkup('no title')).toThrow()
    expect(guideMarkup('# Title\n\nLess than <b>')).toContain('Less than &lt;b&gt;')
  })
})

describe('the source of the page', () => {
  it('makes no markup of text, keeps nothing in the browser and asks for nothing', async () => {
    const wrong =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function|localStorage|sessionStorage|indexedDB|\bcaches\b|\.cookie|\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|RTCPeerConnection|importScripts|serviceWorker/
    const names = await readdir(join(ROOT, 'desktop-hasher/html'), { recursive: true })
    const sources = names.filter((name) => name.endsWith('.ts'))
    expect(sources.length).toBeGreaterThan(20)
    for (const name of sources)
      expect(
        `${name} ${wrong.exec(await readFile(join(ROOT, 'desktop-hasher/html', name), 'utf8'))?.[0] ?? ''}`,
      ).toBe(`${name} `)
  })
})
