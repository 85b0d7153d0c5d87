# Ten designs and what lme4 (maximum likelihood, Laplace) and glmmTMB (restricted) make of them.
#
#   Rscript tests/golden/multilevel/glmer.R > tests/golden/multilevel/glmer.json
#
# tolerance: 1e-4
# Made with R 4.2.2, lme4 1.1-31, glmmTMB 1.1.5 (Debian 12: r-cran-lme4, r-cran-glmmtmb, r-cran-jsonlite).
suppressMessages({ library(lme4); library(glmmTMB); library(jsonlite); library(Matrix) })

set.seed(16)
shift <- function(levels, sd) setNames(rnorm(length(levels), 0, sd), levels)
crossed <- function(...) expand.grid(..., stringsAsFactors = FALSE)
solved <- function(rows, eta) { rows$k <- rbinom(nrow(rows), rows$n, plogis(eta)); rows }
names_of <- function(letter, count) sprintf("%s%02d", letter, seq_len(count))

one_factor <- local({
  rows <- data.frame(f = names_of("f", 8), n = c(20, 35, 9, 50, 14, 28, 5, 41))
  solved(rows, 0.4 + shift(rows$f, 0.9))
})
two_crossed <- local({
  rows <- crossed(f = names_of("f", 6), g = names_of("g", 9)); rows$n <- sample(3:30, nrow(rows), TRUE)
  solved(rows, shift(unique(rows$f), 0.7)[rows$f] + shift(unique(rows$g), 0.4)[rows$g])
})
# Benchmark, harness, model, their pairs and cells, a third of the cells empty.
cells <- function(n) {
  rows <- crossed(b = names_of("b", 5), h = names_of("h", 5), m = names_of("m", 6))
  rows <- rows[runif(nrow(rows)) < 0.7, ]; rows$n <- n(nrow(rows))
  key <- function(...) interaction(..., drop = TRUE)
  pair <- key(rows$h, rows$m)
  eta <- 0.3 + shift(unique(rows$b), 1)[rows$b] + shift(unique(rows$h), 0.4)[rows$h] + shift(unique(rows$m), 0.5)[rows$m] +
    shift(levels(pair), 0.4)[pair] + rnorm(nrow(rows), 0, 0.5)
  solved(rows, eta)
}
three_crossed <- cells(function(count) sample(5:60, count, TRUE))
ten_million <- cells(function(count) sample(60000:130000, count, TRUE))
nested_runs <- local({
  rows <- crossed(c = names_of("c", 12), r = names_of("r", 4)); rows$run <- paste(rows$c, rows$r); rows$r <- NULL
  rows$n <- sample(8:40, nrow(rows), TRUE)
  solved(rows, -0.5 + shift(unique(rows$c), 0.8)[rows$c] + rnorm(nrow(rows), 0, 0.6))
})
tasks <- local({
  rows <- crossed(task = names_of("t", 150), config = names_of("c", 5)); rows <- rows[runif(nrow(rows)) < 0.8, ]
  rows$n <- sample(1:3, nrow(rows), TRUE)
  solved(rows, shift(unique(rows$task), 1.4)[rows$task] + shift(unique(rows$config), 0.5)[rows$config])
})
fixed_factor <- local({
  rows <- crossed(h = names_of("h", 4), b = names_of("b", 7), m = names_of("m", 5)); rows$n <- sample(4:25, nrow(rows), TRUE)
  solved(rows, c(0, 0.5, -0.4, 0.9)[factor(rows$h)] + shift(unique(rows$b), 0.8)[rows$b] + shift(unique(rows$m), 0.3)[rows$m])
})
fixed_interaction <- local({
  rows <- crossed(h = names_of("h", 3), m = names_of("m", 3), b = names_of("b", 10)); rows$n <- sample(4:25, nrow(rows), TRUE)
  eta <- 0.3 * (rows$h == "h02") - 0.6 * (rows$m == "m03") + 0.8 * (rows$h == "h02" & rows$m == "m03")
  solved(rows, eta + shift(unique(rows$b), 0.7)[rows$b])
})
no_spread <- local({
  rows <- crossed(f = names_of("f", 10), g = names_of("g", 6)); rows$n <- rep(25, nrow(rows))
  rows$k <- round(25 * plogis(seq(-1, 1, length.out = 6)))[factor(rows$g)] # every level of f alike, down to rounding
  rows
})
rare <- local({
  rows <- crossed(f = names_of("f", 15), g = names_of("g", 8)); rows$n <- sample(20:80, nrow(rows), TRUE)
  solved(rows, -4 + shift(unique(rows$f), 0.8)[rows$f] + shift(unique(rows$g), 0.6)[rows$g])
})

designs <- list(
  oneFactor = list(rows = one_factor, random = list("f"), profile = TRUE),
  twoCrossed = list(rows = two_crossed, random = list("f", "g"), profile = TRUE),
  threeCrossed = list(rows = three_crossed, random = list("b", "h", "m", c("h", "m"), c("b", "h", "m"))),
  tenMillion = list(rows = ten_million, random = list("b", "h", "m", c("h", "m"), c("b", "h", "m")), profile = TRUE),
  nestedRuns = list(rows = nested_runs, random = list("c", "run"), profile = TRUE),
  tasks = list(rows = tasks, random = list("task", "config")),
  fixedFactor = list(rows = fixed_factor, fixed = "h", random = list("b", "m")),
  fixedInteraction = list(rows = fixed_interaction, fixed = c("h", "m"), interactions = list(c("h", "m")), random = list("b")),
  noSpread = list(rows = no_spread, random = list("f", "g")),
  rare = list(rows = rare, random = list("f", "g"), profile = TRUE)
)

exact <- glmmTMBControl(optCtrl = list(eval.max = 1e4, iter.max = 1e4, rel.tol = 1e-13))

# Our names of terms: h=h02, h=h02:m=m03.
renamed <- function(names, fixed) {
  for (f in fixed) names <- gsub(paste0("(^|:)", f, "([^:]+)"), paste0("\\1", f, "=\\2"), names)
  sub("(Intercept)", "Intercept", names, fixed = TRUE)
}

fitted <- function(design) {
  grouping <- sapply(design$random, paste, collapse = ":")
  fixed <- if (is.null(design$fixed)) "1" else paste(design$fixed, collapse = if (is.null(design$interactions)) " + " else " * ")
  formula <- as.formula(paste("cbind(k, n - k) ~", fixed, "+", paste0("(1 | ", grouping, ")", collapse = " + ")))
  ml <- suppressMessages(glmer(formula, design$rows, binomial, control = glmerControl("bobyqa", calc.derivs = FALSE, tolPwrss = 1e-11,
    check.nobs.vs.nlev = "ignore", check.nlev.gtr.1 = "ignore", optCtrl = list(maxfun = 1e5, rhoend = 1e-9))))
  # The joint information of spherical effects and coefficients at the estimates, laid out in full.
  joint <- local({
    mu <- fitted.values(ml); w <- design$rows$n * mu * (1 - mu)
    columns <- cbind(t(as.matrix(getME(ml, "Lambdat") %*% getME(ml, "Zt"))), getME(ml, "X"))
    information <- crossprod(columns * sqrt(w)) + diag(c(rep(1, nrow(getME(ml, "Zt"))), rep(0, ncol(getME(ml, "X")))))
    sqrt(diag(solve(information)))
  })
  sd <- function(vc) sapply(vc, function(v) attr(v, "stddev")[[1]])
  reml <- suppressWarnings(glmmTMB(formula, design$rows, binomial, REML = TRUE, control = exact))
  # Profiles of the restricted likelihood: each deviation held, the others refitted.
  profiles <- if (is.null(design$profile)) NULL else {
    theta <- getME(reml, "theta"); terms <- names(VarCorr(reml)$cond)
    loss <- function(value, i) {
      held <- seq_along(theta); held[i] <- NA
      start <- theta; start[i] <- value
      fit <- suppressWarnings(glmmTMB(formula, design$rows, binomial, REML = TRUE, map = list(theta = factor(held)),
        start = list(theta = start), control = exact))
      2 * as.numeric(logLik(reml) - logLik(fit)) - qchisq(0.95, 1)
    }
    setNames(lapply(seq_along(theta), function(i) list(
      lo = if (loss(-8, i) < 0) 0 else exp(uniroot(loss, c(-8, theta[i]), i, tol = 1e-6)$root),
      hi = exp(uniroot(loss, c(theta[i], theta[i] + 3), i, tol = 1e-6)$root))), terms)
  }
  coefficients <- renamed(names(fixef(ml)), design$fixed)
  list(
    rows = design$rows, random = design$random, fixed = I(as.character(design$fixed)), interactions = design$interactions,
    ml = list(
      logLikelihood = as.numeric(logLik(ml)), sd = as.list(sd(VarCorr(ml))), fixed = as.list(setNames(fixef(ml), coefficients)),
      stdError = as.list(setNames(tail(joint, length(coefficients)), coefficients)),
      effects = lapply(ranef(ml, condVar = FALSE), function(r) as.list(setNames(r[[1]], rownames(r))))
    ),
    profiles = profiles,
    reml = list(
      logLikelihood = as.numeric(logLik(reml)), sd = as.list(sd(VarCorr(reml)$cond)),
      fixed = as.list(setNames(fixef(reml)$cond, coefficients)),
      effects = lapply(ranef(reml)$cond, function(r) as.list(setNames(r[[1]], rownames(r))))
    )
  )
}

cat(toJSON(lapply(designs, fitted), auto_unbox = TRUE, digits = 10, dataframe = "rows", null = "null"))
