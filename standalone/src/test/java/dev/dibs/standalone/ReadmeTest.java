package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {
    /** Containers are configured by them, and have their own shell. */
    @ParameterizedTest
    @ValueSource(strings = {"An operator's first hour", "Buyers", "At the door, and afterwards", "For analysts"})
    void noShellIsLeftWithAVariableThatTheProgramTakesForItsOwn(String chapter) throws IOException {
        assertThat(Readme.blocks(chapter)).isNotEmpty().noneMatch(block -> block.contains("export DIBS_"));
    }
}
