package dev.dibs.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.Seeds;
import dev.dibs.events.TicketEvent;
import dev.dibs.ids.ActivityId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Two implementations that were written apart must give the same verdicts of whatever the log holds. */
class LedgerAgainstNaiveLedgerTest {
    private static final int LOGS = 300;

    static LongStream seeds() {
        return Seeds.upTo(LOGS);
    }

    @ParameterizedTest(name = "-Ddibs.seed={0}")
    @MethodSource("seeds")
    void bothGiveTheSameVerdictOfEveryRecord(long seed) {
        List<TicketEvent> log = RandomLog.of(seed);
        MemoryLedgerState state = new MemoryLedgerState();
        Ledger ledger = new Ledger(state);
        NaiveLedger naive = new NaiveLedger();

        for (int offset = 0; offset < log.size(); offset++) {
            TicketEvent event = log.get(offset);
            assertThat(ledger.apply(offset, event))
                    .as("-Ddibs.seed=%d, offset %d: %s", seed, offset, event)
                    .isEqualTo(naive.apply(offset, event));
        }

        for (ActivityId activity : RandomLog.ACTIVITIES) {
            assertThat(state.account(activity).granted())
                    .as("-Ddibs.seed=%d", seed)
                    .isEqualTo((int) naive.granted(activity));
            assertThat(state.account(activity).stock())
                    .as("-Ddibs.seed=%d", seed)
                    .isEqualTo((int) naive.stock(activity));
        }
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void aRuleThatIsSwitchedOffIsNoticed(Rule off) {
        Set<Rule> others = EnumSet.complementOf(EnumSet.of(off));

        assertThat(Seeds.fixed(LOGS).filter(seed -> differ(seed, others)).count())
                .isGreaterThan(50);
    }

    private static boolean differ(long seed, Set<Rule> rules) {
        Ledger ledger = new Ledger(new MemoryLedgerState(), rules);
        NaiveLedger naive = new NaiveLedger();
        List<TicketEvent> log = RandomLog.of(seed);
        for (int offset = 0; offset < log.size(); offset++) {
            if (ledger.apply(offset, log.get(offset)) != naive.apply(offset, log.get(offset))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void theRandomLogsCallForEveryVerdictThereIs() {
        Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);

        Seeds.fixed(LOGS).forEach(seed -> {
            Ledger ledger = new Ledger(new MemoryLedgerState());
            List<TicketEvent> log = RandomLog.of(seed);
            for (int offset = 0; offset < log.size(); offset++) {
                seen.merge(ledger.apply(offset, log.get(offset)), 1, Integer::sum);
            }
        });

        assertThat(seen).containsOnlyKeys(Verdict.values());
        assertThat(seen.values())
                .as("each often enough to mean something: %s", seen)
                .allMatch(times -> times > 50);
    }
}
