package dev.dibs.ledger;

import java.util.EnumSet;
import java.util.Set;

/** For tests of other packages that show what goes wrong without a rule. */
public final class Ledgers {
    private Ledgers() {}

    /** @param off names of the rules that are switched off */
    public static Ledger without(LedgerState state, Set<String> off) {
        EnumSet<Rule> rules = EnumSet.allOf(Rule.class);
        off.forEach(name -> rules.remove(Rule.valueOf(name)));
        return new Ledger(state, rules);
    }
}
