package dev.dibs.standalone.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dibs.exports.ExportColumn;
import dev.dibs.exports.ExportFilter;
import dev.dibs.exports.ExportLayout;
import dev.dibs.exports.ExportManifest;
import dev.dibs.exports.ExportManifestCodec;
import dev.dibs.exports.LogPosition;
import dev.dibs.ids.ActivityId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers as a server with one activity does, and breaks its answers off where it is told to. */
final class ExportServer implements AutoCloseable {
    static final LogPosition POSITION = new LogPosition(2, 1_000);
    /** Break off after so many bytes of the body; 503, where it is negative. */
    final List<Integer> breaks = new ArrayList<>();
    /** Queries of results.csv, as they came. */
    final List<String> asked = new ArrayList<>();

    boolean lies;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int rows;

    ExportServer(int rows) throws IOException {
        this.rows = rows;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/user/login", exchange -> answer(exchange, 200, "{\"data\":{\"token\":\"t\"}}"));
        server.createContext("/admin/activities/movie-night/results.csv", this::csv);
        server.createContext("/admin/activities/movie-night/results.json", this::manifest);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What a file of these columns is. */
    byte[] file(List<ExportColumn> columns) {
        return file(columns, null).getBytes(StandardCharsets.UTF_8);
    }

    private String file(List<ExportColumn> columns, Integer after) {
        StringBuilder text = new StringBuilder();
        if (after == null) {
            text.append(String.join(
                            ",", columns.stream().map(ExportColumn::label).toList()))
                    .append("\r\n");
        }
        for (int row = after == null ? 0 : after / 2 + 1; row < rows; row++) {
            int sequence = 2 * row;
            text.append(String.join(
                            ",",
                            columns.stream()
                                    .map(column -> field(column, sequence))
                                    .toList()))
                    .append("\r\n");
        }
        return text.toString();
    }

    private static String field(ExportColumn column, int sequence) {
        return switch (column) {
            case SEQUENCE, GRAB_OFFSET -> Integer.toString(sequence);
            case GRABBED_AT -> "2026-11-26T19:00:%02d.%03dZ".formatted(sequence / 1_000 % 60, sequence % 1_000);
            case REDEEMED_AT -> sequence % 4 == 0 ? "2026-11-26T20:00:00.000Z" : "";
            case CODE -> "\"=code \"\"" + sequence + "\"\",\r\nü\"";
            case REVOKED_AT, STATE_OFFSET -> "";
            case STATE -> sequence % 4 == 0 ? "redeemed" : "granted";
            default -> column.label() + "-" + sequence;
        };
    }

    private void csv(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        int broken;
        synchronized (this) {
            asked.add(exchange.getRequestURI().getQuery());
            broken = breaks.isEmpty() ? Integer.MAX_VALUE : breaks.remove(0);
        }
        if (broken < 0) {
            answer(exchange, 503, "{\"title\":\"no\",\"detail\":\"still reading\"}");
            return;
        }
        Integer after = query.containsKey("after") ? Integer.valueOf(query.get("after")) : null;
        byte[] body = file(ExportColumn.list(query.get("columns")), after).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Dibs-Log-Position", POSITION.toString());
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body, 0, Math.min(broken, body.length));
            if (broken < body.length) {
                out.flush();
                exchange.close();
            }
        } catch (IOException e) {
            // Closing a body that is too short: that is what was meant.
            exchange.close();
        }
    }

    private void manifest(HttpExchange exchange) throws IOException {
        ExportLayout layout = new ExportLayout(ExportColumn.list(query(exchange).get("columns")), false, true);
        byte[] body = file(layout.columns());
        ExportManifest manifest = new ExportManifest(
                new ActivityId("movie-night"),
                LogPosition.parse(query(exchange).get("position")),
                layout,
                ExportFilter.NONE,
                null,
                lies ? rows + 1 : rows,
                body.length,
                sha256(body),
                null);
        answer(exchange, 200, new String(ExportManifestCodec.encode(manifest), StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (String parameter : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] parts = parameter.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
