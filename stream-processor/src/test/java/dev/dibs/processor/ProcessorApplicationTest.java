package dev.dibs.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

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
            --dibs.kafak=127.0.0.1:1    | unknown configuration: dibs.kafak
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

    /** A program that holds the application sees the error itself. */
    @Test
    void tellsWhoeverHoldsIt() {
        assertThatThrownBy(() -> ProcessorApplication.builder()
                        .run(
                                "--dibs.kafka=" + NOWHERE,
                                "--dibs.data.dir=" + dataDir,
                                "--dibs.pseudonym.key=" + Samples.PSEUDONYM_KEY,
                                "--dibs.start.timeout=1s"))
                .hasStackTraceContaining("Kafka cannot be reached at " + NOWHERE);
    }

    private static String key(String argument) {
        return argument.contains("pseudonym") ? "--dibs.health.file=" : "--dibs.pseudonym.key=" + Samples.PSEUDONYM_KEY;
    }

    /** Nobody wants to wait for Kafka here; but an argument must not be given twice. */
    private static String soon(String argument) {
        return argument.contains("timeout") ? "--dibs.replication=1" : "--dibs.start.timeout=1s";
    }
}
