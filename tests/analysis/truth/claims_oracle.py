"""Values of some published claims, worked out by pandas and statsmodels from the judged table.
Run: /usr/bin/python3 tests/analysis/truth/claims_oracle.py full.json > tests/analysis/truth/claims_oracle.json"""
import json
import re
import sys

import pandas as pd
import statsmodels.formula.api as smf

t = pd.read_json(sys.argv[1])
t["model"] = t.model.map(
    lambda s: re.sub(r"-\d{4}-\d\d-\d\d$", "", re.sub("-preview$", "", s.split("/")[-1].lower())))
t["config"] = t.harness + " · " + t.model
s = t[t.task_success.notna()]
out = []


def add(id, value):
    out.append(dict(id=id, value=float(value)))


def rate(**by):
    d = s
    for k, v in by.items():
        d = d[d[k] == v]
    return d.task_success.mean()


calls = t.num_llm_calls.sum()
add("llm-calls", calls)
add("calls-per-run", calls / len(t))
add("kimi-swebench-count", len(t[(t.model == "kimi-k2.5") & (t.benchmark == "swebench")]))
cells = s.groupby(["config", "benchmark"]).task_success.agg(["size", "mean"]).reset_index()
macro = cells[cells["size"] >= 5].groupby("config")["mean"].mean()
add("balanced-opus", macro["claude_code · claude-opus-4-5"])

fit = lambda f, d: smf.ols("task_success ~ " + f, d).fit(cov_type="HC1")
full = fit("benchmark + model + C(harness, Treatment('tool_calling'))", s)
r2h = full.rsquared - fit("benchmark + model", s).rsquared
r2m = full.rsquared - fit("benchmark + harness", s).rsquared
add("harness-r2", r2h)
add("model-r2", r2m)
add("harness-7x", r2h / r2m)
add("claude-code-28", full.params["C(harness, Treatment('tool_calling'))[T.claude_code]"])
v = rate(benchmark="appworld", config="smolagents_code · kimi-k2.5") - rate(
    benchmark="appworld", config="tool_calling · kimi-k2.5")
add("kimi-appworld-swing", v)
for id, model in [("swebench-opus", "claude-opus-4-5"), ("swebench-deepseek", "deepseek-v3.2"),
                  ("swebench-kimi", "kimi-k2.5"), ("swebench-gemini", "gemini-3-pro")]:
    add(id, rate(benchmark="swebench", config="claude_code · " + model))


def winner(id, b):
    c = s[s.benchmark == b].groupby(["config", "model"]).task_success.agg(["size", "mean"]).reset_index()
    add(id, c[c["size"] >= 10]["mean"].max())


for b in ["swebench", "browsecompplus", "tau2_airline", "tau2_retail", "tau2_telecom", "appworld"]:
    winner("winner-" + b, b)
print(json.dumps(out, indent=1))
