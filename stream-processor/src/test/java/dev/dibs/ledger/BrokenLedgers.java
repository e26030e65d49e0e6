package dev.dibs.ledger;

import java.util.EnumSet;

/** For tests that show what is seen when a rule is missing. */
public final class BrokenLedgers {
    private BrokenLedgers() {}

    public static Ledger thatIssueTwice(LedgerState state) {
        return new Ledger(state, EnumSet.complementOf(EnumSet.of(Rule.UNIQUE_SEQUENCE)));
    }
}
