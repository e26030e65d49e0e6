package dev.dibs.api.export;

import dev.dibs.api.access.Role;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.export.ResultsExport.Ready;
import dev.dibs.api.operations.Fault;
import dev.dibs.api.operations.Problem;
import dev.dibs.exports.ExportColumn;
import dev.dibs.exports.LogPosition;
import dev.dibs.ids.ActivityId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/** Why there is no export, and what there would be. */
final class ExportProblems {
    /** Enough to see a slip; there may be thousands. */
    private static final int MOST_ACTIVITIES = 100;
    /** As many as fit in a sentence that somebody reads in a terminal. */
    private static final int NAMED_ACTIVITIES = 20;

    private ExportProblems() {}

    /** 400 and not 404, as for any other word of an export that is unknown: the path is there, the name in it is a slip. */
    static Problem noSuchActivity(String id, Catalogue catalogue) {
        List<String> known = catalogue.all().stream()
                .map(activity -> activity.activityId().value())
                .sorted()
                .limit(MOST_ACTIVITIES)
                .toList();
        int all = catalogue.all().size();
        Problem none = Problem.noSuchActivity(id);
        return Problem.of(HttpStatus.BAD_REQUEST, none.kind(), none.detail() + "; " + there(known, all))
                .with("activities", known)
                .with("activitiesInAll", all);
    }

    private static String there(List<String> known, int all) {
        if (known.isEmpty()) {
            return "there is none yet";
        }
        String named = "there are " + String.join(", ", known.subList(0, Math.min(NAMED_ACTIVITIES, known.size())));
        return all <= NAMED_ACTIVITIES ? named : named + " and %d more".formatted(all - NAMED_ACTIVITIES);
    }

    static Problem noSuchPosition(ActivityId activityId, Ready.NoSuchPosition none) {
        LogPosition end = none.end();
        LogPosition start = new LogPosition(end.partition(), 0);
        String why = none.asked().partition() == end.partition()
                ? "lies behind the end of the log"
                : "is of another partition than " + activityId;
        return Problem.faulty(List.of(
                        new Fault("position", why + "; possible are " + start + " to " + end + " at this moment")))
                .with("possible", Map.of("from", start.toString(), "to", end.toString()));
    }

    static Problem tooFarBehind(Ready.TooFarBehind behind) {
        LogPosition position = behind.position();
        return Problem.unavailable(
                        "projection-behind",
                        "The results are written up to offset %d of partition %d and asked for up to %d; try again"
                                .formatted(behind.projected(), position.partition(), position.offset()))
                .with("partition", position.partition())
                .with("position", position.offset())
                .with("projected", behind.projected());
    }

    static Problem codesAreForOperators() {
        return Problem.of(
                HttpStatus.FORBIDDEN,
                "codes-are-for-operators",
                "The column 'code' needs the role " + Role.OPERATOR + "; without it there are "
                        + Stream.of(ExportColumn.values())
                                .filter(column -> column != ExportColumn.CODE)
                                .map(ExportColumn::label)
                                .collect(Collectors.joining(", ")));
    }

    static Problem outdated() {
        return Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "projection-outdated",
                "The tickets were written by an earlier build, which did not note where in the log they were redeemed;"
                        + " './dibs rebuild projection' writes them anew");
    }
}
