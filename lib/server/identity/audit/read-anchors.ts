import type { KeyObject } from 'node:crypto'
import type { AuditFlaw } from '#core/messages/operating/audit-words.ts'
import type { OnceWritten } from '#server/platform/storage/once-written.ts'
import { BEGINNING, digestAnchor, readAnchor, type Anchor } from './anchor.ts'

/** The anchors of a place that are genuine, in their order, and the first that is not. */
export interface AnchorsFound {
  readonly anchors: readonly Anchor[]
  readonly flaw: AuditFlaw | null
}

/** The name of an anchor's file: in the order of its number. */
export function anchorName(number: number): string {
  return `anchor-${String(number).padStart(10, '0')}.json`
}

/** The number of an anchor by its file's name; undefined for another file. */
function anchorNumber(name: string): number | undefined {
  const digits = /^anchor-([0-9]{10})\.json$/.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/**
 * Reads every anchor of a place: each signed with `key` and following the one before, from the
 * first to `last`, which whoever anchors remembers elsewhere: a removed one shows by the gap that
 * it leaves.
 */
export async function readAnchors(
  place: Pick<OnceWritten, 'names' | 'read'>,
  key: KeyObject,
  last?: Anchor,
): Promise<AnchorsFound> {
  const kept = await readKept(place, key)
  const anchors: Anchor[] = []
  const flaws: AuditFlaw[] = []
  const tell = (code: AuditFlaw['code'], anchor: number): void => {
    flaws.push({ code, seq: null, anchor, since: anchors.at(-1)?.number ?? null })
  }
  let expected = 1
  let before: Anchor | undefined
  for (const number of [...kept.keys()].sort((a, b) => a - b)) {
    const anchor = kept.get(number)
    if (anchor !== undefined && number > expected) {
      tell('anchor-removed', expected)
      before = undefined
    }
    const isGenuine = anchor !== undefined && follows(anchor, before) && !isOther(anchor, last)
    if (!isGenuine) tell('anchor-forged', number)
    if (isGenuine || number === expected) expected = number + 1
    before = isGenuine ? anchor : undefined
    if (before !== undefined) anchors.push(before)
  }
  if (last !== undefined && last.number >= expected) tell('anchor-removed', expected)
  // What is remembered tells of the trail even where its file is gone.
  if (last !== undefined && !anchors.some(({ number }) => number === last.number))
    anchors.push(last)
  return { anchors, flaw: flaws[0] ?? null }
}

const AT_ONCE = 16

async function readKept(
  place: Pick<OnceWritten, 'names' | 'read'>,
  key: KeyObject,
): Promise<Map<number, Anchor | undefined>> {
  const numbers = (await place.names()).map(anchorNumber).filter((number) => number !== undefined)
  const kept = new Map<number, Anchor | undefined>()
  for (let at = 0; at < numbers.length; at += AT_ONCE) {
    const some = numbers.slice(at, at + AT_ONCE)
    const read = await Promise.all(some.map((number) => place.read(anchorName(number))))
    for (const [index, number] of some.entries()) {
      const bytes = read[index]
      if (bytes === undefined) continue
      const anchor = readAnchor(bytes, key)
      kept.set(number, anchor?.number === number ? anchor : undefined)
    }
  }
  return kept
}

/** Whether an anchor names the one before; where that is no genuine one, its signature must do. */
function follows(anchor: Anchor, before: Anchor | undefined): boolean {
  if (anchor.number === 1) return anchor.previous === BEGINNING
  return before === undefined || anchor.previous === digestAnchor(before)
}

/** Whether an anchor has the number of the one that is remembered, and is not it. */
function isOther(anchor: Anchor, last: Anchor | undefined): boolean {
  return last?.number === anchor.number && digestAnchor(last) !== digestAnchor(anchor)
}
