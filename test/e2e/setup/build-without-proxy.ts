import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PortalBuild } from '#server/portal/serving/build-portal.ts'

/** Where Next keeps what proxy.ts was made into, and what it reads to know that there is one. */
const PROXY_FILES = ['middleware.js', 'middleware.js.nft.json', 'middleware']
const PROXY_MANIFESTS = {
  'functions-config-manifest.json': (manifest: object) => ({ ...manifest, functions: {} }),
  'middleware-manifest.json': (manifest: object) => ({
    ...manifest,
    middleware: {},
    sortedMiddleware: [],
  }),
} as const

/** A copy of a build as it would be without proxy.ts; remove it with `remove`. */
export async function buildWithoutProxy(
  build: PortalBuild,
): Promise<PortalBuild & { remove(): Promise<void> }> {
  const folder = `.next/without-proxy-${String(process.pid)}`
  const target = join(build.root, folder)
  const source = join(build.root, build.folder)
  await cp(source, target, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.startsWith(join(source, 'cache')) && !/[.](?:map|br)$/.test(path),
  })
  for (const file of PROXY_FILES)
    await rm(join(target, 'server', file), { recursive: true, force: true })
  for (const [file, without] of Object.entries(PROXY_MANIFESTS)) {
    const path = join(target, 'server', file)
    const manifest = JSON.parse(await readFile(path, 'utf8')) as object
    await writeFile(path, JSON.stringify(without(manifest)))
  }
  return { ...build, folder, remove: () => rm(target, { recursive: true, force: true }) }
}
