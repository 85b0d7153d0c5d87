# Long Markov chains (JAGS) on three of the designs of glmer.json, with our priors: half-t(3, 0, 1) on deviations, flat
# fixed coefficients.
#
#   Rscript tests/golden/multilevel/mcmc.R > tests/golden/multilevel/mcmc.json
#
# tolerance: 0.02
# Made with R 4.2.2, JAGS 4.3.1, rjags 4-13 (Debian 12: r-cran-rjags, jags). 4 chains of 100,000 steps, every tenth kept.
suppressMessages({ library(rjags); library(jsonlite) })

folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
designs <- fromJSON(file.path(folder, "glmer.json"), simplifyVector = FALSE)

chains <- function(design) {
  rows <- do.call(rbind, lapply(design$rows, as.data.frame))
  terms <- lapply(design$random, unlist); names <- sapply(terms, paste, collapse = ":")
  index <- lapply(terms, function(fs) factor(do.call(paste, c(rows[fs], sep = ":"))))
  X <- if (length(design$fixed)) model.matrix(reformulate(unlist(design$fixed)), rows) else matrix(1, nrow(rows), 1)
  T <- length(terms)
  model <- paste0("model {
    for (i in 1:N) { k[i] ~ dbin(p[i], n[i]); logit(p[i]) <- inprod(X[i, ], beta)",
      paste0(" + u", 1:T, "[g", 1:T, "[i]]", collapse = ""), " }
    for (j in 1:P) { beta[j] ~ dnorm(0, 1.0E-4) }",
    paste0("
    for (j in 1:L", 1:T, ") { u", 1:T, "[j] ~ dnorm(0, pow(sd[", 1:T, "], -2)) }
    sd[", 1:T, "] ~ dt(0, 1, 3)T(0, )
    fresh", 1:T, " ~ dnorm(0, pow(sd[", 1:T, "], -2))", collapse = ""), "
    new <- ilogit(beta[1] + ", paste0("fresh", 1:T, collapse = " + "), ")
  }")
  data <- list(N = nrow(rows), P = ncol(X), X = X, n = rows$n, k = rows$k)
  for (t in 1:T) { data[[paste0("g", t)]] <- as.integer(index[[t]]); data[[paste0("L", t)]] <- nlevels(index[[t]]) }
  load.module("glm", quiet = TRUE)
  inits <- lapply(1:4, function(c) list(.RNG.name = "base::Mersenne-Twister", .RNG.seed = c))
  jags <- jags.model(textConnection(model), data, inits, n.chains = 4, n.adapt = 5000, quiet = TRUE)
  update(jags, 5000, progress.bar = "none")
  draws <- coda.samples(jags, c("sd", "beta", "p", "new"), n.iter = 100000, thin = 10, progress.bar = "none")
  all <- as.matrix(draws)
  about <- function(x) as.list(c(mean = mean(x), setNames(quantile(x, c(0.025, 0.5, 0.975)), c("lo", "median", "hi"))))
  column <- function(name) about(all[, name])
  list(
    random = design$random, fixed = design$fixed,
    sd = setNames(lapply(if (T == 1) "sd" else sprintf("sd[%d]", 1:T), column), names),
    intercept = column(if (ncol(X) == 1) "beta" else "beta[1]"), newEverything = column("new"),
    rates = lapply(seq_len(nrow(rows)), function(i) c(as.list(rows[i, ]), column(sprintf("p[%d]", i)))),
    rHat = max(gelman.diag(draws, multivariate = FALSE)$psrf[, 1])
  )
}

cat(toJSON(lapply(designs[c("oneFactor", "nestedRuns", "threeCrossed")], chains), auto_unbox = TRUE, digits = 6))
