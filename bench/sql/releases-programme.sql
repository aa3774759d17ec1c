-- A programme whose services number 0 to {lastservice} and quarters 0 to {lastquarter}; every file of it is linked.
insert into programme (code, name, live, years_from, years_to) values ('b', 'Bench', false, '2023-04-01', '2025-03-31');
insert into provider values ('p', 'Provider');
insert into ward select 'ward-' || n, 'Ward ' || n from generate_series(1, 4) n;
insert into strand select 'strand-' || n, 'Strand ' || n from generate_series(0, 4) n;
insert into service (code, name, strand_code, provider_code)
  select 'service-' || n, 'Service ' || n, 'strand-' || n % 5, 'p' from generate_series(0, {lastservice}) n;
insert into submission (reference, dataset, service_code, quarter, state, file_digest, file_bytes, received_by)
  select s || '-' || q, 'production', 'service-' || s, (2023 + q / 4) || '-Q' || (q % 4 + 1), 'linked',
    convert_to(s || '-' || q, 'UTF8'), 1, 'bench'
  from generate_series(0, {lastservice}) s, generate_series(0, {lastquarter}) q
