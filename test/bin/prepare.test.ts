import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const BIN = path.join(import.meta.dirname, '..', '..', 'bin')
const NODE = process.execPath

/** A package-lock.json and what is installed of it, as npm writes them. */
type Packages = Record<string, { version: string; optional?: boolean; dev?: boolean }>

let project: string

beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), 'countonce-prepare-'))
  mkdirSync(path.join(project, 'bin'))
  for (const file of ['prepare.mjs', 'launch.mjs', 'countonce.mjs', 'bootstrap.mjs']) {
    cpSync(path.join(BIN, file), path.join(project, 'bin', file))
  }
  install({ 'node_modules/one': { version: '1.0.0' } })
})

afterEach(() => {
  rmSync(project, { recursive: true, force: true })
})

function install(wanted: Packages, installed: Packages = wanted): void {
  mkdirSync(path.join(project, 'node_modules', '.bin'), { recursive: true })
  writeFileSync(
    path.join(project, 'package-lock.json'),
    JSON.stringify({ packages: { '': {}, ...wanted } }),
  )
  writeFileSync(
    path.join(project, 'node_modules', '.package-lock.json'),
    JSON.stringify({ packages: installed }),
  )
}

function command(program: string): void {
  writeFileSync(path.join(project, 'bin', 'countonce.ts'), program)
}

/**
 * Runs the project's own command with an npm that cannot succeed, so that an installation shows.
 */
function countonce(...args: string[]) {
  return spawnSync(NODE, [path.join(project, 'bin', 'countonce.mjs'), ...args], {
    encoding: 'utf8',
    env: environment(),
  })
}

function environment(): NodeJS.ProcessEnv {
  const environment = { ...process.env, npm_execpath: path.join(project, 'absent', 'npm-cli.js') }
  Reflect.deleteProperty(environment, 'COUNTONCE_PREPARED')
  return environment
}

describe('the launcher', () => {
  test('hands arguments and exit status through and keeps standard output clean', () => {
    command(`console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3`)
    const done = countonce('reach', '--json', 'two words')
    expect(done.stdout).toBe('["reach","--json","two words"]\n')
    expect(done.status).toBe(3)
  })

  test('runs TypeScript under Node 24 or later', () => {
    command(
      `const major: number = Number(process.versions.node.split('.')[0]); console.log(major >= 24)`,
    )
    expect(countonce().stdout).toBe('true\n')
  })

  test('meets the same Node in commands started by name further down', () => {
    symlinkSync(NODE, path.join(project, 'node_modules', '.bin', 'node'))
    command(
      `import { execSync } from 'node:child_process'; console.log(String(execSync('node --version')).trim() === process.version)`,
    )
    expect(countonce().stdout).toBe('true\n')
  })

  test('passes a signal on, waits for the orderly end and takes over its status', async () => {
    command(
      `process.on('SIGTERM', () => { console.log('closing'); process.exit(7) }); console.log('ready'); setInterval(() => undefined, 1000)`,
    )
    const child = spawn(NODE, [path.join(project, 'bin', 'countonce.mjs')], { env: environment() })
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      if (printed === '') child.kill('SIGTERM')
      printed += String(chunk)
    })
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect(printed).toBe('ready\nclosing\n')
    expect(code).toBe(7)
  })

  test('dies of the signal its command died of', () => {
    command(`process.kill(process.pid, 'SIGKILL')`)
    expect(countonce().signal).toBe('SIGKILL')
  })
})

describe('a clone that is not as its lock file says', () => {
  const refused = 'npm ci did not succeed'

  test('is installed when a package is missing, and a failure says what to do', () => {
    install(
      { 'node_modules/one': { version: '1.0.0' }, 'node_modules/two': { version: '1.0.0' } },
      { 'node_modules/one': { version: '1.0.0' } },
    )
    command(`console.log('must not run')`)
    const done = countonce()
    expect(done.stderr).toContain(refused)
    expect(done.stderr).toContain('What to do:')
    expect(done.stdout).toBe('')
    expect(done.status).toBe(1)
  })

  test('is installed when a version differs', () => {
    install(
      { 'node_modules/one': { version: '1.0.1' } },
      { 'node_modules/one': { version: '1.0.0' } },
    )
    command('')
    expect(countonce().stderr).toContain(refused)
  })

  test('is installed when an earlier installation was cut short', () => {
    rmSync(path.join(project, 'node_modules', '.package-lock.json'))
    command('')
    expect(countonce().stderr).toContain(refused)
  })

  test('is left alone when only packages of other platforms, or for development, are absent', () => {
    install(
      {
        'node_modules/one': { version: '1.0.0' },
        'node_modules/elsewhere': { version: '1.0.0', optional: true },
        'node_modules/checker': { version: '1.0.0', dev: true },
      },
      { 'node_modules/one': { version: '1.0.0' } },
    )
    command(`console.log('ran')`)
    expect(countonce().stdout).toBe('ran\n')
  })
})

describe('what is generated', () => {
  test('is written before the command runs, and what that prints stays off standard output', () => {
    writeFileSync(
      path.join(project, 'bin', 'generate.mjs'),
      `import { writeFileSync } from 'node:fs'; console.log('noise'); writeFileSync('generated.txt', 'here')`,
    )
    command(
      `import { readFileSync } from 'node:fs'; console.log(readFileSync(new URL('../generated.txt', import.meta.url), 'utf8'))`,
    )
    const done = countonce()
    expect(done.stdout).toBe('here\n')
    expect(done.stderr).toContain('noise')
  })

  test('takes over the lock of a process that is gone', () => {
    mkdirSync(path.join(project, '.prepare-lock'))
    const gone = spawnSync(NODE, ['-e', '']).pid
    writeFileSync(path.join(project, '.prepare-lock', 'pid'), String(gone))
    command(`console.log('ran')`)
    expect(countonce().stdout).toBe('ran\n')
  })

  test('is what the packages for development are installed for when they alone can make it', () => {
    writeFileSync(path.join(project, 'bin', 'generate.mjs'), 'process.exit(3)')
    command(`console.log('must not run')`)
    const done = countonce()
    expect(done.stderr).toContain('the packages that make it are for development')
    expect(done.stderr).toContain('npm ci did not succeed')
    expect(done.stdout).toBe('')
    expect(done.status).toBe(1)
  })

  test('stops the command when it cannot be written', () => {
    writeFileSync(path.join(project, 'bin', 'generate.mjs'), 'process.exit(1)')
    command(`console.log('must not run')`)
    const done = countonce()
    expect(done.stdout).toBe('')
    expect(done.stderr).toContain('bin/generate.mjs failed')
    expect(done.status).toBe(1)
  })
})

test('an unknown script is refused with the names of those there are', () => {
  const done = spawnSync(NODE, [path.join(project, 'bin', 'bootstrap.mjs'), 'constructor'], {
    encoding: 'utf8',
    env: environment(),
  })
  expect(done.stderr).toContain('scripts: start, build, test, check')
  expect(done.status).toBe(2)
})
