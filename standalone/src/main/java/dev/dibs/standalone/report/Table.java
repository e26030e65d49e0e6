package dev.dibs.standalone.report;

import java.util.ArrayList;
import java.util.List;

/** Figures in rows, for whoever does not see the picture or wants to copy them. */
final class Table {
    private final List<Html> rows = new ArrayList<>();
    private final Html head;

    /** @param headers with their units */
    Table(String caption, String... headers) {
        List<Html> cells = new ArrayList<>();
        for (String header : headers) {
            cells.add(Html.of("<th scope=\"col\">%s</th>", Html.text(header)));
        }
        head = Html.of(
                "<table><caption>%s</caption><thead><tr>%s</tr></thead><tbody>", Html.text(caption), Html.join(cells));
    }

    /** @param label the row's head; the other cells are figures */
    Table row(String label, String... figures) {
        List<Html> cells = new ArrayList<>();
        cells.add(Html.of("<th scope=\"row\">%s</th>", Html.text(label)));
        for (String figure : figures) {
            cells.add(Html.of("<td>%s</td>", Html.text(figure)));
        }
        rows.add(Html.of("<tr>%s</tr>", Html.join(cells)));
        return this;
    }

    Html html() {
        return Html.of("<div class=\"scroll\">%s%s</tbody></table></div>", head, Html.join(rows));
    }

    /** Closed until somebody wants it; a picture stands above it. */
    Html folded() {
        return Html.of("<details><summary>The figures as a table</summary>%s</details>", html());
    }
}
