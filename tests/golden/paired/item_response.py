"""Marginal likelihood of Rasch and two-parameter models by a dense grid and scipy's optimiser, errors by differences.

    /usr/bin/python3 tests/golden/paired/item_response.py > tests/golden/paired/item_response.json

# tolerance: 1e-3
Made with Python 3.11, numpy 1.24, scipy 1.10.1 (Debian 12). Nothing of the library's method is shared: no EM, no adaptive
quadrature, no Louis.
"""
import json
import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, log_expit, logsumexp

GRID = np.linspace(-9, 9, 1201)
LOG_WEIGHTS = -GRID**2 / 2 - np.log(np.exp(-GRID**2 / 2).sum())


def simulate(seed, agents, tasks, tries, missing):
    rng = np.random.default_rng(seed)
    ability, a = rng.normal(size=agents), rng.uniform(0.4, 2.2, tasks)
    c = rng.normal(0, 1.2, tasks)
    n = np.where(rng.random((agents, tasks)) < missing, 0, rng.integers(1, tries + 1, (agents, tasks)))
    return n, rng.binomial(n, expit(ability[:, None] * a + c))


def objective(n, k, model, prior):
    J = n.shape[1]

    def negative(at):
        a = np.full(J, at[0]) if model == "rasch" else at[:J]
        c = at[1:] if model == "rasch" else at[J:]
        eta = a[:, None] * GRID + c[:, None]
        per_agent = k @ log_expit(eta) + (n - k) @ log_expit(-eta)
        value = logsumexp(per_agent + LOG_WEIGHTS, axis=1).sum()
        return -(value - (0 if prior is None else (((a - prior["mean"]) / prior["sd"])**2 / 2).sum()))
    return negative


def hessian(f, at, h=1e-3):
    m = len(at)
    out = np.zeros((m, m))
    step = np.eye(m) * h
    for i in range(m):
        for j in range(i + 1):
            out[i, j] = out[j, i] = (f(at + step[i] + step[j]) - f(at + step[i] - step[j]) - f(at - step[i] + step[j])
                                     + f(at - step[i] - step[j])) / (4 * h * h)
    return out


def fit(n, k, model, prior):
    J = n.shape[1]
    f = objective(n, k, model, prior)
    rate = (k.sum(0) + 0.5) / (n.sum(0) + 1)
    start = np.concatenate([np.ones(1 if model == "rasch" else J), np.log(rate / (1 - rate))])
    found = minimize(f, start, method="BFGS", options={"gtol": 1e-7, "maxiter": 3000})
    found = minimize(f, found.x, method="Nelder-Mead" if len(start) < 3 else "BFGS", options={"gtol": 1e-8})
    at = found.x
    cov = np.linalg.inv(hessian(f, at))
    items = []
    for i in range(J):
        p, q = (0, 1 + i) if model == "rasch" else (i, J + i)
        a, c = at[p], at[q]
        gradient = np.array([c / a**2, -1 / a])
        block = cov[np.ix_([p, q], [p, q])]
        items.append({"discrimination": a, "discriminationStdError": np.sqrt(block[0, 0]), "difficulty": -c / a,
                      "difficultyStdError": np.sqrt(gradient @ block @ gradient)})
    a = np.full(J, at[0]) if model == "rasch" else at[:J]
    c = at[1:] if model == "rasch" else at[J:]
    eta = a[:, None] * GRID + c[:, None]
    log_post = k @ log_expit(eta) + (n - k) @ log_expit(-eta) + LOG_WEIGHTS
    post = np.exp(log_post - logsumexp(log_post, axis=1, keepdims=True))
    mean = post @ GRID
    penalty = 0 if prior is None else (((a - prior["mean"]) / prior["sd"])**2 / 2).sum()
    return {"logLikelihood": -f(at) + penalty, "items": items, "abilities": mean.tolist(),
            "abilityStdErrors": np.sqrt(post @ GRID**2 - mean**2).tolist()}


def case(seed, agents, tasks, tries, missing, model, prior):
    n, k = simulate(seed, agents, tasks, tries, missing)
    responses = [{"agent": f"a{j}", "task": f"t{i}", "n": int(n[j, i]), "k": int(k[j, i])}
                 for j in range(agents) for i in range(tasks) if n[j, i] > 0]
    assert all(0 < k[:, i].sum() < n[:, i].sum() for i in range(tasks))
    return {"model": model, "prior": prior, "responses": responses, **fit(n, k, model, prior)}


print(json.dumps({
    "rasch": case(1, 60, 8, 1, 0, "rasch", None),
    "raschFewAgents": case(2, 8, 25, 4, 0.2, "rasch", None),
    "twoParameters": case(3, 150, 7, 2, 0.1, "2pl", None),
    "twoParametersPrior": case(4, 12, 20, 4, 0.1, "2pl", {"mean": 1, "sd": 1}),
}, indent=1))
