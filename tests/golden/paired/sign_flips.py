"""Paired differences of tasks: all assignments of signs by scipy's permutation_test; the exact McNemar by binomtest.

    /usr/bin/python3 tests/golden/paired/sign_flips.py > tests/golden/paired/sign_flips.json

# tolerance: 1e-9
Made with Python 3.11, numpy 1.24, scipy 1.10.1 (Debian 12).
"""
import json
import numpy as np
import scipy.stats as st

rng = np.random.default_rng(16)
cases = []
for m, tries in [(6, (1, 1)), (12, (1, 1)), (9, (4, 4)), (12, (3, 5)), (14, (2, 2)), (3, (4, 4))]:
    p = rng.random(m)
    n1, n2 = np.full(m, tries[0]), np.full(m, tries[1])
    k1, k2 = rng.binomial(n1, np.clip(p + 0.2, 0, 1)), rng.binomial(n2, p)
    d = k1 / n1 - k2 / n2
    # Rounded to a lattice, so that equal sums are equal in floating point too.
    lattice = np.round(d * 60)
    test = st.permutation_test((lattice,), lambda x, axis: np.abs(np.sum(x, axis=axis)), permutation_type="samples",
                               n_resamples=np.inf, alternative="greater", vectorized=True)
    case = {"first": [{"n": int(n), "k": int(k)} for n, k in zip(n1, k1)],
            "second": [{"n": int(n), "k": int(k)} for n, k in zip(n2, k2)], "pValue": float(test.pvalue),
            "estimate": float(d.mean())}
    if tries == (1, 1):
        b, c = int((d > 0).sum()), int((d < 0).sum())
        case["mcnemar"] = float(st.binomtest(min(b, c), b + c, 0.5).pvalue)
    cases.append(case)
print(json.dumps(cases, indent=1))
