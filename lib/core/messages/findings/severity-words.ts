import type { Severity } from '#core/standard/finding.ts'

/** How grave a finding is, in words. */
export const SEVERITY_WORDS = {
  file: 'Stops the file',
  'must-fix': 'Must be fixed',
  confirm: 'Please confirm',
  note: 'Note',
} as const satisfies Record<Severity, string>
