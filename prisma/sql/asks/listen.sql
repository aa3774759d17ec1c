-- Hears of every ask from now on, on the connection that runs it. No parameters, no rows.
listen countonce_asked
