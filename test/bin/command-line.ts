import { spawn } from 'node:child_process'
import { inject } from 'vitest'

/** How a command ended and everything it said. */
export interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs `countonce` as a process of its own; variables of this process's own settings do not reach
 * it.
 */
export function countonce(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [inject('commandLine'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...cleanEnvironment(), ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status, signal) => {
      resolve({ status, signal, stdout, stderr })
    })
  })
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = { NODE_ENV: 'test' }
  for (const name of ['PATH', 'HOME', 'TMPDIR', 'NODE_COMPILE_CACHE', 'LD_LIBRARY_PATH']) {
    const value = process.env[name]
    if (value !== undefined) kept[name] = value
  }
  return kept
}
