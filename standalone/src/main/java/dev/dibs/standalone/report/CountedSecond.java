package dev.dibs.standalone.report;

/**
 * What the report wants of one second of a sale.
 *
 * @param second epoch seconds
 * @param refused grabs that were answered with a refusal
 * @param stockAdded codes that were added within it
 * @param remaining codes that nobody held at its end
 */
record CountedSecond(
        long second, long granted, long redeemed, long requests, long refused, long stockAdded, long remaining) {}
