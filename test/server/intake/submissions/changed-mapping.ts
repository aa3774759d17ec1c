import type pg from 'pg'
import type { Mapping } from '#core/mapping/mapping.ts'
import {
  readFileWords,
  sealFileWords,
  type FileWords,
} from '#server/intake/submissions/file-words.ts'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'

/** How the columns of a submission are matched, as it is sealed with its file. */
export async function sealedMapping(store: OwnProgrammeStore, id: string): Promise<Mapping> {
  const { mapping } = await wordsOf(store, id)
  if (mapping === null) throw new Error('nothing is matched')
  return mapping
}

/** Seals another mapping with a submission, and tells nobody of it: its state stays. */
export async function changeMapping(
  store: OwnProgrammeStore,
  id: string,
  mapping: Mapping,
  on: pg.ClientBase | pg.Pool = store.pool,
): Promise<void> {
  const { receipt, fileId } = await wordsOf(store, id)
  const words = await sealFileWords(store, fileId, { mapping, receipt } satisfies FileWords)
  if (words === null) throw new Error('the file is erased')
  await on.query('update submission set words = $2 where id = $1', [id, Buffer.from(words)])
}

async function wordsOf(
  store: OwnProgrammeStore,
  id: string,
): Promise<FileWords & { readonly fileId: string | null }> {
  const submission = await readSubmission(store.pool, id)
  if (submission === undefined) throw new Error('no submission')
  return { ...(await readFileWords(store, submission)), fileId: submission.fileId }
}
