package dev.dibs.e2e;

import static org.awaitility.Awaitility.await;

import dev.dibs.api.ApiApplication;
import dev.dibs.codes.CodeFingerprint;
import dev.dibs.codes.CodeSeal;
import dev.dibs.codes.CodeSecrets;
import dev.dibs.processor.ProcessorApplication;
import dev.dibs.projector.ProjectorApplication;
import dev.dibs.pseudonyms.Pseudonyms;
import dev.dibs.servers.FreePorts;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Two instances of the API, the stream-processor and the projector, on the servers that the tests run against. */
final class Services implements AutoCloseable {
    static final String ADMIN_PASSWORD = "operators-password-for-tests";
    static final String PSEUDONYM_KEY = "only-for-tests-of-pseudonyms-0123456789";
    static final String JWT_SECRET = "only-for-tests-0123456789-0123456789";

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final Path folder;
    private final String database;
    private final List<String> apiSettings;
    private final List<Integer> ports = List.of(FreePorts.next(), FreePorts.next());
    private final List<ConfigurableApplicationContext> running = new ArrayList<>();

    Services(Path folder, String database) {
        // One user presses two hundred times here; that the limit bites is another test's matter.
        this(folder, database, List.of("--dibs.rate.grabs=0"));
    }

    /** @param apiSettings of both instances of the API, besides where the servers are */
    Services(Path folder, String database, List<String> apiSettings) {
        this.folder = folder;
        this.database = database;
        this.apiSettings = List.copyOf(apiSettings);
    }

    Services start() {
        TestTopics.create();
        parts().forEach(part -> running.add(part.get()));
        awaitReady();
        return this;
    }

    /** As these services make them of codes. */
    static CodeFingerprint fingerprints() {
        return new CodeFingerprint(CodeSecrets.of(List.of(), "", JWT_SECRET));
    }

    /** Opens the codes that these services store. */
    static CodeSeal seal() {
        return new CodeSeal(CodeSecrets.of(List.of(), "", JWT_SECRET));
    }

    /** What buyers are called where analysts read. */
    static Pseudonyms pseudonyms() {
        return new Pseudonyms(PSEUDONYM_KEY);
    }

    private List<Supplier<ConfigurableApplicationContext>> parts() {
        List<Supplier<ConfigurableApplicationContext>> parts = new ArrayList<>();
        parts.add(() -> startOne(
                ProcessorApplication.builder(),
                "--dibs.data.dir=" + folder,
                "--dibs.instance=processor",
                "--dibs.pseudonym.key=" + PSEUDONYM_KEY));
        parts.add(() -> startOne(
                ProjectorApplication.builder(),
                "--dibs.database=" + database,
                "--dibs.mongodb=" + TestServers.mongodb()));
        ports.forEach(port -> parts.add(() -> startApi(port)));
        return parts;
    }

    private ConfigurableApplicationContext startApi(int port) {
        List<String> settings = new ArrayList<>(apiSettings);
        settings.addAll(List.of(
                "--dibs.port=" + port,
                "--dibs.instance=api-" + port,
                "--dibs.redis=" + TestServers.redis(),
                "--dibs.mongodb=" + TestServers.mongodb(),
                "--dibs.database=" + database,
                "--dibs.jwt.secret=" + JWT_SECRET,
                "--dibs.admin.password=" + ADMIN_PASSWORD));
        return startOne(ApiApplication.builder(), settings.toArray(String[]::new));
    }

    private static ConfigurableApplicationContext startOne(SpringApplicationBuilder application, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("--dibs.kafka=" + TestServers.kafka());
        return application.run(arguments.toArray(String[]::new));
    }

    /** An instance takes grabs once it has folded the log; a proxy in front asks the same question. */
    private void awaitReady() {
        Client client = new Client(apis());
        apis().forEach(api -> await().atMost(READY_WITHIN).until(() -> client.isReady(api)));
    }

    /** One service after the other stops, starts again and is ready, as in a rolling deployment. */
    void restartOneByOne() {
        List<Supplier<ConfigurableApplicationContext>> parts = parts();
        for (int i = 0; i < parts.size(); i++) {
            running.get(i).close();
            running.set(i, parts.get(i).get());
            awaitReady();
        }
    }

    /** The stream-processor is gone, until all are started again. */
    void stopProcessor() {
        running.get(0).close();
    }

    /** Every service stops and starts again; the servers stay. */
    void restart() {
        close();
        start();
    }

    /** The instances of the API. */
    List<URI> apis() {
        return ports.stream()
                .map(port -> URI.create("http://127.0.0.1:" + port))
                .toList();
    }

    @Override
    public void close() {
        Collections.reverse(running);
        running.forEach(ConfigurableApplicationContext::close);
        running.clear();
    }
}
