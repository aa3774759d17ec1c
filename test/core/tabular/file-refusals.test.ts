import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FILE_WORDS, type FileCode } from '#core/messages/reading/file-refusals.ts'
import { wordsOf } from '#core/messages/words-of.ts'

const ROOM = new URL('../../../lib/core/tabular/', import.meta.url)

/**
 * Every quoted word of the reader that has the form of a refusal's code and stands where one is
 * made.
 */
function codesInReader(): Set<string> {
  const codes = new Set<string>()
  for (const file of readdirSync(ROOM, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue
    const text = readFileSync(new URL(file, ROOM), 'utf8')
    for (const match of text.matchAll(/FileRefused\([^)]*?'([a-z-]+)'|code: '([a-z-]+)'/g)) {
      codes.add(match[1] ?? match[2] ?? '')
    }
    for (const match of text.matchAll(/'(kind-[a-z-]+|[a-z]+-hidden|no-rows)'/g))
      codes.add(match[1] ?? '')
  }
  return codes
}

describe('the words of file refusals', () => {
  it('has words for every code the reader refuses with', () => {
    const codes = codesInReader()
    expect(codes.size).toBeGreaterThan(30)
    expect([...codes].filter((code) => !Object.hasOwn(FILE_WORDS, code))).toEqual([])
  })

  it.each(Object.keys(FILE_WORDS) as FileCode[])(
    'says what is wrong and how to fix it: %s',
    (code) => {
      const detail = {
        fileRow: 12_345,
        row: 12_340,
        limit: 500,
        cells: 3,
        expected: 4,
        column: 'D',
      }
      const words = wordsOf(code, {
        ...detail,
        heading: 'Name',
        first: 'A',
        second: 'C',
        sheet: 'Data',
        encoding: 'UTF-8',
      })
      for (const text of [words.title, words.fix]) {
        expect(text).toMatch(/^[A-Z].*[.]$/s)
        expect(text).not.toMatch(/undefined|NaN|object|“”/)
      }
    },
  )

  it('names row, limit and heading', () => {
    expect(wordsOf('row-short', { fileRow: 12_345, cells: 1, expected: 4 }).title).toBe(
      'Row 12,345 of the file has 1 cell; the headings need 4.',
    )
    expect(wordsOf('file-too-large', { limit: 200 * 1024 * 1024 }).title).toContain('200 MB')
    expect(
      wordsOf('header-duplicate', {
        heading: 'DOB',
        first: 'B',
        second: 'F',
        fileRow: 3,
      }).title,
    ).toBe('Two columns are called “DOB”: B and F.')
  })
})
