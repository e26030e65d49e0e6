package dev.dibs.servers;

import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of the document database. */
final class DocumentFile {
    private static final Logger log = LoggerFactory.getLogger(DocumentFile.class);

    /** How ids and documents are written; 0 was the document database's own way, 1 had a map for each collection. */
    private static final int FORMAT = 2;
    /** A sale of 100,000 tickets and their codes is about 40 MB; MVStore reads and decodes pages anew beyond this. */
    private static final int CACHE_MB = 64;
    /** Every commit writes the changed pages whole: with the usual 16 KB an import's file grew to twice the size. */
    private static final int PAGE_BYTES = 4 * 1024;
    /** Writers wait for the disk only when this much is unwritten, and otherwise leave it to the background. */
    private static final int UNWRITTEN_KB = 16 * 1024;

    /** At once, because each write is synced: with the usual 45 s a file that is written all the time grew twelvefold. */
    private static final int USE_SPACE_AGAIN_AFTER_MILLIS = 0;

    private DocumentFile() {}

    /** @throws ServerStartException if the file cannot be opened or has another format */
    static MVStore open(Path file, String server) {
        try {
            MVStore store = new MVStore.Builder()
                    .fileName(file.toString())
                    .cacheSize(CACHE_MB)
                    .pageSplitSize(PAGE_BYTES)
                    .autoCommitBufferSize(UNWRITTEN_KB)
                    .backgroundExceptionHandler((thread, e) -> log.error("Writing {} failed; error={}", file, e, e))
                    .open();
            checkFormat(store, file, server);
            store.setRetentionTime(USE_SPACE_AGAIN_AFTER_MILLIS);
            return store;
        } catch (MVStoreException e) {
            throw new ServerStartException(
                    "%s cannot start: %s cannot be opened: %s".formatted(server, file, e.getMessage()), e);
        }
    }

    private static void checkFormat(MVStore store, Path file, String server) {
        if (store.getMapNames().isEmpty()) {
            store.setStoreVersion(FORMAT);
        } else if (store.getStoreVersion() != FORMAT) {
            int found = store.getStoreVersion();
            store.closeImmediately();
            throw new ServerStartException(("%s cannot start: %s has format %d, this version of Dibs reads %d;"
                            + " use another data folder, or the version that wrote it")
                    .formatted(server, file, found, FORMAT));
        }
    }
}
