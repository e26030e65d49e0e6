package dev.dibs.api.openapi;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends bytes to a server and reads its answer. Clients of the libraries refuse to send what a hostile one sends, and
 * repair what they can.
 */
final class RawHttp {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int MAX_BODY = 4 * 1024 * 1024;

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    /** @return the last answer; null where the server closed the connection without one */
    Answer send(byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            write(socket, request);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Answer answer = read(in);
            while (answer != null && answer.status() == 100) {
                answer = read(in);
            }
            return answer;
        }
    }

    /** A server that has had enough answers and closes: what could not be written is no failure. */
    private static void write(Socket socket, byte[] request) {
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // The answer is there all the same.
        }
    }

    private static Answer read(InputStream in) throws IOException {
        String first = line(in);
        if (first == null) {
            return null;
        }
        int status = Integer.parseInt(first.split(" ")[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return new Answer(status, headers, body(in, status, headers));
    }

    private static byte[] body(InputStream in, int status, Map<String, String> headers) throws IOException {
        if (status < 200 || status == 204 || status == 304) {
            return new byte[0];
        }
        boolean endless = headers.getOrDefault("content-type", "").startsWith("text/event-stream");
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            return chunks(in, endless);
        }
        if (headers.containsKey("content-length")) {
            return in.readNBytes(Integer.parseInt(headers.get("content-length")));
        }
        return in.readNBytes(MAX_BODY);
    }

    private static byte[] chunks(InputStream in, boolean firstOnly) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (body.size() < MAX_BODY) {
            String size = line(in);
            if (size == null) {
                throw new EOFException("The server broke its answer off");
            }
            int bytes = Integer.parseInt(size.trim(), 16);
            body.write(in.readNBytes(bytes));
            line(in);
            if (bytes == 0 || firstOnly) {
                break;
            }
        }
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                return null;
            }
            if (read != '\r') {
                line.write(read);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
