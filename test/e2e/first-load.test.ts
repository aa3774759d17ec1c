import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { z } from 'zod'
import { ROUTES } from './setup/routes.ts'

/**
 * What a page may have the browser fetch before it is alive, compressed as it is sent, in bytes.
 */
const LIMIT = 150_000

const statistics = z.array(
  z.object({ route: z.string(), firstLoadChunkPaths: z.array(z.string()) }),
)

test('no page needs more than 150 kB of JavaScript, compressed as it is sent', async () => {
  const { root, folder } = inject('portal').build
  const read = await readFile(join(root, folder, 'diagnostics/route-bundle-stats.json'), 'utf8')
  const pages = statistics.parse(JSON.parse(read))
  const named = Object.keys(ROUTES)
    .filter((route) => route.endsWith('/page'))
    .map((route) => (route === '/page' ? '/' : route.replace(/\/page$/, '')))
  expect(pages.map(({ route }) => route)).toEqual(expect.arrayContaining(named))
  const sizes = await Promise.all(
    pages.map(async ({ route, firstLoadChunkPaths }) => {
      const chunks = firstLoadChunkPaths.filter((path) => path.endsWith('.js'))
      const lengths = await Promise.all(
        chunks.map(async (path) => (await stat(join(root, `${path}.br`))).size),
      )
      return { route, bytes: lengths.reduce((sum, length) => sum + length, 0) }
    }),
  )
  expect(Math.min(...sizes.map(({ bytes }) => bytes))).toBeGreaterThan(10_000)
  expect(sizes.filter(({ bytes }) => bytes > LIMIT)).toEqual([])
})
