package dev.dibs.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** Rules over the sources of all modules, which their classes do not show. */
class SourcesTest {
    private static final Path ROOT = root();
    private static final Map<String, String> PACKAGES_OF_SERVICES =
            Map.of("api", "dev.dibs.api", "stream-processor", "dev.dibs.processor", "projector", "dev.dibs.projector");

    @Test
    void theNamesOfTopicsStandInOnePlace() {
        String names = Topics.all(1, (short) 1).stream()
                .map(NewTopic::name)
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        Pattern inALiteral = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*(?:" + names + ")");

        List<Path> found = containing(sources(ROOT), inALiteral);

        assertThat(found).extracting(path -> path.getFileName().toString()).containsExactly("Topics.java");
    }

    @Test
    void noServiceKnowsAnotherOne() {
        PACKAGES_OF_SERVICES.forEach((module, own) -> PACKAGES_OF_SERVICES.values().stream()
                .filter(other -> !other.equals(own))
                .forEach(other -> assertThat(containing(
                                sources(ROOT.resolve(module)), Pattern.compile("\\b" + Pattern.quote(other) + "\\.")))
                        .as("%s knows %s", module, other)
                        .isEmpty()));
    }

    @Test
    void everyPackageSaysInASentenceWhatItIsFor() {
        Map<Path, Boolean> described = new TreeMap<>();
        for (Path source : sources(ROOT)) {
            described.merge(source.getParent(), source.endsWith("package-info.java"), Boolean::logicalOr);
        }

        assertThat(described).isNotEmpty().doesNotContainValue(false);
    }

    private static List<Path> containing(List<Path> sources, Pattern pattern) {
        List<Path> found = new ArrayList<>();
        for (Path source : sources) {
            try {
                if (pattern.matcher(Files.readString(source)).find()) {
                    found.add(source);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    /** The main sources of the modules in this folder, or of the module that it is. */
    private static List<Path> sources(Path folder) {
        try (Stream<Path> modules = Files.list(folder)) {
            List<Path> roots = Stream.concat(Stream.of(folder), modules)
                    .map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList();
            List<Path> sources = new ArrayList<>();
            for (Path root : roots) {
                try (Stream<Path> files = Files.walk(root)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The repository, whether the test is started in it or in this module. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("schemas/pom.xml"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("Tests must be started within the repository");
            }
        }
        return folder;
    }
}
