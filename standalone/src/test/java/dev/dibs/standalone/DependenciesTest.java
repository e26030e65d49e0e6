package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What Dibs is made of stands in {@code docs/dependencies.md}, and nothing else is in it. After a change it is written
 * with {@code ./mvnw -pl standalone -am test -Dtest=DependenciesTest -Ddependencies.write=true}.
 */
class DependenciesTest {
    private static final Path LIST = Path.of("../docs/dependencies.md");
    /** Written by the build, one in each module: what it needs to run. */
    private static final String CLASS_PATH = "target/runtime-class-path.txt";

    /** What ships; the modules of tests do not. */
    private static final List<String> MODULES = List.of(
            "schemas",
            "api",
            "stream-processor",
            "projector",
            "audit",
            "embedded-servers",
            "benchmarks",
            "chaos",
            "standalone");

    private static final Pattern RANGE_OR_MOVING = Pattern.compile("[\\[(,]|^(LATEST|RELEASE)$|SNAPSHOT");

    @Test
    void theListIsWhatTheProgramIsMadeOf() throws IOException {
        String list = list(used());
        if (Boolean.getBoolean("dependencies.write")) {
            Files.writeString(LIST, list);
        }

        assertThat(LIST).as("write it anew with -Ddependencies.write=true").hasContent(list);
    }

    @Test
    void everyVersionIsPinnedAndThereIsOneOfEach() throws IOException {
        Map<String, Set<String>> versions = new TreeMap<>();
        used().keySet()
                .forEach(library -> versions.computeIfAbsent(library.name(), name -> new TreeSet<>())
                        .add(library.version()));

        assertThat(versions).isNotEmpty().allSatisfy((name, found) -> {
            assertThat(found).hasSize(1);
            assertThat(found.iterator().next()).doesNotContainPattern(RANGE_OR_MOVING);
        });
    }

    @Test
    void everyLibrarySaysUnderWhichLicenseItIs() throws IOException {
        assertThat(used().keySet()).extracting(Library::license).doesNotContain("not stated", "");
    }

    private static Map<Library, Set<String>> used() throws IOException {
        Map<Library, Set<String>> used =
                new TreeMap<>(Comparator.comparing(Library::name).thenComparing(Library::version));
        for (String module : MODULES) {
            String classPath =
                    Files.readString(Path.of("..", module, CLASS_PATH)).strip();
            Stream.of(classPath.split(Pattern.quote(File.pathSeparator)))
                    .filter(path -> path.endsWith(".jar"))
                    .filter(path -> !path.contains("dev/dibs/") && !path.contains("/dibs-"))
                    .map(path -> Library.of(Path.of(path)))
                    .forEach(library -> used.computeIfAbsent(
                                    library, l -> new TreeSet<>(Comparator.comparing(MODULES::indexOf)))
                            .add(module));
        }
        return used;
    }

    private static String list(Map<Library, Set<String>> used) {
        StringBuilder list = new StringBuilder("""
                # What Dibs is made of

                Every library that ships, by its version. Versions are pinned: those that are ours to choose in the root
                `pom.xml`, the others by the lists of Spring Boot, Reactor and Netty that it imports. Ranges and moving versions
                are refused by the build. `DependenciesTest` writes this list and keeps it true, so that a change of a version is
                seen in a review, and the list can be held against one of known vulnerabilities where such a list is at hand.

                | library | version | license | used by |
                |---|---|---|---|
                """);
        used.forEach((library, modules) -> list.append("| %s | %s | %s | %s |\n"
                .formatted(library.name(), library.version(), library.license(), String.join(", ", modules))));
        return list.toString();
    }
}
