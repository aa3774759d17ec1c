/**
 * What every npm script runs: `node bin/bootstrap.mjs <script> [arguments]` prepares the project
 * where that is needed and runs the script under the Node that npm brought. Works in a fresh clone
 * with Node 20 or later and npm.
 */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

import { launch } from './launch.mjs'
import { ROOT } from './prepare.mjs'

/** Script → file, its first arguments, and whether packages for development are needed. */
const SCRIPTS = {
  start: { file: 'bin/start.ts', args: [], development: false },
  build: { file: 'bin/build.ts', args: [], development: true },
  test: { file: 'node_modules/vitest/vitest.mjs', args: ['run'], development: true },
  check: { file: 'bin/check.mjs', args: [], development: true },
  format: {
    file: 'node_modules/oxfmt/bin/oxfmt',
    args: ['.'],
    development: true,
  },
  hasher: { file: 'desktop-hasher/build/build-hasher.ts', args: [], development: true },
  generate: { file: 'bin/generate.mjs', args: [], development: true },
  queries: { file: 'bin/queries.ts', args: [], development: true },
}

const [name = '', ...rest] = process.argv.slice(2)
// Without a name, speed and memory: the first thing one asks of a bench.
if (name === 'bench' && rest.length === 0) rest.push('ingest')
const script = Object.hasOwn(SCRIPTS, name) ? SCRIPTS[name] : benchmark(name)
if (script === undefined) {
  process.stderr.write(
    `usage: node bin/bootstrap.mjs <script> [arguments]\nscripts: ${[...Object.keys(SCRIPTS), 'bench NAME'].join(', ')}\n` +
      `benchmarks: ${benchmarks().join(', ')}\n`,
  )
  process.exitCode = 2
} else {
  await launch(script.file, [...script.args, ...(name === 'bench' ? rest.slice(1) : rest)], {
    development: script.development,
    cwd: ROOT,
  })
}

function benchmark(called) {
  const wanted = rest[0]
  if (called !== 'bench' || wanted === undefined || !benchmarks().includes(wanted)) return undefined
  return { file: `bench/${wanted}.ts`, args: [], development: true }
}

function benchmarks() {
  const folder = path.join(ROOT, 'bench')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
}
