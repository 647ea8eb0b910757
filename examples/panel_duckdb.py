"""What do people earn who come out of an apprenticeship, and of higher education?

Median hourly pay at the start of the first job after each, by scenario, straight from the files: nothing is loaded that is not asked for.
It also pools the NEET rate of the whole run from the series and holds it against summary.csv. Needs a run with a panel:

    rungs run recession --panel 0.05 --out results/recession
    python examples/panel_duckdb.py results/recession
"""

import sys

import duckdb

run = sys.argv[1].replace("'", "''")

jobs = duckdb.sql(f"""
    WITH lives AS (
        SELECT *, lag(state) OVER life AS before
        FROM '{run}/panel.parquet'
        WINDOW life AS (PARTITION BY scenario, replicate, person ORDER BY spell)
    )
    SELECT scenario, before AS after_what, count(*) AS jobs, median(pay_at_start) AS median_pay
    FROM lives
    WHERE job_class IS NOT NULL AND before IN ('apprenticeship', 'higher education')
    GROUP BY ALL ORDER BY ALL
""")
print(jobs)

worst = duckdb.sql(f"""
    WITH pooled AS (
        SELECT scenario, replicate, sum(numerator) / sum(denominator) AS rate
        FROM '{run}/series.parquet'
        WHERE measure = 'neet_rate' AND region = 'all' AND origin = 'all' AND sex = 'all'
        GROUP BY ALL
    ), means AS (SELECT scenario, avg(rate) AS rate FROM pooled GROUP BY ALL)
    SELECT max(abs(means.rate / summary.mean - 1))
    FROM means JOIN '{run}/summary.csv' AS summary USING (scenario)
    WHERE measure = 'neet_rate' AND region = 'all' AND origin = 'all' AND sex = 'all' AND period = 'whole run'
""").fetchall()[0][0]
assert worst <= 5e-6, worst  # the summary is written in six significant digits
print(f"the series and summary.csv agree on the NEET rate to {worst:.1e} of it")
