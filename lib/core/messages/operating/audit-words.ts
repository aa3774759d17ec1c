/** What can be wrong with the audit trail or with its anchors, each with its words. */
export type AuditFlawCode = keyof typeof WORDS

/** A flaw of the audit trail, and where it shows. */
export interface AuditFlaw {
  readonly code: AuditFlawCode
  /** The first bad entry; null where an anchor is bad. */
  readonly seq: number | null
  /** The anchor that tells it, or that is bad; null where the trail tells it by itself. */
  readonly anchor: number | null
  /** The last anchor up to which everything is as it was noted; null for none. */
  readonly since: number | null
}

/** What a check of the audit trail came to; times are ISO 8601. */
export interface AuditReport {
  /** Whether every entry is as it was written, as far as anchors tell. */
  readonly isWhole: boolean
  /** Whether it has no anchor yet, as a demonstration in its first hour may. */
  readonly isYoung: boolean
  readonly flaws: readonly AuditFlaw[]
  readonly entries: number
  /** Of the last entry, hex. */
  readonly digest: string
  /** How many genuine anchors there are. */
  readonly anchors: number
  readonly lastAnchor: {
    readonly number: number
    readonly seq: number
    readonly at: string
  } | null
  /** Entries that no anchor covers yet: until one does, whoever owns the database can rewrite them. */
  readonly uncovered: { readonly entries: number; readonly since: string | null }
}

/** The words of a flaw, for the page and the command line. */
export function auditFlawWords(flaw: AuditFlaw): string {
  return WORDS[flaw.code](flaw)
}

const WORDS = {
  edited: ({ seq }: AuditFlaw) => `Entry ${count(seq)} was edited.`,
  deleted: ({ seq }: AuditFlaw) => `Entry ${count(seq)} was deleted.`,
  inserted: ({ seq }: AuditFlaw) => `Entry ${count(seq)} was inserted: nobody appended it.`,
  reordered: ({ seq }: AuditFlaw) => `Entry ${count(seq)} was moved: the order was changed.`,
  'cut-tail': ({ seq, anchor }: AuditFlaw) =>
    `The tail was cut off: entry ${count(seq)} and what came after it are gone` +
    `${anchor === null ? '' : ` (anchor ${count(anchor)} saw them)`}.`,
  'put-back': ({ seq, anchor }: AuditFlaw) =>
    `The trail ends before entry ${count(seq)}, which anchor ${count(anchor)} saw: an older copy ` +
    'of the database was put back, or the tail was cut off and the head set back with it.',
  emptied: ({ anchor }: AuditFlaw) =>
    `The trail was emptied${anchor === null ? '' : ` (anchor ${count(anchor)} saw its entries)`}.`,
  'head-missing': () => 'The head of the trail is gone: whether its tail was cut cannot be told.',
  recomputed: ({ seq, anchor, since }: AuditFlaw) =>
    'The chain was recomputed, or grew on from an older copy of the database: it is not what anchor ' +
    `${count(anchor)} noted. The first bad entry lies between ${
      since === null ? 'the beginning' : `anchor ${count(since)}`
    } and anchor ${count(anchor)}, from entry ${count(seq)} on.`,
  'not-anchored': () =>
    'The trail is not anchored: nothing outside the database tells whether all of it was rewritten.',
  'anchor-removed': ({ anchor }: AuditFlaw) => `Anchor ${count(anchor)} was removed.`,
  'anchor-forged': ({ anchor }: AuditFlaw) =>
    `Anchor ${count(anchor)} was forged: it is not signed with the known key, or does not follow the one before.`,
  'anchors-stopped': ({ seq }: AuditFlaw) =>
    `Anchors have stopped, or this is an older copy of them: entry ${count(seq)} was written more than two hours ago and no anchor covers it.`,
} satisfies Record<string, (flaw: AuditFlaw) => string>

function count(number: number | null): string {
  return (number ?? 0).toLocaleString('en-GB')
}
