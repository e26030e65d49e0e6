package dev.dibs.testkit;

import dev.dibs.servers.EmbeddedMongo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.mongodb.MongoDBContainer;

/**
 * Each server at hand that speaks MongoDB's protocol, as the parameter of a contract test
 * ({@code @ArgumentsSource(MongoServers.class)}): the embedded one; FerretDB, where its program is installed and {@code DIBS_TEST_FERRETDB} is {@code true}; the one
 * at {@code DIBS_MONGODB}; and MongoDB itself in a container, where there is Docker.
 */
public final class MongoServers implements ArgumentsProvider {
    private static final Logger log = LoggerFactory.getLogger(MongoServers.class);
    private static final Lazy<MongoServers> SHARED = new Lazy<>(MongoServers::open, MongoServers::close);

    /** It is asked only on demand: it has died or taken all memory in the middle of a run, which is nobody's bug here. */
    private static final String FERRET_SWITCH = "DIBS_TEST_FERRETDB";

    private final List<MongoServer> servers = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<Runnable> closers = new ArrayList<>();

    /** For JUnit, which makes one per test; all of them give the same servers. */
    public MongoServers() {}

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return atHand().map(Arguments::of);
    }

    /** The same, for a {@code @MethodSource("dev.dibs.testkit.MongoServers#atHand")}. They live as long as the JVM. */
    public static Stream<MongoServer> atHand() {
        return SHARED.get().servers.stream();
    }

    private static MongoServers open() {
        MongoServers all = new MongoServers();
        all.addEmbedded();
        all.addFerret();
        all.addExternal();
        all.addContainer();
        log.info("MongoDB contracts run against {}; skipped: {}", all.servers, all.skipped);
        Runtime.getRuntime().addShutdownHook(new Thread(SHARED::close, "test-mongo-servers-stop"));
        return all;
    }

    private void addEmbedded() {
        TemporaryFolder folder = TemporaryFolder.create("dibs-test-mongo");
        EmbeddedMongo embedded = EmbeddedMongo.start(folder.path());
        closers.add(embedded::close);
        closers.add(folder::close);
        servers.add(new MongoServer("embedded", embedded.uri()));
    }

    private void addFerret() {
        if (!"true".equals(TestServers.variable(FERRET_SWITCH))) {
            skipped.add("FerretDB (" + FERRET_SWITCH + " is not true)");
            return;
        }
        Optional<FerretServer> ferret = FerretServer.startIfInstalled();
        if (ferret.isEmpty()) {
            skipped.add("FerretDB (no ferretdb on the PATH or in ~/go/bin)");
            return;
        }
        closers.add(ferret.get()::close);
        servers.add(new MongoServer("FerretDB", ferret.get().uri()));
    }

    private void addExternal() {
        String uri = TestServers.variable("DIBS_MONGODB");
        if (uri == null || uri.isBlank()) {
            skipped.add("external (DIBS_MONGODB is not set)");
            return;
        }
        servers.add(new MongoServer("external", uri));
    }

    private void addContainer() {
        if (!ContainerServers.dockerIsAtHand()) {
            skipped.add("MongoDB in a container (no Docker at hand)");
            return;
        }
        MongoDBContainer container = ContainerServers.startMongodb();
        closers.add(container::stop);
        servers.add(new MongoServer("MongoDB", container.getConnectionString()));
    }

    private void close() {
        closers.forEach(Runnable::run);
    }
}
