package dev.dibs.standalone;

import dev.dibs.benchmarks.Operator;
import dev.dibs.standalone.operator.CodeUpload;
import dev.dibs.standalone.operator.OperatorClient;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Opens the benchmark's sales as an operator does. */
final class BenchOperator implements Operator {
    private static final long HOURS = 3_600;
    private static final int VISIBLE_MILLIS = 2_000;

    private final OperatorClient client;
    private final Path folder;
    private final JsonMapper json = new JsonMapper();

    BenchOperator(OperatorClient client, Path folder) {
        this.client = client;
        this.folder = folder;
    }

    @Override
    public void openSale(String activityId, int codes) throws IOException, InterruptedException {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> window = Map.of("start_time", now - 1, "end_time", now + 12 * HOURS);
        Map<String, Object> ticket = new java.util.HashMap<>(window);
        ticket.putAll(Map.of("kind", "seat", "name", "Seat"));
        Map<String, Object> activity = new java.util.HashMap<>(window);
        activity.putAll(Map.of("id", activityId, "name", "Benchmark " + activityId, "tickets", List.of(ticket)));
        client.create("application/json", json.writeValueAsBytes(activity));
        Path csv = folder.resolve(activityId + ".csv");
        try (BufferedWriter writer = Files.newBufferedWriter(csv, StandardCharsets.US_ASCII)) {
            writer.write("code,ticket\n");
            for (int i = 0; i < codes; i++) {
                writer.append(activityId)
                        .append('-')
                        .append(Integer.toString(i))
                        .append(",seat\n");
            }
        }
        new CodeUpload(client).complete(activityId, csv);
        client.publish(activityId, reason -> {});
        Files.delete(csv);
        // Until every instance knows of it.
        Thread.sleep(VISIBLE_MILLIS);
    }

    @Override
    public long granted(String activityId) {
        return client.activity(activityId).path("granted").asLong();
    }
}
