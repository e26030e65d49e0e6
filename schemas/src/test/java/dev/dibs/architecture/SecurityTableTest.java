package dev.dibs.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A threat whose test is gone is a threat without a guard: what docs/security.md names must exist. */
class SecurityTableTest {
    private static final Path ROOT = root();
    /** A class of tests, and a method of it if one is named. */
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT))(?:\\.(\\w+))?`");

    private static final Pattern ROW = Pattern.compile("(?m)^\\|(?!---)(?! threat ).*\\|$");

    private final String table = read(ROOT.resolve("docs/security.md"));
    private final Map<String, String> tests = tests();

    @Test
    void everyTestThatTheTableNamesExists() {
        List<String> missing = NAMED.matcher(table)
                .results()
                .filter(named -> !exists(named.group(1), named.group(2)))
                .map(named -> named.group())
                .distinct()
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void everyThreatHasATest() {
        List<String> rows = ROW.matcher(table).results().map(row -> row.group()).toList();

        assertThat(rows).hasSizeGreaterThan(40).allMatch(row -> row.split("\\|").length == 4, "three columns");
        assertThat(rows).allMatch(row -> NAMED.matcher(row.split("\\|")[3]).find(), "a test in the third column");
    }

    @Test
    void aNameThatIsNotThereIsSeen() {
        assertThat(exists("SecurityTableTest", "aNameThatIsNotThereIsSeen")).isTrue();
        assertThat(exists("SecurityTableTest", "somethingElse")).isFalse();
        assertThat(exists("NoSuchTest", null)).isFalse();
    }

    private boolean exists(String testClass, String method) {
        String source = tests.get(testClass);
        return source != null
                && (method == null
                        || Pattern.compile("\\s" + Matcher.quoteReplacement(method) + "\\(")
                                .matcher(source)
                                .find());
    }

    /** Sources by the names of their classes; two modules may have one of a name. */
    private static Map<String, String> tests() {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path folder : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .forEach(file -> sources.merge(
                                    file.getFileName().toString().replace(".java", ""), read(file), String::concat));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
