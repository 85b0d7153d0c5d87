"""Values of the keys of results.json that tests/golden/judged.json does not hold, by independent programs.

Made with: /usr/bin/python3 tests/analysis/oracle.py   (Debian 12: pandas, statsmodels, numpy)
Reads data/cells.csv and data/prices.json, writes tests/analysis/oracle.json. Only what depends on counts, sums and runs
can be known from those files; given the published table itself, it also writes oracle_boxes.json.
"""
import itertools
import json
import pathlib
import re
import sys

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from statsmodels.stats.proportion import proportion_confint

ROOT = pathlib.Path(__file__).resolve().parents[2]
FORMULA = "success ~ C(benchmark) + C(model) + C(harness, Treatment('tool_calling'))"


def family(deployment):
    name = deployment.split("/")[-1].lower()
    name = re.sub(r"-preview$", "", name)
    return re.sub(r"-\d{4}-\d{2}-\d{2}$", "", name)


cells = pd.read_csv(ROOT / "data/cells.csv")
cells["model"] = cells.deployment.map(family)
cells["success"] = cells.outcome.map(lambda o: 1.0 if o == "success" else (np.nan if o == "unscored" else 0.0))
prices = json.loads((ROOT / "data/prices.json").read_text())["models"]
blend = {m: p["input"] * (1 - p["output_share"]) + p["output"] * p["output_share"] for m, p in prices.items()}
scored = cells[cells.success.notna()]
sessions = scored.loc[scored.index.repeat(scored.n), ["benchmark", "model", "harness", "run", "success"]]
sessions = sessions.reset_index(drop=True)


def write(name, values):
    """Twelve significant digits: the last bits differ from run to run with the number of threads."""

    def rounded(v):
        if isinstance(v, dict):
            return {k: rounded(x) for k, x in v.items()}
        if isinstance(v, list):
            return [rounded(x) for x in v]
        return float(f"{v:.12g}") if isinstance(v, float) else v

    text = json.dumps(rounded(values), indent=1, sort_keys=True, allow_nan=False)
    pathlib.Path(__file__).with_name(name).write_text(text + "\n")


def term(name):
    match = re.match(r"C\((\w+).*\)\[T\.(.+)\]$", name)
    return f"{match[1]}={match[2]}" if match else name


def linear(fit):
    interval = fit.conf_int()
    return {
        "n": int(fit.nobs),
        "r_squared": fit.rsquared,
        "adj_r_squared": fit.rsquared_adj,
        "terms": {
            term(name): {
                "estimate": fit.params[name],
                "std_error": fit.bse[name],
                "lo": interval.loc[name, 0],
                "hi": interval.loc[name, 1],
                "p": fit.pvalues[name],
            }
            for name in fit.params.index
        },
    }


def r2(data, factors):
    if not factors:
        return 0.0
    return smf.ols("success ~ " + " + ".join(f"C({f})" for f in factors), data).fit().rsquared


def incremental(data):
    factors = ["benchmark", "model", "harness"]
    full = r2(data, factors)
    return {**{f: full - r2(data, [g for g in factors if g != f]) for f in factors}, "full": full}


def lmg(data):
    factors = ["benchmark", "model", "harness"]
    gains = {f: [] for f in factors}
    for order in itertools.permutations(factors):
        for i, f in enumerate(order):
            gains[f].append(r2(data, order[: i + 1]) - r2(data, order[:i]))
    return {f: sum(g) / len(g) for f, g in gains.items()}


def harness_model():
    rows = []
    for (harness, model), g in scored.groupby(["harness", "model"]):
        n, k = int(g.n.sum()), int(g.n[g.success == 1].sum())
        lo, hi = proportion_confint(k, n, method="wilson")
        rows.append({"harness": harness, "model": model, "n": n, "k": k, "rate": k / n, "lo": lo, "hi": hi})
    return rows


def token_spread():
    rows = []
    for (benchmark, model), g in cells.groupby(["benchmark", "model"]):
        means = []
        for _, h in g.groupby("harness"):
            if h.n[h.success.notna()].sum() >= 10:
                means.append(h.tokens_sum.sum() / h.n.sum())
        if len(means) >= 2:
            rows.append({"benchmark": benchmark, "model": model, "ratio": max(means) / min(means)})
    return rows


def failed_over_successful():
    rows = []
    names = {"total_tokens": "tokens_sum", "num_llm_calls": "calls_sum", "duration": "duration_s_sum"}
    for benchmark, g in scored.groupby("benchmark"):
        failed, solved = g[g.success == 0], g[g.success == 1]
        ratio = {
            key: (failed[column].sum() / failed.n.sum()) / (solved[column].sum() / solved.n.sum())
            for key, column in names.items()
        }
        rows.append({"benchmark": benchmark, **ratio})
    return rows


def claude_vs_gemini():
    both = cells[cells.model.isin(["claude-opus-4-5", "gemini-3-pro"])]
    return [
        {
            "benchmark": b,
            "model": m,
            "tokens": g.tokens_sum.sum() / g.n.sum(),
            "duration_s": g.duration_s_sum.sum() / g.n.sum(),
        }
        for (b, m), g in both.groupby(["benchmark", "model"])
    ]


def contamination():
    rows = []
    for model, g in scored[scored.harness == "claude_code"].groupby("model"):
        rate = {}
        for suite in ["swebench", "browsecompplus"]:
            s = g[g.benchmark == suite]
            if s.n.sum() >= 8:
                rate[suite] = s.n[s.success == 1].sum() / s.n.sum()
        if len(rate) == 2:
            rows.append({"model": model, **rate, "gap": rate["swebench"] - rate["browsecompplus"]})
    return rows


def failed_cost_premium():
    usd = scored.tokens_sum / 1e6 * scored.model.map(blend)
    mean = {v: usd[scored.success == v].sum() / scored.n[scored.success == v].sum() for v in (0, 1)}
    return mean[0] / mean[1] - 1


ols = smf.ols(FORMULA, sessions)
groups = sessions.run.astype("category").cat.codes
logit = smf.logit(FORMULA, sessions).fit(disp=0, method="newton", tol=1e-14, maxiter=200)
null = smf.logit("success ~ 1", sessions).fit(disp=0)


def logit_without(factor):
    kept = [t for t in FORMULA.split(" ~ ")[1].split(" + ") if f"C({factor}" not in t]
    return smf.logit("success ~ " + " + ".join(kept), sessions).fit(disp=0, method="newton", tol=1e-14, maxiter=200).llf


out = {
    "harness_model": harness_model(),
    "harness_token_spread": token_spread(),
    "lpm_hc1": linear(ols.fit(cov_type="HC1")),
    "lpm_hc3": linear(ols.fit(cov_type="HC3")),
    "lpm_nonrobust": linear(ols.fit()),
    "lpm_cluster_run": linear(ols.fit(cov_type="cluster", cov_kwds={"groups": groups})),
    "incremental_r2": incremental(sessions),
    "lmg_r2": lmg(sessions),
    "incremental_r2_without_gpt41": incremental(sessions[sessions.model != "gpt-4.1"]),
    "logit": {
        "log_likelihood": logit.llf,
        "terms": {
            term(n): {"estimate": logit.params[n], "std_error": logit.bse[n]} for n in logit.params.index
        },
    },
    "failed_over_successful": failed_over_successful(),
    "failed_cost_premium_pooled": failed_cost_premium(),
    "claude_vs_gemini": claude_vs_gemini(),
    "contamination_gap": contamination(),
    # Not keys of results.json: McFadden's R2 lost without a factor, for the sensitivity rows.
    "mcfadden": {
        "full": 1 - logit.llf / null.llf,
        "harness": (logit.llf - logit_without("harness")) / -null.llf,
        "model": (logit.llf - logit_without("model")) / -null.llf,
        "benchmark": (logit.llf - logit_without("benchmark")) / -null.llf,
    },
}
write("oracle.json", out)

if len(sys.argv) > 1:
    # Distributions need the sessions: python3 tests/analysis/oracle.py FULL_JSON, the published data/full.json.
    table = pd.read_json(sys.argv[1])
    failed = table[table.task_success == 0]

    def boxes(column):
        rows = []
        for harness, g in failed.groupby("harness"):
            v = np.sort(g[column].to_numpy(dtype=float))
            q1, median, q3 = np.quantile(v, [0.25, 0.5, 0.75])
            reach = 1.5 * (q3 - q1)
            rows.append({
                "harness": harness, "n": len(v), "q1": q1, "median": median, "q3": q3,
                "whisker_lo": v[v >= q1 - reach][0], "whisker_hi": v[v <= q3 + reach][-1],
            })
        return rows

    boxed = {
        "failed_tokens_by_harness": boxes("total_tokens"),
        "tool_errors_by_harness": boxes("tool_error_count"),
    }
    write("oracle_boxes.json", boxed)
