import type { Mapping } from '#core/mapping/mapping.ts'
import type { ReadingReceipt } from '#core/tabular/table.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'

/**
 * What of a submission holds words of its provider: headings, sheets, words of columns. It is sealed
 * into the submission's rows with the file's own key, so that it ends with the file:
 * docs/decisions/remembered-words.md.
 */
export interface FileWords {
  /** How its columns are matched, once that is settled. */
  readonly mapping: Mapping | null
  readonly receipt: ReadingReceipt | null
}

type WithFiles = Pick<ReceivingStore, 'files'>

/** Seals words with the key of a file; null once it is erased. */
export async function sealFileWords(
  { files }: WithFiles,
  fileId: string | null,
  words: unknown,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = new TextEncoder().encode(JSON.stringify(words))
  const sealed = fileId === null ? undefined : await files.sealWords(fileId, bytes)
  return sealed === undefined ? null : new Uint8Array(sealed)
}

/** Opens what was sealed with the key of a file; undefined once it is erased. */
export async function openFileWords(
  { files }: WithFiles,
  fileId: string | null,
  sealed: Uint8Array | null,
): Promise<unknown> {
  if (fileId === null || sealed === null) return undefined
  const bytes = await files.openWords(fileId, new Uint8Array(sealed))
  // What is sealed is authenticated: this program wrote it.
  return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as unknown)
}

/** What is sealed with a submission; nothing once its file is erased. */
export async function readFileWords(
  store: WithFiles,
  { fileId, words }: { readonly fileId: string | null; readonly words: Uint8Array | null },
): Promise<FileWords> {
  const opened = await openFileWords(store, fileId, words)
  return (opened as FileWords | undefined) ?? { mapping: null, receipt: null }
}
