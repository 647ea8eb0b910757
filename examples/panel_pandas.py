"""Do people who lose their work find it again sooner under a policy?

Of those who became unemployed in the run, the share who had left unemployment within six months, in each scenario: with its standard
error over replicates, which share their luck across scenarios. Needs a run with a panel:

    rungs run recession --panel 0.05 --out results/recession
    python examples/panel_pandas.py results/recession
"""

import sys

import pandas as pd

WITHIN = 6  # months

run = sys.argv[1]
panel = pd.read_parquet(f"{run}/panel.parquet")


def months(column):
    """Months since year 0 of texts such as 2026-09; missing where a spell goes on after the run."""
    parts = column.str.split("-", expand=True).astype("Float64")
    return parts[0] * 12 + parts[1] - 1


start, end = months(panel["start_month"]), months(panel["end_month"])
last = max(end.max(), start.max()) + 1
# spells whose first month was seen, and that began early enough to be watched for as long as asked
began = panel[(panel["state"] == "unemployed") & panel["is_start_seen"] & (start + WITHIN <= last)].copy()
began["left"] = ((end - start) <= WITHIN).fillna(False).astype(float)

by_replicate = began.groupby(["scenario", "replicate"])["left"].mean().unstack("scenario")
means = by_replicate.mean()
errors = by_replicate.sem()
print(f"spells of unemployment: {len(began)}")
for scenario in by_replicate.columns:
    print(f"{scenario}: {means[scenario]:.4f} left unemployment within {WITHIN} months (standard error {errors[scenario]:.4f})")

# the summary says how many are neither learning nor at work
summary = pd.read_csv(f"{run}/summary.csv")
rate = summary.query("measure == 'neet_rate' and region == 'all' and origin == 'all' and sex == 'all'")
print(rate.query("period == 'last 12 months'")[["scenario", "mean", "mcse"]].to_string(index=False))
