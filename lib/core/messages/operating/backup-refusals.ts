import type { Words } from '#core/messages/words.ts'

/** Why a backup is not made or not restored: code → what is wrong and how to fix it. */
export const BACKUP_WORDS = {
  'backup-exists': {
    title: 'There is a file of that name already.',
    fix: 'Name another: a backup never takes the place of one.',
  },
  'backup-restricted': {
    title: 'Who signs in to the database does not see every row.',
    fix: 'Sign in as the owner of the tables, who belongs to countonce_worker. A backup of a part would look like one of everything, so none was made.',
  },
  'backup-missing': {
    title: 'There is no such file.',
    fix: 'Name the backup as it was written.',
  },
  'backup-damaged': {
    title: 'This is no backup, or it was cut or changed.',
    fix: 'Take another copy of it, or an earlier backup. Nothing of it was kept.',
  },
  'backup-key-wrong': {
    title: 'This key does not open the backup.',
    fix: 'Name the file of the private key whose public half the backup was made for.',
  },
  'backup-unsigned': {
    title: 'The backup was not signed with the key that signs the anchors.',
    fix: 'Put the keys back first, from where they are kept apart, or name the public key that you noted with --signed-by. A backup that anybody could have made is not restored.',
  },
  'backup-trail': {
    title: 'The audit trail in the backup is not whole.',
    fix: 'Check the trail of the programme itself: countonce audit verify. A backup of a trail that was changed shows the change.',
  },
  'restore-not-empty': {
    title: 'There is a programme in this database.',
    fix: 'Restore into an empty database and an empty data folder. Nothing was changed.',
  },
  'restore-unfinished': {
    title: 'A restore into this database has not ended.',
    fix: 'Wait for it if it is under way. If it was stopped, restore again into an empty database and an empty data folder: people who were erased after the backup was made may still be in this one, so nothing opens it.',
  },
  'restore-structure': {
    title: 'The tables here are not those that the backup was made from.',
    fix: 'Restore into a database in which nothing was made yet, with this version or a newer one.',
  },
} as const satisfies Record<string, Words>
