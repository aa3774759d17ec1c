import { correctRow } from '#core/preparation/corrections/corrections.ts'
import type { OfferedReplacement } from '#core/grid/grid-rows.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { readReplacements } from '#server/intake/held-files/remembered-replacements.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { openDraft } from './open-draft.ts'
import { openCorrectedFile, type CorrectedFile } from './read-grid.ts'

/** Most that are offered at once. */
const MOST = 20

/** Texts that are looked up once: the words of a column are few, its dates are not. */
const LOOKED_UP = 10_000

/**
 * What the service replaced in its last files and a draft says again, with how many of its cells do;
 * for who corrects it alone.
 */
export async function readOffers(
  store: ProgrammeStore,
  actor: Actor,
  reference: string,
): Promise<readonly OfferedReplacement[]> {
  const draft = await openDraft(store, actor, reference)
  return draft.ok ? offersFor(store, await openCorrectedFile(store, draft)) : []
}

async function offersFor(
  store: ProgrammeStore,
  { draft, cells, corrected }: CorrectedFile,
): Promise<readonly OfferedReplacement[]> {
  const { header } = cells.index
  const { service } = draft.journey
  const known = await readReplacements(store, service, draft.mapping, header)
  if (known.size === 0) return []
  const offered = new Map<string, OfferedReplacement>()
  const unknown = new Set<string>()
  for await (const [row, original] of cells.all()) {
    const now = correctRow(original, corrected.get(row))
    for (const [heading, replacementOf] of known) {
      const column = header.indexOf(heading)
      const find = (now[column] ?? '').trim()
      const key = `${String(column)} ${find.toLowerCase()}`
      if (unknown.has(key)) continue
      const before = offered.get(key)
      const replace = before?.replace ?? replacementOf(find)
      if (replace === undefined || replace === now[column]) {
        if (unknown.size < LOOKED_UP) unknown.add(key)
        continue
      }
      offered.set(key, { column, heading, find, replace, cells: (before?.cells ?? 0) + 1 })
    }
  }
  return [...offered.values()].slice(0, MOST)
}
