import type { Words } from '#core/messages/words.ts'

/** The words of what stops a change of the register. */
export const REGISTER_WORDS = {
  'changed-meanwhile': {
    title: 'Somebody else changed this while you had it open.',
    fix: 'What you typed is still here, and nothing was saved. Look at what they changed. If yours is right, press the button again.',
  },
  'register-code': {
    title: 'This code cannot be used.',
    fix: 'Use up to 64 small letters, digits and hyphens, and a code that nothing else of this kind has. It stays for good.',
  },
  'register-source': {
    title: 'A source says its kind, where its data cover people and what no record means.',
    fix: 'Enter both texts, of no more than 500 characters. A new source comes with a register file, which says its kind, its days and its rules besides.',
  },
  'register-name': {
    title: 'Enter a name of up to 200 characters.',
    fix: 'What its reminders say may have up to 300.',
  },
  'register-from': {
    title: 'This change cannot hold from that quarter.',
    fix: 'Choose a quarter that is open, and none before the last change. Quarters that are closed stay as they were.',
  },
  'register-unknown': {
    title: 'Something that this refers to is not in the register.',
    fix: 'Check the strand, the organisation or the ward, and add it first.',
  },
  'register-order': {
    title: 'This register does not fit the programme.',
    fix: 'Import a register of this programme, as it was exported here.',
  },
  'ward-tile': {
    title: 'The place on the map is not a column and a row.',
    fix: 'Enter a column and a row from 1 to 12, for example 2,1.',
  },
  'ward-codes': {
    title: 'The codes of the ward cannot be read.',
    fix: 'Write one a line, with its years if you know them: E05000416 2010 to 2022.',
  },
  'merge-target': {
    title: 'This service cannot go on as that one.',
    fix: 'Choose another service that is open, and the last quarter of this one.',
  },
  'stage-same': {
    title: 'The service cannot go there from where it is now.',
    fix: 'Somebody may have moved it meanwhile. Open the board again. Into production it goes from staging, and out of it into staging.',
  },
  'stage-takes-two': {
    title: 'This takes two people.',
    fix: 'Ask for it, and have another administrator approve it.',
  },
  'checklist-open': {
    title: 'The checklist is not passed yet.',
    fix: 'See on the board which lines are open. Nothing was moved.',
  },
  'extension-past': {
    title: 'The last day of an extension is today or later.',
    fix: 'Enter a day within the next 180 days.',
  },
  'answer-other': {
    title: 'Choose one of the answers.',
    fix: 'Nothing was sent.',
  },
  'answered-before': {
    title: 'This was answered already.',
    fix: 'Open the page again to see the answer.',
  },
  'report-reference': {
    title: 'This is not a reference of Count Once.',
    fix: 'It looks like F-3K9Q-7TXW or SU-2345-6789-E. Leave it empty if you have none, and enter nothing else.',
  },
  'reports-many': {
    title: 'You have reported a great deal in the last hour.',
    fix: 'The programme has what you sent. Wait an hour, or telephone.',
  },
  'programme-days': {
    title:
      'Enter the first and the last day of the programme as real dates, the first before the last.',
    fix: 'For example, 1 4 2025 and 31 3 2030.',
  },
  'programme-years': {
    title: 'Files or releases of the programme lie outside those years.',
    fix: 'Choose years that hold every quarter for which a file came.',
  },
  'quarter-deadline': {
    title: 'Enter the deadline as a real date after the quarter’s last day, within a year of it.',
    fix: 'For April to June 2025, for example, 30 7 2025.',
  },
} as const satisfies Record<string, Words>
