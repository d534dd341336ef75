#!/usr/bin/env python3
"""Writes the table that StatisticsAgainstScipyTest reads: what SciPy makes of random samples.

Run from the folder jmh-compare:
    python3 src/test/scipy/cases.py > src/test/resources/io/gb/compare/stats/scipy.csv

Kinds and their results:
    untied, tied, large   p                 of mannwhitneyu, two-sided
    median                median;low;high   of quantile_test
    ratio                 ratio;low;high    Hodges-Lehmann and Moses by brute force over all pairs,
                                            with the tails of mannwhitneyu
    student               p;ratio;low;high  Student's t of a difference, its variance and freedom
    prior                 value;freedom;moderated value;freedom
                                            empirical Bayes after Smyth, by root finding
    trend                 p                 of kendalltau with the order of the values
    effective             n                 with the correlation of neighbours
"""
import numpy as np
import scipy
from scipy.optimize import brentq
from scipy.special import digamma, polygamma
from scipy.stats import PermutationMethod, kendalltau, mannwhitneyu, quantile_test, t

rng = np.random.default_rng(20261124)
CONFIDENCES = (0.95, 0.99, 0.9)


def text(values):
    return ";".join(repr(float(v)).replace("inf", "Infinity") for v in np.atleast_1d(values))


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

for value in (0, 0.01, -0.05, 0.2, 1.5):
    for variance in (1e-6, 0.0004, 0.01):
        for freedom in (1, 2, 4.5, 9, 60, 1e7):
            for confidence in CONFIDENCES[:2]:
                limit = 1.05
                p = 2 * t.sf(abs(value - np.log(limit)) / np.sqrt(variance), freedom)
                reach = t.isf((1 - confidence) / 2, freedom) * np.sqrt(variance)
                result = np.exp([value, value - reach, value + reach])
                if p > 1e-300 and np.all(np.isfinite(result)) and result[1] > 0:
                    row("student", [value, variance, freedom], [limit], [p, *result], confidence)

for n in (10, 11, 20, 50, 200):
    for width in (0, 0.3, 1, 2):
        for freedom in ([2], [4], [9], [2, 4, 9]):
            d = np.resize(freedom, n).astype(float)
            if d.sum() < 60:
                continue
            s2 = np.exp(rng.normal(-7, width, n)) * rng.chisquare(d) / d
            z = np.log(s2) - digamma(d / 2) + np.log(d / 2)
            excess = z.var(ddof=1) * (1 + 2 * np.sqrt(2 / (n - 1))) - polygamma(1, d / 2).mean()
            if excess > 0:
                half = np.exp(brentq(lambda x: np.log(polygamma(1, np.exp(x)) / excess), -20, 20, xtol=1e-14))
                value, weight = np.exp(z.mean() + digamma(half) - np.log(half)), 2 * half
                moderated = (weight * value + d[0] * s2[0]) / (weight + d[0])
            else:
                value, weight = np.exp(z.mean()), np.inf
                moderated = value
            row("prior", s2, d, [value, weight, moderated, min(weight + d[0], d.sum())])

for n in (3, 4, 5, 6, 8, 10, 15, 20, 40):
    for slope in (0, 0.02, 0.2, -0.5):
        x = sample(n, 0) + slope * 10 * np.arange(n)
        row("trend", x, [], kendalltau(np.arange(n), x, method="exact").pvalue)

for n in (3, 4, 5, 6, 8, 10, 20, 100):
    for correlation in (-0.5, 0, 0.6, 0.95):
        x = sample(n, 0)
        for i in range(1, n):
            x[i] = 100 + correlation * (x[i - 1] - 100) + np.sqrt(1 - correlation ** 2) * (x[i] - 100)
        deviations = x - x.mean()
        if n <= 4:
            row("effective", x, [], 1)
            continue
        r = (n * (deviations[1:] * deviations[:-1]).sum() / (deviations ** 2).sum() + 1) / (n - 4)
        r = max(0, r)
        row("effective", x, [], max(1, n * (1 - r) / (1 + r)))
