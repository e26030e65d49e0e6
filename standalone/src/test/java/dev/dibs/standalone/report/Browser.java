package dev.dibs.standalone.report;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium that is installed, run without a screen; it is given a folder of its own for what it keeps. */
final class Browser {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    /** What a page came to: its elements after its scripts have run, and what the browser complained of. */
    record Shown(String dom, List<String> console) {}

    private final Path program;
    private final Path folder;

    private Browser(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    static Optional<Browser> installed(Path folder) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Browser(program, folder));
    }

    Shown open(Path page) throws IOException, InterruptedException {
        Path dom = run(List.of("--dump-dom"), page);
        List<String> console = Files.readAllLines(errors()).stream()
                .filter(line -> line.contains("CONSOLE"))
                .toList();
        return new Shown(Files.readString(dom), console);
    }

    void photograph(Path page, Path picture, int width, int height, String... more)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(
                "--screenshot=" + picture.toAbsolutePath(),
                "--window-size=" + width + "," + height,
                "--hide-scrollbars"));
        options.addAll(List.of(more));
        run(options, page);
    }

    private Path errors() {
        return folder.resolve("browser.err");
    }

    private Path run(List<String> options, Path page) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                "--enable-logging=stderr",
                "--force-device-scale-factor=1",
                "--virtual-time-budget=5000",
                "--user-data-dir=" + folder.resolve("profile").toAbsolutePath()));
        command.addAll(options);
        command.add(page.toUri().toString());
        Path out = folder.resolve("browser.out");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(errors().toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("the browser did not end: " + Files.readString(errors()));
        }
        return out;
    }
}
