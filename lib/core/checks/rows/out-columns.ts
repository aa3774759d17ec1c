/** What columns that nothing is mapped to say of somebody who is not to be counted. */

/** How the cells of one column are read. */
export interface RemarkTest {
  /** Fewer characters say nothing. */
  readonly least: number
  /** It says nothing of somebody who had no contact in the quarter, whom no figure counts. */
  readonly isOfSeen: boolean
  /** It says whether somebody came, which contradicts their contacts and nothing else. */
  readonly isOfContacts: boolean
  readonly isRemark: (cell: string) => boolean
}

/** What people write beside somebody who is not to be counted. */
const NOT_TO_COUNT =
  /\b(?:duplicates?|dup(?:e|licated)?|already (?:counted|on (?:the|this))|do(?:n['’]?t| not) (?:count|include|use|send)|not (?:to be )?(?:counted|included)|exclude[ds]?|(?:entered|added|created) (?:in|by) (?:error|mistake)|void|cancell?ed|to be (?:deleted|removed)|delete[ds]?|remove (?:this|from)|wrong (?:child|person|family|service)|not (?:ours|eligible)|ineligible|test (?:record|entry|client|patient|data))\b/i
/** Headings of columns that are ticked for whoever is not to be counted, or for whoever is. */
const OUT_HEADING =
  /^(?:is )?(?:deleted?|removed?|void(?:ed)?|duplicates?|dup|excluded?|exclude from .{1,30}|do not (?:count|include)|not counted|archived?|cancell?ed|inactive|test(?: record)?)\s*[?]?$/i
const IN_HEADING =
  /^(?:is )?(?:included?|(?:to )?(?:be )?(?:include|count)(?:d|ed)? in .{1,30}|counts?|counted|to (?:be )?count(?:ed)?|count[?]|in scope|eligible|valid)\s*[?]?$/i
/** And of columns that say whether somebody still comes: who was seen in the quarter may have left since. */
const ACTIVE_HEADING =
  /^(?:is )?(?:still |currently )?(?:active|current|live)(?: (?:client|member|participant|record|case|user|status))?\s*[?]?$/i
const SEEN_HEADING =
  /^(?:has |have |was |did |is )?(?:attend(?:ed|ing)?|engag(?:ed|ing)|seen|came|participat(?:ed|ing)|present|contacted|reached)(?: (?:this|in(?: the)?|during(?: the)?) (?:quarter|qtr|period|term))?\s*[?]?$/i
/** And of columns that are ticked for whoever did not come. */
const MISSED_HEADING =
  /^(?:dna(?:['’]?d)?|did not attend|no[- ]?show|non[- ]?attend(?:er|ance))\s*[?]?$/i
/** And of columns that are filled in for whoever is not: a day, or the record that stays. */
const GONE_HEADING =
  /^(?:date )?(?:deleted|removed|voided|archived|erased|merged)(?: (?:at|on|date|into|with))$|^date (?:deleted|removed|voided|archived|erased|merged)$|^(?:duplicate|copy) of$|^(?:date of death|death date|deceased(?: date| on)?|dod|died(?: on)?)$|^(?:erasure|deletion|right to erasure) (?:requested|request|date)(?: (?:at|on))?$/i
/** A number below such a heading counts what was missed. */
const TICK = /^(?:y|yes|true|x|✓|✔|t)$/i
const YES = /^(?:y|yes|true|1|x|✓|✔|t)$/i
const NO = /^(?:n|no|false|0|✗|✘|f)$/i
const NOTHING = /^(?:n|no|false|f|0|n\/?a|none|null|never|-+)?$/i
/** How the cells below a heading are read. */
export function remarkTest(heading: string): RemarkTest {
  const plain = heading.replace(/[_.]+/g, ' ')
  const isMissed = MISSED_HEADING.test(plain)
  const isOfContacts = isMissed || SEEN_HEADING.test(plain)
  const isOfSeen = isOfContacts || ACTIVE_HEADING.test(plain)
  const about = { least: 1, isOfSeen, isOfContacts }
  if (GONE_HEADING.test(plain)) return { ...about, isRemark: (cell) => !NOTHING.test(cell) }
  if (isMissed) return { ...about, isRemark: (cell) => TICK.test(cell) || NOT_TO_COUNT.test(cell) }
  const ticked = OUT_HEADING.test(plain) ? YES : isOfSeen || IN_HEADING.test(plain) ? NO : undefined
  if (ticked === undefined)
    return { ...about, least: 3, isRemark: (cell) => NOT_TO_COUNT.test(cell) }
  return { ...about, isRemark: (cell) => ticked.test(cell) || NOT_TO_COUNT.test(cell) }
}
