import { findPart, ignore, readPart } from '#core/tabular/workbook/package-parts.ts'
import type { Package } from '#core/tabular/workbook/package-parts.ts'

/**
 * How the parts of an XLSX workbook refer to each other. Source: ECMA-376 part 2 (Open Packaging
 * Conventions).
 */

/** A reference from one part to another inside the package. */
export interface Relationship {
  readonly id: string
  /**
   * The last word of the type, which strict and transitional workbooks share: `worksheet`,
   * `sharedStrings`.
   */
  readonly type: string
  /** Name of the part, from the package's root. */
  readonly target: string
}

/** The relationships of a part (or, for '', of the package) that lead inside the package. */
export async function readRelationships(
  workbook: Package,
  partName: string,
): Promise<Relationship[]> {
  const name = partName.replaceAll('\\', '/')
  const slash = name.lastIndexOf('/') + 1
  const folder = name.slice(0, slash)
  const entry = findPart(workbook, `${folder}_rels/${name.slice(slash)}.rels`)
  const found: Relationship[] = []
  if (entry === undefined) return found
  await readPart(workbook, entry, {
    open(element, scanner) {
      if (element !== 'Relationship') return
      if (scanner.attribute('TargetMode') === 'External') return
      const type = scanner.attribute('Type') ?? ''
      const target = (scanner.attribute('Target') ?? '').replaceAll('\\', '/')
      const resolved = resolveTarget(folder, target)
      // Some writers name the part from the root without saying so.
      const isThere = findPart(workbook, resolved) !== undefined
      found.push({
        id: scanner.attribute('Id') ?? '',
        type: type.slice(type.lastIndexOf('/') + 1),
        target: isThere ? resolved : resolveTarget('', target),
      })
    },
    close: ignore,
    text: ignore,
  })
  return found
}

/** Joins a target to the folder of the part that names it; it cannot lead out of the package. */
function resolveTarget(folder: string, target: string): string {
  const path = target.startsWith('/') ? target : folder + target
  const steps: string[] = []
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}
