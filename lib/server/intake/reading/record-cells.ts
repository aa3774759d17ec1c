import { STORED_FACTS, type RecordFacts } from '#core/standard/record.ts'
import type { CopyBuffer } from '#server/platform/db/copy-buffer.ts'

/**
 * Writes the cells of STORED_FACTS for one record, in their order and in the types that
 * RECORD_COLUMNS gives them. A blank is null.
 */
export function writeRecordCells(to: CopyBuffer, facts: RecordFacts): void {
  for (const fact of STORED_FACTS) {
    switch (fact.form) {
      case 'words': {
        const words = facts[fact.field]
        to.text(words === '' ? null : words)
        break
      }
      case 'day':
        to.date(facts[fact.field])
        break
      case 'number':
        to.int4(facts[fact.field])
        break
      case 'number-from-1': {
        const number = facts[fact.field]
        to.int2(number === 0 ? null : number)
      }
    }
  }
}
