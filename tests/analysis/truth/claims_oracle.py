"""Verdicts of some published claims, worked out by pandas, scipy and statsmodels from the judged table.
Run: /usr/bin/python3 tests/analysis/ground_truth/claims_oracle.py full.json > tests/analysis/ground_truth/claims_oracle.json"""
import json
import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from scipy.stats import fisher_exact

data = Path(__file__).parents[3] / "data"
t = pd.read_json(sys.argv[1])
t["model"] = t.model.map(
    lambda s: re.sub(r"-\d{4}-\d\d-\d\d$", "", re.sub("-preview$", "", s.split("/")[-1].lower())))
t["config"] = t.harness + " · " + t.model
s = t[t.task_success.notna()]
o = pd.read_csv(data / "official_rates.csv").query("not repeats_tool_calling")
prices = json.load(open(data / "prices.json"))
out = []
NO, GT, ND, OK = ("contradicted by its own data", "does not survive ground truth",
                  "not distinguishable in its own data", "reproduced")


def add(id, verdict, value=None):
    out.append(dict(id=id, verdict=verdict, value=None if value is None else float(value)))


def near(value, published, tolerance):
    return abs(value - published) <= tolerance


def rate(**by):
    d = s
    for k, v in by.items():
        d = d[d[k] == v]
    return d.task_success.mean()


def graded(b, h, m):
    return o.query("benchmark==@b and harness==@h and model==@m").official_rate.iloc[0]


calls = t.num_llm_calls.sum()
add("llm-calls", OK if near(calls, 49000, 2450) else NO, calls)
add("calls-per-run", OK if near(calls / len(t), 27, 1.35) else NO, calls / len(t))
add("overall-success", OK if near(s.task_success.mean(), .64, .005) else NO, s.task_success.mean())
x = t[t.model.isin(["kimi-k2.5", "deepseek-v3.2"]) & ~t.benchmark.isin(["appworld", "swebench"])]
add("open-only-two", OK if len(x) == 0 else NO)
x = len(t[(t.model == "kimi-k2.5") & (t.benchmark == "swebench")])
add("kimi-swebench-count", OK if x == 75 else NO, x)
add("reference-most-common", OK if s.harness.value_counts().idxmax() == "tool_calling" else NO)
cells = s.groupby(["config", "benchmark"]).task_success.agg(["size", "mean"]).reset_index()
macro = cells[cells["size"] >= 5].groupby("config")["mean"].mean()
add("balanced-opus", OK if near(macro["claude_code · claude-opus-4-5"], .73, .006) else NO,
    macro["claude_code · claude-opus-4-5"])

fit = lambda f, d: smf.ols("task_success ~ " + f, d).fit(cov_type="HC1")
full = fit("benchmark + model + C(harness, Treatment('tool_calling'))", s)
r2h = full.rsquared - fit("benchmark + model", s).rsquared
r2m = full.rsquared - fit("benchmark + harness", s).rsquared
og = o.loc[o.index.repeat(o.n)]
og = og.assign(task_success=np.concatenate([np.r_[np.ones(k), np.zeros(n - k)] for k, n in zip(o.k, o.n)]))
of = fit("benchmark + model + harness", og).rsquared
oh = of - fit("benchmark + model", og).rsquared
om = of - fit("benchmark + harness", og).rsquared
add("harness-r2", NO if not near(r2h, .053, .0005) else OK if abs(oh - .053) < .02 else GT, r2h)
add("model-r2", NO if not near(r2m, .007, .0005) else OK if abs(om - .007) < .02 else GT, r2m)
add("harness-7x", NO if not near(r2h / r2m, 7, 1) else OK if oh > om else GT, r2h / r2m)
cc = "C(harness, Treatment('tool_calling'))[T.claude_code]"
add("claude-code-28", OK if near(full.params[cc], .28, .005) else NO, full.params[cc])
add("opus-swebench-swing", NO if s.query("benchmark=='swebench' and config=='tool_calling · claude-opus-4-5'").empty else OK)
v = rate(benchmark="appworld", config="smolagents_code · kimi-k2.5") - rate(
    benchmark="appworld", config="tool_calling · kimi-k2.5")
g = graded("appworld", "smolagents_code", "kimi-k2.5") - graded("appworld", "tool_calling", "kimi-k2.5")
add("kimi-appworld-swing", NO if not near(v, .8, .01) else OK if g > .4 else GT, v)
m = t.groupby(["benchmark", "model", "harness"]).total_tokens.mean()[s.groupby(["benchmark", "model", "harness"]).size() >= 10]
m = m.groupby(["benchmark", "model"]).agg(["size", "min", "max"]).query("size > 1")
ratios = sorted(m["max"] / m["min"])
add("harness-free", OK if ratios[len(ratios) // 2] <= 2 else NO, ratios[len(ratios) // 2])
for id, model, published in [("swebench-opus", "claude-opus-4-5", 1), ("swebench-deepseek", "deepseek-v3.2", .96),
                             ("swebench-kimi", "kimi-k2.5", .94), ("swebench-gemini", "gemini-3-pro", .87)]:
    v = rate(benchmark="swebench", config="claude_code · " + model)
    add(id, NO if not near(v, published, .006) else
        OK if abs(graded("swebench", "claude_code", model) - published) < .1 else GT, v)
v = rate(benchmark="swebench", config="claude_code · gpt-5.2")
add("gpt52-swebench", OK if near(v, .93, .006) else NO, v)


def winner(id, b, models, published):
    c = s[s.benchmark == b].groupby(["config", "model"]).task_success.agg(["size", "sum", "mean"]).reset_index()
    c = c[c["size"] >= 10].sort_values(["mean", "size", "config"], ascending=[False, False, True])
    best, rest = c.iloc[0], c.iloc[1:].copy()
    if best.model not in models or not near(best["mean"], published, .006):
        return add(id, NO)
    p = [fisher_exact([[best["sum"], best["size"] - best["sum"]], [r["sum"], r["size"] - r["sum"]]])[1]
         for _, r in rest.iterrows()]
    order, holm, top = np.argsort(p), np.empty(len(p)), 0
    for i, j in enumerate(order):
        top = max(top, min(1, p[j] * (len(p) - i)))
        holm[j] = top
    if ((~rest.model.isin(models)).to_numpy() & (holm >= .05)).any():
        return add(id, ND, best["mean"])
    ob = o[o.benchmark == b]
    add(id, OK if ob.loc[ob.official_rate.idxmax()].model in models else GT, best["mean"])


winner("winner-swebench", "swebench", ["claude-opus-4-5"], 1)
winner("winner-browsecompplus", "browsecompplus", ["claude-opus-4-5"], .69)
winner("winner-tau2_airline", "tau2_airline", ["gemini-3-pro"], 1)
winner("winner-tau2_retail", "tau2_retail", ["claude-opus-4-5"], .95)
winner("winner-tau2_telecom", "tau2_telecom", ["claude-opus-4-5"], .82)
winner("winner-appworld", "appworld", ["kimi-k2.5", "deepseek-v3.2"], .92)
ratio = [s[(s.benchmark == b)].groupby(["config", "model"]).agg(n=("model", "size")).reset_index().query("n>=10")
         .assign(tok=lambda d: d.config.map(t[t.benchmark == b].groupby("config").total_tokens.mean()))
         .pipe(lambda d: d[d.model != "gpt-4.1"].tok.min() / d[d.model == "gpt-4.1"].tok.max())
         for b in ["tau2_airline", "tau2_retail", "tau2_telecom"]]
add("gpt41-cheap-tokens", OK if min(ratio) >= 10 else NO, min(ratio))
u = t.groupby(["benchmark", "harness", "model"]).duration.agg(["size", "mean"]).query("size>=10")
add("gpt52-fastest", OK if u["mean"].idxmin()[2] == "gpt-5.2" else NO)
c = s.groupby(["benchmark", "harness", "model"]).task_success.agg(["size", "mean"]).query("size>=10")
add("opus-appworld-worst", OK if (c["mean"] < .259).sum() == 0 else NO)
j = s.groupby(["benchmark", "harness", "model"]).task_success.agg(["size", "mean"]).query("size>=5").reset_index()
j = j.merge(o, on=["benchmark", "harness", "model"])
gap, rho = (j["mean"] - j.official_rate).abs().mean(), j["mean"].corr(j.official_rate, method="spearman")
add("judge-verdicts", OK if gap <= .1 and rho >= .7 else GT)
print(json.dumps(out, indent=1))
