import type { Step } from '#server/intake/journey/steps.ts'

/** The addresses of a provider's pages, each built here and nowhere else. */
export const TASKS = '/send'

/** Every quarter of the programme. */
export const ALL_TASKS = '/send?quarters=all'

/** What a file may hold, with its template and dictionary. */
export const DATASET = '/dataset'

/** What the hasher is, and where to get it. */
export const HASHER = '/hasher'

/** A form of the hasher. */
export function hasherFilePath(name: string): string {
  return `${HASHER}/${name}`
}

/** What was sent for a service and quarter. */
export function historyPath(service: string, quarter: string): string {
  return `/send/${service}/${quarter}`
}

/** Where a file is chosen; `problem` says why the last one was not taken, `detail` with which numbers and headings. */
export function uploadPath(
  service: string,
  quarter: string,
  problem?: string,
  detail: Readonly<Record<string, string | number>> = {},
): string {
  const path = `/send/${service}/${quarter}/upload`
  if (problem === undefined) return path
  const told = Object.entries(detail).map(([name, value]) => [name, String(value)])
  const query = new URLSearchParams([['problem', problem], ...told])
  return `${path}?${query.toString()}`
}

/** Where the file itself goes. */
export function filePath(service: string, quarter: string): string {
  return `/send/${service}/${quarter}/file`
}

/** A step of a submission. */
export function stepPath(reference: string, step: Exclude<Step, 'upload'>): string {
  return `/sent/${reference}/${step}`
}

/** The rows of a finding. */
export function rowsPath(
  reference: string,
  { code, field }: { readonly code: string; readonly field: string },
  page = 1,
): string {
  const query = new URLSearchParams({ code, field, page: String(page) })
  return `/sent/${reference}/check/rows?${query.toString()}`
}

/** The provider's own file with its findings. */
export function findingsFilePath(reference: string): string {
  return `/sent/${reference}/check/findings`
}

/** How far a job is, for the page that watches it. */
export function progressStatePath(reference: string): string {
  return `/sent/${reference}/progress/state`
}

/** Taking a submission out of the figures. */
export function withdrawPath(reference: string): string {
  return `/sent/${reference}/withdraw`
}
