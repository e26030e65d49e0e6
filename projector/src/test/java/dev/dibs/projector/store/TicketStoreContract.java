package dev.dibs.projector.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of tickets promises. Each test writes to collections of its own. */
public abstract class TicketStoreContract {
    private static final ActivityId ACTIVITY = new ActivityId("movie-night");
    private static final ImportId IMPORT = new ImportId("import-1");

    private final String collection = "user_tickets_" + new Random().nextInt(1_000_000_000);

    protected abstract TicketStore store();

    /** What is a large batch to this store. */
    protected int many() {
        return 10_000;
    }

    protected abstract Map<String, Map<String, Object>> rows(String collectionName);

    protected abstract void putCode(String id, String code);

    protected abstract void removeCode(String id);

    /** Makes the store refuse to write this ticket, which would be granted this sequence of the activity. */
    protected abstract void refuse(String collectionName, TicketId ticket, ActivityId activity, int sequence);

    @Test
    void aGrantIsWrittenWithAllItsFieldsAndItsCode() {
        // Given
        TicketChange grant = granted(7);
        putCode(codeId(7), "SECRET-7");

        // When
        WriteOutcome outcome = store().write(collection, batch(grant));

        // Then
        assertThat(outcome).isEqualTo(new WriteOutcome(List.of(), List.of()));
        assertThat(rows(collection))
                .containsExactly(Map.entry(
                        grant.ticketId().toString(),
                        Map.of(
                                "_id",
                                grant.ticketId().toString(),
                                UserTicket.USER_ID,
                                "user-7",
                                UserTicket.ACTIVITY_ID,
                                "movie-night",
                                UserTicket.SEQUENCE,
                                7,
                                UserTicket.TICKET_KIND,
                                "seat",
                                UserTicket.CODE,
                                "SECRET-7",
                                UserTicket.GRABBED_AT,
                                1_007L,
                                UserTicket.REQUEST,
                                Fingerprint.of("request-7").text(),
                                UserTicket.PARTITION,
                                3,
                                UserTicket.OFFSET,
                                107L)));
    }

    @Test
    void replayingABatchChangesNothing() {
        // Given
        TicketBatch batch = batch(granted(1), granted(2), TicketChange.redeemed(ticket(1), 5_000, 150));
        store().write(collection, batch);
        Map<String, Map<String, Object>> once = rows(collection);

        // When
        store().write(collection, batch);

        // Then
        assertThat(rows(collection)).hasSize(2).isEqualTo(once);
    }

    @Test
    void batchesInAnyOrderGiveTheSame() {
        // Given
        long seed = System.nanoTime();
        List<TicketChange> changes = randomChanges(new Random(seed));
        store().write(collection, batch(changes.toArray(TicketChange[]::new)));
        Map<String, Map<String, Object>> inOrder = rows(collection);
        Collections.shuffle(changes, new Random(seed));
        String other = collection + "1";

        // When
        for (int from = 0; from < changes.size(); from += 7) {
            TicketBatch part = new TicketBatch();
            changes.subList(from, Math.min(from + 7, changes.size())).forEach(part::add);
            store().write(other, part);
        }

        // Then
        assertThat(rows(other)).as("seed %d", seed).isEqualTo(inOrder);
    }

    @Test
    void aRedemptionBeforeItsGrantIsKept() {
        // Given
        store().write(collection, batch(TicketChange.redeemed(ticket(4), 6_000, 160)));

        // When
        store().write(collection, batch(granted(4)));

        // Then
        assertThat(rows(collection).get(ticket(4).toString()))
                .containsEntry(UserTicket.REDEEMED_AT, 6_000L)
                .containsEntry(UserTicket.REDEEMED_OFFSET, 160L)
                .containsEntry(UserTicket.USER_ID, "user-4")
                .containsEntry(UserTicket.OFFSET, 104L)
                .doesNotContainKeys(UserTicket.REVOKED_AT, UserTicket.REVOKED_OFFSET);
    }

    @Test
    void aTicketSeveralTimesInABatchIsOneRow() {
        // Given
        TicketBatch batch = batch(
                granted(3),
                TicketChange.revoked(ticket(3), 7_000, 5_000_000_000L),
                granted(3),
                TicketChange.revoked(ticket(3), 7_000, 5_000_000_000L));

        // When
        WriteOutcome outcome = store().write(collection, batch);

        // Then
        assertThat(outcome.refused()).isEmpty();
        assertThat(rows(collection)).hasSize(1);
        assertThat(rows(collection).get(ticket(3).toString()))
                .containsEntry(UserTicket.REVOKED_AT, 7_000L)
                .containsEntry(UserTicket.REVOKED_OFFSET, 5_000_000_000L)
                .containsEntry(UserTicket.SEQUENCE, 3);
    }

    @Test
    void aLargeBatchIsWrittenWhole() {
        // Given
        TicketBatch batch = new TicketBatch();
        for (int sequence = 0; sequence < many(); sequence++) {
            batch.add(granted(sequence));
        }

        // When
        WriteOutcome outcome = store().write(collection, batch);

        // Then
        assertThat(outcome.refused()).isEmpty();
        assertThat(rows(collection)).hasSize(many());
    }

    @Test
    void aRefusedRowDoesNotLoseTheOthers() {
        // Given
        refuse(collection, ticket(11), ACTIVITY, 11);

        // When
        WriteOutcome outcome = store().write(collection, batch(granted(10), granted(11), granted(12)));

        // Then
        assertThat(outcome.refused()).extracting(RefusedRow::ticketId).containsExactly(ticket(11));
        assertThat(rows(collection))
                .containsKeys(ticket(10).toString(), ticket(12).toString())
                .doesNotContainKey(ticket(11).toString());
    }

    @Test
    void aMissingCodeIsToldAndTheRowIsWrittenAllTheSame() {
        // Given
        putCode(codeId(1), "SECRET-1");

        // When
        WriteOutcome outcome = store().write(collection, batch(granted(1), granted(2)));

        // Then
        assertThat(outcome.withoutCode()).containsExactly(ticket(2));
        assertThat(rows(collection).get(ticket(2).toString()))
                .containsEntry(UserTicket.USER_ID, "user-2")
                .doesNotContainKey(UserTicket.CODE);
    }

    @Test
    void aCodeThatHasGoneIsNotTakenFromItsRow() {
        // Given
        putCode(codeId(1), "SECRET-1");
        store().write(collection, batch(granted(1)));
        removeCode(codeId(1));

        // When
        WriteOutcome outcome = store().write(collection, batch(granted(1)));

        // Then
        assertThat(outcome.withoutCode()).containsExactly(ticket(1));
        assertThat(rows(collection).get(ticket(1).toString())).containsEntry(UserTicket.CODE, "SECRET-1");
    }

    @Test
    void aCollectionThatWasNeverWrittenHasNoPositions() {
        assertThat(store().positions(collection)).isEmpty();
    }

    @Test
    void positionsOnlyGrow() {
        // Given
        store().advance(collection, Map.of(0, 100L, 1, 5_000_000_000L));

        // When
        store().advance(collection, Map.of(0, 99L, 2, 7L));

        // Then
        assertThat(store().positions(collection)).isEqualTo(Map.of(0, 100L, 1, 5_000_000_000L, 2, 7L));
    }

    @Test
    void positionsOfCollectionsAreApartEvenIfOneNameBeginsTheOther() {
        // Given
        store().advance(collection, Map.of(0, 1L));

        // When
        store().advance(collection + "2", Map.of(0, 2L, 1, 2L));

        // Then
        assertThat(store().positions(collection)).isEqualTo(Map.of(0, 1L));
        assertThat(store().positions(collection + "2")).isEqualTo(Map.of(0, 2L, 1, 2L));
    }

    private List<TicketChange> randomChanges(Random random) {
        List<TicketChange> changes = new ArrayList<>();
        for (int sequence = 0; sequence < 50; sequence++) {
            changes.add(granted(sequence));
            if (random.nextInt(3) == 0) {
                changes.add(granted(sequence));
            }
            switch (random.nextInt(3)) {
                case 0 -> changes.add(TicketChange.redeemed(ticket(sequence), 9_000 + sequence, 300 + sequence));
                case 1 -> changes.add(TicketChange.revoked(ticket(sequence), 9_000 + sequence, 300 + sequence));
                default -> {
                    // Neither used nor taken back.
                }
            }
        }
        return changes;
    }

    private static TicketBatch batch(TicketChange... changes) {
        TicketBatch batch = new TicketBatch();
        List.of(changes).forEach(batch::add);
        return batch;
    }

    private TicketChange granted(int sequence) {
        Grant grant = new Grant(
                new UserId("user-" + sequence),
                ACTIVITY,
                sequence,
                new TicketKind("seat"),
                1_000L + sequence,
                Fingerprint.of("request-" + sequence),
                3,
                100L + sequence,
                codeId(sequence));
        return TicketChange.granted(ticket(sequence), grant);
    }

    private static TicketId ticket(int sequence) {
        return new TicketId(new UUID(42, sequence));
    }

    /** Codes of its own for each test. */
    private String codeId(int sequence) {
        return Documents.codeId(ACTIVITY, IMPORT, sequence) + collection;
    }
}
