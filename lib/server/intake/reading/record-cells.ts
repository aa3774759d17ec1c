import type { RecordFacts } from '#core/standard/record.ts'
import type { CopyBuffer } from '#server/platform/db/copy-buffer.ts'

/** Writes the cells of RECORD_FACT_COLUMNS for one record, in their order. A blank is null. */
export function writeRecordCells(to: CopyBuffer, facts: RecordFacts): void {
  to.int4(facts.sourceRow)
  to.text(facts.role)
  to.text(blankAsNull(facts.birth))
  to.text(facts.gender)
  to.text(blankAsNull(facts.ward))
  to.int2(facts.imdDecile === 0 ? null : facts.imdDecile)
  to.text(facts.inArea)
  to.text(blankAsNull(facts.ethnicity))
  to.text(blankAsNull(facts.mainLanguage))
  to.text(facts.sendOrDisability)
  to.date(facts.referralDate)
  to.date(facts.startDate)
  to.date(facts.endDate)
  to.text(blankAsNull(facts.referralSource))
  to.text(blankAsNull(facts.status))
  to.int4(facts.contacts)
  to.date(facts.lastContactDate)
}

function blankAsNull(text: string): string | null {
  return text === '' ? null : text
}
