-- Named for what it is for: the planner's statistics of partitioned tables. "Parents" were their roots, not people.
alter function analyze_parents() rename to refresh_statistics;
