import type { Command } from 'commander'
import { memberNames } from '#core/charts/family-picture.ts'
import { familyTieWords } from '#core/messages/linkage/family-words.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import {
  explainBeneficiary,
  type Explanation,
} from '#server/linkage/decisions/explain-beneficiary.ts'
import type { RecordPlace } from '#server/linkage/decisions/list-doubts.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { parseDataset } from '../read-input.ts'
import { exitWith, type GlobalOptions } from '../run-command.ts'
import { DONE, print, printJson, printTable, REFUSED, say } from '../terminal.ts'
import { OPERATOR, withProgramme } from '../with-store.ts'

interface Options {
  dataset: Dataset
  json?: boolean
}

/** countonce explain: why some records are one person. */
export function addExplainCommand(program: Command): void {
  const command = program
    .command('explain')
    .description('tell why the records of a beneficiary are one person, and what was refused')
    .argument('<reference>', 'the beneficiary’s reference, CO-…')
    .option('--dataset <name>', 'production or staging', parseDataset, 'production')
    .option('--json', 'print one JSON document')
  exitWith(command, ({ data, dataset, json }: Options & GlobalOptions, reference = '') =>
    withProgramme(data, async (store) => {
      const explained = await explainBeneficiary(store, { reference, dataset, actor: OPERATOR })
      if (!explained.ok) {
        const { code, detail } = explained
        const { title, fix } = wordsOf(code)
        say(`countonce: ${title} ${fix}`)
        if (detail?.['meant'] !== undefined) say(`countonce: Did you mean ${detail['meant']}?`)
        return REFUSED
      }
      const { explanation } = explained
      if (json === true) printJson(explanation)
      else show(explanation)
      return DONE
    }),
  )
}

function show(explanation: Explanation): void {
  print(`${explanation.reference}, under the policy ${explanation.policy}`)
  if (explanation.aliases.length > 0) print(`also known as ${explanation.aliases.join(', ')}`)
  print()
  printTable(
    ['submission', 'service', 'quarter', 'row', 'role'],
    explanation.records.map((place) => [
      place.submission,
      place.service,
      place.quarter,
      place.place,
      place.role,
    ]),
  )
  print()
  for (const join of explanation.joins) {
    const agreed = join.agreed.length === 0 ? '' : `, both have the same ${join.agreed.join(', ')}`
    print(`${at(join.left)} and ${at(join.right)}: rule ${join.rule}${agreed}`)
  }
  for (const refused of explanation.refused) {
    print(
      `kept apart (${refused.kind}, ${refused.code}) from ${refused.others.map((place) => `${at(place)} (${place.reference})`).join('; ')}`,
    )
  }
  showFamily(explanation.family)
}

/** The family as a list: whom services took its members for, and what ties them. */
function showFamily({ members, bonds, isFamily }: Explanation['family']): void {
  print()
  if (members.length < 2) {
    print(isFamily ? 'tied to nobody: a family of its own' : 'tied to no child: in no family')
    return
  }
  const names = memberNames(members)
  printTable(
    ['member', 'reference', 'services', ''],
    members.map(({ reference, services, isSelf }, place) => [
      names[place] ?? '',
      ...[reference, services.join(', '), isSelf ? 'this person' : ''],
    ]),
  )
  for (const { by, people } of bonds) {
    const tied = people.map((place) => names[place] ?? '').join(', ')
    print(`${tied}: ${familyTieWords(by)}`)
  }
}

function at(place: RecordPlace): string {
  return `${place.submission} row ${place.place}`
}
