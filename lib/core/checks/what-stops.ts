import type { FileFinding } from '#core/standard/finding.ts'

/** What a person has answered of a file. */
export interface FileAnswers<Found extends FileFinding = FileFinding> {
  /** Whether rows with a must-fix finding are left out. */
  readonly leaveOut: boolean
  /** Whether what is to be confirmed is: everything, or each finding by itself. */
  readonly confirmed: boolean | ((finding: Found) => boolean)
  /** Whether another file stands in this one's place, and whether it may be replaced. */
  readonly place?: 'free' | 'to-be-replaced' | 'taken'
}

/**
 * What stops a file, with what it is about: the lowest rung of the ladder that it did not get over.
 */
export type FileStop =
  /** A finding that nobody can answer for: the file as a whole has to be fixed. */
  | { readonly rung: 'file'; readonly code: FileFinding['code']; readonly field: string }
  | { readonly rung: 'must-fix'; readonly code: 'must-fix' }
  | { readonly rung: 'confirm'; readonly code: 'to-confirm' }
  | { readonly rung: 'replace'; readonly code: 'replace-needed' }

type Rung = <Found extends FileFinding>(
  findings: readonly Found[],
  answers: FileAnswers<Found>,
) => FileStop | undefined

/** The ladder, from its lowest rung: each answers what stops the file there. */
const RUNGS: readonly Rung[] = [
  (findings) => {
    const refusing = findings.find(({ severity }) => severity === 'file')
    return refusing === undefined
      ? undefined
      : { rung: 'file', code: refusing.code, field: refusing.field }
  },
  (findings, { leaveOut }) =>
    !leaveOut && findings.some(({ severity }) => severity === 'must-fix')
      ? { rung: 'must-fix', code: 'must-fix' }
      : undefined,
  (findings, { confirmed }) => {
    const isConfirmed = typeof confirmed === 'boolean' ? () => confirmed : confirmed
    return findings.some((finding) => finding.severity === 'confirm' && !isConfirmed(finding))
      ? { rung: 'confirm', code: 'to-confirm' }
      : undefined
  },
  (_findings, { place }) =>
    place === 'taken' ? { rung: 'replace', code: 'replace-needed' } : undefined,
]

/** What stops a file with these findings and answers; undefined when it may go on. */
export function whatStops<Found extends FileFinding>(
  findings: readonly Found[],
  answers: FileAnswers<Found>,
): FileStop | undefined {
  for (const rung of RUNGS) {
    const stop = rung(findings, answers)
    if (stop !== undefined) return stop
  }
  return undefined
}

/**
 * Everything that stops a file, each rung with those above it: what a page lists as still to be
 * done.
 */
export function allStops<Found extends FileFinding>(
  findings: readonly Found[],
  answers: FileAnswers<Found>,
): readonly FileStop[] {
  return RUNGS.flatMap((rung) => rung(findings, answers) ?? [])
}
