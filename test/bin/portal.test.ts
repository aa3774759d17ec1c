import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

/** A portal as a container starts it; that it starts where pages are built is told in test/e2e. */

const ROOT = dirname(dirname(import.meta.dirname))

test('builds no pages where it runs: without them it says so, what to do, and ends', async () => {
  // The same clone, without what was built in it.
  const clone = await mkdtemp(join(tmpdir(), 'countonce-portal-'))
  onTestFinished(() => rm(clone, { recursive: true, force: true }))
  for (const name of await readdir(ROOT)) {
    if (name !== '.next') await symlink(join(ROOT, name), join(clone, name))
  }
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--preserve-symlinks', '--preserve-symlinks-main', join(clone, 'bin/portal.ts')],
    { cwd: clone, encoding: 'utf8', env: { NODE_ENV: 'test', PATH: process.env['PATH'] } },
  )
  expect(stderr).toContain('The pages of the portal are not built.')
  expect(stderr).toContain('npm run build')
  expect(status).toBe(1)
  expect(await readdir(clone)).not.toContain('.next')
})
