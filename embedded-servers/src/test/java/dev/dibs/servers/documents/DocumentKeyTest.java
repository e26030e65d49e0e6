package dev.dibs.servers.documents;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DocumentKeyTest {
    private static final long NO_DOUBLE = (1L << 53) + 1;

    @Test
    void numbersAreTheSameIdWhateverTheyAreStoredAs() {
        assertThat(DocumentKey.of(1)).isEqualTo(DocumentKey.of(1L)).isEqualTo(DocumentKey.of(1.0));
        assertThat(DocumentKey.of(-0.0)).isEqualTo(DocumentKey.of(0));
        assertThat(DocumentKey.of(new Document("a", 1))).isEqualTo(DocumentKey.of(new Document("a", 1.0)));
    }

    @Test
    void idsOfDifferentTypesOrValuesAreNeverTheSame() {
        // Given
        UUID uuid = UUID.fromString("00000000-0000-0000-0000-000000000001");
        List<Object> ids = Arrays.asList(
                null,
                "",
                "1",
                "1\0",
                1,
                1.5,
                NO_DOUBLE,
                NO_DOUBLE + 1,
                NO_DOUBLE + 2,
                true,
                false,
                Instant.ofEpochMilli(1),
                new ObjectId(new byte[12]),
                new BinData(new byte[16]),
                new BinData("1".getBytes(StandardCharsets.UTF_8)),
                uuid,
                new Document("a", 1),
                new Document("a", "1"),
                new Document("a", 1).append("b", 1),
                new Document("b", 1).append("a", 1));
        // When
        List<DocumentKey> keys = ids.stream().map(DocumentKey::of).toList();
        // Then
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void textsNumbersAndDatesSortByValue() {
        // Given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        List<Double> numbers = new ArrayList<>(
                List.of(Double.NEGATIVE_INFINITY, -Double.MIN_VALUE, 0.0, Double.MIN_VALUE, Double.POSITIVE_INFINITY));
        List<Instant> dates = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            texts.add("t" + random.nextInt(100_000));
            numbers.add(random.nextGaussian() * Math.pow(10, random.nextInt(20)));
            dates.add(Instant.ofEpochMilli(random.nextLong(-1L << 40, 1L << 40)));
        }
        // Then
        for (List<?> values : List.of(texts, numbers, dates)) {
            assertSortedAlike(values, seed);
        }
    }

    private static <T> void assertSortedAlike(List<T> values, long seed) {
        List<DocumentKey> keys =
                new ArrayList<>(values.stream().map(DocumentKey::of).toList());
        Collections.sort(keys);
        List<DocumentKey> expected =
                values.stream().sorted().map(DocumentKey::of).toList();
        assertThat(keys).describedAs("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void aLongThatNoDoubleIsStandsBetweenItsNeighbours() {
        assertThat(DocumentKey.of(NO_DOUBLE))
                .isGreaterThan(DocumentKey.of(NO_DOUBLE - 1))
                .isNotEqualTo(DocumentKey.of(NO_DOUBLE + 1));
        assertThat(DocumentKey.of(Long.MAX_VALUE)).isGreaterThan(DocumentKey.of(NO_DOUBLE));
        assertThat(DocumentKey.of(Long.MIN_VALUE + 1)).isLessThan(DocumentKey.of(0));
    }
}
