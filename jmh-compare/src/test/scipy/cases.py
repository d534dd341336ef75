#!/usr/bin/env python3
"""Writes the table that StatisticsAgainstScipyTest reads: what SciPy makes of random samples.

Run from the folder jmh-compare:
    python3 src/test/scipy/cases.py > src/test/resources/io/gb/compare/stats/scipy.csv

Kinds and their results:
    untied, tied, large   p                 of mannwhitneyu, two-sided
    median                median;low;high   of quantile_test
    ratio                 ratio;low;high    Hodges-Lehmann and Moses by brute force over all pairs,
                                            with the tails of mannwhitneyu
"""
import numpy as np
import scipy
from scipy.stats import PermutationMethod, mannwhitneyu, quantile_test

rng = np.random.default_rng(20261124)
CONFIDENCES = (0.95, 0.99, 0.9)


def text(values):
    return ";".join(repr(float(v)) for v in np.atleast_1d(values))


def row(kind, x, y, result, confidence=""):
    print(f"{kind},{confidence},{text(x)},{text(y)},{text(result)}")


def sample(n, shift):
    return np.round(rng.lognormal(np.log(100) + shift, 0.05, n), 9)


def coarse(n, shift):
    return np.round(rng.normal(10 + shift, 2, n))


def with_u(m, n, u):
    """Two samples without ties whose U of the first is u."""
    ranks = list(range(m))
    for i in reversed(range(m)):
        step = min(n, u)
        ranks[i] += step
        u -= step
    return ranks, sorted(set(range(m + n)) - set(ranks))


def moses_rank(m, n, tail, method):
    """The largest k with P(U <= k - 1) <= tail; 0 if there is none."""
    low, high = 0, m * n // 2
    while low < high:
        k = (low + high + 1) // 2
        p = mannwhitneyu(*with_u(m, n, k - 1), alternative="less", method=method).pvalue
        low, high = (k, high) if p <= tail else (low, k - 1)
    return low


print(f"# SciPy {scipy.__version__}, NumPy {np.__version__}; written by src/test/scipy/cases.py")
print("kind,confidence,first,second,result")

sizes = [(3, 3), (3, 5), (4, 4), (5, 5), (6, 6), (7, 4), (8, 8), (10, 10), (12, 9), (25, 25), (1, 4), (2, 2)]
sizes += [(30, 1), (1, 50), (4, 30), (40, 5), (9, 60), (25, 40), (70, 12)]
for shift in (0, 0.02, 0.05, 0.15, 0.3):
    for m, n in sizes:
        x, y = sample(m, 0), sample(n, shift)
        row("untied", x, y, mannwhitneyu(x, y, method="exact").pvalue)

sizes = [(3, 3), (4, 4), (5, 3), (5, 5), (6, 6), (3, 8), (7, 7), (2, 9), (2, 30), (30, 2), (3, 30), (26, 3)]
for shift in (0, 1, 2, 4, 8):
    for m, n in sizes:
        x, y = coarse(m, 0), coarse(n, shift)
        row("tied", x, y, mannwhitneyu(x, y, method=PermutationMethod(n_resamples=np.inf)).pvalue)

for shift in (0, 0.01, 0.02):
    for m, n in [(26, 26), (30, 50), (100, 100), (12, 400), (200, 150)]:
        x, y = sample(m, 0), sample(n, shift)
        row("large", x, y, mannwhitneyu(x, y, method="asymptotic").pvalue)
        x, y = coarse(m, 0), coarse(n, 50 * shift)
        row("large", x, y, mannwhitneyu(x, y, method="asymptotic").pvalue)

for n in list(range(8, 31)) + [35, 40, 50, 75, 100, 101, 200]:
    x = sample(n, 0)
    for confidence in CONFIDENCES:
        interval = quantile_test(x, q=100, p=0.5).confidence_interval(confidence)
        row("median", x, [], [np.median(x), interval.low, interval.high], confidence)

sizes = [(5, 5), (6, 6), (5, 7), (8, 8), (10, 10), (12, 12), (9, 15), (20, 20), (25, 25)]
sizes += [(4, 30), (30, 6), (26, 26), (30, 45)]
for shift in (0, 0.02, 0.05, 0.15, -0.1):
    for m, n in sizes:
        x, y = sample(m, 0), sample(n, shift)
        ratios = np.sort(np.divide.outer(y, x).ravel())
        middle = np.exp(np.median(np.log(ratios)))
        for confidence in CONFIDENCES:
            k = moses_rank(m, n, (1 - confidence) / 2, "exact" if min(m, n) <= 25 else "asymptotic")
            row("ratio", x, y, [middle, ratios[k - 1], ratios[len(ratios) - k]], confidence)
