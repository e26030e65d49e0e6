package dev.dibs.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** {@link DriverMain} in a process of its own. */
final class JavaDriver implements Driver {
    private final Path folder;

    /** @param folder where the driver's output is put */
    JavaDriver(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "own client (wrk is not installed)";
    }

    @Override
    public Measurement run(Load load, int connections, Duration time) throws IOException, InterruptedException {
        Path result = Files.createTempFile(folder, "driver", ".json");
        List<String> arguments = List.of(
                load.uri().toString(),
                load.tokens().map(Path::toString).orElse("-"),
                Integer.toString(connections),
                Long.toString(time.toSeconds()),
                result.toString());
        Programs.run(
                Programs.java(List.of("-Xmx1g"), DriverMain.class.getName(), arguments), folder, time.plusSeconds(60));
        Measurement measurement = new JsonMapper().readValue(result.toFile(), Measurement.class);
        Files.delete(result);
        return measurement;
    }
}
