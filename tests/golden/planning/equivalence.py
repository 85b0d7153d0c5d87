"""Two one-sided score tests of two proportions, the restricted rates by numerical maximisation; the interval by inversion.

    /usr/bin/python3 tests/golden/planning/equivalence.py > tests/golden/planning/equivalence.json

# tolerance: 1e-5
Made with Python 3.11, scipy 1.10.1 (Debian 12). The score test of statsmodels 0.13.5 does not maximise the likelihood (for
37/50 and 35/50 at -0.05 its rates are 0.6912 and 0.7412, a grid finds 0.6926 and 0.7426), so it is no oracle.
"""
import json
import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.special import xlog1py, xlogy
from scipy.stats import norm


def score(k1, n1, k2, n2, difference):
    def negative(p2):
        p1 = p2 + difference
        return -(xlogy(k1, p1) + xlog1py(n1 - k1, -p1) + xlogy(k2, p2) + xlog1py(n2 - k2, -p2))
    low, high = max(0, -difference), min(1, 1 - difference)
    p2 = minimize_scalar(negative, bounds=(low, high), method="bounded", options={"xatol": 1e-13}).x
    p1 = p2 + difference
    return (k1 / n1 - k2 / n2 - difference) / np.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)


cases = []
for k1, n1, k2, n2, margin in [(37, 50, 35, 50, 0.05), (370, 500, 365, 500, 0.05), (3700, 5000, 3690, 5000, 0.05),
                               (90, 100, 180, 190, 0.1), (3, 40, 5, 60, 0.15), (48, 50, 49, 50, 0.1), (20, 20, 30, 31, 0.2)]:
    z = lambda d: score(k1, n1, k2, n2, d)
    estimate, cut = k1 / n1 - k2 / n2, norm.ppf(0.95)
    cases.append({"of": [k1, n1, k2, n2], "margin": margin, "pValue": max(norm.sf(z(-margin)), norm.cdf(z(margin))),
                  "lo": brentq(lambda d: z(d) - cut, -0.99, estimate, xtol=1e-10),
                  "hi": brentq(lambda d: z(d) + cut, estimate, 0.99, xtol=1e-10)})
print(json.dumps(cases, indent=1))
