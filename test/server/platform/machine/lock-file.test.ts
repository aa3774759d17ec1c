import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withLockFile } from '#server/platform/machine/lock-file.ts'

let folder: string
let lock: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countonce-test-'))
  lock = join(folder, 'build.lock')
})

afterEach(() => rm(folder, { recursive: true }))

const BUILD = { patience: 200, refused: 'portal-build-busy' } as const

describe('a lock file', () => {
  test('lets one work at a time, and is gone afterwards', async () => {
    let working = 0
    const most: number[] = []
    const work = async (): Promise<void> => {
      working += 1
      most.push(working)
      await new Promise((resolve) => setImmediate(resolve))
      working -= 1
    }
    await Promise.all(
      Array.from({ length: 5 }, () => withLockFile(lock, { ...BUILD, patience: 60_000 }, work)),
    )
    expect(Math.max(...most)).toBe(1)
    expect(await readdir(folder)).toEqual([])
  })

  test('that somebody living holds is waited for as long as was said, and its own words are told', async () => {
    await withLockFile(lock, BUILD, async () => {
      await expect(
        withLockFile(lock, BUILD, () => Promise.reject(new Error('worked beside the holder'))),
      ).rejects.toMatchObject({ code: 'portal-build-busy', detail: { process: process.pid } })
    })
  })

  test('whose holder is gone, or left it untouched, is taken over', async () => {
    const longAgo = new Date(Date.now() - 120_000)
    for (const holder of ['999999999 somebody\n', `${String(process.pid)} another\n`]) {
      await writeFile(lock, holder)
      await utimes(lock, longAgo, longAgo)
      expect(await withLockFile(lock, BUILD, () => Promise.resolve('worked'))).toBe('worked')
    }
  })

  test('is left when the work fails', async () => {
    const failing = withLockFile(lock, BUILD, () => Promise.reject(new Error('no disk')))
    await expect(failing).rejects.toThrow('no disk')
    expect(await readdir(folder)).toEqual([])
  })
})
