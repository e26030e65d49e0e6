package dev.dibs.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Whatever keeps the processor from starting is said in one line, and the program ends with an error. */
@ExtendWith(OutputCaptureExtension.class)
final class ProcessorApplicationTest {
    /** Nothing listens there: it is a port that only root may open. */
    private static final String NOWHERE = "127.0.0.1:1";

    @TempDir
    private Path dataDir;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --dibs.kafka=127.0.0.1:1    | Kafka cannot be reached at 127.0.0.1:1 within 1 s (dibs.kafka)
            --dibs.kafak=127.0.0.1:1    | dibs.kafak is not a setting; did you mean dibs.kafka?
            --dibs.partitions=0         | dibs.partitions must be 1 to 1000 but is 0
            --dibs.partitions=many      | dibs.partitions
            --dibs.kafka=here           | dibs.kafka must be host:port
            --dibs.instance=a/b         | dibs.instance must be
            --dibs.standby-replicas=9   | dibs.standby-replicas must be 0 to 8 but is 9
            --dibs.pseudonym.key=short  | set DIBS_PSEUDONYM_KEY (or dibs.pseudonym.key) to a secret of at least 32
            --dibs.start.timeout=1ms    | dibs.start.timeout must be at least 1s
            """)
    void saysInOneLineWhatKeepsItFromStarting(String argument, String message, CapturedOutput output) {
        int status = ProcessorApplication.run("--dibs.data.dir=" + dataDir, argument, soon(argument), key(argument));

        assertThat(status).isEqualTo(1);
        assertThat(output.getErr()).isEmpty();
        assertThat(output.getOut().lines().filter(line -> !line.contains(" INFO ")))
                .singleElement()
                .asString()
                .contains("The stream-processor cannot start: ")
                .contains(message);
    }

    /** The environment is the only way by which Docker Compose sets anything, and Spring never looks at its names. */
    @Test
    void aMisspeltVariableIsRefused() {
        StandardEnvironment environment = new StandardEnvironment();
        String variables = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(variables, new SystemEnvironmentPropertySource(variables, Map.of("DIBS_REPLICATON", "3")));

        assertThatThrownBy(() -> run(ProcessorApplication.builder().environment(environment)))
                .hasStackTraceContaining("DIBS_REPLICATON is not a setting; did you mean DIBS_REPLICATION?");
    }

    @Test
    void settingsOfTheOtherServicesAreLeftToThem() {
        assertThatThrownBy(() -> run(ProcessorApplication.builder(), "--dibs.port=1", "--dibs.trusted-proxies[0]=::1"))
                .hasStackTraceContaining("Kafka cannot be reached at " + NOWHERE);
    }

    /** A program that holds the application sees the error itself. */
    @Test
    void tellsWhoeverHoldsIt() {
        assertThatThrownBy(() -> run(ProcessorApplication.builder()))
                .hasStackTraceContaining("Kafka cannot be reached at " + NOWHERE);
    }

    private void run(SpringApplicationBuilder application, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--dibs.kafka=" + NOWHERE,
                "--dibs.data.dir=" + dataDir,
                "--dibs.pseudonym.key=" + Samples.PSEUDONYM_KEY,
                "--dibs.start.timeout=1s"));
        arguments.addAll(List.of(more));
        application.run(arguments.toArray(String[]::new)).close();
    }

    private static String key(String argument) {
        return argument.contains("pseudonym") ? "--dibs.health.file=" : "--dibs.pseudonym.key=" + Samples.PSEUDONYM_KEY;
    }

    /** Nobody wants to wait for Kafka here; but an argument must not be given twice. */
    private static String soon(String argument) {
        return argument.contains("timeout") ? "--dibs.replication=1" : "--dibs.start.timeout=1s";
    }
}
