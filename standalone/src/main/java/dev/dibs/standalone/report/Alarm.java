package dev.dibs.standalone.report;

import static dev.dibs.standalone.report.Words.number;

/**
 * The sum of the stock did not come out any more.
 *
 * @param logOffset after which record of the log
 * @param at epoch milliseconds
 */
record Alarm(long logOffset, long at, long stock, long granted, long free, long unreached) {

    String inWords() {
        return "after offset " + logOffset + " of the log: " + number(stock) + " in stock, but " + number(granted)
                + " granted + " + number(free) + " free + " + number(unreached) + " not yet reached";
    }
}
