import { isRemembered } from '#core/remembered/mapping-in-words.ts'
import { counted } from '#core/messages/reading/reading-words.ts'
import type { Derivation, FillingRule, RuleKind, WordPair } from '#core/filling/rules.ts'

/** The words of rules for filling gaps, the same on every page and in every document. */

/** What a kind of rule does, as the words of a choice. */
export const RULE_KIND_WORDS: Readonly<Record<RuleKind, { text: string; hint: string }>> = {
  default: {
    text: 'Put in the same words',
    hint: 'For example “active” where the status is blank.',
  },
  'look-up': {
    text: 'Look up words of another column',
    hint: 'For example the postcode of each centre, or of the sheet of each centre.',
  },
  'take-from': {
    text: 'Take it from another column',
    hint: 'For example the NHS number from an older column.',
  },
  derive: {
    text: 'Find it in the text of another column',
    hint: 'A postcode, an email address, a mobile number, or the month that a sheet is named by.',
  },
  split: { text: 'Take a part of another column', hint: 'For example what stands after a comma.' },
  join: { text: 'Join several columns', hint: 'For example a site and a number to a reference.' },
  translate: {
    text: 'Change words of the column',
    hint: 'For example “N/K” to nothing, so that another rule can fill it.',
  },
  'copy-above': {
    text: 'Copy from the row above',
    hint: 'Only for what the rows of a family have in common.',
  },
}

/** Every kind of rule, in the order in which they are offered. */
export const RULE_KINDS = [
  'look-up',
  'take-from',
  'derive',
  'split',
  'join',
  'default',
  'translate',
  'copy-above',
] as const satisfies readonly RuleKind[]

/** What is found within a text. */
export const DERIVATION_WORDS: Readonly<Record<Derivation, string>> = {
  'postcode-in-address': 'the postcode at the end of an address',
  'email-in-text': 'the one email address in the text',
  'mobile-in-text': 'the one mobile number in the text',
  'month-in-text': 'the first day of the month in the text, such as the name of a sheet',
}

/** What a rule does, in a sentence, and a line for each of its words. */
export interface RuleWords {
  readonly sentence: string
  readonly lines: readonly string[]
}

/** A rule in words. */
export function ruleWords(rule: FillingRule): RuleWords {
  const into = `${quoted(rule.column)}${whenWords(rule)}`
  const plain = (sentence: string): RuleWords => ({ sentence, lines: [] })
  switch (rule.kind) {
    case 'default':
      return plain(`Put ${quoted(rule.value)} in ${into}.`)
    case 'look-up':
      return {
        sentence: `Look up what ${quoted(rule.from)} says, and put what it stands for in ${into}.`,
        lines: pairLines(rule.words, 'stands for'),
      }
    case 'translate':
      return {
        sentence: `Change words of ${quoted(rule.column)}.`,
        lines: pairLines(rule.words, 'becomes'),
      }
    case 'copy-above':
      return plain(`Copy ${quoted(rule.column)} from the row above where it is blank.`)
    case 'take-from':
      return plain(`Take what ${quoted(rule.from)} has for ${into}.`)
    case 'split': {
      const part = rule.part === 'last' ? 'last part' : `part ${rule.part}`
      return plain(
        `Take the ${part} of ${quoted(rule.from)}, separated by ${spaced(rule.separator)}, for ${into}.`,
      )
    }
    case 'join': {
      const between = rule.separator === '' ? 'nothing' : spaced(rule.separator)
      return plain(
        `Join ${rule.from.map(quoted).join(', ')} with ${between} between them, for ${into}.`,
      )
    }
    case 'derive':
      return plain(`Find ${DERIVATION_WORDS[rule.what]} of ${quoted(rule.from)}, for ${into}.`)
  }
}

function whenWords(rule: FillingRule): string {
  return 'when' in rule ? ', in every row' : ' where it is blank'
}

function pairLines(pairs: readonly WordPair[], verb: string): string[] {
  const remembered = pairs.filter(({ word }) => isRemembered(word)).length
  return [
    ...pairs
      .filter(({ word }) => !isRemembered(word))
      .map(
        ({ word, becomes }) =>
          `${quoted(word)} ${verb} ${becomes === '' ? 'nothing' : quoted(becomes)}`,
      ),
    ...(remembered === 0
      ? []
      : [`And ${counted(remembered, 'remembered word', 'remembered words')} of earlier files.`]),
  ]
}

/** What is remembered is not in words. */
function quoted(text: string): string {
  return isRemembered(text) ? 'remembered words' : `“${text}”`
}

function spaced(separator: string): string {
  return separator === ' ' ? 'a space' : quoted(separator)
}
