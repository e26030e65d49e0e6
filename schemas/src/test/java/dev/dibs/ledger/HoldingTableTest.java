package dev.dibs.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ids.TicketId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldingTableTest {
    private final HoldingTable table = new HoldingTable();

    @Test
    void anEmptyTableHoldsNothing() {
        assertThat(table.size()).isZero();
        assertThat(table.get(0)).isNull();
        assertThat(table.get(Integer.MAX_VALUE)).isNull();
        assertThat(table.get(-1)).isNull();
        assertThat(table.count(Fingerprint.of("alice"))).isZero();
        assertThat(table.of(Fingerprint.of("alice"))).isEmpty();
    }

    @Test
    void givesBackWhatWasPut() {
        Holding holding = new Holding(
                5,
                new TicketId(new UUID(-1L, Long.MIN_VALUE)),
                Long.MAX_VALUE,
                new Fingerprint(-1, -2),
                new Fingerprint(Long.MIN_VALUE, 0),
                1_795_176_000_000L,
                Holding.Use.UNUSED);

        table.put(holding);

        assertThat(table.get(5)).isEqualTo(holding);
        assertThat(table.get(4)).isNull();
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void theTicketsOfAUserAreFoundOldestFirst() {
        Fingerprint alice = Fingerprint.of("alice");
        List<Integer> sequences = List.of(70_000, 3, 1_024, 1_023, 0);

        sequences.forEach(sequence -> table.put(holding(sequence, alice)));

        assertThat(table.of(alice)).extracting(Holding::sequence).containsExactlyElementsOf(sequences);
        assertThat(table.count(alice)).isEqualTo(5);
    }

    @Test
    void whatBecameOfATicketIsKeptBesideTheChainOfItsUser() {
        Fingerprint alice = Fingerprint.of("alice");
        List.of(9, 8, 7).forEach(sequence -> table.put(holding(sequence, alice)));

        table.use(8, Holding.Use.REDEEMED);
        table.use(7, Holding.Use.REVOKED);
        table.put(holding(6, alice));

        assertThat(table.of(alice)).extracting(Holding::sequence).containsExactly(9, 8, 7, 6);
        assertThat(table.of(alice))
                .extracting(Holding::use)
                .containsExactly(Holding.Use.UNUSED, Holding.Use.REDEEMED, Holding.Use.REVOKED, Holding.Use.UNUSED);
    }

    @Test
    void usersWhoseFingerprintsCollideAreToldApart() {
        // Equal low words: all of them begin their search in the same slot, before and after every rehash.
        List<Fingerprint> users = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            users.add(new Fingerprint(i, 0xffff_ffffL));
        }

        for (int i = 0; i < users.size(); i++) {
            table.put(holding(i, users.get(i)));
        }

        for (int i = 0; i < users.size(); i++) {
            assertThat(table.of(users.get(i))).extracting(Holding::sequence).containsExactly(i);
        }
        assertThat(table.count(new Fingerprint(500, 0xffff_ffffL))).isZero();
    }

    @Test
    void aFarSequenceCostsOnePage() {
        Fingerprint alice = Fingerprint.of("alice");

        table.put(holding(Integer.MAX_VALUE - 1, alice));
        table.put(holding(0, alice));

        assertThat(table.of(alice)).extracting(Holding::sequence).containsExactly(Integer.MAX_VALUE - 1, 0);
        assertThat(table.get(Integer.MAX_VALUE - 1).user()).isEqualTo(alice);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithAMapInWhateverOrderSequencesCome(long seed) {
        Random random = new Random(seed);
        Map<Integer, Holding> expected = new HashMap<>();
        Map<Fingerprint, List<Holding>> byUser = new HashMap<>();
        List<Integer> sequences = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            sequences.add(i * 3);
        }
        Collections.shuffle(sequences, random);

        for (int sequence : sequences) {
            Fingerprint user = Fingerprint.of("user-" + random.nextInt(2_000));
            Holding holding = holding(sequence, user);
            table.put(holding);
            expected.put(sequence, holding);
            byUser.computeIfAbsent(user, u -> new ArrayList<>()).add(holding);
        }

        assertThat(table.size()).isEqualTo(expected.size());
        for (int sequence = 0; sequence < 15_100; sequence++) {
            assertThat(table.get(sequence)).as("seed %d", seed).isEqualTo(expected.get(sequence));
        }
        byUser.forEach((user, holdings) -> {
            assertThat(table.of(user)).as("seed %d", seed).isEqualTo(holdings);
            assertThat(table.count(user)).isEqualTo(holdings.size());
        });
    }

    private static Holding holding(int sequence, Fingerprint user) {
        return new Holding(
                sequence,
                new TicketId(new UUID(sequence, 1)),
                7,
                user,
                new Fingerprint(sequence, 2),
                1_000 + sequence,
                Holding.Use.UNUSED);
    }
}
