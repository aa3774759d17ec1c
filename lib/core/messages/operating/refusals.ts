/**
 * The words of what the server refuses and of what failed under it: code → what happened and how to
 * fix it. A code never changes its meaning; words may.
 */

import { APPROVAL_WORDS } from '#core/messages/accounts/approval-refusals.ts'
import { DECISION_WORDS } from '#core/messages/review/decision-refusals.ts'
import { JOURNEY_WORDS } from '#core/messages/submissions/journey-refusals.ts'
import { KEY_EXPORT_WORDS } from './key-export-refusals.ts'
import { FRAMEWORK_WORDS } from './framework-refusals.ts'
import { BACKUP_WORDS } from './backup-refusals.ts'
import { POSTCODE_WORDS } from './postcode-refusals.ts'
import { CONTRACT_WORDS } from '#core/messages/look-up/contract-words.ts'
import { LOOK_UP_WORDS } from '#core/messages/look-up/look-up-words.ts'
import { RULE_REFUSALS } from '#core/messages/look-up/rule-words.ts'
import { RIGHTS_WORDS } from '#core/messages/rights/rights-words.ts'
import { RESEARCH_WORDS } from '#core/messages/research/research-words.ts'
import { REGISTER_WORDS } from '#core/messages/register/register-refusals.ts'
import { TOKEN_WORDS } from '#core/messages/submissions/token-refusals.ts'
import { PUBLICATION_WORDS } from '#core/messages/releases/publication-words.ts'
import { REPORT_WORDS } from '#core/messages/releases/report-refusals.ts'
import type { Words } from '#core/messages/words.ts'

/** Every code of lib/server with its words. */
export const SERVER_WORDS = {
  unexpected: {
    title: 'Something failed that should not have.',
    fix: 'Nothing was left half done. Tell the administrator the reference number: it is in the log beside what failed.',
  },
  'database-gone': {
    title: 'The database cannot be reached.',
    fix: 'Nothing was left half done. Try again in a minute; if it keeps happening, ask the administrator to check that the database runs and that its disk is not full.',
  },
  'database-busy': {
    title: 'Somebody else was changing the same data at that moment.',
    fix: 'Nothing was changed. Try again.',
  },
  'database-refused': {
    title: 'The database refused a change.',
    fix: 'Nothing was changed. Tell the administrator the reference number: it is in the log beside the rule that refused.',
  },
  'database-unencrypted': {
    title: 'The connection to the database is not encrypted.',
    fix: 'A live programme needs TLS, but for a database on this machine. Add ?sslmode=verify-full to DATABASE_URL, and see that the server offers it.',
  },
  'database-embedded': {
    title: 'A live programme does not run on the embedded database.',
    fix: 'Name a PostgreSQL server in DATABASE_URL. The embedded one is for demonstrations and tests: its records lie beside everything else of one machine, whoever runs programs as its user owns it, and nobody backs it up. --embedded takes these risks knowingly.',
  },
  'database-start': {
    title: 'The embedded database did not start.',
    fix: 'Look at logs/postgres.log in the data folder. A full disk, a folder owned by another user or too little memory are the usual reasons.',
  },
  'database-start-busy': {
    title: 'Another process is still starting or stopping the embedded database.',
    fix: 'Wait a minute and start again. If the process that is named here is none of yours, remove postgres.lock in the data folder.',
  },
  'database-user': {
    title: 'PostgreSQL does not run as root, and there is no user to run it as.',
    fix: 'Create one (useradd --system postgres), start Count Once as an ordinary user, or set DATABASE_URL.',
  },
  'database-folder': {
    title: 'The embedded database cannot use its folder.',
    fix: 'The folder belongs to another user. Run Count Once as the user who created it, or name another folder with --data.',
  },
  'database-binaries': {
    title: 'There is no embedded PostgreSQL for this machine.',
    fix: 'Run npm ci again with optional dependencies, or set DATABASE_URL to a PostgreSQL of version 15 or later.',
  },
  'migration-changed': {
    title: 'A migration that was already applied has been changed.',
    fix: 'Restore the file as it was and put the change into a new migration.',
  },
  'migration-unknown': {
    title: 'The database was made by a later version of Count Once.',
    fix: 'Use that version, or restore a backup of the database made by this one.',
  },
  'migration-failed': {
    title: 'A change to the structure of the database failed.',
    fix: 'It was undone. Tell the developers the reference number and the name of the migration.',
  },
  'owner-may-not': {
    title: 'The owner that DATABASE_URL names may not change the structure of the database.',
    fix: 'It has to own the database and be let make roles: “alter role NAME createrole”, said by an administrator of PostgreSQL. What was done was undone; do the same again then.',
  },
  'disk-full': {
    title: 'The disk is full.',
    fix: 'Nothing of this file is in the figures. Free some space on the server and send it again.',
  },
  'storage-unavailable': {
    title: 'The store for uploaded files cannot be reached.',
    fix: 'Nothing of this file is in the figures. Try again in a minute.',
  },
  'file-erased': {
    title: 'This file is no longer held, so it is needed again.',
    fix: 'We keep a file until its rows are pseudonymised, and never longer than 24 hours; when somebody’s data is deleted, files that are not submitted yet may go at once, whoever is in them. Send it again; on the portal, what you chose is kept.',
  },
  'file-damaged': {
    title: 'The stored file is not as it was written.',
    fix: 'It was not used. Send it again, and tell the administrator: the store is failing or somebody changed it.',
  },
  'malware-found': {
    title: 'The virus scanner found something harmful in this file.',
    fix: 'It was erased, and nothing of it was read or kept. Do not open your copy: show it to whoever looks after your computers, then send a clean file.',
  },
  'scan-too-large': {
    title: 'This file is larger than the virus scanner looks at.',
    fix: 'It was erased, and nothing of it was read. Take out columns that are not needed and send it again, or ask the programme to raise the limits of its scanner.',
  },
  'scanner-away': {
    title: 'The virus scanner does not answer.',
    fix: 'The file is held, and nothing of it was read. On the portal it goes on by itself once the scanner answers; on the command line give the command again.',
  },
  'scanner-setting': {
    title: 'The setting for the virus scanner cannot be read.',
    fix: 'Write host:port, or the absolute path of the socket on which clamd listens; leave it out where there is no scanner.',
  },
  'reading-failed': {
    title: 'The file could not be read, and the fault is ours.',
    fix: 'None of it was kept. Tell the administrator the reference number; sending the file as CSV may help meanwhile.',
  },
  'keys-missing': {
    title: 'There are no keys.',
    fix: 'For a new programme run: countonce keys init. If there were keys, restore them from where they are kept apart: without them nobody can be matched to earlier quarters.',
  },
  'keys-exist': {
    title: 'There are keys already.',
    fix: 'New keys would cut this programme from its past. To change the platform key run: countonce keys rotate.',
  },
  'keys-damaged': {
    title: 'The keys are not as they were written.',
    fix: 'Restore them from where they are kept apart. Nothing was pseudonymised with them.',
  },
  'keys-open': {
    title: 'Other users of this machine can read the keys.',
    fix: 'Give the folder mode 0700 and its files mode 0600, and consider whether the keys must be rotated.',
  },
  'keys-weak': {
    title: 'A key is not 32 random bytes.',
    fix: 'Make it with: countonce keys init or countonce keys rotate, never by hand.',
  },
  'keys-reused': {
    title: 'One key serves two purposes.',
    fix: 'Each key has one purpose only. Make new keys with: countonce keys init.',
  },
  'keys-demonstration': {
    title: 'These keys are for demonstration.',
    fix: 'A live programme needs keys of its own: name an empty data folder and run countonce init.',
  },
  'keys-other-purpose': {
    title: 'These keys were made for a deployment of another purpose.',
    fix: 'Reach and look-up never share keys, so that nobody can join their pseudonyms. Name the key place of this deployment, or an empty one and run countonce init.',
  },
  'keys-beside-data': {
    title: 'The keys of a live programme lie with its data.',
    fix: 'Whoever copies the data folder would have both. Name a key vault, or a folder that is not within the data folder, in the setting named here.',
  },
  'portal-key-missing': {
    title: 'The key of the portal’s accounts is not there.',
    fix: 'Restore it from where keys are kept apart, or name its place in PORTAL_KEYS. It is not made anew: nobody could sign in with the codes they have.',
  },
  'keys-behind': {
    title: 'The stored pseudonyms are under another platform key than the keys in hand.',
    fix: 'A rotation was interrupted, or these are older keys. Run countonce keys rotate again, or restore the newer keys.',
  },
  'self-test-failed': {
    title: 'The published vectors do not come out on this machine.',
    fix: 'Nothing was started. Install this version again from a fresh clone; if it keeps happening, tell the developers the reference number and the vector named here.',
  },
  'keys-unreachable': {
    title: 'The key vault cannot be reached.',
    fix: 'Check the addresses in KEYS and PORTAL_KEYS, the network, and that this server may read the secrets of the vault.',
  },
  'kill-point-refused': {
    title: 'COUNTONCE_KILL_AT is set.',
    fix: 'It is for tests of crashes only. Unset it for a live programme or in production.',
  },
  'kill-point-unknown': {
    title: 'COUNTONCE_KILL_AT names no fault point.',
    fix: 'Use one of the numbers in lib/server/platform/faults/fault-points.ts.',
  },
  'programme-missing': {
    title: 'This data folder has no programme yet.',
    fix: 'Give it one: countonce init --programme FILE.json. To try things out run: countonce demo.',
  },
  'programme-exists': {
    title: 'This data folder has a programme already.',
    fix: 'One store serves one programme. Name another folder with --data.',
  },
  'audit-refused': {
    title: 'The audit log did not take an entry.',
    fix: 'What it would have recorded was not done either. Tell the developers the reference number.',
  },
  'anchors-refused': {
    title: 'The storage for anchors of the audit trail took no immutability policy.',
    fix: 'Turn on version-level immutability for the container that ANCHOR_CONTAINER names, and let the worker set policies on it; or set ANCHOR_FOLDER to keep anchors in a folder, which protects less.',
  },
  'mail-unsent': {
    title: 'An email could not be sent.',
    fix: 'Check the address in SMTP_URL and that the mail server accepts email from this portal, then ask for the email again.',
  },
  'worker-start': {
    title: 'The worker did not start.',
    fix: 'Look at logs/worker.log in the data folder: its last lines say why.',
  },
  'portal-refused': {
    title: 'The portal cannot start as it is set up.',
    fix: 'See which setting is named here; .env.example says what each one is.',
  },
  'port-taken': {
    title: 'Another process listens at this port already.',
    fix: 'Give the setting that is named here another port, or none to do without, or end the other process. Each portal and worker of one machine needs a port of its own.',
  },
  'port-refused': {
    title: 'This machine does not let the process listen there.',
    fix: 'See the setting that is named here: its host must be an address of this machine, and a port below 1024 needs a right that the process has not.',
  },
  'portal-not-built': {
    title: 'The pages of the portal are not built.',
    fix: 'Run npm run build where the image or the folder is made, from the same sources, and start it again. Nothing is built where it runs.',
  },
  'portal-build': {
    title: 'The pages of the portal could not be built.',
    fix: 'See what the build says above. A full disk or too little memory are the usual reasons.',
  },
  'portal-build-busy': {
    title: 'Another process is still building the pages of the portal.',
    fix: 'Wait until it is done and start again: a busy machine takes some minutes. If the process that is named here is none of yours, remove .next/build.lock in the folder of the program.',
  },
  'started-already': {
    title: 'Count Once already runs on this data folder.',
    fix: 'Open it at the address that is named here, or end it where it runs with Ctrl-C. To run another one beside it, name another folder: npm start -- --data FOLDER.',
  },
  'sign-in-refused': {
    title: 'We could not sign you in with that email address and password.',
    fix: 'Check both and try again. After 5 wrong tries an account has to wait 15 minutes, even with the right password.',
  },
  'signed-out': {
    title: 'Your session has ended, so this was not done.',
    fix: 'What you filled in is still here. Sign in again in another tab, then come back to this one and press the button again.',
  },
  'sign-in-over': {
    title: 'You took too long, so this sign-in has ended.',
    fix: 'Enter your email address and password again.',
  },
  'passkey-refused': {
    title: 'That passkey was not right.',
    fix: 'Try again with a passkey of this account. You can also use the code in your app.',
  },
  'passkey-copied': {
    title: 'That passkey is no longer accepted.',
    fix: 'It counted fewer uses than before, so there may be a copy of it. Use the code in your app or another passkey, and tell your administrator.',
  },
  'passkey-not-made': {
    title: 'The passkey was not made.',
    fix: 'Nothing was kept. Try again, and answer within five minutes.',
  },
  'passkeys-full': {
    title: 'This passkey is here already, or you have ten.',
    fix: 'Remove one that you no longer use.',
  },
  'last-factor': {
    title: 'This is your only second factor here.',
    fix: 'Add another passkey first, so that you can still sign in.',
  },
  'sign-on-secret-missing': {
    title: 'There is no secret that proves the portal to the organisation whose accounts sign on.',
    fix: 'Keep it with: countonce sign-on secret --from FILE. docs/operations.md says where it comes from.',
  },
  'sign-on-failed': {
    title: 'Signing in with your organisation’s account did not work.',
    fix: 'Nothing was done. Try again, and begin on this page. If it keeps failing, ask your administrator.',
  },
  'sign-on-stranger': {
    title: 'Your organisation’s account has no access to Count Once.',
    fix: 'No account was made for you. If you need access, ask the administrator of the programme. If you have an account here with a password, sign in with that.',
  },
  'sign-on-left': {
    title: 'Your organisation’s account no longer has access to Count Once.',
    fix: 'If you still need access, ask the administrator of the programme.',
  },
  'sign-on-groups': {
    title: 'Your organisation’s account is in too many groups.',
    fix: 'We could not tell what you may do here. Ask the people who manage these accounts to send Count Once only the groups that are assigned to it.',
  },
  'sign-on-taken': {
    title: 'We could not connect your organisation’s account.',
    fix: 'There is another account with the same email address, or this one is connected already. If you have an account here with a password, sign in with that and connect it under “Your account”. Otherwise ask your administrator.',
  },
  'sign-on-other': {
    title: 'You signed in with another account.',
    fix: 'Nothing was confirmed. Try again with the account that you are signed in with here.',
  },
  'sign-on-stale': {
    title: 'Your organisation did not ask you for a second factor just now.',
    fix: 'Nothing was confirmed. Try again, and sign in again when you are asked. If it keeps failing, set up a passkey under “Your account”.',
  },
  'code-refused': {
    title: 'That code is not right.',
    fix: 'Enter the newest code in your app. If it keeps failing, check that the clock of your phone or computer is set automatically.',
  },
  'code-used': {
    title: 'That code has been used already.',
    fix: 'Each code works once. Wait up to 30 seconds for the next one in your app. If it was not you who used it, tell your administrator.',
  },
  'too-many-tries': {
    title: 'There were too many wrong tries.',
    fix: 'Wait 15 minutes and try again, even if your next code is right.',
  },
  'password-wrong': {
    title: 'That is not your current password.',
    fix: 'Check it and try again. After 5 wrong tries you have to wait 15 minutes.',
  },
  'password-short': {
    title: 'That password is too short.',
    fix: 'Use 12 characters or more. Three or four words that have nothing to do with each other are easy to remember.',
  },
  'password-long': {
    title: 'That password is too long.',
    fix: 'Use no more than 1,000 characters.',
  },
  'password-common': {
    title: 'That password is too easy to guess.',
    fix: 'It is made of common words, your name or email address, or words of this programme. Use three or four words that have nothing to do with each other.',
  },
  'holders-two': {
    title: 'Two different people must hold the keys.',
    fix: 'Choose two people of the programme who can sign in.',
  },
  'mail-code-wrong': {
    title: 'That is not the code of the mail.',
    fix: 'Enter the eight letters and digits of the last mail, today or tomorrow, or send another one.',
  },
  'link-over': {
    title: 'This link no longer works.',
    fix: 'A link works once: an invitation for 7 days, any other for 60 minutes. Choose “I have forgotten my password” on the sign-in page to be sent another.',
  },
  'user-exists': {
    title: 'There is an account with that email address already.',
    fix: 'Find it in the list of users, or use another address.',
  },
  'provider-unknown': {
    title: 'There is no such organisation in the register.',
    fix: 'Choose one from the list.',
  },
  'own-account': {
    title: 'You cannot do that to your own account.',
    fix: 'Ask another administrator. Where there is no other, the operator of the server invites one together with a data protection officer or an auditor.',
  },
  'second-person': {
    title: 'Another administrator must agree to this.',
    fix: 'You asked for it yourself, or nobody did. Ask an administrator other than you to agree.',
  },
  'nothing-to-release': {
    title: 'There is nothing to release yet.',
    fix: 'No service has a file in the figures by that quarter. Submit one, or name a later quarter.',
  },
  'release-unknown': {
    title: 'There is no such release.',
    fix: 'Choose one from the list of releases, or make one in the portal.',
  },
  'not-released': {
    title: 'This figure is not one of those released.',
    fix: 'Released are services, strands, wards and quarters, for a quarter, a year to date or everything since the start. Ask for one of these.',
  },
  'release-changed': {
    title: 'The figures changed after the draft was counted.',
    fix: 'Nothing was released. Make a new draft and look at it again.',
  },
  'agreement-dates': {
    title: 'The last day is before the first.',
    fix: 'Check both dates. Leave the last day empty if the agreement has no end yet.',
  },
  'not-found': {
    title: 'Page not found.',
    fix: 'Check the address. What belongs to another organisation is not shown.',
  },
  ...DECISION_WORDS,
  ...JOURNEY_WORDS,
  ...APPROVAL_WORDS,
  ...PUBLICATION_WORDS,
  ...REPORT_WORDS,
  ...TOKEN_WORDS,
  ...REGISTER_WORDS,
  ...RIGHTS_WORDS,
  ...LOOK_UP_WORDS,
  ...RULE_REFUSALS,
  ...CONTRACT_WORDS,
  ...RESEARCH_WORDS,
  ...KEY_EXPORT_WORDS,
  ...BACKUP_WORDS,
  ...POSTCODE_WORDS,
  ...FRAMEWORK_WORDS,
} as const satisfies Record<string, Words>

/** A stable code of a refusal or fault of the server. */
export type ServerCode = keyof typeof SERVER_WORDS
