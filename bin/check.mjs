/**
 * `npm run check`: every static check, each shown, all of them run even when one fails. Ends with
 * status 1 if any failed.
 */
import { existsSync } from 'node:fs'
import path from 'node:path'

import { run } from './launch.mjs'
import { ROOT } from './prepare.mjs'

const SOURCE = ['app', 'bench', 'bin', 'desktop-hasher', 'lib', 'test'].filter((folder) =>
  existsSync(path.join(ROOT, folder)),
)

/** Name, the file of the tool inside node_modules, and its arguments. */
const CHECKS = [
  ['types', 'typescript/bin/tsc', ['--noEmit', '-p', '.']],
  ['lint', 'eslint/bin/eslint.js', ['--max-warnings', '0', '.']],
  ['format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']],
  [
    'layers',
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    ['--config', '.dependency-cruiser.cjs', ...SOURCE],
  ],
  ['unused', 'knip/bin/knip.js', []],
  ['unused by what runs', 'knip/bin/knip.js', ['--production']],
]

const failed = []
for (const [name, file, args] of CHECKS) {
  const started = Date.now()
  process.stdout.write(`\n== ${name}: ${path.basename(file)} ${args.join(' ')}\n`)
  const { code } = await run(process.execPath, [path.join(ROOT, 'node_modules', file), ...args])
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  process.stdout.write(`== ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`)
  if (code !== 0) failed.push(name)
}
process.stdout.write(
  failed.length === 0 ? '\nAll checks passed.\n' : `\nFailed: ${failed.join(', ')}.\n`,
)
process.exitCode = failed.length === 0 ? 0 : 1
