package dev.dibs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.dibs.testkit.TestServers;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeAuditIT {
    private static final int TICKETS = 60_000;
    /** The rows of one of the places alone would not fit into it, were they kept as they are. */
    private static final String HEAP = "-Xmx64m";

    @TempDir
    Path folder;

    /** In plain maps: the one that keeps a file takes minutes to take in so many rows. */
    private final MongoServer mongo = new MongoServer(new MemoryBackend());

    @AfterEach
    void stopMongo() {
        mongo.shutdownNow();
    }

    @Test
    void needsLittleMemoryForManyRows() throws Exception {
        InetSocketAddress address = mongo.bind();
        String mongoUri = "mongodb://127.0.0.1:" + address.getPort();
        LargeSale large = new LargeSale(mongoUri, folder, TICKETS);
        large.write();
        Path output = folder.resolve("audit.txt");

        Process audit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        AuditProgram.class.getName(),
                        TestServers.kafka(),
                        TestServers.redis(),
                        mongoUri,
                        large.database,
                        large.csv.toString(),
                        large.sale.id.value(),
                        Integer.toString(TICKETS))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        try {
            assertThat(audit.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(audit.exitValue()).as(Files.readString(output)).isEqualTo(AuditProgram.HOLDS);
        } finally {
            audit.destroyForcibly();
        }
    }
}
