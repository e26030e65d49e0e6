package dev.dibs.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.servers.EmbeddedMongo;
import dev.dibs.servers.FreePorts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
final class ProjectorStartTest {

    @Test
    void aMongoThatIsNotThereIsOneClearLine(CapturedOutput output) {
        // Given
        int port = FreePorts.next();

        // When
        assertThatThrownBy(() -> run("--dibs.mongodb=mongodb://u:secret@127.0.0.1:" + port));

        // Then
        assertThat(output)
                .containsOnlyOnce("The projector cannot start: MongoDB at 127.0.0.1:%d (dibs.mongodb)".formatted(port))
                .doesNotContain("\tat ")
                .doesNotContain("secret");
    }

    @Test
    void aKafkaThatIsNotThereIsOneClearLine(CapturedOutput output) {
        try (EmbeddedMongo mongo = EmbeddedMongo.inMemory()) {
            // Given
            int port = FreePorts.next();

            // When
            assertThatThrownBy(() -> run("--dibs.mongodb=" + mongo.uri(), "--dibs.kafka=127.0.0.1:" + port));

            // Then
            assertThat(output)
                    .containsOnlyOnce("The projector cannot start: Kafka at 127.0.0.1:%d (dibs.kafka)".formatted(port))
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aHostThatDoesNotExistIsOneClearLine(CapturedOutput output) {
        try (EmbeddedMongo mongo = EmbeddedMongo.inMemory()) {
            // When
            assertThatThrownBy(() -> run("--dibs.mongodb=" + mongo.uri(), "--dibs.kafka=no.such.host.invalid:9092"));

            // Then
            assertThat(output)
                    .containsOnlyOnce("The projector cannot start: Kafka at no.such.host.invalid:9092 (dibs.kafka)")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void anInvalidValueIsOneClearLine(CapturedOutput output) {
        // When
        assertThatThrownBy(() -> run("--dibs.kafka=nowhere"));

        // Then
        assertThat(output)
                .containsOnlyOnce("The projector cannot start: dibs.kafka must be host:port")
                .doesNotContain("\tat ")
                .doesNotContain("APPLICATION FAILED");
    }

    @Test
    void anUnknownKeyIsOneClearLine(CapturedOutput output) {
        // When
        assertThatThrownBy(() -> run("--dibs.kafak=127.0.0.1:9092"));

        // Then
        assertThat(output)
                .containsOnlyOnce("The projector cannot start: dibs.kafak is not a setting; did you mean dibs.kafka?")
                .doesNotContain("\tat ");
    }

    /** The environment is the only way by which Docker Compose sets anything, and Spring never looks at its names. */
    @Test
    void anUnknownVariableIsOneClearLine(CapturedOutput output) {
        // Given
        StandardEnvironment environment = new StandardEnvironment();
        String variables = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(
                        variables, new SystemEnvironmentPropertySource(variables, Map.of("DIBS_MONGO", "mongodb://a")));

        // When
        assertThatThrownBy(() -> ProjectorApplication.builder()
                .environment(environment)
                .run("--dibs.start.timeout=1s")
                .close());

        // Then
        assertThat(output)
                .containsOnlyOnce("The projector cannot start: DIBS_MONGO is not a setting; did you mean DIBS_MONGODB?")
                .doesNotContain("\tat ");
    }

    @Test
    void theKeysOfOtherServicesAreNoneOfItsBusiness(CapturedOutput output) {
        // When
        assertThatThrownBy(() -> run(
                "--dibs.jwt.secret=x",
                "--dibs.port=1",
                "--dibs.max-connections=1",
                "--dibs.cors.origins=https://a",
                "--dibs.trusted-proxies[0]=::1",
                "--dibs.kafka=nowhere"));

        // Then
        assertThat(output).contains("dibs.kafka must be host:port").doesNotContain("is not a setting");
    }

    private static void run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "--dibs.start.timeout=1s";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        ProjectorApplication.builder().run(all).close();
    }
}
