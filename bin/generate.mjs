/**
 * Makes what is derived from sources in the repository and therefore not kept in it:
 *
 * - the fold and name tables as modules, with the digests that a manifest names;
 * - the published vectors as a module, for the self-test of what ships without its folder;
 * - the batched HMAC, compiled from AssemblyScript to WebAssembly and held as base64, so that a browser, a worker and
 *   Node load it without a file or a network;
 * - the database client;
 * - all that a reading process runs in one file, and the state of one that has loaded it, which Node restores.
 *
 * Each output names the digest of what it was made from, so a second run only reads, and what was made in one place can be
 * carried to another that has none of the tools. Runs on Node 20 and later; ends with status 3 when a tool is wanted and absent.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PSEUDONYM = join(ROOT, 'lib/core/pseudonym')
const GENERATED = join(PSEUDONYM, 'generated')
const TOOL_ABSENT = 3

function sha256(...contents) {
  const hash = createHash('sha256')
  for (const content of contents) hash.update(content)
  return hash.digest('hex')
}

function read(path) {
  return readFileSync(path, 'utf8')
}

/**
 * Writes `path` from `inputs` unless it was made from exactly these, and by this script, before.
 */
async function make(path, inputs, body) {
  const digest = sha256(read(fileURLToPath(import.meta.url)), ...inputs.map(read))
  const mark = `// ${digest}\n`
  if (existsSync(path) && read(path).startsWith(mark)) return
  const sources = inputs.map((input) => relative(ROOT, input)).join(', ')
  const text = `${mark}// Made by bin/generate.mjs from ${sources}.\n${await body()}`
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  console.error(`made ${relative(ROOT, path)}`)
}

/** The lines of a table below its comments and header, split into cells. */
function tableRows(path) {
  const lines = read(path).split('\n')
  const rows = lines.filter((line) => line !== '' && !line.startsWith('#'))
  return rows.slice(1).map((line) => line.split(','))
}

/** Rows as one string: cells by comma, rows by semicolon; numbers as short hexadecimal. */
function foldTable(path) {
  const shorten = (hex) => hex.replace(/^0+(?=[0-9A-F])/, '')
  const rows = tableRows(path).map(([first, last, to]) => {
    const replacement = to.split(' ').map(shorten).join(' ')
    return `${shorten(first)},${last === first ? '' : shorten(last)},${replacement}`
  })
  return `/** first,last,to of each row; an empty last is the first. */
export const FOLD_ROWS =
  '${rows.join(';')}'
`
}

function nameTable(path) {
  const rows = tableRows(path).map(([name, canonical]) => `${name},${canonical}`)
  return `/** name,canonical of each row. */
export const NAME_ROWS =
  '${rows.join(';')}'
`
}

function digests(fold, names, vectors) {
  const digest = (path) => sha256(readFileSync(path))
  return `/** SHA-256 of the published tables and vectors, as a manifest names them. */
export const TABLE_DIGESTS = {
  fold: '${digest(fold)}',
  names: '${digest(names)}',
  vectors: '${digest(vectors)}',
} as const
`
}

/**
 * The vectors as one string that is parsed when they are run: an object this size would be compiled
 * at every start.
 */
function vectorsModule(vectors) {
  const json = JSON.stringify(JSON.parse(read(vectors)))
  return `import type { PublishedVectors } from '../self-test.ts'

/** The published vectors. */
export function publishedVectors(): PublishedVectors {
  return JSON.parse(${JSON.stringify(json)}) as PublishedVectors
}
`
}

/** Ends the run, since something is to be made and what makes it is not installed. */
function toolAbsent(name) {
  console.error(`${name} is not installed; it is a package for development, which npm ci installs`)
  process.exit(TOOL_ABSENT)
}

/** The compiler of AssemblyScript; it is a package for development. */
async function loadCompiler() {
  try {
    return (await import('assemblyscript/asc')).default
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    return toolAbsent('assemblyscript')
  }
}

/** Compiles the assembly folder; a compiler's complaint ends the run. */
async function hmacModule(entry) {
  const asc = await loadCompiler()
  let binary
  const { error, stderr } = await asc.main(
    [
      relative(ROOT, entry),
      '-O3',
      '--converge',
      '--enable',
      'simd',
      '--noAssert',
      '--runtime',
      'stub',
      '-o',
      'hmac.wasm',
    ],
    {
      readFile: (name, base) => {
        const path = join(base ?? ROOT, name)
        return existsSync(path) ? read(path) : null
      },
      writeFile: (name, contents) => {
        if (name === 'hmac.wasm') binary = contents
      },
      listFiles: () => [],
    },
  )
  if (error || binary === undefined) throw new Error(stderr.toString(), { cause: error })
  return `/** The batched HMAC-SHA-256 as WebAssembly, in base64. */
export const HMAC_WASM =
  '${Buffer.from(binary).toString('base64')}'
`
}

/**
 * Bundles `entry` and all that it imports but modules of Node into `path`, unless it was made from
 * exactly these files, which its second line names. A module that comes in changes one of them.
 */
async function bundle(path, entry) {
  const digestOf = (files) => {
    const contents = files.map((file) =>
      existsSync(join(ROOT, file)) ? read(join(ROOT, file)) : '',
    )
    return sha256(read(fileURLToPath(import.meta.url)), ...contents)
  }
  const [mark = '', madeFrom = ''] = existsSync(path) ? read(path).split('\n', 2) : []
  const [, before] = /^\/\/ Made by bin\/generate.mjs from (.*)/.exec(madeFrom) ?? []
  if (before !== undefined && mark === `// ${digestOf(before.split(', '))}`) return
  const { rolldown } = await loadBundler()
  const build = await rolldown({
    input: entry,
    platform: 'node',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    onLog(level, log) {
      if (level === 'warn') throw new Error(`the bundle of ${entry}: ${log.message}`)
    },
  })
  const { output } = await build.generate({
    format: 'cjs',
    strict: true,
    comments: false,
    codeSplitting: false,
  })
  await build.close()
  const [chunk, ...more] = output
  if (more.length > 0) throw new Error(`the bundle of ${entry} is more than one file`)
  const files = chunk.moduleIds
    .filter((id) => existsSync(id))
    .map((id) => relative(ROOT, id))
    .sort()
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(
    path,
    `// ${digestOf(files)}\n// Made by bin/generate.mjs from ${files.join(', ')}\n${chunk.code}`,
  )
  console.error(`made ${relative(ROOT, path)}`)
}

/**
 * Has Node load `code`, which must ask for its restoring, and writes its state into `path`, unless this Node made it from
 * exactly this code before: no other can restore it.
 */
function snapshot(path, code) {
  const { version, platform, arch } = process
  const digest = sha256(read(code), version, platform, arch)
  const stamp = `${path}.made-from`
  if (existsSync(path) && existsSync(stamp) && read(stamp) === digest) return
  // Whoever is killed half-way leaves what was there; whoever reads meanwhile reads a whole one.
  const half = `${path}.${process.pid}`
  const { status, stderr } = spawnSync(
    process.execPath,
    // Node says of each module of its own that it has not tried it so; test/server/intake/reading does.
    ['--no-warnings', '--snapshot-blob', half, '--build-snapshot', code],
    { encoding: 'utf8', env: {} },
  )
  if (status !== 0) throw new Error(`the state of ${relative(ROOT, code)} was not made\n${stderr}`)
  renameSync(half, path)
  writeFileSync(stamp, digest)
  console.error(`made ${relative(ROOT, path)}`)
}

/** The bundler; it is a package for development. */
async function loadBundler() {
  try {
    return await import('rolldown')
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    return toolAbsent('rolldown')
  }
}

/**
 * Runs `prisma generate` when the client was made from another schema or for another version. Its
 * command is a package for development; called `prisma`, npm would install it, with its studio and
 * drivers, wherever @prisma/client is.
 */
function databaseClient(schema) {
  const prisma = join(ROOT, 'node_modules/prisma-cli')
  const runtime = join(ROOT, 'node_modules/@prisma/client/package.json')
  const digest = sha256(...[schema, runtime].map(read))
  const folder = join(dirname(schema), /^[ \t]*output[ \t]*=[ \t]*"([^"]+)"/m.exec(read(schema))[1])
  const stamp = join(folder, '.made-from')
  if (existsSync(stamp) && read(stamp) === digest) return
  if (!existsSync(prisma)) toolAbsent('prisma-cli')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(prisma, 'build/index.js'), 'generate', '--schema', schema],
    {
      cwd: ROOT,
      encoding: 'utf8',
      // Generating needs no schema engine, but the command fetches one unless it is told of a file
      // that exists.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
    },
  )
  if (status !== 0) throw new Error(`prisma generate failed\n${stdout}${stderr}`)
  writeFileSync(stamp, digest)
  console.error(`made ${relative(ROOT, folder)}`)
}

const fold = join(PSEUDONYM, 'tables/fold-v1.csv')
const names = join(PSEUDONYM, 'tables/names-v1.csv')
const vectors = join(ROOT, 'test/vectors/vectors-v2.json')
const assembly = join(PSEUDONYM, 'hmac/assembly')
const assemblyFiles = readdirSync(assembly)
  .filter((name) => name.endsWith('.ts'))
  .sort()
  .map((name) => join(assembly, name))

await make(join(GENERATED, 'fold-table.ts'), [fold], () => foldTable(fold))
await make(join(GENERATED, 'name-table.ts'), [names], () => nameTable(names))
await make(join(GENERATED, 'table-digests.ts'), [fold, names, vectors], () =>
  digests(fold, names, vectors),
)
await make(join(GENERATED, 'published-vectors.ts'), [vectors], () => vectorsModule(vectors))
await make(join(GENERATED, 'hmac-wasm.ts'), assemblyFiles, () =>
  hmacModule(join(assembly, 'hmac.ts')),
)
databaseClient(join(ROOT, 'prisma/schema.prisma'))
const reading = join(ROOT, 'lib/server/intake/reading')
const readingCode = join(reading, 'generated/reading-process.cjs')
await bundle(readingCode, join(reading, 'reading-process.ts'))
snapshot(join(reading, 'generated/reading-process.blob'), readingCode)
