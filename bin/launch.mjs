/**
 * Runs a file of the project under the Node that npm brought, as if it had been started itself:
 * terminal, signals and exit status pass through. Plain JavaScript for Node 20 and later.
 */
import { spawn } from 'node:child_process'
import path from 'node:path'

import { CannotPrepare, ROOT, findNode, noNode, prepare } from './prepare.mjs'

/**
 * Where Node keeps what it compiled, types stripped, so that the next command and every thread
 * begin at once.
 */
const COMPILED = path.join(ROOT, 'node_modules', '.cache', 'count-once', 'compiled')

const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT']

/**
 * Prepares the project, then runs `file` (relative to the project's folder) and ends this process
 * as it ended.
 */
export async function launch(file, args, { development = true, cwd = process.cwd() } = {}) {
  try {
    await prepare({ development })
  } catch (error) {
    if (!(error instanceof CannotPrepare)) throw error
    process.stderr.write(`count once: ${error.message}\n`)
    process.exit(1)
  }
  const node = findNode()
  if (node === undefined) {
    process.stderr.write(`count once: ${noNode()}\n`)
    process.exit(1)
  }
  end(await run(node, [path.join(ROOT, file), ...args], cwd))
}

/** The environment of what is started here: by name it meets the same Node further down. */
export function environment() {
  const PATH = [path.join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter)
  return { NODE_COMPILE_CACHE: COMPILED, ...process.env, PATH }
}

/**
 * Runs a program with this process's terminal; answers its exit code or the signal that ended it.
 */
function run(program, args, cwd = ROOT) {
  const child = spawn(program, args, { cwd, stdio: 'inherit', env: environment() })
  const forward = (signal) => {
    // The terminal itself sends Ctrl-C to the whole group; sent twice, it would read as impatience.
    if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal)
  }
  for (const signal of FORWARDED) process.on(signal, forward)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      for (const name of FORWARDED) process.off(name, forward)
      resolve({ code, signal })
    })
  })
}

function end({ code, signal }) {
  if (signal !== null) process.kill(process.pid, signal)
  process.exitCode = code ?? 1
}
