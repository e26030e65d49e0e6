package dev.dibs.api.export;

import dev.dibs.api.operations.Fault;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.operations.ProblemException;
import dev.dibs.exports.ExportColumn;
import dev.dibs.exports.ExportFilter;
import dev.dibs.exports.ExportLayout;
import dev.dibs.exports.LogPosition;
import dev.dibs.exports.TicketState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The parameters of an export. One that is not known is refused, unlike elsewhere: a filter with a slip in its name
 * would else be a file with everything in it.
 */
final class ExportParameters {
    private static final String POSITION = "position";
    private static final String AFTER = "after";
    private static final String COLUMNS = "columns";
    private static final String STATE = "state";
    private static final String FROM_SEQUENCE = "fromSequence";
    private static final String TO_SEQUENCE = "toSequence";
    private static final String GRABBED_FROM = "grabbedFrom";
    private static final String GRABBED_TO = "grabbedTo";
    private static final String BOM = "bom";
    private static final String FORMULA_SAFE = "formulaSafe";
    private static final String WAIT_SECONDS = "waitSeconds";
    private static final List<String> NAMES = List.of(
            POSITION,
            AFTER,
            COLUMNS,
            STATE,
            FROM_SEQUENCE,
            TO_SEQUENCE,
            GRABBED_FROM,
            GRABBED_TO,
            BOM,
            FORMULA_SAFE,
            WAIT_SECONDS);

    private static final int DEFAULT_WAIT = 10;
    private static final int MAX_WAIT = 60;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,15}");
    private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9_]{1,32}");

    private final Map<String, List<String>> query;
    private final List<ExportColumn> defaultColumns;
    private final List<Fault> faults = new ArrayList<>();

    private ExportParameters(Map<String, List<String>> query, List<ExportColumn> defaultColumns) {
        this.query = query;
        this.defaultColumns = defaultColumns;
    }

    /**
     * @param defaultColumns of a caller who chooses none
     * @throws ProblemException with every fault
     */
    static ExportRequest of(Map<String, List<String>> query, List<ExportColumn> defaultColumns) {
        return new ExportParameters(query, defaultColumns).read();
    }

    private ExportRequest read() {
        query.keySet().stream().filter(name -> !NAMES.contains(name)).forEach(this::unknown);
        LogPosition position = value(POSITION, LogPosition::parse, null);
        Integer after = value(AFTER, ExportParameters::sequence, null);
        ExportFilter filter = filter();
        ExportLayout layout = new ExportLayout(
                value(COLUMNS, ExportColumn::list, defaultColumns),
                value(BOM, ExportParameters::flag, false),
                value(FORMULA_SAFE, ExportParameters::flag, true));
        int seconds = value(WAIT_SECONDS, ExportParameters::seconds, DEFAULT_WAIT);
        if (after != null && position == null) {
            faults.add(new Fault(
                    AFTER, "needs the position of the file that it goes on with: the header Dibs-Log-Position of it"));
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(Problem.faulty(faults));
        }
        return new ExportRequest(position, after, filter, layout, Duration.ofSeconds(seconds));
    }

    private ExportFilter filter() {
        int from = value(FROM_SEQUENCE, ExportParameters::sequence, 0);
        int to = value(TO_SEQUENCE, ExportParameters::sequence, ExportFilter.NO_SEQUENCE_END);
        long grabbedFrom = value(GRABBED_FROM, ExportParameters::time, 0L);
        long grabbedTo = value(GRABBED_TO, ExportParameters::time, ExportFilter.NO_TIME_END);
        if (to < from) {
            faults.add(new Fault(TO_SEQUENCE, "must not be below " + FROM_SEQUENCE + ", " + from));
            to = from;
        }
        if (grabbedTo < grabbedFrom) {
            faults.add(new Fault(GRABBED_TO, "must not be before " + GRABBED_FROM));
            grabbedTo = grabbedFrom;
        }
        return new ExportFilter(
                value(STATE, TicketState::set, EnumSet.allOf(TicketState.class)), from, to, grabbedFrom, grabbedTo);
    }

    private void unknown(String name) {
        boolean printable = PRINTABLE.matcher(name).matches();
        faults.add(new Fault(
                printable ? name : "",
                (printable ? "is no parameter" : "there is a parameter that is none") + " of an export; there are "
                        + String.join(", ", NAMES)));
    }

    private <T> T value(String name, Function<String, T> parse, T absent) {
        List<String> given = query.get(name);
        if (given == null) {
            return absent;
        }
        if (given.size() > 1) {
            faults.add(new Fault(name, "must be given once only"));
            return absent;
        }
        try {
            return parse.apply(given.get(0) == null ? "" : given.get(0));
        } catch (IllegalArgumentException e) {
            faults.add(new Fault(name, e.getMessage()));
            return absent;
        }
    }

    private static Integer sequence(String text) {
        // Integer.parseInt takes digits of all scripts, and a plus.
        if (!NUMBER.matcher(text).matches() || Long.parseLong(text) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("must be a sequence: a whole number from 0 to " + Integer.MAX_VALUE);
        }
        return Integer.valueOf(text);
    }

    private static Integer seconds(String text) {
        if (!NUMBER.matcher(text).matches() || Long.parseLong(text) > MAX_WAIT) {
            throw new IllegalArgumentException("must be a whole number from 0 to " + MAX_WAIT);
        }
        return Integer.valueOf(text);
    }

    private static Long time(String text) {
        if (MILLIS.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        try {
            long millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
            if (millis >= 0) {
                return millis;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // As a time before 1970: said below.
        }
        throw new IllegalArgumentException(
                "must be a time since 1970, such as 2026-11-26T19:00:00Z, or epoch milliseconds");
    }

    private static Boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }
}
