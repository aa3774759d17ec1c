import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { LONGEST_HELD } from '#server/platform/storage/file-store.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { forgetFile, forgetFiles } from './erase-file.ts'

/**
 * Erases every file that nobody may read any more: of submissions past the state that needs it, and
 * whatever is older than a day. It fixes what a crash between a commit and the erasing left behind;
 * run it when a process starts and every hour.
 */
export async function sweepFiles(store: ProgrammeStore, now: Date): Promise<number> {
  const done = await inPrisma(store.database, ({ submission }) =>
    submission.findMany({
      select: { id: true, fileId: true, bridgeFileId: true },
      where: {
        OR: [{ fileId: { not: null } }, { bridgeFileId: { not: null } }],
        state: { in: ['pseudonymised', 'linked', 'rejected', 'withdrawn'] },
      },
    }),
  )
  for (const { id, fileId, bridgeFileId } of done) {
    for (const file of [fileId, bridgeFileId]) if (file !== null) await store.files.erase(file)
    await forgetFile(store.database, id.toString())
  }
  const old = await store.files.eraseOlderThan(LONGEST_HELD, now)
  const lapsed = await inPrisma(store.database, ({ submission }) =>
    submission.findMany({
      select: { id: true },
      where: { OR: [{ fileId: { in: old } }, { bridgeFileId: { in: old } }] },
    }),
  )
  await forgetFiles(
    store.database,
    lapsed.map(({ id }) => id),
  )
  return done.length + old.length
}
