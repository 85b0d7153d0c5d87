"""Stratified tables by statsmodels, Imbens and Manski's interval and implied error rates by scipy.

    /usr/bin/python3 tests/golden/correction/assumptions.py > tests/golden/correction/assumptions.json

# tolerance: 1e-5
Made with Python 3.11, numpy 1.24, scipy 1.10.1, statsmodels 0.13.5 (Debian 12).
"""
import json
import numpy as np
from scipy.optimize import brentq, minimize
from scipy.special import expit, xlog1py, xlogy
from scipy.stats import norm
from statsmodels.stats.contingency_tables import StratifiedTable

mantel_haenszel = []
for tables in [[[[12, 8], [30, 50]], [[5, 9], [40, 31]], [[7, 3], [22, 20]]], [[[40, 10], [100, 100]]],
               [[[3, 17], [20, 60]], [[6, 4], [11, 19]]]]:
    test = StratifiedTable([np.array(t, dtype=float) for t in tables]).test_null_odds(correction=False)
    mantel_haenszel.append({"tables": tables, "pValue": float(test.pvalue)})

n, least, most = 100, 0.4, 0.9
errors = [np.sqrt(p * (1 - p) / n) for p in (least, most)]
c = brentq(lambda c: norm.cdf(c + (most - least) / max(errors)) - norm.cdf(-c) - 0.95, 1, 3)
manski = {"least": least, "most": most, "lo": least - c * errors[0], "hi": most + c * errors[1]}


def implied(groups):
    j = np.array([[g["judged"]["n"], g["judged"]["k"], g["graded"]["n"], g["graded"]["k"]] for g in groups], dtype=float)

    def negative(at):
        se, sp, truth = expit(at[0]), expit(at[1]), expit(at[2:])
        q = truth * se + (1 - truth) * (1 - sp)
        return -(xlogy(j[:, 1], q) + xlog1py(j[:, 0] - j[:, 1], -q) + xlogy(j[:, 3], truth)
                 + xlog1py(j[:, 2] - j[:, 3], -truth)).sum()
    rate = (j[:, 3] + 0.5) / (j[:, 2] + 1)
    found = minimize(negative, np.concatenate([[1.0, 1.0], np.log(rate / (1 - rate))]), method="Nelder-Mead",
                     options={"maxiter": 200000, "maxfev": 200000, "xatol": 1e-9, "fatol": 1e-11, "adaptive": True})
    return {"groups": groups, "sensitivity": expit(found.x[0]), "specificity": expit(found.x[1])}


rng = np.random.default_rng(16)
cases = []
for size, se, sp in [(6, 0.9, 0.7), (5, 0.8, 0.85), (4, 0.95, 0.6)]:
    truth = np.linspace(0.1, 0.9, size)
    groups = []
    for t in truth:
        a, b = int(rng.integers(30, 200)), int(rng.integers(30, 200))
        groups.append({"judged": {"n": a, "k": int(rng.binomial(a, t * se + (1 - t) * (1 - sp)))},
                       "graded": {"n": b, "k": int(rng.binomial(b, t))}})
    cases.append(implied(groups))
print(json.dumps({"mantelHaenszel": mantel_haenszel, "manski": manski, "implied": cases}, indent=1))
