-- Exact screens read who said that nobody was reached, and until when more time was given: columns without who said so.
create policy nil_return_exact on nil_return for select to countonce_exact using (true);
create policy extension_exact on extension for select to countonce_exact using (true);
