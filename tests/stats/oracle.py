"""Values that the tests of lib/stats must match, from scipy and statsmodels.

    /usr/bin/python3 tests/stats/oracle.py > tests/stats/oracle.json

Made with Python 3.11, numpy 1.24, scipy 1.10.1, statsmodels 0.13.5 (Debian 12). Every data set is a list of count rows
(levels, cluster, n, k) and is expanded to one row an observation here, so nothing of the library's algebra is shared.
"""
import csv, json, re, sys, warnings
from itertools import permutations
import numpy as np, pandas as pd, scipy.stats as st, statsmodels.api as sm
from scipy.optimize import linprog, minimize
from statsmodels.stats.proportion import proportion_confint, confint_proportions_2indep
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.inter_rater import cohens_kappa

warnings.simplefilter("ignore")


def family(deployment):
    name = deployment.split("/")[-1].lower()
    return re.sub(r"-\d{4}-\d{2}-\d{2}$", "", re.sub(r"-preview$", "", name))


def row(levels, cluster, n, k):
    return {"levels": levels, "cluster": cluster, "n": n, "k": k}


def cells():
    rows = {}
    for r in csv.DictReader(open("data/cells.csv")):
        if r["outcome"] == "unscored":
            continue
        key = (r["benchmark"], r["harness"], family(r["deployment"]), r["run"])
        n, k = rows.get(key, (0, 0))
        rows[key] = (n + int(r["n"]), k + (int(r["n"]) if r["outcome"] == "success" else 0))
    return [row({"benchmark": b, "harness": h, "model": m}, run, n, k) for (b, h, m, run), (n, k) in rows.items()]


def two_levels():
    return [row({"f": f}, f"c{i}", n, k) for i, (f, n, k) in enumerate([("a", 7, 2), ("a", 5, 4), ("b", 9, 8), ("b", 1, 0),
                                                                         ("a", 3, 0), ("b", 4, 4)])]


def empty_cell():
    """3 x 3 with two empty cells, one level without an observation, cells with k = 0, k = n and n = 1."""
    counts = [("x", "p", 12, 5), ("x", "q", 8, 8), ("x", "r", 1, 1), ("y", "p", 20, 3), ("y", "q", 6, 0), ("z", "q", 15, 9),
              ("z", "r", 1, 0), ("w", "p", 0, 0)]
    return [row({"f": f, "g": g}, f"run{i // 2}", n, k) for i, (f, g, n, k) in enumerate(counts)]


def forty_levels():
    rng = np.random.default_rng(40)
    rows = []
    for i in range(40):
        for g in ("u", "v", "w"):
            n = int(rng.integers(1, 30))
            rows.append(row({"f": f"l{i:02d}", "g": g}, f"c{int(rng.integers(0, 55))}", n,
                            int(rng.binomial(n, 0.2 + 0.5 * (i % 5) / 5))))
    return rows


def collinear():
    """h is a relabelled merger of f's levels: h=odd holds exactly when f is b or d."""
    counts = [("a", "p", 10, 4), ("a", "q", 6, 5), ("b", "p", 9, 1), ("b", "q", 11, 6), ("c", "p", 4, 4), ("c", "q", 8, 3),
              ("d", "p", 14, 7), ("d", "q", 5, 2)]
    return [row({"f": f, "g": g, "h": "odd" if f in "bd" else "even"}, f"c{i % 5}", n, k)
            for i, (f, g, n, k) in enumerate(counts)]


def one_cluster():
    return [row({"f": f}, "only", n, k) for f, n, k in [("a", 10, 3), ("b", 12, 9), ("c", 5, 2)]]


def singleton_level():
    """Level c has one observation: leverage 1."""
    return [row({"f": f}, f"c{i}", n, k) for i, (f, n, k) in enumerate([("a", 10, 3), ("b", 12, 9), ("c", 1, 1), ("a", 6, 5),
                                                                         ("b", 4, 1)])]


def expand(rows, factors, references, interactions=()):
    """Observations, design matrix with named columns (Intercept first), clusters."""
    data = [(r["levels"], r["cluster"], y) for r in rows for y in [1] * r["k"] + [0] * (r["n"] - r["k"])]
    y = np.array([d[2] for d in data], float)
    columns = {"Intercept": np.ones(len(y))}
    for f in factors:
        values = np.array([d[0][f] for d in data])
        for level in sorted(set(values)):
            if level != references[f]:
                columns[f"{f}={level}"] = (values == level).astype(float)
    for f, g in interactions:
        a = [c for c in columns if c.startswith(f + "=") and ":" not in c]
        b = [c for c in columns if c.startswith(g + "=") and ":" not in c]
        for i in a:
            for j in b:
                if (columns[i] * columns[j]).any():
                    columns[f"{i}:{j}"] = columns[i] * columns[j]
    return y, pd.DataFrame(columns), np.array([d[1] for d in data])


def table(fit, z=None):
    ci = fit.conf_int()
    return {t: {"estimate": fit.params[t], "stdError": fit.bse[t], "statistic": fit.tvalues[t], "pValue": fit.pvalues[t],
                "lo": ci.loc[t, 0], "hi": ci.loc[t, 1]} for t in fit.params.index}


def cr3(y, X, clusters):
    """Cluster jackknife and its Satterthwaite degrees of freedom from the full n x n hat matrix."""
    x = X.to_numpy()
    bread = np.linalg.inv(x.T @ x)
    hat = x @ bread @ x.T
    e = y - hat @ y
    names = sorted(set(clusters))
    G = len(names)
    index = [np.flatnonzero(clusters == c) for c in names]
    adjust = [np.linalg.pinv(np.eye(len(i)) - hat[np.ix_(i, i)], rcond=1e-9, hermitian=True) for i in index]
    meat = sum(np.outer(s, s) for s in (x[i].T @ a @ e[i] for i, a in zip(index, adjust)))
    variance = (G - 1) / G * bread @ meat @ bread
    out = {}
    for j, term in enumerate(X.columns):
        a = [m @ x[i] @ bread[:, j] for i, m in zip(index, adjust)]
        P = np.array([[(a[g] @ a[h] if g == h else 0) - a[g] @ hat[np.ix_(index[g], index[h])] @ a[h]
                       for h in range(G)] for g in range(G)])
        out[term] = {"stdError": float(np.sqrt(variance[j, j])), "df": float(np.trace(P) ** 2 / (P ** 2).sum())}
    return out


def jackknife(y, X, clusters):
    """The same by really leaving each cluster out, where every term survives it."""
    names = sorted(set(clusters))
    b = np.linalg.lstsq(X.to_numpy(), y, rcond=None)[0]
    d = np.array([np.linalg.lstsq(X.to_numpy()[clusters != c], y[clusters != c], rcond=None)[0] - b for c in names])
    return dict(zip(X.columns, np.sqrt((len(names) - 1) / len(names) * (d ** 2).sum(0)).tolist()))


def wild(y, X, clusters, term, draws, seed):
    """Wild cluster restricted bootstrap p-value, by fitting every sample."""
    rng = np.random.default_rng(seed)
    x, names = X.to_numpy(), sorted(set(clusters))
    member = np.array([[c == name for name in names] for c in clusters], float)
    j = list(X.columns).index(term)
    bread = np.linalg.inv(x.T @ x)
    G, (n, p) = len(names), x.shape
    scale = G / (G - 1) * (n - 1) / (n - p)

    def t(outcome):
        b = bread @ x.T @ outcome
        e = outcome - x @ b
        s = (x * e[:, None]).T @ member
        return b[j] / np.sqrt(scale * bread[j] @ s @ s.T @ bread[j])
    rest = np.delete(x, j, 1)
    fitted = rest @ np.linalg.lstsq(rest, y, rcond=None)[0]
    webb = np.array([-np.sqrt(1.5), -1, -np.sqrt(.5), np.sqrt(.5), 1, np.sqrt(1.5)])
    observed = t(y)
    count = sum(abs(t(fitted + (y - fitted) * (member @ rng.choice(webb, G)))) >= abs(observed) for _ in range(draws))
    return (count + 1) / (draws + 1)


def r2(y, X):
    return sm.OLS(y, X).fit().rsquared


def shares(rows, factors):
    def of(subset):
        y, X, _ = expand(rows, subset, {f: min(r["levels"][f] for r in rows if r["n"]) for f in subset})
        return r2(y, X) if subset else 0.0
    full = of(factors)
    orders = list(permutations(factors))
    lmg = {f: float(np.mean([of(list(o[:o.index(f) + 1])) - of(list(o[:o.index(f)])) for o in orders])) for f in factors}
    return {"full": full, "incremental": {f: full - of([g for g in factors if g != f]) for f in factors}, "lmg": lmg}


def linear(rows, factors, references, kinds, interactions=(), jack=False):
    y, X, clusters = expand(rows, factors, references, interactions)
    ols = sm.OLS(y, X)
    plain = ols.fit()
    fits = {"classical": lambda: plain, "HC1": lambda: ols.fit(cov_type="HC1"), "HC3": lambda: ols.fit(cov_type="HC3"),
            "CR1": lambda: ols.fit(cov_type="cluster", cov_kwds={"groups": pd.factorize(clusters)[0]})}
    out = {"n": int(plain.nobs), "df": plain.df_resid, "rSquared": plain.rsquared, "adjRSquared": plain.rsquared_adj,
           "kinds": {k: table(fits[k]()) for k in kinds}}
    if len(set(clusters)) > 1:
        out["CR3"] = cr3(y, X, clusters)
    if jack:
        out["jackknife"] = jackknife(y, X, clusters)
    return out


def logit(rows, factors, references, interactions=()):
    y, X, _ = expand(rows, factors, references, interactions)
    fit = sm.Logit(y, X).fit(disp=0, method="newton", maxiter=200, tol=1e-12)
    return {"logLikelihood": fit.llf, "nullLogLikelihood": fit.llnull, "terms": table(fit)}


def separations(count):
    """Sparse random designs; which patterns can be predicted perfectly, by linear programming over all directions, and
    the likelihood's least upper bound: that of the other patterns."""
    rng = np.random.default_rng(17)
    out = []
    for _ in range(count):
        size, rows = (int(rng.integers(2, 5)), int(rng.integers(2, 4))), []
        for f in range(size[0]):
            for g in range(size[1]):
                if rng.random() < 0.8:
                    n = int(rng.integers(1, 7))
                    rows.append(row({"f": f"f{f}", "g": f"g{g}"}, "c", n, int(rng.choice([0, n, rng.integers(0, n + 1)]))))
        if not rows:
            continue
        references = {f: min(r["levels"][f] for r in rows) for f in "fg"}
        x = np.array([expand([dict(r, k=r["n"])] + rows, ["f", "g"], references)[1].to_numpy()[0] for r in rows])
        k, n = np.array([r["k"] for r in rows]), np.array([r["n"] for r in rows])
        pure = np.flatnonzero((k == 0) | (k == n))
        sign = np.where(k == 0, -1.0, 1.0)
        # Variables: direction (free), then one t in 0..1 for each pure pattern; maximise their sum.
        width = x.shape[1]
        cost = np.r_[np.zeros(width), -np.ones(len(pure))]
        inequality = np.c_[-sign[pure, None] * x[pure], np.eye(len(pure))]
        mixed = np.setdiff1d(np.arange(len(rows)), pure)
        solved = linprog(cost, A_ub=inequality if len(pure) else None, b_ub=np.zeros(len(pure)) if len(pure) else None,
                         A_eq=np.c_[x[mixed], np.zeros((len(mixed), len(pure)))] if len(mixed) else None,
                         b_eq=np.zeros(len(mixed)) if len(mixed) else None,
                         bounds=[(None, None)] * width + [(0, 1)] * len(pure), method="highs")
        t = solved.x[width:]
        predicted = [int(p) for p, v in zip(pure, t) if v > 0.5]
        rest = np.setdiff1d(np.arange(len(rows)), predicted)
        bound = 0.0
        if len(rest):
            xs = x[rest][:, independent(x[rest])]
            yes, no = k[rest], n[rest] - k[rest]

            def loss(b):
                e = xs @ b
                return np.sum(yes * np.logaddexp(0, -e) + no * np.logaddexp(0, e)), xs.T @ ((yes + no) / (1 + np.exp(-e)) - yes)
            bound = -float(minimize(loss, np.zeros(xs.shape[1]), jac=True, method="BFGS", options={"gtol": 1e-9}).fun)
        out.append({"rows": rows, "predicted": sorted(f"f={rows[i]['levels']['f']}, g={rows[i]['levels']['g']}" for i in predicted),
                    "logLikelihood": bound})
    return out


def independent(x):
    """Positions of columns that raise the rank, left to right."""
    kept = []
    for j in range(x.shape[1]):
        if np.linalg.matrix_rank(x[:, kept + [j]]) > len(kept):
            kept.append(j)
    return kept


def eta(rows, factor):
    y, X, _ = expand(rows, [factor], {factor: min(r["levels"][factor] for r in rows if r["n"])})
    return r2(y, X)


def rates():
    pairs = [(0, 1), (1, 1), (0, 10), (10, 10), (3, 10), (38, 38), (138, 138), (1, 1000), (617, 1780), (3_000_000, 8_000_000)]
    intervals = [{"k": k, "n": n, "wilson": proportion_confint(k, n, method="wilson"),
                  "clopperPearson": [float(v) for v in proportion_confint(k, n, method="beta")],
                  "jeffreys": [float(v) for v in proportion_confint(k, n, method="jeffreys")]} for k, n in pairs]
    two = [(56, 70, 48, 80), (9, 10, 3, 10), (10, 10, 0, 20), (0, 5, 0, 7), (1, 1, 0, 1), (300, 1000, 350, 1100)]
    return {"intervals": intervals,
            "newcombe": [{"of": t, "interval": confint_proportions_2indep(*t, method="newcomb", compare="diff")} for t in two]}


def tables():
    many = [(3, 15, 9, 7), (10, 2, 3, 15), (0, 5, 5, 0), (1, 0, 0, 1), (12, 1, 20, 57), (1, 9, 11, 3), (0, 4, 0, 6), (7, 3, 7, 3),
            (138, 0, 29, 12), (2, 38, 0, 42)]
    fisher = [{"of": t, "pValue": st.fisher_exact([t[:2], t[2:]])[1]} for t in many]
    large = (4000, 6000, 3800, 6200)
    fisher.append({"of": large, "pValue": st.fisher_exact([large[:2], large[2:]])[1]})
    barnard = [{"of": t, "statistic": r.statistic, "pValue": r.pvalue} for t in many[:6] + many[7:8]
               for r in [st.barnard_exact([[t[0], t[2]], [t[1], t[3]]], n=128)]]
    mcnemar = [{"of": t, "pValue": st.binomtest(min(t[1], t[2]), t[1] + t[2], 0.5).pvalue if t[1] + t[2] else 1.0}
               for t in [(10, 5, 12, 20), (0, 1, 0, 0), (30, 4, 4, 6), (5, 0, 0, 5), (100, 40, 17, 9)]]
    squares = [[[20, 5], [10, 15]], [[45, 15], [25, 15]], [[10, 2, 3], [1, 12, 0], [4, 5, 9]], [[7, 0], [0, 3]], [[1, 2], [3, 0]]]
    kappa = [{"table": t, "estimate": k.kappa, "stdError": k.std_kappa, "statistic": k.z_value, "pValue": k.pvalue_two_sided}
             for t in squares for k in [cohens_kappa(np.array(t))]]
    return {"fisher": fisher, "barnard": barnard, "mcnemar": mcnemar, "kappa": kappa}


def correlations():
    rng = np.random.default_rng(7)
    sets = [([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]), ([1, 1, 2, 2, 3, 3, 3], [1, 2, 2, 3, 3, 3, 9]),
            (rng.integers(0, 6, 40).tolist(), rng.integers(0, 4, 40).tolist()),
            (rng.normal(size=30).tolist(), rng.normal(size=30).tolist()), ([1, 2, 3], [3, 2, 1]),
            ([1, 2, 3, 4, 5], [2, 4, 6, 8, 10]), ([3, 1, 4, 1.5, 9, 2], [2, 7, 1, 8, 2, 8])]
    out = []
    for x, y in sets:
        s, k = st.spearmanr(x, y), st.kendalltau(x, y, method="asymptotic")
        tests = [s.pvalue, k.pvalue]
        if len(x) < 10:  # exact: every order of y
            for i, of in enumerate([lambda p: st.spearmanr(x, p).correlation, lambda p: st.kendalltau(x, p).correlation]):
                far = [abs(of(p)) >= abs(of(y)) - 1e-9 for p in permutations(y)]
                tests[i] = sum(far) / len(far)
        out.append({"x": x, "y": y, "spearman": [s.correlation, tests[0]], "kendall": [k.correlation, tests[1]]})
    return out


def quantiles():
    rng = np.random.default_rng(3)
    sets = [[5.0], [1, 2], [3, 1, 2], rng.exponential(100, 17).tolist(), [1, 1, 1, 1, 50], rng.integers(0, 9, 24).tolist()]
    levels = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1]
    return [{"values": v, "levels": levels, "quantiles": np.quantile(v, levels).tolist()} for v in sets]


def distributions():
    t = [[x, df, st.t.cdf(x, df), 2 * st.t.sf(abs(x), df)] for x in (-40, -8, -1, 0, 0.5, 3) for df in (1, 2.5, 13.01, 1765)]
    # Through the beta distribution: scipy 1.10's t.ppf is off by 2e-9 in the tails for fractional degrees of freedom.
    def t_quantile(p, df):
        b = st.beta.ppf(2 * min(p, 1 - p), df / 2, 0.5)
        return np.sign(p - 0.5) * np.sqrt(df * (1 - b) / b)
    tq = [[p, df, t_quantile(p, df)] for p in (0.975, 0.025, 0.9, 1e-6) for df in (1, 2.5, 13.01, 1765)]
    beta = [[p, a, b, st.beta.ppf(p, a, b)] for p in (0.025, 0.5, 0.975) for a, b in
            [(0.5, 0.5), (0.5, 100.5), (1, 139), (139, 1), (10, 3), (3e6, 5e6)]]
    z = [[x, st.norm.cdf(x), 2 * st.norm.sf(abs(x))] for x in (-30, -8, -1.96, 0, 0.3, 4)]
    return {"t": t, "tQuantile": tq, "betaQuantile": beta, "normal": z}


def bootstraps():
    rng = np.random.default_rng(11)
    x = rng.exponential(1, 60)
    out = {"values": x.tolist()}
    for method in ("percentile", "BCa"):
        r = st.bootstrap((x,), np.mean, n_resamples=200_000, method=method, random_state=np.random.default_rng(5), batch=10_000)
        out[method.lower()] = [r.confidence_interval.low, r.confidence_interval.high]
    return out


def p_values():
    p = [0.01, 0.04, 0.03, 0.005, 0.2, 0.04, 1.0, 0.0]
    return {"p": p, "holm": multipletests(p, method="holm")[1].tolist(),
            "benjaminiHochberg": multipletests(p, method="fdr_bh")[1].tolist()}


def main():
    c, references = cells(), {"benchmark": "appworld", "model": "claude-opus-4-5", "harness": "tool_calling"}
    factors = ["benchmark", "model", "harness"]
    all_kinds = ["classical", "HC1", "HC3", "CR1"]
    y, X, clusters = expand(c, factors, references)
    separated = [row({"f": f, "g": g}, f"c{i}", n, k) for i, (f, g, n, k) in enumerate(
        [("a", "p", 10, 4), ("a", "q", 12, 9), ("b", "p", 7, 7), ("b", "q", 38, 38)])]
    data = {
        "cells": {"rows": c, "factors": factors, "references": references, "interactions": [],
                  "linear": linear(c, factors, references, all_kinds), "logit": logit(c, factors, references),
                  "shares": shares(c, factors), "eta": {f: eta(c, f) for f in factors},
                  "wild": {t: wild(y, X, clusters, t, 1999, 1) for t in ("harness=claude_code", "harness=openai_solo")}},
        "twoLevels": {"rows": two_levels(), "factors": ["f"], "references": {"f": "a"}, "interactions": [],
                      "linear": linear(two_levels(), ["f"], {"f": "a"}, all_kinds, jack=True),
                      "logit": logit(two_levels(), ["f"], {"f": "a"}), "shares": shares(two_levels(), ["f"]),
                      "eta": {"f": eta(two_levels(), "f")}},
        "emptyCell": {"rows": empty_cell(), "factors": ["f", "g"], "references": {"f": "x", "g": "p"}, "interactions": [],
                      "linear": linear([r for r in empty_cell() if r["n"]], ["f", "g"], {"f": "x", "g": "p"}, all_kinds),
                      "logit": logit([r for r in empty_cell() if r["n"]], ["f", "g"], {"f": "x", "g": "p"}),
                      "shares": shares([r for r in empty_cell() if r["n"]], ["f", "g"]),
                      "eta": {"f": eta([r for r in empty_cell() if r["n"]], "f")}},
        "fortyLevels": {"rows": forty_levels(), "factors": ["f", "g"], "references": {"f": "l00", "g": "u"}, "interactions": [],
                        "linear": linear(forty_levels(), ["f", "g"], {"f": "l00", "g": "u"}, all_kinds),
                        "logit": logit(forty_levels(), ["f", "g"], {"f": "l00", "g": "u"}),
                        "shares": shares(forty_levels(), ["f", "g"]), "eta": {"f": eta(forty_levels(), "f")}},
        "interaction": {"rows": collinear(), "factors": ["f", "g"], "references": {"f": "a", "g": "p"},
                        "interactions": [["f", "g"]],
                        "linear": linear(collinear(), ["f", "g"], {"f": "a", "g": "p"}, all_kinds, [("f", "g")]),
                        "logit": logit([r for r in collinear() if r["levels"]["f"] != "c"], ["f", "g"],
                                       {"f": "a", "g": "p"}, [("f", "g")])},
        "collinear": {"rows": collinear(), "factors": ["f", "h", "g"], "references": {"f": "a", "h": "even", "g": "p"},
                      "interactions": [], "linear": linear(collinear(), ["f", "g"], {"f": "a", "g": "p"}, all_kinds)},
        "oneCluster": {"rows": one_cluster(), "factors": ["f"], "references": {"f": "a"}, "interactions": [],
                       "linear": linear(one_cluster(), ["f"], {"f": "a"}, ["classical", "HC1", "HC3"])},
        "singleton": {"rows": singleton_level(), "factors": ["f"], "references": {"f": "a"}, "interactions": [],
                      "linear": linear(singleton_level(), ["f"], {"f": "a"}, ["classical", "HC1"])},
        "separated": {"rows": separated, "factors": ["f", "g"], "references": {"f": "a", "g": "p"}, "interactions": [],
                      "rest": logit([r for r in separated if r["levels"]["f"] == "a"], ["g"], {"g": "p"})},
    }
    result = {"data": data, "rates": rates(), "tables": tables(), "correlations": correlations(), "quantiles": quantiles(),
              "distributions": distributions(), "bootstrap": bootstraps(), "pValues": p_values(),
              "separations": separations(150)}
    json.dump(result, sys.stdout, indent=1, default=float)


main()
