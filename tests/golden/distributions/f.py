"""The F distribution, central and not, by scipy; far noncentralities by numerical integration over the chi-square.

    /usr/bin/python3 tests/golden/distributions/f.py > tests/golden/distributions/f.json

# tolerance: 1e-7
Made with Python 3.11, scipy 1.10.1 (Debian 12).
"""
import json
from scipy.integrate import quad
from scipy.stats import chi2, f, ncx2

cases = []
for x in (0.2, 1, 3.2, 12):
    for df1, df2 in ((1, 5), (3, 16), (2.7, 41.3), (10, 200)):
        for noncentrality in (0, 0.5, 10, 120):
            if noncentrality == 0:
                value = f.cdf(x, df1, df2)
            else:
                value = quad(lambda v: chi2.pdf(v, df2) * ncx2.cdf(x * df1 * v / df2, df1, noncentrality), 0,
                             chi2.ppf(1 - 1e-13, df2), points=[chi2.ppf(q, df2) for q in (0.01, 0.25, 0.5, 0.75, 0.99)],
                             epsabs=1e-12, limit=400)[0]
            cases.append([x, df1, df2, noncentrality, value])
print(json.dumps(cases))
