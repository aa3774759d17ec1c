import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { publishedDocument } from '#core/disclosure/published-document.ts'

test('every field of a published document is in its documentation', async () => {
  const page = await readFile('docs/published-json.md', 'utf8')
  const names = namesIn(z.toJSONSchema(publishedDocument))
  expect(names.size).toBeGreaterThan(30)
  expect([...names].filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

/** Names of fields, and the values that a field is chosen from. */
function namesIn(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return found
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') for (const name of Object.keys(value as object)) found.add(name)
    if (key === 'enum') for (const name of value as readonly string[]) found.add(name)
    namesIn(value, found)
  }
  return found
}
