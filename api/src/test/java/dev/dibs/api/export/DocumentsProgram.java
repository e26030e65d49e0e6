package dev.dibs.api.export;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** A server of documents in plain maps, in a process of its own. Says where it is, and ends with who has started it. */
final class DocumentsProgram {
    private DocumentsProgram() {}

    public static void main(String[] args) throws Exception {
        MongoServer server = new MongoServer(new MemoryBackend());
        System.out.println("mongodb://127.0.0.1:" + server.bind().getPort());
        // Of the process that has started this one, which writes nothing.
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        server.shutdownNow();
        System.exit(0);
    }
}
