package dev.dibs.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackTest {
    @TempDir
    Path folder;

    @Test
    void activitiesAreInTheFolderUnlessKafkaIsGiven() {
        assertThat(activitiesAt(Optional.empty())).isEqualTo("the data folder " + folder);
        assertThat(activitiesAt(Optional.of("live:9092"))).contains("Kafka", "live:9092", "DIBS_KAFKA");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:80",
        "0.0.0.0, http://127.0.0.1:80",
        "::1, http://[::1]:80",
        "::, http://[::1]:80",
        "[::1], http://[::1]:80",
        "tickets.example.com, http://tickets.example.com:80"
    })
    void whereItListensCanBeReached(String host, String url) {
        assertThat(Stack.url(host, 80)).hasToString(url);
        assertThat(Stack.url(host, 80).getHost()).isNotNull();
    }

    private String activitiesAt(Optional<String> kafka) {
        StackOptions options = new StackOptions(
                folder,
                "127.0.0.1",
                0,
                1,
                kafka,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        try (Stack stack = new Stack(options, StackListener.SILENT, DataFolder.open(folder))) {
            return stack.activitiesAt();
        }
    }
}
