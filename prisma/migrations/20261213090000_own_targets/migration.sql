-- Who runs a service sees what it aims at, and sets nothing.
create policy service_target_own on service_target for select to countonce_app using (actor_reaches(service_code));
