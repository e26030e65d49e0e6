package dev.dibs.projector.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the versions of the tickets' collection promise. Each test begins with an empty database. */
public abstract class TicketVersionsContract {
    protected abstract TicketVersions versions();

    protected abstract TicketStore store();

    /** Puts a row into a collection, with or without a code. */
    protected abstract void putRow(String collection, String id, boolean withCode);

    protected abstract Set<String> collections();

    @Test
    void theFirstCollectionIsCurrentUntilAnotherIs() {
        assertThat(versions().current()).isEqualTo("user_tickets");
    }

    @Test
    void preparingTwiceDoesNoHarm() {
        // Given
        versions().prepare("user_tickets");

        // When
        versions().prepare("user_tickets");

        // Then
        assertThat(versions().current()).isEqualTo("user_tickets");
    }

    @Test
    void theNextCollectionIsEmptyAndNotYetCurrent() {
        // Given
        putRow("user_tickets", "1", true);

        // When
        String next = versions().createNext();

        // Then
        assertThat(next).isEqualTo("user_tickets_2");
        assertThat(collections()).contains("user_tickets_2");
        assertThat(versions().count(next).rows()).isZero();
        assertThat(versions().current()).isEqualTo("user_tickets");
    }

    @Test
    void noTwoRebuildsAreGivenTheSameCollection() {
        // Given
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<CompletableFuture<String>> asked = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> versions().createNext(), threads))
                .toList();

        // When
        Set<String> given = new HashSet<>();
        asked.forEach(next -> given.add(next.join()));
        threads.shutdown();

        // Then
        assertThat(given).hasSize(4).doesNotContain("user_tickets");
    }

    @Test
    void aNumberIsCountedAsANumber() {
        // Given
        putRow("user_tickets_9", "1", true);
        putRow("user_tickets_10", "1", true);
        putRow("user_tickets_by_hand", "1", true);

        // When
        String next = versions().createNext();

        // Then
        assertThat(next).isEqualTo("user_tickets_11");
        assertThat(versions().olderThan("user_tickets_10")).containsExactly("user_tickets_9");
    }

    @Test
    void aNewCollectionDoesNotInheritPositions() {
        // Given
        store().advance("user_tickets_2", Map.of(0, 17L));

        // When
        String next = versions().createNext();

        // Then
        assertThat(next).isEqualTo("user_tickets_2");
        assertThat(store().positions(next)).isEmpty();
    }

    @Test
    void switchingMovesThePointer() {
        // When
        boolean switched = versions().switchTo("user_tickets", "user_tickets_2");

        // Then
        assertThat(switched).isTrue();
        assertThat(versions().current()).isEqualTo("user_tickets_2");
    }

    @Test
    void switchingAgainIsStillSwitched() {
        // Given
        versions().switchTo("user_tickets", "user_tickets_2");

        // When
        boolean switched = versions().switchTo("user_tickets", "user_tickets_2");

        // Then
        assertThat(switched).isTrue();
        assertThat(versions().current()).isEqualTo("user_tickets_2");
    }

    @Test
    void whoComesLateDoesNotMoveThePointer() {
        // Given
        versions().switchTo("user_tickets", "user_tickets_2");

        // When
        boolean switched = versions().switchTo("user_tickets", "user_tickets_3");

        // Then
        assertThat(switched).isFalse();
        assertThat(versions().current()).isEqualTo("user_tickets_2");
    }

    @Test
    void droppingTakesRowsAndPositionsOfThatCollectionOnly() {
        // Given
        putRow("user_tickets", "1", true);
        putRow("user_tickets_2", "1", true);
        store().advance("user_tickets", Map.of(0, 1L));
        store().advance("user_tickets_2", Map.of(0, 2L));

        // When
        versions().drop("user_tickets");

        // Then
        assertThat(collections()).contains("user_tickets_2").doesNotContain("user_tickets");
        assertThat(store().positions("user_tickets")).isEmpty();
        assertThat(store().positions("user_tickets_2")).isEqualTo(Map.of(0, 2L));
    }

    @Test
    void theFirstNoteOfAReplacementCounts() {
        // Given
        versions().replacedSince("user_tickets", 1_000);

        // When
        long since = versions().replacedSince("user_tickets", 2_000);

        // Then
        assertThat(since).isEqualTo(1_000);
        assertThat(versions().replacedSince("user_tickets_2", 3_000)).isEqualTo(3_000);
    }

    @Test
    void droppingForgetsTheNoteOfTheReplacement() {
        // Given
        putRow("user_tickets", "1", true);
        versions().replacedSince("user_tickets", 1_000);

        // When
        versions().drop("user_tickets");

        // Then
        assertThat(versions().replacedSince("user_tickets", 2_000)).isEqualTo(2_000);
    }

    @Test
    void rowsAreCountedWithAndWithoutCode() {
        // Given
        putRow("user_tickets", "1", true);
        putRow("user_tickets", "2", false);
        putRow("user_tickets", "3", true);

        // When
        TicketVersions.Census census = versions().count("user_tickets");

        // Then
        assertThat(census).isEqualTo(new TicketVersions.Census(3, 1));
        assertThat(census.withCode()).isEqualTo(2);
    }
}
