package dev.dibs.standalone.report;

import dev.dibs.results.SecondStats;

/**
 * What the report wants of one second of a sale.
 *
 * @param second epoch seconds
 * @param refused grabs that were answered with a refusal
 * @param stockAdded codes that were added within it
 * @param remaining codes that nobody held at its end
 */
record CountedSecond(
        long second, long granted, long redeemed, long requests, long refused, long stockAdded, long remaining) {
    static CountedSecond of(SecondStats stats) {
        return new CountedSecond(
                stats.second(),
                stats.granted(),
                stats.redeemed(),
                stats.requests(),
                Answers.refused(stats.answers()),
                stats.stockAdded(),
                stats.remaining());
    }
}
