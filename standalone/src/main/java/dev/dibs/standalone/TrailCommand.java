package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.operator.OperatorClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Lists the audit trail of a running server. */
@Command(
        name = "trail",
        description = "Lists who did what and when, newest first.",
        footer = {
            "",
            "Each call is one line. 'no outcome' means that the instance died over it, or that it is under way.",
            "GET /admin/audit.csv gives all of it as a file."
        })
final class TrailCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Option(names = "--actor", paramLabel = "USER", description = "only what this user did, such as admin")
    private String actor;

    @Option(names = "--activity", paramLabel = "ID", description = "only what was about this activity")
    private String activityId;

    @Option(names = "--since", paramLabel = "TIME", description = "only the last so long, such as 2h")
    private Duration since;

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "50",
            description = "at most so many (default: ${DEFAULT-VALUE})")
    private int lines;

    @Override
    public Integer call() {
        Console console = new Console(spec.commandLine().getOut());
        OperatorClient operator = server.operator();
        // Newest first, the end of a call comes before its beginning.
        Set<String> ended = new HashSet<>();
        int left = lines;
        String cursor = "";
        do {
            JsonNode page = operator.get(path(cursor));
            for (JsonNode entry : page.path("entries")) {
                boolean begun = entry.path("type").asString("").equals("CallBegun");
                if (begun ? !ended.remove(callId(entry)) : ended.add(callId(entry))) {
                    console.line("%s", line(entry, begun));
                    if (--left == 0) {
                        return 0;
                    }
                }
            }
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        return 0;
    }

    private static String callId(JsonNode entry) {
        return entry.path("callId").asString();
    }

    private static String line(JsonNode entry, boolean begun) {
        List<String> parts = new ArrayList<>();
        parts.add(Instant.ofEpochMilli(entry.path("occurredAt").asLong()).toString());
        parts.add(orElse(entry.path("actor").asString(""), "(nobody knows who)"));
        parts.add(entry.path("action").asString());
        for (String about : List.of("activityId", "target")) {
            if (!entry.path(about).asString("").isEmpty()) {
                parts.add(entry.path(about).asString());
            }
        }
        parts.add(begun ? "no outcome" : entry.path("outcome").asString());
        if (entry.path("suppressed").asInt(0) > 0) {
            parts.add("(and " + entry.path("suppressed").asInt() + " refused before it)");
        }
        return String.join("  ", parts);
    }

    private static String orElse(String text, String other) {
        return text.isEmpty() ? other : text;
    }

    private String path(String cursor) {
        StringBuilder path = new StringBuilder("/admin/audit?pageSize=500");
        append(path, "cursor", cursor);
        append(path, "actor", actor);
        append(path, "activity", activityId);
        if (since != null) {
            append(path, "from", Long.toString(Instant.now().minus(since).getEpochSecond()));
        }
        return path.toString();
    }

    private static void append(StringBuilder path, String name, String value) {
        if (value != null && !value.isEmpty()) {
            path.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
