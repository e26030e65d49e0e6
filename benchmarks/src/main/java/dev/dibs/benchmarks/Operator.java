package dev.dibs.benchmarks;

import java.io.IOException;

/** What the benchmark needs an operator of the server under test for. */
public interface Operator {

    /** Creates and publishes an activity that is on sale now, with so many codes that exist nowhere else. */
    void openSale(String activityId, int codes) throws IOException, InterruptedException;

    /** How many codes of the activity the ledger has granted so far. */
    long granted(String activityId) throws IOException, InterruptedException;
}
