package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.operator.Repeating;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Takes a ticket back at a running server. */
@Command(
        name = "revoke",
        description = "Takes a ticket back: its code opens no door any more.",
        footer = {"", "The code does not return to the stock. A ticket that has been redeemed cannot be revoked."})
final class RevokeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Parameters(paramLabel = "TICKET", description = "its id, as lists and exports have it")
    private String ticketId;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "why; it stays in the log, in these words")
    private String reason;

    @Override
    public Integer call() {
        JsonNode revoked = Repeating.post(
                server.operator(),
                "/admin/tickets/" + URLEncoder.encode(ticketId, StandardCharsets.UTF_8) + "/revoke",
                Map.of("reason", reason, "requestId", UUID.randomUUID().toString()));
        new Console(spec.commandLine().getOut())
                .line(
                        "revoked: ticket %s of %s, at %s",
                        revoked.path("ticketId").asString(),
                        revoked.path("activityId").asString(),
                        Instant.ofEpochMilli(revoked.path("revoked_at").asLong()));
        return 0;
    }
}
