import type { Agreement } from '#core/review/agreement.ts'
import type { CheckedJoins, ShareInterval } from '#core/review/false-joins.ts'

/** A share in words: `4.2 %`. */
function percent(share: number): string {
  return `${(share * 100).toLocaleString('en-GB', { maximumFractionDigits: 1 })}%`
}

/** From which kappa on agreement is called so. Source: Landis and Koch 1977. */
const STRENGTHS = [
  { from: 0.81, words: 'almost perfect agreement' },
  { from: 0.61, words: 'substantial agreement' },
  { from: 0.41, words: 'moderate agreement' },
  { from: 0.21, words: 'fair agreement' },
  { from: -1, words: 'hardly more than chance' },
] as const

/** How far two reviewers agree, in plain words. */
export function agreementWords({ pairs, agreed, share, kappa }: Agreement): string {
  if (pairs === 0 || share === null) {
    return 'No pair has been answered about by two people yet.'
  }
  const said = `Two people answered about ${pairs === 1 ? '1 pair' : `${pairs} pairs`} without seeing each other’s answer. They said the same of ${agreed} (${percent(share)}).`
  if (kappa === null) return said
  const strength = STRENGTHS.find(({ from }) => kappa >= from)?.words ?? 'less than chance'
  return `${said} Taking away what chance alone would agree on, kappa is ${kappa.toFixed(2)}: ${strength}. 1 would be always, 0 no more than chance.`
}

/** How many joined pairs were of two people, in plain words. */
export function falseJoinWords(
  { checked, wrong }: CheckedJoins,
  share: ShareInterval | undefined,
): string {
  if (share === undefined) return 'No joined pair has been checked yet.'
  return `Of ${checked === 1 ? '1 joined pair' : `${checked} joined pairs`} that were checked, ${wrong === 0 ? 'none was' : wrong === 1 ? '1 was' : `${wrong} were`} of two people: ${percent(share.share)} of joins are wrong, between ${percent(share.low)} and ${percent(share.high)} with 95% confidence.`
}
