package dev.dibs.standalone.export;

import dev.dibs.exports.ExportColumn;
import dev.dibs.exports.ExportLayout;
import dev.dibs.exports.LogPosition;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is asked of the server.
 *
 * @param filters parameters beside those of the layout, by their names; the server checks them
 */
public record ExportQuery(String activityId, ExportLayout layout, Map<String, String> filters) {
    private static final String POSITION = "position";

    public ExportQuery {
        filters = new LinkedHashMap<>(filters);
    }

    /** Everything as of now, as it is by default. */
    public static ExportQuery everything(String activityId) {
        return new ExportQuery(activityId, ExportLayout.DEFAULT, Map.of());
    }

    /** The file itself. */
    String csv(LogPosition position, Integer after) {
        return path("/results.csv", position, after);
    }

    /** What it comes to. */
    String manifest(LogPosition position) {
        return path("/results.json", position, null);
    }

    /** Which of the columns tells the place in the file; -1 where none does. */
    int sequenceColumn() {
        return layout.columns().indexOf(ExportColumn.SEQUENCE);
    }

    private String path(String resource, LogPosition position, Integer after) {
        Map<String, String> parameters = new LinkedHashMap<>(filters);
        if (position != null) {
            parameters.put(POSITION, position.toString());
        }
        if (after != null) {
            parameters.put("after", after.toString());
        }
        parameters.put(
                "columns", layout.columns().stream().map(ExportColumn::label).collect(Collectors.joining(",")));
        parameters.put("bom", Boolean.toString(layout.bom()));
        parameters.put("formulaSafe", Boolean.toString(layout.formulaSafe()));
        return "/admin/activities/" + encoded(activityId) + resource
                + parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
