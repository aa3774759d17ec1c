-- Why a provider confirms a finding or leaves rows out is a code of a list (lib/core/messages/answer-reasons.ts), no longer words
-- of its own: no name is written into the store.
update confirmation set reason = 'ask-us' where reason !~ '^[a-z-]{1,40}$';
update journey set leave_out_reason = 'ask-us' where leave_out_reason !~ '^[a-z-]{1,40}$';
alter table confirmation add check (reason ~ '^[a-z-]{1,40}$');
alter table journey add check (leave_out_reason ~ '^[a-z-]{1,40}$');
