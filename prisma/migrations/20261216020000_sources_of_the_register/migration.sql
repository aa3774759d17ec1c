-- The register of a look-up as one file keeps its sources: an administrator changes where one covers people and what no record
-- means there, and brings a new one in with the rules that it begins with.
grant insert on source to countonce_app;
grant update (area, no_record, version) on source to countonce_app;

-- The first rules of a source need no second person while nothing of it is shown: it is tried out before it counts.
create policy source_rules_first on source_rules for insert to countonce_app
  with check (
    current_setting('countonce.reach', true) = 'programme' and approval is null and version = 1
    and exists (select from service s where s.code = service_code and s.stage = 'profiling')
  );
