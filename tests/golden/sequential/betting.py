"""Confidence sequences by betting, session by session, the ends by root finding; means as in Waudby-Smith and Ramdas.

    /usr/bin/python3 tests/golden/sequential/betting.py > tests/golden/sequential/betting.json

# tolerance: 1e-6
Made with Python 3.11, numpy 1.24, scipy 1.10.1 (Debian 12).
"""
import json
import numpy as np
from scipy.optimize import brentq
from scipy.special import betaln

LEVEL, RISK = 0.05, 0.75


def lower(x, stakes):
    """Infimum of the means against which the capital of betting upwards stays below 2 / level."""
    def excess(m):
        bets = np.minimum(stakes, RISK / m)
        capital = np.prod(1 + bets * (x - m), dtype=np.longdouble)
        return float(np.log(capital) - np.log(2 / LEVEL))
    return 0.0 if excess(1e-12) < 0 else brentq(excess, 1e-12, 1 - 1e-12, xtol=1e-13)


def running(looks, outcomes, stakes):
    lo, hi, found = 0.0, 1.0, []
    for t in looks:
        lo = max(lo, lower(outcomes[:t], stakes[:t]))
        hi = min(hi, 1 - lower(1 - outcomes[:t], stakes[:t]))
        found.append([lo, hi])
    return found


rng = np.random.default_rng(16)
# Rates: capital as the product of each session's predictive probability over its probability under m (Krichevsky and
# Trofimov's predictor), no closed form.
rates = []
for rate, size in [(0.7, 12), (0.05, 25), (1.0, 8)]:
    batches = [{"n": size, "k": int(rng.binomial(size, rate))} for _ in range(15)]
    n, k, log, lo, hi, ends = 0, 0, 0.0, 0.0, 1.0, []
    for b in batches:
        for outcome in [1] * b["k"] + [0] * (b["n"] - b["k"]):
            p = (k + 0.5) / (n + 1)
            log += np.log(p if outcome else 1 - p)
            n, k = n + 1, k + outcome
        excess = lambda m: log - (k * np.log(m) if k else 0) - ((n - k) * np.log(1 - m) if n > k else 0) - np.log(1 / LEVEL)
        lo = max(lo, brentq(excess, 1e-300, k / n, xtol=1e-14) if k else 0.0)
        hi = min(hi, brentq(excess, k / n, 1 - 1e-16, xtol=1e-14) if k < n else 1.0)
        ends.append([lo, hi])
    rates.append({"batches": batches, "ends": ends})

# Differences: least over a fine grid of first rates, ends by root finding.
differences = []
for p1, p2 in [(0.8, 0.5), (0.3, 0.35)]:
    total, lo, hi, looks, ends = np.zeros(4), -1.0, 1.0, [], []
    for _ in range(6):
        n1, n2 = int(rng.integers(20, 60)), int(rng.integers(20, 60))
        look = {"n1": n1, "k1": int(rng.binomial(n1, p1)), "n2": n2, "k2": int(rng.binomial(n2, p2))}
        looks.append(look)
        total += [look["n1"], look["k1"], look["n2"], look["k2"]]
        t1, s1, t2, s2 = total
        log = betaln(s1 + 0.5, t1 - s1 + 0.5) + betaln(s2 + 0.5, t2 - s2 + 0.5) - 2 * betaln(0.5, 0.5)

        def excess(d):
            p = np.linspace(max(0, d), min(1, 1 + d), 400001)[1:-1]
            return (log - s1 * np.log(p) - (t1 - s1) * np.log1p(-p) - s2 * np.log(p - d)
                    - (t2 - s2) * np.log1p(d - p)).min() - np.log(1 / LEVEL)
        estimate = s1 / t1 - s2 / t2
        lo = max(lo, brentq(excess, -0.999, estimate, xtol=1e-10))
        hi = min(hi, brentq(excess, estimate, 0.999, xtol=1e-10))
        ends.append([lo, hi])
    differences.append({"batches": looks, "ends": ends})

means = []
for values in [rng.choice([0, 0, 1, 0.5, -0.5], 60).tolist(), rng.uniform(-1, 1, 40).round(3).tolist()]:
    x, stakes, total, squares = (np.array(values) + 1) / 2, [], 0.5, 0.25
    for t, v in enumerate(x, 1):
        stakes.append(np.sqrt(2 * np.log(2 / LEVEL) / (squares / t * t * np.log(t + 1))))
        total += v
        squares += (v - total / (t + 1))**2
    ends = running(range(1, len(x) + 1), x, np.array(stakes))
    means.append({"values": values, "ends": [[2 * lo - 1, 2 * hi - 1] for lo, hi in ends]})
print(json.dumps({"rates": rates, "differences": differences, "means": means}, indent=1))
