package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.operator.Activities;
import dev.dibs.standalone.operator.OperatorClient;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What an operator does with activities on a running server. */
@Command(
        name = "activity",
        description = "Sets up activities on a running server and leads them through their sale.",
        synopsisSubcommandLabel = "(create | list | get | change | publish | pause | resume | extend | end)",
        subcommands = {ActivityCreate.class, ActivityChange.class})
final class ActivityCommand implements Runnable {
    private static final String VERSION = "only if the activity is at this version, as 'get' shows it";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: create, list, get, change, publish, pause, resume, extend or end");
    }

    @Command(name = "list", description = "Lists all activities, by their start.")
    int list(
            @Mixin ServerOptions server,
            @Option(names = "--json", description = "as the server answers it") boolean json) {
        JsonNode answer = new Activities(server.operator()).all();
        if (json) {
            console().line(answer.toString());
            return 0;
        }
        for (JsonNode activity : answer.path("list")) {
            console().line(summary(activity));
        }
        return 0;
    }

    @Command(name = "get", description = "Shows an activity as it is now, with its stock.")
    int get(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "ID", description = "its id") String id,
            @Option(names = "--json", description = "as the server answers it") boolean json) {
        JsonNode activity = new Activities(server.operator()).get(id);
        if (json) {
            console().line(activity.toString());
            return 0;
        }
        console().line(summary(activity));
        console()
                .line(
                        "stock %s, granted %s, remaining %s",
                        count(activity, "stock"), count(activity, "granted"), count(activity, "remaining"));
        for (JsonNode ticket : activity.path("tickets")) {
            console()
                    .line(
                            "  ticket %s \"%s\": usable from %s to %s",
                            ticket.path("kind").asString(),
                            ticket.path("name").asString(),
                            time(ticket, "start_time"),
                            time(ticket, "end_time"));
        }
        return 0;
    }

    @Command(name = "publish", description = "Shows it to buyers, and puts it on sale within its window.")
    int publish(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "ID", description = "its id") String id,
            @Option(names = "--if-version", paramLabel = "N", description = VERSION) Long version) {
        OperatorClient operator = server.operator();
        if (version != null) {
            return told(new Activities(operator).step(id, "publish", OptionalLong.of(version)));
        }
        return told(operator.publish(id, reason -> console().line("not yet, and asked again: %s", reason)));
    }

    @Command(name = "pause", description = "Refuses grabs until it is resumed; buyers still see it.")
    int pause(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "ID", description = "its id") String id,
            @Option(names = "--if-version", paramLabel = "N", description = VERSION) Long version) {
        return step(server, id, "pause", version);
    }

    @Command(name = "resume", description = "Goes on with a paused sale.")
    int resume(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "ID", description = "its id") String id,
            @Option(names = "--if-version", paramLabel = "N", description = VERSION) Long version) {
        return step(server, id, "resume", version);
    }

    @Command(name = "end", description = "Ends the sale for good, whatever its window says.")
    int end(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "ID", description = "its id") String id,
            @Option(names = "--if-version", paramLabel = "N", description = VERSION) Long version) {
        return step(server, id, "end", version);
    }

    @Command(name = "extend", description = "Moves the end of the sale to a later time.")
    int extend(
            @Mixin ServerOptions server,
            @Parameters(paramLabel = "ID", description = "its id") String id,
            @Option(names = "--by", paramLabel = "TIME", description = "by so much, such as 10m") Duration by,
            @Option(names = "--until", paramLabel = "TIME", description = "to this time, such as 2027-01-31T20:00:00Z")
                    String until,
            @Option(names = "--if-version", paramLabel = "N", description = VERSION) Long version) {
        if ((by == null) == (until == null)) {
            throw new ParameterException(
                    spec.subcommands().get("extend"), "say either --by how long or --until when it is extended");
        }
        Instant end = until == null ? null : instant(until);
        Activities activities = new Activities(server.operator());
        OptionalLong at = version == null ? OptionalLong.empty() : OptionalLong.of(version);
        return told(by == null ? activities.extendUntil(id, end, at) : activities.extendBy(id, by, at));
    }

    private Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.subcommands().get("extend"),
                    "'" + text + "' is not a time such as 2027-01-31T20:00:00+01:00",
                    e);
        }
    }

    private int step(ServerOptions server, String id, String step, Long version) {
        return told(new Activities(server.operator())
                .step(id, step, version == null ? OptionalLong.empty() : OptionalLong.of(version)));
    }

    private int told(JsonNode activity) {
        console().line(summary(activity));
        return 0;
    }

    private Console console() {
        return new Console(spec.commandLine().getOut());
    }

    static String summary(JsonNode activity) {
        return "%s \"%s\": %s, open from %s to %s, %d per user, version %d"
                .formatted(
                        activity.path("id").asString(),
                        activity.path("name").asString(),
                        activity.path("state").asString(),
                        time(activity, "start_time"),
                        time(activity, "end_time"),
                        activity.path("limit_per_user").asInt(),
                        activity.path("version").asLong());
    }

    private static Instant time(JsonNode node, String field) {
        return Instant.ofEpochSecond(node.path(field).asLong());
    }

    private static String count(JsonNode activity, String field) {
        return activity.path(field).isNull() ? "unknown" : activity.path(field).asString();
    }
}
