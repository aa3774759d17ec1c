/**
 * What the forms of the hasher are made of, as a CycloneDX bill of materials: the packages that are bundled into page and
 * executables, as the bundler met them, and the Node that each executable is.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import {
  billOfMaterials,
  writeBill,
  type BillOfMaterials,
  type LockFile,
} from '#core/bill-of-materials/bill-of-materials.ts'
import { TOOL_VERSION } from '../tool.ts'
import { listModules } from './bundle.ts'
import { describeRuntimes } from './runtimes.ts'

const NAME = 'count-once-hasher.cdx.json'

/** Where the bundles of the hasher begin, and for what they are made. */
const ENTRIES = [
  { entry: 'desktop-hasher/html/main.ts', platform: 'browser' },
  { entry: 'desktop-hasher/verifier/main.ts', platform: 'browser' },
  { entry: 'desktop-hasher/cli/countonce-hash.ts', platform: 'node' },
] as const

/** Its styles come by another way than the bundle. */
const STYLES = 'node_modules/govuk-frontend'

/** Writes the bill into a folder; answers its path. */
export async function writeHasherBill(root: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, NAME), writeBill(await makeHasherBill(root)))
  return join(folder, NAME)
}

/** The bill of the hasher, from a project's folder. */
export async function makeHasherBill(root: string): Promise<BillOfMaterials> {
  // What npm wrote.
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as LockFile
  const folders = new Set([STYLES])
  for (const { entry, platform } of ENTRIES) {
    const modules = await listModules({ entry: join(root, entry), platform })
    for (const path of modules) {
      const inside = relative(root, path).replaceAll('\\', '/')
      const [folder] = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(inside) ?? []
      if (folder !== undefined) folders.add(folder)
    }
  }
  const product = {
    ...({ type: 'application', name: 'count-once-hasher', version: TOOL_VERSION } as const),
    'bom-ref': `count-once-hasher@${TOOL_VERSION}`,
    licenses: [{ expression: 'MIT' }],
  }
  return billOfMaterials(product, lock, [...folders].sort(), describeRuntimes())
}
