# How long do completed spells last, by what people do and by scenario?
#
#     rungs run recession --panel 0.05 --out results/recession
#     Rscript examples/panel.R results/recession
#
# Needs the packages arrow and dplyr. Shown, and not run by the tests.

library(arrow)
library(dplyr)

run <- commandArgs(trailingOnly = TRUE)[1]
panel <- read_parquet(file.path(run, "panel.parquet"))

panel |>
  filter(is_start_seen, !is.na(end_month)) |>
  group_by(scenario, state, replicate) |>
  summarise(months = mean(months_seen), spells = n(), .groups = "drop_last") |>
  summarise(
    mean_months = mean(months),
    standard_error = sd(months) / sqrt(n()),
    spells = sum(spells),
    .groups = "drop"
  ) |>
  print(n = Inf)

# the effects of the last year, for comparison
read.csv(file.path(run, "effects.csv")) |>
  filter(measure == "neet_rate", region == "all", origin == "all", sex == "all", period == "last 12 months") |>
  select(scenario, difference, low95, high95) |>
  print()
