# CR2 standard errors and Satterthwaite's degrees of freedom by clubSandwich, on data sets of tests/stats/oracle.json.
#
#   Rscript tests/golden/regression/cr2.R > tests/golden/regression/cr2.json
#
# tolerance: 1e-6
# Made with R 4.2.2, clubSandwich 0.5.8 (Debian 12: r-cran-clubsandwich, r-cran-jsonlite).
suppressMessages({ library(clubSandwich); library(jsonlite) })

folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
sets <- fromJSON(file.path(folder, "../../stats/oracle.json"), simplifyVector = FALSE)$data

fitted <- function(set) {
  factors <- unlist(set$factors)
  rows <- do.call(rbind, lapply(set$rows, function(r) if (r$n == 0) NULL else
    data.frame(r$levels[factors], cluster = r$cluster, y = rep(c(1, 0), c(r$k, r$n - r$k)))))
  for (f in factors) rows[[f]] <- relevel(factor(rows[[f]]), ref = set$references[[f]])
  fit <- lm(reformulate(factors, "y"), rows)
  test <- coef_test(fit, vcov = "CR2", cluster = rows$cluster, test = "Satterthwaite")
  names <- rownames(vcovCR(fit, rows$cluster, "CR2"))
  for (f in factors) names <- sub(paste0("^", f), paste0(f, "="), names)
  names <- sub("(Intercept)", "Intercept", names, fixed = TRUE)
  setNames(lapply(seq_along(names), function(i) list(stdError = test$SE[i], df = test$df[i])), names)
}

cat(toJSON(lapply(sets[c("cells", "fortyLevels", "emptyCell", "twoLevels")], fitted), auto_unbox = TRUE, digits = 12))
