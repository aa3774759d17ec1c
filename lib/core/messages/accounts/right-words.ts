/** What each right of the table of roles lets somebody do, as people read it. */
export const RIGHT_WORDS = {
  'submission.send': 'Send files of their own organisation',
  'submission.see': 'See submissions and what was found in them',
  'submission.withdraw-own': 'Withdraw files of their own organisation',
  'submission.withdraw-any': 'Withdraw any file',
  'hasher.get': 'Download the hasher',
  'token.manage': 'Make and end tokens for programs that send files',
  'reach.see': 'See released figures',
  'report.write': 'Write the words of quarterly reports',
  'report.sign': 'Sign off quarterly reports',
  'exact.see': 'See exact figures',
  'doubt.see': 'See possible matches',
  'doubt.decide': 'Decide possible matches',
  'linkage.change': 'Change how records are linked',
  'register.see': 'See the register and agreements',
  'register.change': 'Change the register and agreements',
  'stage.change': 'Move services on the board',
  'question.see': 'See questions about rows of files',
  'support.answer': 'Answer what is reported as wrong',
  'look-up.ask': 'Look up who is involved with a person',
  'look-up.watch': 'See who looked people up, and check samples',
  'release.make': 'Make releases',
  'user.manage': 'Manage users',
  'key.export': 'Export the source key',
  'key.rotate': 'Change keys',
  'system.see': 'See how the system runs',
  'audit.see': 'Read and check the audit trail',
  'approval.see': 'Agree to what takes two people',
  'rights.handle': 'Answer people about their own data',
  'research.manage': 'Keep the register of research, and ask for extracts',
  'retention.see': 'See how long things are kept',
  'retention.hold': 'Hold things beyond their time',
} as const satisfies Record<string, string>

/** The code of a right. */
export type RightCode = keyof typeof RIGHT_WORDS

/** Said after a right that takes leave to see exact figures besides. */
export const WITH_LEAVE = 'with leave'
