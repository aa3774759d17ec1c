import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const SCRIPT = `import('#server/platform/machine/core-dumps.ts').then(async ({ refuseCoreDumps }) => {
  const { existsSync, readFileSync } = await import('node:fs')
  const isRefused = await refuseCoreDumps()
  const limits = existsSync('/proc/self/limits') ? readFileSync('/proc/self/limits', 'utf8') : ''
  console.log(JSON.stringify({ isRefused, isZero: /Max core file size +0 +0 /.test(limits) }))
})`

test('[S72] a process that holds keys leaves no dump of its memory, or says that it cannot see to it', async () => {
  const { stdout } = await promisify(execFile)('/bin/sh', [
    '-c',
    'ulimit -S -c unlimited 2>/dev/null; exec "$@"',
    'sh',
    process.execPath,
    '-e',
    SCRIPT,
  ])
  const { isRefused, isZero } = JSON.parse(stdout) as { isRefused: boolean; isZero: boolean }
  if (isRefused) expect(isZero).toBe(true)
  else expect(process.platform === 'linux' && isZero).toBe(false)
})
