import { createReadStream } from 'node:fs'
import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

/** The files of a build by the address they are asked for at, each compressed once and for all. */
export type CompressedFiles = ReadonlyMap<string, CompressedFile>

interface CompressedFile {
  readonly path: string
  readonly length: number
  readonly type: string
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'application/javascript; charset=UTF-8',
  css: 'text/css; charset=UTF-8',
}

const compress = promisify(brotliCompress)

/**
 * Writes each script and style of a build a second time, compressed as far as brotli goes: a fifth
 * less than on the fly.
 */
export async function compressFiles(build: string): Promise<void> {
  for (const path of await listFiles(build)) {
    const bytes = await readFile(path)
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
    await writeFile(`${path}.br`, await compress(bytes, { params }))
  }
}

/** The compressed files of a build. */
export async function readCompressedFiles(build: string): Promise<CompressedFiles> {
  const files = new Map<string, CompressedFile>()
  for (const path of await listFiles(build)) {
    const compressed = await stat(`${path}.br`).catch(() => undefined)
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)]
    if (compressed === undefined || type === undefined) continue
    const address = `/_next/static/${relative(join(build, 'static'), path).split(sep).join('/')}`
    files.set(address, { path: `${path}.br`, length: compressed.size, type })
  }
  return files
}

/**
 * Answers with a compressed file where there is one and the browser takes it; false leaves the
 * request to others.
 */
export function answerCompressed(
  files: CompressedFiles,
  request: IncomingMessage,
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
): boolean {
  const file = files.get((request.url ?? '').split('?')[0] ?? '')
  const takes = /\bbr\b/.test(request.headers['accept-encoding'] ?? '')
  if (file === undefined || !takes || request.method !== 'GET') return false
  response.writeHead(200, {
    ...headers,
    'content-type': file.type,
    'content-encoding': 'br',
    'content-length': file.length,
    // Named by what is in them.
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
  })
  createReadStream(file.path)
    .on('error', () => response.destroy())
    .pipe(response)
  return true
}

async function listFiles(build: string): Promise<string[]> {
  const entries = await readdir(join(build, 'static'), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /[.](js|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}
