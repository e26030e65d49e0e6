package dev.dibs.chaos.overload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.workload.FloodCount.Took;
import dev.dibs.chaos.workload.FloodCount.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An overload passes only if something was confirmed, everybody was answered, and memory is known to be flat. */
class OverloadVerdictTest {
    private static final double CAPACITY = 80;
    private static final double SECONDS = 60;
    private static final Took QUICK = new Took(48_000, 2, 300, 900);
    private static final Took NONE = new Took(0, 0, 0, 0);

    private static Totals totals(Took refused, long pending, long unanswered, long without, Map<Integer, Long> others) {
        return new Totals(48_000, 0, new Took(4_800, 40, 300, 900), pending, refused, without, unanswered, others);
    }

    private static final Totals GOOD = totals(QUICK, 3, 0, 0, Map.of());

    /** Twelve pieces of five seconds. */
    private static List<Interval> intervals(
            IntToDoubleFunction perSecond, IntToDoubleFunction resident, IntToDoubleFunction heap) {
        return IntStream.range(0, 12)
                .mapToObj(i -> new Interval(
                        5 * (i + 1),
                        800,
                        perSecond.applyAsDouble(i),
                        QUICK,
                        QUICK,
                        Map.of("api-1", resident.applyAsDouble(i), "api-2", 300.0),
                        Map.of("api-1", heap.applyAsDouble(i), "api-2", 120.0)))
                .toList();
    }

    private static List<Interval> steady() {
        return intervals(i -> 78, i -> 300, i -> 120);
    }

    private static List<String> shortfalls(double capacity, Totals totals, List<Interval> intervals) {
        return new OverloadVerdict(capacity, totals, SECONDS, intervals).shortfalls();
    }

    @Test
    void whatHoldsUpHasNoShortfall() {
        assertThat(shortfalls(CAPACITY, GOOD, steady())).isEmpty();
    }

    @Test
    void aRunInWhichNothingHappensFallsShort() {
        Totals nothing = new Totals(0, 0, NONE, 0, NONE, 0, 0, Map.of());

        assertThat(shortfalls(0, nothing, intervals(i -> 0, i -> 300, i -> 120)))
                .anyMatch(line -> line.contains("nothing was confirmed"))
                .anyMatch(line -> line.contains("nobody was refused"));
        assertThat(shortfalls(0, nothing, new ArrayList<>())).isNotEmpty();
    }

    @Test
    void whatIsConfirmedIsHeldAgainstWhatAFewBuyersGot() {
        assertThat(shortfalls(CAPACITY, GOOD, intervals(i -> 5, i -> 300, i -> 120)))
                .singleElement()
                .asString()
                .isEqualTo("confirmed tickets fell to 5 a second, from 80");
        assertThat(shortfalls(CAPACITY, GOOD, intervals(i -> 0, i -> 300, i -> 120)))
                .singleElement()
                .asString()
                .contains("fell to 0 a second");
    }

    @Test
    void andAgainstTheBestInterval() {
        assertThat(shortfalls(CAPACITY, GOOD, intervals(i -> i == 0 ? 110 : 80, i -> 300, i -> 120)))
                .singleElement()
                .asString()
                .contains("fell to 80 a second, from 110");
    }

    @Test
    void whoGetsNoAnswerWasNotRefusedQuickly() {
        assertThat(shortfalls(CAPACITY, totals(QUICK, 3, 1, 0, Map.of()), steady()))
                .singleElement()
                .asString()
                .startsWith("1 buyers got no answer");
    }

    @Test
    void slowRefusalsAndThoseThatDoNotSayWhenToComeAgainFallShort() {
        assertThat(shortfalls(CAPACITY, totals(new Took(48_000, 2, 501, 900), 3, 0, 0, Map.of()), steady()))
                .singleElement()
                .asString()
                .startsWith("refusals took up to 501 ms");
        assertThat(shortfalls(CAPACITY, totals(QUICK, 3, 0, 7, Map.of()), steady()))
                .containsExactly("7 refusals did not say when to come again");
        assertThat(shortfalls(CAPACITY, totals(QUICK, 3, 0, 0, Map.of(-2, 9L)), steady()))
                .containsExactly("9 buyers were answered ret -2");
    }

    @Test
    void tooFewBuyersAreNoOverload() {
        Totals few = new Totals(48_000, 20_000, new Took(4_800, 40, 300, 900), 0, QUICK, 0, 0, Map.of());

        assertThat(shortfalls(CAPACITY, few, steady()))
                .singleElement()
                .asString()
                .contains("no such overload");
    }

    @Test
    void memoryThatGrowsFallsShortBothResidentAndOnTheHeap() {
        assertThat(shortfalls(CAPACITY, GOOD, intervals(i -> 78, i -> 300 + 30 * i, i -> 120)))
                .singleElement()
                .asString()
                .startsWith("the resident memory of api-1 grows");
        assertThat(shortfalls(CAPACITY, GOOD, intervals(i -> 78, i -> 300, i -> 120 + 20 * i)))
                .singleElement()
                .asString()
                .startsWith("the heap of api-1 grows");
    }

    @Test
    void memoryThatIsNotKnownIsNotFlat() {
        assertThat(shortfalls(CAPACITY, GOOD, intervals(i -> 78, i -> 300, i -> -1)))
                .singleElement()
                .asString()
                .startsWith("the heap of api-1 is not known");
        assertThat(shortfalls(CAPACITY, GOOD, intervals(i -> 78, i -> -1, i -> 120)))
                .singleElement()
                .asString()
                .startsWith("the resident memory of api-1 is not known");
    }
}
