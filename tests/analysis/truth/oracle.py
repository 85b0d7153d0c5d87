"""Values of `official`, by pandas, scipy and numpy, from data/cells.csv and data/official_rates.csv.
Run: /usr/bin/python3 tests/analysis/ground_truth/oracle.py > tests/analysis/ground_truth/oracle.json"""
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

data = Path(__file__).parents[3] / "data"
cell = ["benchmark", "harness", "model"]


def family(s):
    return re.sub(r"-\d{4}-\d\d-\d\d$", "", re.sub("-preview$", "", s.split("/")[-1].lower()))


def incremental(d):
    def r2(factors):
        x = np.column_stack([np.ones(len(d))] + [pd.get_dummies(d[f]).to_numpy(float) for f in factors])
        w, y = d.n.to_numpy(float), (d.k / d.n).to_numpy(float)
        b = np.linalg.lstsq(x * np.sqrt(w)[:, None], y * np.sqrt(w), rcond=None)[0]
        m = (w * y).sum() / w.sum()
        return (w * (x @ b - m) ** 2).sum() / (w.sum() * m * (1 - m))

    names = ["benchmark", "model", "harness"]
    full = r2(names)
    return {**{f: full - r2([g for g in names if g != f]) for f in names}, "full": full}


rates = pd.read_csv(data / "official_rates.csv")
rates = rates[~rates.repeats_tool_calling]
judged = pd.read_csv(data / "cells.csv")
judged = judged[judged.outcome != "unscored"].assign(model=lambda d: d.deployment.map(family))
judged["k"] = np.where(judged.outcome == "success", judged.n, 0)
judged = judged.groupby(cell)[["n", "k"]].sum().reset_index()
shared = judged[judged.n >= 5].merge(rates, on=cell, suffixes=("_judged", ""))
rate = shared.k_judged / shared.n_judged
print(json.dumps(dict(
    rows=len(rates),
    cells=len(shared),
    spearman=spearmanr(rate, shared.official_rate)[0],
    mean_absolute_gap=(rate - shared.official_rate).abs().mean(),
    incremental_r2=incremental(rates),
    incremental_r2_active_cells=incremental(rates[rates.steps > 0.6]),
    incremental_r2_shared_cells=incremental(shared),
    judged_incremental_r2_shared_cells=incremental(shared.assign(n=shared.n_judged, k=shared.k_judged)),
), indent=1))
