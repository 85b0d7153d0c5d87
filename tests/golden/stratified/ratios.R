# Mantel-Haenszel risk differences and ratios by metafor; stratified ratios of means by a jackknife written out.
#
#   Rscript tests/golden/stratified/ratios.R > tests/golden/stratified/ratios.json
#
# tolerance: 1e-6
# Made with R 4.2.2, metafor 3.8-1 (Debian 12: r-cran-metafor, r-cran-jsonlite).
suppressMessages({ library(metafor); library(jsonlite) })

set.seed(16)
rates <- lapply(list(c(20, 4), c(60, 7), c(8, 12), c(150, 3)), function(size) {
  n1 <- rpois(size[2], size[1]) + 1; n2 <- rpois(size[2], 1.5 * size[1]) + 1; base <- runif(size[2], 0.1, 0.7)
  k1 <- rbinom(size[2], n1, base * 1.2); k2 <- rbinom(size[2], n2, base)
  rd <- rma.mh(ai = k1, n1i = n1, ci = k2, n2i = n2, measure = "RD", add = 0, drop00 = FALSE)
  rr <- rma.mh(ai = k1, n1i = n1, ci = k2, n2i = n2, measure = "RR", add = 0, drop00 = FALSE)
  list(strata = data.frame(k1, n1, k2, n2),
    difference = list(estimate = as.numeric(rd$beta), stdError = rd$se, lo = rd$ci.lb, hi = rd$ci.ub, pValue = rd$pval),
    ratio = list(estimate = exp(as.numeric(rr$beta)), stdError = rr$se, lo = exp(rr$ci.lb), hi = exp(rr$ci.ub), pValue = rr$pval))
})

within <- function(rows) {
  s <- aggregate(cbind(n1, total1, n2, total2) ~ stratum, rows, sum); s <- s[s$n1 > 0 & s$n2 > 0, ]
  log(sum(s$total1 * s$n2 / (s$n1 + s$n2)) / sum(s$total2 * s$n1 / (s$n1 + s$n2)))
}
pooled <- function(rows) log(sum(rows$total1) / sum(rows$n1) / (sum(rows$total2) / sum(rows$n2)))
jackknife <- function(rows, f) {
  clusters <- unique(rows$cluster); left <- sapply(clusters, function(c) f(rows[rows$cluster != c, ])); G <- length(clusters)
  se <- sqrt((G - 1) / G * sum((left - mean(left))^2)); reach <- qt(0.975, G - 1) * se
  list(estimate = exp(f(rows)), lo = exp(f(rows) - reach), hi = exp(f(rows) + reach))
}
means <- lapply(1:3, function(i) {
  rows <- do.call(rbind, lapply(1:6, function(s) do.call(rbind, lapply(1:3, function(r) {
    n1 <- rpois(1, 6) + 1; n2 <- rpois(1, 4 + s) + 1; dear <- exp(s / 2 + rnorm(1, 0, 0.3))
    data.frame(stratum = paste0("s", s), cluster = paste0("r", s, r), n1, total1 = round(sum(rexp(n1, 1 / (1.6 * dear))), 3),
      n2, total2 = round(sum(rexp(n2, 1 / dear)), 3))
  }))))
  list(rows = rows, within = jackknife(rows, within), pooled = jackknife(rows, pooled))
})
cat(toJSON(list(rates = rates, means = means), auto_unbox = TRUE, digits = 10))
