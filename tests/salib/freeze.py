"""Freezes SALib's answers on its test functions. Needs: pip install SALib. Run: python freeze.py > reference.json"""

import json
from importlib.metadata import version

import numpy
from SALib.analyze import morris as morris_analysis
from SALib.analyze import sobol as sobol_analysis
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample
from SALib.test_functions import Ishigami, Sobol_G

ISHIGAMI = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-numpy.pi, numpy.pi]] * 3}
G = {"num_vars": 8, "names": [f"x{i}" for i in range(1, 9)], "bounds": [[0, 1]] * 8}
GROUPED = {**ISHIGAMI, "groups": ["a", "b", "a"]}


def plain(values):
    return [None if value is None or numpy.isnan(value) else float(value) for value in values]


def unit(problem, rows):
    low, high = numpy.array(problem["bounds"]).T
    return ((rows - low) / (high - low)).tolist()


def morris(problem, function, trajectories, with_rows):
    rows = morris_sample.sample(problem, trajectories, num_levels=4, seed=7)
    outputs = function.evaluate(rows)
    found = morris_analysis.analyze(problem, rows, outputs, num_levels=4, num_resamples=1000, seed=7)
    answer = {key: plain(numpy.ma.filled(found[key], numpy.nan)) for key in ("mu", "mu_star", "sigma", "mu_star_conf")}
    if with_rows:
        answer |= {"rows": unit(problem, rows), "outputs": outputs.tolist()}
    return answer


def sobol(problem, function, base, with_outputs):
    rows = sobol_sample.sample(problem, base, calc_second_order=False, seed=7)
    outputs = function.evaluate(rows)
    found = sobol_analysis.analyze(problem, outputs, calc_second_order=False, num_resamples=1000, seed=7)
    answer = {key: plain(found[key]) for key in ("S1", "S1_conf", "ST", "ST_conf")}
    if with_outputs:
        answer["outputs"] = outputs.tolist()
    return answer


print(json.dumps({
    "salib": version("SALib"),
    "morris_ishigami": morris(ISHIGAMI, Ishigami, 12, True),
    "morris_ishigami_grouped": morris(GROUPED, Ishigami, 12, True),
    "morris_ishigami_large": morris(ISHIGAMI, Ishigami, 2000, False),
    "morris_g_large": morris(G, Sobol_G, 2000, False),
    "sobol_ishigami": sobol(ISHIGAMI, Ishigami, 32, True),
    "sobol_ishigami_grouped": sobol(GROUPED, Ishigami, 32, True),
    "sobol_ishigami_large": sobol(ISHIGAMI, Ishigami, 4096, False),
    "sobol_g_large": sobol(G, Sobol_G, 4096, False),
}, indent=1))
