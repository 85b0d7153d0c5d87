# Sample sizes and powers of two proportions by R's power.prop.test, of pairs by Connor's formula.
#
#   Rscript tests/golden/planning/sizes.R > tests/golden/planning/sizes.json
#
# tolerance: 1e-6
# Made with R 4.2.2 (Debian 12: r-base-core, r-cran-jsonlite).
suppressMessages(library(jsonlite))

grid <- expand.grid(rate = c(0.2, 0.5, 0.65, 0.9), difference = c(0.02, 0.05, 0.15))
unpaired <- lapply(seq_len(nrow(grid)), function(i) with(grid[i, ], {
  size <- power.prop.test(p1 = rate - difference / 2, p2 = rate + difference / 2, power = 0.8, tol = 1e-10)$n
  power <- power.prop.test(n = 150, p1 = rate - difference / 2, p2 = rate + difference / 2, strict = TRUE, tol = 1e-10)$power
  list(rate = rate, difference = difference, tasks = ceiling(size), powerAt150 = power)
}))
# Pairs: variance of a difference V under the alternative; psi = V + d^2 is the rate of disagreements.
paired <- lapply(seq_len(nrow(grid)), function(i) with(grid[i, ], {
  shared <- 0.6
  # No fewer pairs disagree than make the difference.
  psi <- pmax(difference, 2 * (1 - shared) * (rate * (1 - rate) - difference^2 / 4) + difference^2)
  size <- (qnorm(0.975) * sqrt(psi) + qnorm(0.8) * sqrt(psi - difference^2))^2 / difference^2
  list(rate = rate, difference = difference, shared = shared, tasks = ceiling(size))
}))
cat(toJSON(list(unpaired = unpaired, paired = paired), auto_unbox = TRUE, digits = 10))
