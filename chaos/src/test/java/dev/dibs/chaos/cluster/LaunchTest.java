package dev.dibs.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchTest {
    @Test
    void whatIsPreferredStandsBeforeEverythingElseOnTheClassPath() {
        Launch usual = Launch.java(64, "some.Main", List.of());

        Launch doctored = usual.preferring(Path.of("doctored"));

        assertThat(doctored.command()).isEqualTo(usual.command());
        assertThat(doctored.environment().get("CLASSPATH"))
                .isEqualTo("doctored" + File.pathSeparator + System.getProperty("java.class.path"));
    }
}
