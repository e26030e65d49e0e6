package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.e2e.ArrivalOrder.Grab;
import dev.dibs.ids.ActivityId;
import dev.dibs.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First come, first served, as far as it goes. Also makes the figures of docs/guarantees.md: {@code
 * -Dfairness.buyers=20000}.
 */
class FairnessIT {
    private static final Logger log = LoggerFactory.getLogger(FairnessIT.class);
    private static final int BUYERS = Integer.getInteger("fairness.buyers", 2_000);
    /** A busy machine may stop a thread for a while, between its look at the clock and its claim. */
    private static final long TOLERATED_MILLIS = 2_000;

    @TempDir
    private static Path folder;

    private static Services services;

    @BeforeAll
    static void start() {
        services = new Services(folder, TestDatabase.nameFor(FairnessIT.class)).start();
    }

    @AfterAll
    static void stop() {
        if (services != null) {
            services.close();
        }
    }

    private static Client atOne() {
        return new Client(List.of(services.apis().get(0)));
    }

    private static Client atBoth() {
        return new Client(services.apis());
    }

    /** The codes of a sale are numbered as they were imported, which is their sequence. */
    private static int sequence(Reply won) {
        assertThat(won.isGranted()).as("%s", won.body()).isTrue();
        String code = won.data().required("code").stringValue();
        return Integer.parseInt(code.substring(code.lastIndexOf('-') + 1));
    }

    @Test
    void oneAfterTheOtherGetsOneNumberAfterTheOther() {
        Sale sale = Sale.open(atOne(), "queue", 50, 1);

        List<Integer> sequences = IntStream.range(0, 50)
                .mapToObj(i -> sequence(sale.grab("buyer-" + i, "only")))
                .toList();

        assertThat(sequences).isEqualTo(IntStream.range(0, 50).boxed().toList());
    }

    @Test
    void alsoAtDifferentInstancesWhoComesAfterAnAnswerComesAfter() {
        Sale sale = Sale.open(atBoth(), "queues", 50, 1);

        List<Integer> sequences = IntStream.range(0, 50)
                .mapToObj(i -> sequence(sale.grab("buyer-" + i, "only")))
                .toList();

        assertThat(sequences).isSorted();
    }

    @Test
    void aLateRequestDoesNotOvertakeAnEarlierOneByRetrying() {
        Sale sale = Sale.open(atBoth(), "late", 60, 1);
        List<Reply> early = sale.grabs(40, i -> "early-" + i, i -> "only");

        // Twenty late ones, each of whom presses ten times at once, with the same request and with others.
        List<Reply> late = sale.grabs(200, i -> "late-" + i % 20, i -> i < 100 ? "only" : "press-" + i);
        List<Reply> earlyAgain = sale.grabs(40, i -> "early-" + i, i -> "only");

        int lastOfTheEarly = early.stream().mapToInt(FairnessIT::sequence).max().orElseThrow();
        assertThat(lastOfTheEarly).isEqualTo(39);
        Map<String, List<Integer>> ofTheLate = late.stream()
                .filter(Reply::isGranted)
                .collect(Collectors.groupingBy(
                        reply -> reply.data().required("id").stringValue(),
                        Collectors.mapping(FairnessIT::sequence, Collectors.toList())));
        assertThat(ofTheLate)
                .hasSize(20)
                .allSatisfy((ticket, sequences) -> assertThat(sequences)
                        .allMatch(sequence -> sequence > lastOfTheEarly)
                        .containsOnly(sequences.get(0)));
        assertThat(earlyAgain.stream().map(FairnessIT::sequence).toList())
                .isEqualTo(early.stream().map(FairnessIT::sequence).toList());
    }

    @Test
    void aCrowdAtOneInstanceIsServedInTheOrderOfItsArrival() throws Exception {
        ArrivalOrder order = ArrivalOrder.of(grabsOfACrowd(atOne()));

        log.info("Fairness, one instance: {}", order);
        assertThat(order.grabs()).isEqualTo(BUYERS);
        assertThat(order.maxMillis()).isLessThan(TOLERATED_MILLIS);
    }

    @Test
    void aCrowdAtTwoInstancesIsNearlySo() throws Exception {
        List<Grab> grabs = grabsOfACrowd(atBoth());

        ArrivalOrder order = ArrivalOrder.of(grabs);
        log.info("Fairness, two instances: {}", order);
        assertThat(order.grabs()).isEqualTo(BUYERS);
        assertThat(order.maxMillis()).isLessThan(TOLERATED_MILLIS);
        Map<String, List<Grab>> byInstance = grabs.stream().collect(Collectors.groupingBy(Grab::instance));
        assertThat(byInstance).hasSize(2);
        byInstance.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        of -> log.info("Fairness, of two, within {}: {}", of.getKey(), ArrivalOrder.of(of.getValue())));
    }

    private static List<Grab> grabsOfACrowd(Client client) throws Exception {
        Sale sale = Sale.open(client, "fair", BUYERS, 1);
        List<Reply> replies = sale.grabs(BUYERS, i -> "buyer-" + i, i -> "only");
        assertThat(replies).allMatch(Reply::isGranted);
        List<Grab> grabs = GrabsOfLog.of(new ActivityId(sale.id()));
        assertThat(grabs.stream()
                        .map(Grab::sequence)
                        .sorted(Comparator.naturalOrder())
                        .toList())
                .isEqualTo(IntStream.range(0, BUYERS).boxed().toList());
        return grabs;
    }
}
