package dev.dibs.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    @TempDir
    private Path folder;

    private History history;

    @BeforeEach
    void open() {
        history = new History(folder.resolve("history.jsonl"));
    }

    @AfterEach
    void close() {
        history.close();
    }

    private static Exchange grab(long at, String user, int ret, Told... told) {
        return new Exchange(at, 20, 0, Operation.GRAB, "sale", user, "r0", ret, List.of(told), "", "");
    }

    private static Exchange won(long at, String user) {
        return grab(
                at, user, Exchange.SUCCESS, new Told("sale", UUID.randomUUID().toString(), "code of " + user));
    }

    private static Exchange result(long at, String user, int ret) {
        return new Exchange(at, 20, 0, Operation.RESULT, "sale", user, "", ret, List.of(), "", "");
    }

    @Test
    void everyExchangeIsReadBackAsItWas() {
        List<Exchange> added = List.of(
                won(1, "anna"), grab(2, "berta \"x\"\n", Exchange.NO_ANSWER), result(3, "anna", Exchange.PENDING));
        added.forEach(history::add);

        List<Exchange> read = new ArrayList<>();
        history.forEach(read::add);

        assertThat(read).isEqualTo(added);
    }

    @Test
    void aRunThatDiedInTheMiddleOfALineCanBeReadAfterwards() throws IOException {
        history.add(won(1, "anna"));
        history.close();
        Files.writeString(history.path(), "{\"at\":7,\"took\"", StandardOpenOption.APPEND);

        List<Exchange> read = new ArrayList<>();
        History.read(history.path(), read::add);

        assertThat(read).hasSize(1);
    }

    @Test
    void aLineInTheMiddleThatIsNoExchangeIsAnError() throws IOException {
        history.add(won(1, "anna"));
        history.close();
        Path spoilt = folder.resolve("spoilt.jsonl");
        Files.writeString(spoilt, "nonsense\n" + Files.readString(history.path()));

        assertThatThrownBy(() -> History.read(spoilt, exchange -> {})).hasMessageContaining("nonsense");
    }

    @Test
    void aTicketThatIsToldAgainIsConfirmedOnce() {
        Exchange won = won(1, "anna");
        history.add(won);
        history.add(won);

        assertThat(history.figures().confirmed()).isEqualTo(1);
        assertThat(history.figures().grabs()).isEqualTo(2);
        assertThat(history.figures().answers()).containsEntry(Exchange.SUCCESS, 2L);
    }

    @Test
    void aRecoveryIsOverWhenSomebodyWhoAskedAfterTheFaultIsConfirmed() {
        Instant fault = Instant.ofEpochMilli(10_000);
        history.add(won(9_990, "asked-before"));
        assertThat(history.awaitConfirmed(fault, Duration.ZERO)).isEmpty();

        CompletableFuture.runAsync(() -> history.add(won(10_500, "asked-after")));

        assertThat(history.awaitConfirmed(fault, Duration.ofSeconds(10))).contains(Duration.ofMillis(520));
        history.add(won(10_900, "even-later"));
        assertThat(history.awaitConfirmed(fault, Duration.ZERO))
                .as("also when it is asked late")
                .contains(Duration.ofMillis(520));
    }

    @Test
    void whoOnlyLooksDoesNotWait() {
        history.add(won(1_000, "anna"));
        history.add(result(2_000, "anna", Exchange.PENDING));

        assertThat(history.figures().stillPending()).isZero();
        assertThat(history.figures().pendingAnswers()).isEqualTo(1);
    }

    @Test
    void pendingLastsFromTheFirstAnswerThatSaysSoToTheOneThatSettlesIt() {
        history.add(grab(1_000, "anna", Exchange.PENDING));
        history.add(result(2_000, "anna", Exchange.PENDING));
        assertThat(history.figures().stillPending()).isEqualTo(1);

        history.add(result(4_000, "anna", Exchange.NOT_FOUND));

        assertThat(history.figures().stillPending()).isZero();
        assertThat(history.figures().longestPendingMillis()).isEqualTo(3_000);
        assertThat(history.figures().pendingAnswers()).isEqualTo(2);
    }

    @Test
    void aTicketThatWasKnownBeforeEndsNoWaitForASecond() {
        Told first = new Told("sale", UUID.randomUUID().toString(), "code");
        history.add(grab(1_000, "anna", Exchange.SUCCESS, first));
        history.add(
                new Exchange(2_000, 20, 0, Operation.GRAB, "sale", "anna", "r1", Exchange.PENDING, List.of(), "", ""));
        history.add(new Exchange(
                3_000, 20, 0, Operation.RESULT, "sale", "anna", "", Exchange.SUCCESS, List.of(first), "", ""));
        assertThat(history.waitsOf("sale", "anna"))
                .extracting(Waits.Wait::request)
                .containsExactly("r1");

        history.add(
                new Exchange(9_000, 20, 0, Operation.GRAB, "sale", "anna", "r1", Exchange.SOLD_OUT, List.of(), "", ""));

        assertThat(history.waitsOf("sale", "anna")).isEmpty();
        assertThat(history.figures().longestPendingMillis()).isEqualTo(7_000);
    }

    @Test
    void latenciesSinceAskedBeginAnew() {
        history.add(won(1, "anna"));
        assertThat(history.latenciesSinceAsked().count()).isEqualTo(1);

        assertThat(history.latenciesSinceAsked().count()).isZero();
        assertThat(history.latencies().count()).isEqualTo(1);
        assertThat(history.latencies().p99Millis()).isBetween(19.0, 21.0);
    }
}
