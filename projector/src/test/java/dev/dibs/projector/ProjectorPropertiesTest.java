package dev.dibs.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

final class ProjectorPropertiesTest {

    @Test
    void theDefaultsWork() {
        // When
        ProjectorProperties properties = bind(Map.of());

        // Then
        assertThat(properties.kafka()).isEqualTo("127.0.0.1:9092");
        assertThat(properties.mongodb()).isEqualTo("mongodb://127.0.0.1:27017");
        assertThat(properties.database()).isEqualTo("dibs");
        assertThat(properties.instance()).hasSize(8);
        assertThat(properties.rebuild()).isFalse();
        assertThat(properties.health().file()).isNull();
        assertThat(properties.start().timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void everythingCanBeSet() {
        // When
        ProjectorProperties properties = bind(Map.of(
                "dibs.kafka", "a:1,b:2",
                "dibs.mongodb", "mongodb://u:p@a,b/?replicaSet=r",
                "dibs.instance", "p1",
                "dibs.rebuild", "true",
                "dibs.health.file", "/tmp/alive",
                "dibs.start.timeout", "5s"));

        // Then
        assertThat(properties.instance()).isEqualTo("p1");
        assertThat(properties.rebuild()).isTrue();
        assertThat(properties.health().file()).isEqualTo(Path.of("/tmp/alive"));
        assertThat(properties.start().timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dibs.kafka         | nowhere        | dibs.kafka must be host:port
            dibs.mongodb       | http://a       | dibs.mongodb must be a MongoDB connection string
            dibs.database      | a/b            | dibs.database must have 1 to 63
            dibs.instance      | a b            | dibs.instance must have 1 to 64
            dibs.start.timeout | 10ms           | dibs.start.timeout must be at least 1s
            """)
    void whatIsWrongIsRefusedByName(String key, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of(key, value))).rootCause().hasMessageContaining(message);
    }

    @Test
    void aPasswordIsNotRepeated() {
        assertThatThrownBy(() -> bind(Map.of("dibs.mongodb", "mongo://u:secret@a")))
                .rootCause()
                .hasMessageNotContaining("secret");
    }

    private static ProjectorProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(new HashMap<>(values)))
                .bindOrCreate("dibs", ProjectorProperties.class);
    }
}
