import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { Severity } from '#core/standard/finding.ts'
import { sheetsLeft } from '#core/messages/reading/reading-words.ts'
import type { ReadingReceipt } from '#core/tabular/table.ts'

/** A rule about how a file was read, which no row shows. */
interface ReadingCheck {
  readonly code: FindingCode
  readonly severity: Severity
  /** Whether the finished receipt of a file has the finding. */
  readonly applies: (receipt: ReadingReceipt) => boolean
}

/** What a person confirms of the reading itself. */
const READING_CHECKS: readonly ReadingCheck[] = [
  {
    code: 'encoding-unsure',
    severity: 'confirm',
    applies: ({ encodingUnsure = false }) => encodingUnsure,
  },
  {
    code: 'letters-lost',
    severity: 'confirm',
    applies: ({ unreadable = [] }) => unreadable.length > 0,
  },
  {
    code: 'rows-short',
    severity: 'confirm',
    applies: ({ shortRows }) => shortRows?.isUnusual === true,
  },
  {
    code: 'file-cut-off',
    severity: 'confirm',
    applies: ({ cutOff = false }) => cutOff,
  },
  {
    code: 'columns-second-table',
    severity: 'confirm',
    applies: ({ columnsLeftOut = [] }) => columnsLeftOut.length > 0,
  },
  {
    code: 'sheets-of-others',
    severity: 'confirm',
    applies: (receipt) => sheetsLeft(receipt).some(({ holdsOthers }) => holdsOthers === true),
  },
]

/** Reports what the reading of a file leaves to be confirmed, once all its rows were read. */
export function reportReading(
  receipt: ReadingReceipt,
  add: (field: string, code: FindingCode, severity: Severity) => void,
): void {
  for (const { code, severity, applies } of READING_CHECKS)
    if (applies(receipt)) add('', code, severity)
}
