package dev.dibs.model;

import java.util.Set;

/**
 * One configuration of the model.
 *
 * @param fence what the claim script compares before it claims
 * @param confirmation when a buyer is told that the ticket is his
 * @param rulesOff rules of the ledger that are switched off, by name
 * @param budget how often each kind of trouble may happen
 * @param relay whether other instances publish copies of what is in the outbox
 * @param recovered which epoch a recovered claim carries
 * @param maxStates where the search gives up, and says so
 */
record Setup(
        Fence fence,
        Confirmation confirmation,
        Set<String> rulesOff,
        Budget budget,
        boolean relay,
        Recovered recovered,
        int maxStates) {
    /** The original's bound: all its configurations but the heavy ones are exhausted below it. */
    static final int MAX_STATES = 700_000;

    enum Fence {
        NONE,
        RUN_ID,
        REPLID
    }

    enum Confirmation {
        BY_LEDGER,
        BY_BROKER_ACK
    }

    enum Recovered {
        /** The original: recovery writes its own epoch to every claim, and the fold is asked who holds what. */
        WITH_NEW_EPOCH,
        /** As the services do it: a claim keeps the epoch it was made in, and its own record's verdict decides. */
        WITH_ITS_OWN_EPOCH
    }

    /** Upper bounds. Records of the log at most 7, time-outs of a client at most 1. */
    record Budget(int users, int records, int failovers, int restarts, int recoveries, int demotions, int timeouts) {
        static final Budget FAILOVER_AND_BACK = new Budget(2, 5, 1, 0, 1, 1, 1);
        static final Budget RESTART = new Budget(2, 5, 0, 1, 2, 0, 1);
        static final Budget EVERYTHING = new Budget(2, 5, 1, 1, 2, 1, 1);
    }

    /** All rules, as they are meant. */
    static Setup of(Budget budget, Fence fence) {
        return new Setup(fence, Confirmation.BY_LEDGER, Set.of(), budget, false, Recovered.WITH_NEW_EPOCH, MAX_STATES);
    }

    Setup confirmedBy(Confirmation changed) {
        return new Setup(fence, changed, rulesOff, budget, relay, recovered, maxStates);
    }

    Setup without(String rule) {
        return new Setup(fence, confirmation, Set.of(rule), budget, relay, recovered, maxStates);
    }

    Setup withRelay() {
        return new Setup(fence, confirmation, rulesOff, budget, true, recovered, maxStates);
    }

    Setup recovered(Recovered changed) {
        return new Setup(fence, confirmation, rulesOff, budget, relay, changed, maxStates);
    }

    Setup upTo(int states) {
        return new Setup(fence, confirmation, rulesOff, budget, relay, recovered, states);
    }
}
