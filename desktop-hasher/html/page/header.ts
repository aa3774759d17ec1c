import { element } from './element.ts'
import type { Journey } from './journey.ts'
import { statusTag } from './parts.ts'

/** Shows above every step which key is open and whether it is for real people. */
export function showKeyInHeader({ key }: Journey): void {
  const place = document.getElementById('key-in-header')
  if (place === null) return
  place.replaceChildren()
  if (key === undefined) return
  place.append(
    statusTag(key.live ? 'blue' : 'yellow', key.live ? 'Live key' : 'Demonstration key'),
    element('span', { class: 'app-code' }, key.check),
  )
}
