"""What pandas and statsmodels need for the same work: times in milliseconds, as JSON on stdout.

    /usr/bin/python3 bench/stats/reference.py sessions.csv counts.json REPEATS

Reading files is not timed. The fit is timed twice: from the table by formula, as people write it, and from matrices that
were built beforehand.
"""
import json, sys, time, warnings
import numpy as np, pandas as pd, statsmodels, statsmodels.api as sm, statsmodels.formula.api as smf

warnings.simplefilter("ignore")
sessions_csv, counts_json, repeats = sys.argv[1], sys.argv[2], int(sys.argv[3])
KEYS = ["benchmark", "harness", "deployment", "model", "run", "success"]
SUMS = ["totalTokens", "inputTokens", "cachedTokens", "outputTokens", "calls", "durationS", "recordedUsd"]


def timed(work, times=repeats):
    work()
    out = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        out.append((time.perf_counter() - start) * 1000)
    return out


def grouped(frame):
    def work():
        groups = frame.groupby(KEYS, sort=False, dropna=False, observed=True)
        return groups[SUMS].sum(), groups.size()
    return work


frame = pd.read_csv(sessions_csv)
_, sizes = grouped(frame)()
result = {"versions": {"pandas": pd.__version__, "statsmodels": statsmodels.__version__},
          "cells": len(sizes), "sessions": int(sizes.sum()), "totalTokens": int(frame["totalTokens"].sum()),
          "groupby": timed(grouped(frame))}
coded = frame.astype({k: "category" for k in KEYS[:-1]})
result["groupbyCoded"] = timed(grouped(coded))
del frame, coded

spec = json.load(open(counts_json))
data = [(r["levels"], r["cluster"], y) for r in spec["rows"] for y in [1] * r["k"] + [0] * (r["n"] - r["k"])]
y = np.array([d[2] for d in data], float)
groups = pd.factorize(np.array([d[1] for d in data]))[0]
columns, factor = [np.ones(len(y))], [None]
for f in spec["factors"]:
    values = np.array([d[0][f["name"]] for d in data])
    for level in sorted(set(values)):
        if level != f["reference"]:
            columns.append((values == level).astype(float))
            factor.append(f["name"])
X, names = np.column_stack(columns), [f["name"] for f in spec["factors"]]
subsets = [X[:, [i for i, f in enumerate(factor) if f is None or bits >> names.index(f) & 1]] for bits in range(8)]


table = pd.DataFrame([{**d[0], "run": d[1], "success": float(d[2])} for d in data])
terms = [f"C({f['name']}, Treatment('{f['reference']}'))" for f in spec["factors"]]
formulas = ["success ~ " + " + ".join(["1"] + [t for i, t in enumerate(terms) if bits >> i & 1]) for bits in range(8)]


def from_table():
    model = smf.ols(formulas[7], table)
    fits = [model.fit(), model.fit(cov_type="HC1"), model.fit(cov_type="HC3"),
            model.fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(table["run"])[0]})]
    return [(f.bse, f.pvalues, f.conf_int()) for f in fits], [smf.ols(f, table).fit().rsquared for f in formulas]


def linear():
    model = sm.OLS(y, X)
    fits = [model.fit(), model.fit(cov_type="HC1"), model.fit(cov_type="HC3"),
            model.fit(cov_type="cluster", cov_kwds={"groups": groups})]
    return [(f.bse, f.pvalues, f.conf_int()) for f in fits], [sm.OLS(y, s).fit().rsquared for s in subsets]


def logit():
    fit = sm.Logit(y, X).fit(disp=0, method="newton")
    return fit.bse, fit.llf


values = linear()
result["n"] = len(y)
result["check"] = {"rSquared": values[1][7], "HC3": values[0][2][0].tolist(), "logLikelihood": float(logit()[1])}
agree = np.allclose(from_table()[0][3][0].sort_values(), sorted(values[0][3][0]), rtol=1e-9)
if not agree:
    sys.exit("the two ways to fit with statsmodels disagree")
result["fromTable"] = timed(from_table)
result["linear"] = timed(linear, 3 * repeats)
result["logit"] = timed(logit, 3 * repeats)
json.dump(result, sys.stdout)
