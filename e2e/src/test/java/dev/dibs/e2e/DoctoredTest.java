package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The runs without a guard are not part of a build; that each guard can still be taken out is. */
class DoctoredTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void whatIsLeftWithoutAGuardCanRunInThePlaceOfTheProduct(Guard guard) throws IOException {
        Path classes = Doctored.without(folder, guard);

        for (Path file : files(classes)) {
            String name = classes.relativize(file).toString();
            assertThat(getClass().getClassLoader().getResource(name))
                    .as("the product has %s", name)
                    .isNotNull();
        }
        assertThat(files(classes))
                .anySatisfy(file -> assertThat(file.getFileName().toString())
                        .startsWith(guard.source().getFileName().toString().replaceAll("\\..*", "")));
    }

    private static List<Path> files(Path classes) throws IOException {
        try (Stream<Path> all = Files.walk(classes)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
