-- What a user is to the programme: lib/server/identity/actors/roles.ts says what each may.
alter table portal_user drop constraint portal_user_role_check;
alter table portal_user add constraint portal_user_role_check check (
  role in ('provider', 'uploader', 'analyst', 'reviewer', 'administrator', 'officer', 'auditor', 'practitioner'));
alter table portal_user drop constraint provider_has_organisation;
alter table portal_user add constraint provider_has_organisation check (
  (role in ('provider', 'uploader', 'practitioner')) = (provider_code is not null));
