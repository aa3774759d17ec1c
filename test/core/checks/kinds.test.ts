import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { comesTo } from './files.ts'

/**
 * Files of the kinds in `test/files/kinds`, as services, forms and other tools write them: each is
 * read right, or stops with what a person can answer. A file stands below its name and the lines of
 * what it comes to.
 */
const FOLDER = new URL('../../files/kinds/', import.meta.url)

interface Kind {
  readonly name: string
  readonly outcome: readonly string[]
  readonly text: string
}

function readKinds(file: string): Kind[] {
  return readFileSync(new URL(file, FOLDER), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((section) => {
      const [name = '', ...lines] = section.split('\n')
      const from = lines.findIndex((line) => !line.startsWith('> '))
      const text = lines.slice(from).join('\n').replace(/\n$/, '')
      return { name, outcome: lines.slice(0, from).map((line) => line.slice(2)), text }
    })
}

describe.each(readdirSync(FOLDER).filter((file) => file.endsWith('.txt')))('%s', (file) => {
  const kinds = readKinds(file)

  test('has eight files or more, each of its own name', () => {
    expect(new Set(kinds.map(({ name }) => name)).size).toBeGreaterThanOrEqual(8)
    expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length)
  })

  test.each(kinds)('$name', async ({ outcome, text }) => {
    expect(await comesTo(new TextEncoder().encode(text))).toEqual(outcome)
  })
})
