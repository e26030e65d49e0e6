package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.operator.OperatorClient;
import dev.dibs.standalone.operator.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Has a running server build the keys of activities in Redis anew. */
@Command(
        name = "redis",
        description = "Has a running server write an activity's keys in Redis anew from the log, in a new epoch.",
        footer = {
            "",
            "The sale goes on: claims that are under way are claimed again. On a stopped folder there is",
            "nothing to do, for a starting server mends Redis by itself."
        })
final class RebuildRedis implements Callable<Integer> {
    private static final int CONFLICT = 409;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Option(names = "--activity", paramLabel = "ID", description = "only this one; else all that are not drafts")
    private String activityId;

    @Override
    public Integer call() {
        Console console = new Console(spec.commandLine().getOut());
        OperatorClient operator = server.operator();
        boolean all = true;
        for (String id : activityId == null ? notDrafts(operator) : List.of(activityId)) {
            all &= recover(operator, id, console);
        }
        return all ? 0 : 1;
    }

    private static List<String> notDrafts(OperatorClient operator) {
        List<String> ids = new ArrayList<>();
        for (JsonNode activity : operator.activities().path("list")) {
            if (!activity.path("state").asString("").equals("DRAFT")) {
                ids.add(activity.path("id").asString());
            }
        }
        return ids;
    }

    private boolean recover(OperatorClient operator, String id, Console console) {
        long begin = System.nanoTime();
        try {
            JsonNode recovered = operator.recover(id);
            console.line(
                    "%s: epoch %d instead of %d, in %d ms",
                    id,
                    recovered.path("epoch").asLong(),
                    recovered.path("previousEpoch").asLong(),
                    (System.nanoTime() - begin) / 1_000_000);
            return true;
        } catch (RefusedException e) {
            console.line("%s: %s", id, e.getMessage());
            // Of all activities some may be over; that is no failure.
            return e.status() == CONFLICT && activityId == null;
        }
    }
}
