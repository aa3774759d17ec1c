import type { ShownInFile } from '#core/hashed-file/shown-fields.ts'
import type { OutcomeRead } from '#server/intake/reading/reading-task.ts'

/** What the lines of a hashed file show of the fields that it was made of, as they were read. */
export function shownIn({ shownFacts = [], shownEvents, columns }: OutcomeRead): ShownInFile {
  return {
    ...{ facts: shownFacts, columns },
    ...(shownEvents === undefined ? {} : { events: shownEvents }),
  }
}
