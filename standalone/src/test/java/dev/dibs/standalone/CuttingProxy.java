package dev.dibs.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server, and breaks the first exports off so many bytes behind the beginning of their rows. */
final class CuttingProxy implements AutoCloseable {
    private static final String EXPORT = "content-type: text/csv";
    private static final String BODY = "\r\n\r\n";

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final URI server;
    private final int bytes;
    private final AtomicInteger cuts;

    CuttingProxy(URI server, int cuts, int bytes) throws IOException {
        this.server = server;
        this.cuts = new AtomicInteger(cuts);
        this.bytes = bytes;
        threads.execute(this::let);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    int cutsLeft() {
        return cuts.get();
    }

    private void let() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
                threads.execute(() -> carry(client, behind, false));
                threads.execute(() -> carry(behind, client, true));
            } catch (IOException e) {
                // The door was closed, or a client was gone before it was let in.
                continue;
            }
        }
    }

    private void carry(Socket from, Socket to, boolean cutting) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            StringBuilder seen = new StringBuilder();
            byte[] buffer = new byte[4_096];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int keep = cutting ? kept(seen, buffer, read) : read;
                out.write(buffer, 0, keep);
                out.flush();
                if (keep < read) {
                    return;
                }
            }
        } catch (IOException e) {
            // Either side has gone, and now both have.
            return;
        }
    }

    /** How many of these bytes go through. */
    private int kept(StringBuilder seen, byte[] buffer, int read) {
        int before = seen.length();
        seen.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        int export = seen.toString().toLowerCase(Locale.ROOT).indexOf(EXPORT);
        int body = export < 0 ? -1 : seen.indexOf(BODY, export);
        if (body < 0
                || seen.length() <= body + BODY.length() + bytes
                || cuts.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
            return read;
        }
        return Math.max(0, body + BODY.length() + bytes - before);
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
