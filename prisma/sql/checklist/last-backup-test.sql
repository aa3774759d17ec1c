-- When `countonce backup test` last brought a backup back whole. No parameters. One row; null when it never did.
select last_backup_test() as at
