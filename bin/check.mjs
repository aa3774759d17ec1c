/**
 * `npm run check`: every static check, two at a time, each shown when it is done, all of them run even
 * when one fails. Ends with status 1 if any failed.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

import { environment } from './launch.mjs'
import { ROOT } from './prepare.mjs'

const SOURCE = ['app', 'bench', 'bin', 'desktop-hasher', 'lib', 'test'].filter((folder) =>
  existsSync(path.join(ROOT, folder)),
)

/** Name, the file of the tool inside node_modules, and its arguments; what takes longest first. */
const CHECKS = [
  ['lint', 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', '.']],
  ['types', 'typescript-7/bin/tsc', ['--noEmit', '-p', '.']],
  ['format', 'oxfmt/bin/oxfmt', ['--check', '.']],
  [
    'layers',
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    ['--config', '.dependency-cruiser.cjs', ...SOURCE],
  ],
  [
    'what the portal loads',
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    [
      '--config',
      '.dependency-cruiser.portal.cjs',
      'app',
      'lib/server/portal',
      'instrumentation.ts',
      'proxy.ts',
    ],
  ],
  ['unused', 'knip/bin/knip.js', []],
  ['unused by what runs', 'knip/bin/knip.js', ['--production']],
]

/** How many run at a time: each keeps one core busy. */
const AT_ONCE = 2

/** Runs a tool and keeps what it says, so that what two say is not mixed. */
function runTool(file, args) {
  const child = spawn(process.execPath, [path.join(ROOT, 'node_modules', file), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(),
  })
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => said.push(bytes))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, said: Buffer.concat(said) }))
  })
}

const waiting = [...CHECKS]
const failed = []

async function runWaiting() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, file, args] = next
    const started = Date.now()
    const { code, said } = await runTool(file, args)
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    process.stdout.write(`\n== ${name}: ${path.basename(file)} ${args.join(' ')}\n`)
    process.stdout.write(said)
    process.stdout.write(`== ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`)
    if (code !== 0) failed.push(name)
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, runWaiting))
process.stdout.write(
  failed.length === 0 ? '\nAll checks passed.\n' : `\nFailed: ${failed.join(', ')}.\n`,
)
process.exitCode = failed.length === 0 ? 0 : 1
