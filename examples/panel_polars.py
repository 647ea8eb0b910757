"""Which regions gain and lose most, and what do their people do?

The effect of each scenario on NEET by region (effects.csv, with its 95% interval), beside the share of months that the panel's people of
the region spent unemployed or inactive. Needs a run with a panel:

    rungs run recession --panel 0.05 --out results/recession
    python examples/panel_polars.py results/recession
"""

import sys

import polars as pl

run = sys.argv[1]
effects = pl.read_csv(f"{run}/effects.csv", infer_schema_length=None)
panel = pl.read_parquet(f"{run}/panel.parquet")

by_region = (
    effects.filter(
        (pl.col("measure") == "neet_rate")
        & (pl.col("region_basis") == "residence")
        & (pl.col("origin") == "all")
        & (pl.col("sex") == "all")
        & (pl.col("period") == "last 12 months")
    )
    .select("scenario", "region", "difference", "low95", "high95")
    .sort("scenario", "difference")
)
months = (
    panel.group_by("scenario", "region")
    .agg(
        pl.col("months_seen").sum().alias("months"),
        pl.col("months_seen").filter(pl.col("state").is_in(["unemployed", "inactive"])).sum().alias("months_neet"),
    )
    .with_columns((pl.col("months_neet") / pl.col("months")).alias("panel_share_neet"))
    .select("scenario", "region", "panel_share_neet")
)
print(f"months in the panel: {panel['months_seen'].sum()}")
with pl.Config(tbl_rows=-1):
    print(by_region.join(months, on=["scenario", "region"], how="left"))
