package dev.dibs.servers;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded document database as a program of its own. Its arguments are a folder and a port. */
public final class DocumentDatabase {
    private static final Logger log = LoggerFactory.getLogger(DocumentDatabase.class);

    private DocumentDatabase() {}

    public static void main(String[] args) throws InterruptedException {
        EmbeddedMongo server = EmbeddedMongo.start(Path.of(args[0]), Integer.parseInt(args[1]));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        },
                        "document-database-stop"));
        log.info("The document database is up at {}", server.uri());
        stopped.await();
    }
}
