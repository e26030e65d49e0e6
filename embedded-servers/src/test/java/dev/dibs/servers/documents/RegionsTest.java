package dev.dibs.servers.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import java.util.function.ObjLongConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RegionsTest {
    private static final String TICKETS = "dibs.tickets";
    private static final String POSITIONS = "dibs.positions";
    private static final byte[] KEY = bytes("k");
    private static final int ENTRIES = 1_000;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("documents.mv");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> keys(Region.Entries all) {
        List<String> keys = new ArrayList<>();
        while (all.next()) {
            keys.add(new String(all.key(), StandardCharsets.UTF_8));
        }
        return keys;
    }

    @Test
    void eachHasItsOwnEntriesAlsoAfterReopening() {
        try (MVStore store = MVStore.open(file.toString())) {
            Regions regions = new Regions(store);
            for (String namespace : List.of("a", "b", "c")) {
                Region region = regions.open(namespace);
                for (String key : List.of("2", "1", "\uFFFF", "3")) {
                    region.put(bytes(key + namespace), KEY);
                    region.put(bytes(key + namespace), bytes(namespace));
                }
                assertThat(region.remove(bytes("3" + namespace))).isEqualTo(bytes(namespace));
                assertThat(region.remove(bytes("3" + namespace))).isNull();
            }
        }
        try (MVStore store = MVStore.open(file.toString())) {
            Region middle = new Regions(store).open("b");
            assertThat(middle.size()).isEqualTo(3);
            assertThat(keys(middle.entries())).containsExactly("1b", "2b", "\uFFFFb");
            assertThat(keys(middle.entriesBackwards())).containsExactly("\uFFFFb", "2b", "1b");
            assertThat(keys(middle.entriesFrom(bytes("1c")))).containsExactly("2b", "\uFFFFb");
            assertThat(middle.putIfAbsent(bytes("2b"), KEY)).isEqualTo(bytes("b"));
            assertThat(middle.get(bytes("2b"))).isEqualTo(bytes("b"));
            assertThat(middle.get(bytes("2a"))).isNull();
            middle.clear();
            assertThat(middle.isEmpty()).isTrue();
            assertThat(new Regions(store).open("a").size()).isEqualTo(3);
            assertThat(new Regions(store).open("c").size()).isEqualTo(3);
        }
    }

    @Test
    void whatWasRemovedIsGoneAlsoWhereTheProcessDiedWithinIt() {
        try (MVStore store = MVStore.open(file.toString())) {
            Regions regions = new Regions(store);
            regions.open("removed").put(KEY, KEY);
            regions.openIndex("removed", "by_user").put(KEY, KEY);
            regions.open("kept").put(KEY, KEY);
            // Of the removal only the first step, taking the names away, has come to the file.
            MVMap<byte[], byte[]> map = store.openMap("regions");
            map.remove(ByteBuffer.allocate(8).putInt(0).putInt(1).array());
        }
        try (MVStore store = MVStore.open(file.toString())) {
            Regions regions = new Regions(store);
            assertThat(regions.namespaces()).containsExactly("kept");
            assertThat(store.openMap("regions").sizeAsLong()).isEqualTo(2);
            assertThat(regions.open("removed").isEmpty()).isTrue();
            assertThat(regions.openIndex("removed", "by_user").isEmpty()).isTrue();
            assertThat(regions.open("kept").size()).isEqualTo(1);
        }
    }

    /** A copy of the file is what a process that is killed leaves behind. */
    @Test
    void whatIsToBeKeptIsInTheFileAndWhatIsNotIsNot() throws IOException {
        try (MVStore store = MVStore.open(file.toString())) {
            store.setAutoCommitDelay(0);
            Regions regions = new Regions(store);
            Region tickets = regions.open(TICKETS);
            tickets.put(KEY, number(1));
            regions.keep();
            assertThat(inTheFile()).isEqualTo(1);
            tickets.put(KEY, number(2));
            assertThat(inTheFile()).isEqualTo(1);
            regions.keep();
            assertThat(inTheFile()).isEqualTo(2);
        }
    }

    /** The file's own thread writes, too, and takes longer than it takes to find that there is nothing left to write. */
    @Test
    void whatIsToBeKeptIsInTheFileWhoeverWritesIt() throws IOException {
        try (MVStore store = MVStore.open(file.toString())) {
            Regions regions = new Regions(store);
            store.setAutoCommitDelay(1);
            store.setRetentionTime(0);
            Region tickets = regions.open(TICKETS);
            for (int i = 1; i <= 50; i++) {
                tickets.put(KEY, number(i));
                tickets.put(bytes("of some size, " + i % 5), new byte[200_000]);
                store.tryCommit();
                regions.keep();
                assertThat(inTheFile()).isEqualTo(i);
            }
        }
    }

    private long inTheFile() throws IOException {
        Path copy = folder.resolve("copy.mv");
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        try (MVStore store = MVStore.open(copy.toString())) {
            return number(new Regions(store).open(TICKETS).get(KEY));
        }
    }

    /** Small pieces of the file, none of them in memory, and each free to be used again as soon as it may be. */
    private MVStore storeThatUsesSpaceAgainAtOnce() {
        MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .cacheSize(0)
                .pageSplitSize(1_000)
                .autoCommitDisabled()
                .open();
        store.setRetentionTime(0);
        return store;
    }

    private static void writeAll(Region region, int writes) {
        for (int i = 0; i < ENTRIES; i++) {
            region.put(number(i), new byte[] {(byte) writes});
        }
    }

    /** Written twice: the file's first piece has also what is never written again, and so is never let go of. */
    private static Region openInTheFileOnly(Regions regions) {
        Region tickets = regions.open(TICKETS);
        for (int writes = 0; writes < 2; writes++) {
            writeAll(tickets, writes);
            regions.keep();
        }
        return tickets;
    }

    @Test
    void whoeverReadsSlowlyGetsAllEntriesThoughTheyAreWrittenAgain() {
        try (MVStore store = storeThatUsesSpaceAgainAtOnce()) {
            Regions regions = new Regions(store);
            Region tickets = openInTheFileOnly(regions);
            Region.Entries slow = tickets.entries();
            Region.Entries slowBackwards = tickets.entriesBackwards();
            List<Long> read = new ArrayList<>();
            List<Long> readBackwards = new ArrayList<>();

            for (int writes = 1; slow.next() && slowBackwards.next(); writes++) {
                read.add(number(slow.key()));
                readBackwards.add(number(slowBackwards.key()));
                if (read.size() % 50 == 0) {
                    writeAll(tickets, writes);
                    regions.keep();
                }
            }

            assertThat(read).isEqualTo(LongStream.range(0, ENTRIES).boxed().toList());
            assertThat(readBackwards)
                    .isEqualTo(LongStream.iterate(ENTRIES - 1, n -> n - 1)
                            .limit(ENTRIES)
                            .boxed()
                            .toList());
        }
    }

    /** As with a cursor of the file's map itself. */
    @Test
    void withoutHoldingOnToWhatIsReadItIsGone() {
        try (MVStore store = storeThatUsesSpaceAgainAtOnce()) {
            Regions regions = new Regions(store);
            Region tickets = openInTheFileOnly(regions);
            Cursor<byte[], byte[]> slow =
                    store.<byte[], byte[]>openMap("regions").cursor(null);
            slow.next();
            for (int writes = 1; writes < 10; writes++) {
                writeAll(tickets, writes);
                regions.keep();
            }

            assertThatThrownBy(() -> slow.forEachRemaining(key -> {}))
                    .isInstanceOf(MVStoreException.class)
                    .hasMessageContaining("not found");
        }
    }

    /** In {@link PinnedMap}, and with the map itself. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsReadIsThereWhileItIsWrittenAgain(boolean pinned) throws InterruptedException {
        try (MVStore store = storeThatUsesSpaceAgainAtOnce()) {
            store.setVersionsToKeep(0);
            Regions regions = new Regions(store);
            Region tickets = regions.open(TICKETS);
            writeAll(tickets, 0);
            regions.keep();
            MVMap<byte[], byte[]> map = store.openMap("regions");
            PinnedMap pins = new PinnedMap(map);
            byte[] key = ByteBuffer.allocate(12)
                    .putInt(tickets.number())
                    .putLong(ENTRIES / 2)
                    .array();
            AtomicReference<RuntimeException> gone = new AtomicReference<>();
            AtomicBoolean stop = new AtomicBoolean();
            List<Thread> readers = Stream.generate(() -> new Thread(() -> {
                        try {
                            while (!stop.get()) {
                                byte[] found = pinned ? pins.get(key) : map.get(key);
                                assertThat(found).isNotNull();
                            }
                        } catch (RuntimeException e) {
                            gone.set(e);
                        }
                    }))
                    .limit(4)
                    .toList();

            readers.forEach(Thread::start);
            for (int writes = 1; writes < (pinned ? 1_000 : 20_000) && gone.get() == null; writes++) {
                tickets.put(number(ENTRIES / 2), new byte[] {(byte) writes});
                regions.keep();
            }
            stop.set(true);
            for (Thread reader : readers) {
                reader.join();
            }

            if (pinned) {
                assertThat(gone).hasNullValue();
            } else {
                // Or, where its space has been used again, it is something else.
                assertThat(gone.get()).isInstanceOf(MVStoreException.class);
            }
        }
    }

    /** What the projector does: first tickets, then how far they go. */
    @Test
    void whatTheFileKeepsOfTwoCollectionsIsOfOneMoment() throws InterruptedException {
        try (MVStore store = MVStore.open(file.toString())) {
            Regions regions = new Regions(store);
            List<Region> both = List.of(regions.open(TICKETS), regions.open(POSITIONS));
            assertThat(brokenVersions(store, (first, number) -> both.get(first).put(KEY, number(number)), version -> {
                        MVMap<byte[], byte[]> map = store.openMap("regions");
                        PinnedMap then = new PinnedMap(map.openVersion(version));
                        return new long[] {
                            number(new Region(then, both.get(0).number()).get(KEY)),
                            number(new Region(then, both.get(1).number()).get(KEY))
                        };
                    }))
                    .isZero();
        }
    }

    /** As it was with a map for each collection. */
    @Test
    void withAMapForEachItIsNot() throws InterruptedException {
        try (MVStore store = MVStore.open(file.toString())) {
            List<MVMap<Integer, Long>> maps = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                maps.add(store.openMap("map-" + i));
            }
            List<MVMap<Integer, Long>> both = List.of(maps.get(0), maps.get(11));
            assertThat(brokenVersions(store, (first, number) -> both.get(first).put(0, number), version -> new long[] {
                        both.get(0).openVersion(version).getOrDefault(0, 0L),
                        both.get(1).openVersion(version).getOrDefault(0, 0L)
                    }))
                    .isPositive();
        }
    }

    /** Of how many versions that the file keeps the second collection knows more than the first. */
    private static int brokenVersions(MVStore store, ObjLongConsumer<Integer> put, LongFunction<long[]> read)
            throws InterruptedException {
        store.setAutoCommitDelay(0);
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (long number = 1; !stop.get(); number++) {
                put.accept(0, number);
                put.accept(1, number);
            }
        });
        put.accept(0, 0);
        put.accept(1, 0);
        writer.start();
        int broken = 0;
        int seen = 0;
        // Until it has been seen to break, or often enough that it would have.
        while (seen < 2_000 && broken == 0) {
            long version = store.commit() - 1;
            if (version > 1) {
                long[] found = read.apply(version);
                broken += found[0] < found[1] ? 1 : 0;
                seen++;
            }
        }
        stop.set(true);
        writer.join();
        return broken;
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long number(byte[] bytes) {
        return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
    }
}
