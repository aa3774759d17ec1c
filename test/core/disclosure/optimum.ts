import { ReleaseModel, type PrintedRelease } from '#core/disclosure/attack/release-model.ts'
import { Secrets } from '#core/disclosure/attack/secrets.ts'
import { HidingPrices } from '#core/disclosure/attack/hiding.ts'
import { enumerate } from './enumeration.ts'

/** Whether every quantity that must be protected is left enough values, by trying every table. */
export function isSafe(model: ReleaseModel, most: number): boolean {
  const ranges = enumerate(model.system, (unknown) => model.bounds(unknown), most)
  return new Secrets(model).list().every((secret) => {
    const { least, greatest } = ranges[secret] ?? { least: 0, greatest: 0 }
    return greatest - least + 1 >= model.release.settings.candidates
  })
}

/**
 * The least that is lost to make a release safe, by trying every choice of figures to hide, those
 * that lose least first, and every table for each; undefined where nothing that loses less than
 * `than` is enough.
 */
export function leastLoss(release: PrintedRelease, than: number, most: number): number | undefined {
  const first = new ReleaseModel(release)
  const prices = new HidingPrices(first)
  const shown = [...first.cellsOf.keys()]
    .map((unknown) => ({ unknown, price: prices.price(unknown) }))
    .filter(({ price }) => price > 0 && price < than)
  let choices: { hide: number[]; loss: number; next: number }[] = [{ hide: [], loss: 0, next: 0 }]
  for (const [next, { unknown, price }] of shown.entries()) {
    choices = choices.flatMap((choice) => {
      const more = { hide: [...choice.hide, unknown], loss: choice.loss + price, next }
      return more.loss < than ? [choice, more] : [choice]
    })
  }
  choices.sort((a, b) => a.loss - b.loss)
  return choices.find(({ hide }) => {
    const model = new ReleaseModel(release)
    for (const unknown of hide) {
      model.hide((model.cellsOf[unknown] ?? []).filter((cell) => (model.printed[cell] ?? 0) > 0))
    }
    return isSafe(model, most)
  })?.loss
}
