package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The commands of the README, run in a folder of their own, in which {@code ./dibs} is what this build has made. */
final class Readme {
    private static final int LIMIT_MINUTES = 5;

    private final Path folder;

    private Readme(Path folder) {
        this.folder = folder;
    }

    static Readme in(Path folder) throws IOException {
        // What the script dibs starts once it has built.
        Path script = Files.writeString(
                folder.resolve("dibs"),
                "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp '%s' %s \"$@\"\n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"),
                                Dibs.class.getName()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return new Readme(folder);
    }

    /** The blocks of shell commands of a chapter, and of those that follow upon it, in the order in which one reads them. */
    static List<String> blocks(String... chapters) throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        List<String> blocks = new ArrayList<>();
        int start = 0;
        for (String chapter : chapters) {
            start = readme.indexOf("\n## " + chapter + "\n", start);
            assertThat(start).as("the README has a chapter %s there", chapter).isNotNegative();
            int end = readme.indexOf("\n## ", start + 1);
            Pattern.compile("(?ms)^```sh\\n(.*?)^```$")
                    .matcher(readme.substring(start, end))
                    .results()
                    .map((MatchResult block) -> block.group(1))
                    .forEach(blocks::add);
            start = end;
        }
        return blocks;
    }

    /** Runs it up to the first command that fails, and demands that none does; answers what it has shown. */
    List<String> run(String block) throws IOException, InterruptedException {
        Shown shown = show(block);
        assertThat(shown.status()).as("%s%n%s", block, shown.lines()).isZero();
        return shown.lines();
    }

    record Shown(int status, List<String> lines) {}

    /** Runs it up to the first command that fails. */
    Shown show(String block) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "block", ".txt");
        ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", block)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DIBS_"));
        Process process = builder.start();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return new Shown(process.exitValue(), Files.readAllLines(out));
    }
}
