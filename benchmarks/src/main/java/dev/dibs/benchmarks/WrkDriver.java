package dev.dibs.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** wrk with a small script that puts each buyer's token into the request and prints what it measured as JSON. */
final class WrkDriver implements Driver {
    private static final String PROGRAM = "wrk";
    /** The script's line with the result begins with this. */
    private static final String RESULT = "DIBS-RESULT ";

    private final Path folder;
    private final Path script;
    private final JsonMapper json = new JsonMapper();

    /** @param folder where the script and the driver's output are put */
    WrkDriver(Path folder) throws IOException {
        this.folder = folder;
        this.script = folder.resolve("wrk.lua");
        try (InputStream source = WrkDriver.class.getResourceAsStream("wrk.lua")) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static boolean isInstalled() {
        return Programs.isInstalled(PROGRAM);
    }

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public Measurement run(Load load, int connections, Duration time) throws IOException, InterruptedException {
        List<String> command = List.of(
                PROGRAM,
                // One thread: wrk starts a thread's load while the next one still reads its tokens.
                "--threads",
                "1",
                "--connections",
                Integer.toString(connections),
                "--duration",
                time.toSeconds() + "s",
                "--timeout",
                "5s",
                "--script",
                script.toString(),
                load.uri().toString(),
                load.tokens().map(Path::toString).orElse("-"));
        String output = Programs.run(command, folder, time.plusSeconds(60));
        return output.lines()
                .filter(line -> line.startsWith(RESULT))
                .map(line -> json.readValue(line.substring(RESULT.length()), Measurement.class))
                .findFirst()
                .orElseThrow(() -> new IOException("wrk printed no result: " + output.strip()));
    }
}
