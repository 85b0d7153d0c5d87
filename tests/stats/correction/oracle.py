"""Values for the corrections, by numpy alone. Run: /usr/bin/python3 tests/stats/correction/oracle.py > tests/stats/correction/oracle.json"""
import json
import numpy as np

Z = 1.959963984540054


def expand(c):
    y = [1] * c["tp"] + [0] * c["fp"] + [1] * c["fn"] + [0] * c["tn"]
    f = [1] * c["tp"] + [1] * c["fp"] + [0] * c["fn"] + [0] * c["tn"]
    return np.array(y, float), np.array(f, float)


def ppi_mean(c, n, k):
    y, f = expand(c)
    g = np.array([1] * k + [0] * (n - k), float)
    lam = np.cov(y, f, ddof=1)[0, 1] / ((1 + len(y) / n) * f.var(ddof=1))
    lam = min(1, max(0, lam))
    est = lam * g.mean() + (y - lam * f).mean()
    se = np.sqrt((y - lam * f).var(ddof=1) / len(y) + lam**2 * np.concatenate([f, g]).var() / n)
    return dict(estimate=est, std_error=se, lam=lam)


def ppi_ols(rows):
    x = np.array([r["x"] for r in rows for _ in range(r["n"])], float)
    f = np.array([r["f"] for r in rows for _ in range(r["n"])], float)
    y = np.array([np.nan if r["y"] is None else r["y"] for r in rows for _ in range(r["n"])])
    lab = ~np.isnan(y)
    xl, xu, yl, fl, fu = x[lab], x[~lab], y[lab], f[lab], f[~lab]
    n, N = len(yl), len(fu)

    def fit(lam):
        h = lam * xu.T @ xu / N + (1 - lam) * xl.T @ xl / n
        return np.linalg.solve(h, lam * xu.T @ fu / N + xl.T @ (yl - lam * fl) / n)

    H = np.linalg.inv(x.T @ x / (n + N))
    b0 = fit(0.5)
    cov = lambda a, b: (a - a.mean(0)).T @ (b - b.mean(0)) / len(a)
    gy, gf = xl * (xl @ b0 - yl)[:, None], xl * (xl @ b0 - fl)[:, None]
    ga = x * (x @ b0 - f)[:, None]
    c = cov(gy, gf)
    vyf, vff = H @ ((c + c.T) / 2) @ H, H @ cov(ga, ga) @ H
    out = []
    for j in range(x.shape[1]):
        lam = min(1, max(0, vyf[j, j] / ((1 + n / N) * vff[j, j])))
        b = fit(lam)
        d = xl * (xl @ b - yl - lam * (xl @ b - fl))[:, None]
        a = x * (x @ b - f)[:, None]
        var = (H @ cov(d, d) @ H)[j, j] * n / (n - x.shape[1]) / n + lam**2 * (H @ cov(a, a) @ H)[j, j] / N
        out.append(dict(estimate=b[j], std_error=np.sqrt(var), lam=lam))
    return out


means = [
    (dict(tp=60, fp=25, fn=10, tn=55), 800, 430),
    (dict(tp=20, fp=1, fn=4, tn=75), 1000, 200),
    (dict(tp=30, fp=30, fn=30, tn=30), 300, 150),
]
rows = [
    dict(x=[1, a, b], f=f, y=y, n=n)
    for (a, b, f, y, n) in [
        (0, 0, 1, 1, 12), (0, 0, 1, 0, 9), (0, 0, 0, 1, 3), (0, 0, 0, 0, 30), (0, 0, 1, None, 110), (0, 0, 0, None, 190),
        (1, 0, 1, 1, 30), (1, 0, 1, 0, 11), (1, 0, 0, 1, 2), (1, 0, 0, 0, 14), (1, 0, 1, None, 220), (1, 0, 0, None, 90),
        (0, 1, 1, 1, 22), (0, 1, 1, 0, 4), (0, 1, 0, 1, 7), (0, 1, 0, 0, 20), (0, 1, 1, None, 150), (0, 1, 0, None, 140),
        (1, 1, 1, 1, 41), (1, 1, 1, 0, 8), (1, 1, 0, 1, 1), (1, 1, 0, 0, 9), (1, 1, 1, None, 260), (1, 1, 0, None, 50),
    ]
]
print(json.dumps(dict(
    means=[dict(labelled=c, unlabelled=dict(n=n, k=k), expected=ppi_mean(c, n, k)) for c, n, k in means],
    regression=dict(rows=rows, expected=ppi_ols(rows)),
), indent=1))
