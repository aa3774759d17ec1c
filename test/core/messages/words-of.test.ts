import { fixOfCheck } from '#core/messages/operating/check-words.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WITHDRAWAL_REASONS } from '#core/messages/submissions/withdrawal-reasons.ts'
import { CATALOGUES, isCode, wordsOf, type Code } from '#core/messages/words-of.ts'

const ROOT = new URL('../../../', import.meta.url).pathname
const CODES = CATALOGUES.flatMap((catalogue) => Object.keys(catalogue)) as Code[]

function sourcesIn(folder: string): { path: string; text: string }[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('generated'))
    .map((path) => join(folder, path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}

const SHELLS = ['app', 'bin', 'desktop-hasher', 'lib/server'].flatMap(sourcesIn)

describe('the words of codes', () => {
  it('are in one catalogue each, so that no code has two wordings', () => {
    expect(CODES.filter((code, at) => CODES.indexOf(code) !== at)).toEqual([])
  })

  it('are of codes that somebody gives: one that nobody gives is told by no page', () => {
    const given = ['app', 'bin', 'desktop-hasher', 'lib']
      .flatMap(sourcesIn)
      .filter(({ path }) => !path.startsWith('lib/core/messages/'))
      .map(({ text }) => text)
      .join('\n')
    const isGiven = (code: string): boolean =>
      given.includes(`'${code}'`) || given.includes(`${code}:`) || code in PUT_TOGETHER
    expect(CODES.filter((code) => !isGiven(code))).toEqual([])
  })

  it('are there for every code that is thrown or answered', () => {
    const core = sourcesIn('lib/core')
    const made = [...SHELLS, ...core].flatMap(({ path, text }) =>
      [...text.matchAll(MAKES_CODE)].map((match) => ({ path, code: match[1] ?? '' })),
    )
    expect(made.length).toBeGreaterThan(150)
    expect(made.filter(({ code }) => !isCode(code))).toEqual([])
  })

  it('are told by one function in every shell: none has words of its own or looks into a catalogue', () => {
    const looks =
      /(?:FILE|CLIENT_REFERENCE|NAME|BIRTH|IDENTIFIER|SERVICE|FORM|HASHED|HASHER|SUBMISSION|END|MAPPING)_WORDS|FINDING_CATALOGUES\b/
    expect(SHELLS.filter(({ text }) => looks.test(text)).map(({ path }) => path)).toEqual([])
    const titles = new Set(CODES.map((code) => wordsOf(code).title).filter((title) => title !== ''))
    const repeats = SHELLS.filter(({ path }) => !path.startsWith('lib/server')).flatMap(
      ({ path, text }) =>
        [...titles].filter((title) => text.includes(`'${title}'`)).map(() => path),
    )
    expect(repeats).toEqual([])
  })

  it.each(CODES)('say what it is and, where somebody can, how to fix it: %s', (code) => {
    const { title, fix } = wordsOf(code, { field: 'ethnicity', path: 'file.csv', limit: 5 })
    expect(title).toMatch(/^[A-Z“f].{7,}/)
    expect(fix).toMatch(/\.$/)
    expect(`${title} ${fix}`).not.toMatch(/undefined|NaN|\[object/)
  })

  it('of a check that a fault ended say what fixes the fault, and not what else the check looks for', () => {
    expect(fixOfCheck('database', 'restore-unfinished')).toContain('restore again')
    expect(fixOfCheck('database', 'restore-unfinished')).not.toContain('DATABASE_URL')
    for (const fault of [undefined, 'unexpected', 'database-gone'] as const) {
      expect(fixOfCheck('database', fault)).toContain('DATABASE_URL')
    }
  })

  it('fit any file for a code that another version wrote, or the name of a property of every object', () => {
    expect(isCode('constructor')).toBe(false)
    expect(wordsOf('of-another-version' as Code).title).toBe('The file could not be used.')
  })
})

/** Codes that are put together of parts, or chosen from a list of reasons. */
const PUT_TOGETHER = {
  ...WITHDRAWAL_REASONS,
  ...Object.fromEntries(
    ['first', 'last'].flatMap((name) =>
      ['character', 'no-letters', 'one-letter'].map((what) => [`${name}-${what}`, '']),
    ),
  ),
  'sent-for-other-service': '',
  'sent-for-other-quarter': '',
}

/** Where a code is made: a refusal, a fault, a refused file, a stop. */
const MAKES_CODE =
  /(?:\brefuse|new Fault|new FileRefused|new ReadingRefused|\bstopped|\brefused)\(\s*'([a-z0-9-]+)'/g
