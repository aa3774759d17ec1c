/** What an entry tells besides: names and values of codes, counts and references. */
export function detailWords(
  detail: Readonly<Record<string, string | number | boolean | null>>,
): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${shown(value)}`)
    .join(', ')
}

function shown(value: string | number | boolean | null): string {
  if (value === null) return 'none'
  if (typeof value === 'number') return value.toLocaleString('en-GB')
  return String(value)
}
