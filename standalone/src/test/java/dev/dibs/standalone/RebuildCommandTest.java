package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What cannot be rebuilt is said in one line. */
class RebuildCommandTest {
    @Test
    void itMustBeSaidWhat() {
        assertThat(Program.run("rebuild").status()).isEqualTo(2);
    }

    @Test
    void aProjectionNeedsItsDataFolder() {
        assertThat(Program.run("rebuild", "projection", "--data", "no-such-folder")
                        .errorLines())
                .singleElement()
                .asString()
                .contains("there is no data folder");
    }

    @Test
    void statisticsNeedKafka() {
        assertThat(Program.run("rebuild", "stats", "--kafka", "127.0.0.1:1").errorLines())
                .singleElement()
                .asString()
                .contains("nothing is rebuilt without it");
    }
}
